"""Where an interview stands: the report, what is missing, what can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from govdisclose.interview.questions import ParticularQuestion, Question, TextQuestion, chapters
from govdisclose.interview.terminal import Terminal
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Report
from govdisclose.model.text import half


class Stopped(Exception):
    """The officer has stopped; everything is saved."""


class SessionStep(NamedTuple):
    """A question and the chapter it stands in."""

    chapter: str
    question: Question


@dataclass
class Session:
    """An interview under way: what is asked, where it stands, what can be undone.

    ``last`` is the report of last year, or what the draft knows of it; ``passed``
    are the questions that one answer to another has answered too.
    """

    report: Report
    terminal: Terminal
    save: Callable[[Report], None]
    steps: list[SessionStep]
    last: Report | None = None
    at: int = 0
    chapter: str = ""
    before: list[tuple[int, Report]] = field(default_factory=list)
    answered_elsewhere: set[str] = field(default_factory=set)
    is_saved: bool = True

    @property
    def step(self) -> SessionStep:
        """The step to be asked."""
        return self.steps[self.at]


def steps(report: Report, last: Report | None = None) -> list[SessionStep]:
    """Every question of an interview, in order."""
    asked_in = chapters(report, last)
    return [SessionStep(chapter, question) for chapter, asked in asked_in for question in asked]


def missing(report: Report, last: Report | None = None) -> list[SessionStep]:
    """The questions that are not answered."""
    return [step for step in steps(report, last) if not is_settled(step.question, report)]


def is_settled(question: Question, report: Report) -> bool:
    """Whether a question is answered, or need not be."""
    if isinstance(question, TextQuestion) and question.is_optional:
        return True
    if isinstance(question, ParticularQuestion) and question.name in ("kind", "postcode", "email"):
        return bool(report.bureau.name)
    return question.is_answered(report)


def is_agreed(session: Session, prompt: str) -> bool:
    """Whether Enter, and not n, is the answer."""
    typed = half(session.terminal.line(prompt)).strip().lower()
    return typed not in ("n", "no", "q", "<")


def keep_on_disk(session: Session) -> None:
    """Save the report; where that fails, say so and go on: the next answer tries again."""
    session.is_saved = False
    try:
        session.save(session.report)
        session.is_saved = True
    except Unusable as error:
        session.terminal.say(f"  这次没有存上：{error}。先别关窗口，处理好以后答下一题时会再存")
