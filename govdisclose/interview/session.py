"""Where an interview stands: the report, what is missing, what can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from govdisclose.interview.keys import Pressed, key_of
from govdisclose.interview.particulars import ParticularQuestion
from govdisclose.interview.questions import Question, TextQuestion, ZerosQuestion, chapters
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

    ``last`` is the report of last year, or what the draft knows of it;
    ``answered_elsewhere`` are the questions that one answer to another has answered
    too; ``numbers`` are those by which findings are known for the whole sitting;
    ``draft`` says where the draft is.
    """

    report: Report
    terminal: Terminal
    save: Callable[[Report], None]
    steps: list[SessionStep]
    last: Report | None = None
    at: int = 0
    chapter: str = ""
    before: list[tuple[str, Report]] = field(default_factory=list)
    answered_elsewhere: set[str] = field(default_factory=set)
    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)
    wanted: str = ""
    bindable: TextQuestion | None = None
    is_saved: bool = True
    draft: Callable[[], Path | None] = lambda: None

    @property
    def step(self) -> SessionStep:
        """The step to be asked."""
        return self.steps[self.at]

    def go_to(self, path: str) -> bool:
        """Make a question the next one, even if it is passed over otherwise."""
        for at, step in enumerate(self.steps):
            if step.question.path == path:
                self.at, self.chapter, self.wanted = at, "", path
                self.answered_elsewhere.clear()
                return True
        return False


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
        return question.is_answered(report) or not question.proposal(report)
    if isinstance(question, TextQuestion) and is_spare(question, report):
        return True
    if isinstance(question, ParticularQuestion) and question.name in ("kind", "postcode", "email"):
        return bool(report.bureau.name)
    return question.is_answered(report)


def is_spare(question: TextQuestion, report: Report) -> bool:
    """Whether a usual part is lacking in a section that has as many parts under other names."""
    prose = report.prose[question.section.key]
    written = sum(bool(part.text.strip()) for part in prose.parts)
    return question.at(prose) is None and 0 < len(question.section.parts) <= written


def is_needless(session: Session, question: Question) -> bool:
    """Whether a question is not to be asked: answered along with another, moot, or optional."""
    if question.path == session.wanted:
        return False
    if isinstance(question, TextQuestion) and question.is_optional:
        return not question.proposal(session.report)
    is_moot = isinstance(question, ZerosQuestion) and not question.applies(session.report)
    return is_moot or question.path in session.answered_elsewhere


def is_agreed(session: Session, prompt: str) -> bool:
    """Whether Enter or y is the answer, and nothing else; q ends the interview."""
    typed = half(session.terminal.line(prompt)).strip().lower()
    if typed == "q":
        raise Stopped
    if key_of(typed) and typed not in ("<", ">"):
        raise Pressed(key_of(typed))
    return typed in ("", "y")


def keep_on_disk(session: Session) -> None:
    """Save the report; where that fails, say so and go on: the next answer tries again."""
    session.is_saved = False
    try:
        session.save(session.report)
        session.is_saved = True
    except Unusable as error:
        session.terminal.say(f"  这次没有存上：{error}。先别关窗口，处理好以后答下一题时会再存")
