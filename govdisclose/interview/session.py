"""Where an interview stands: the report, what is missing, what can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from govdisclose.interview.questions import Particular, Question, Text, chapters
from govdisclose.interview.terminal import Terminal
from govdisclose.model.finding import Unusable
from govdisclose.model.report import Report
from govdisclose.model.text import half


class Stopped(Exception):
    """The officer has stopped; everything is saved."""


class Step(NamedTuple):
    """A question and the chapter it stands in."""

    chapter: str
    question: Question


@dataclass
class Sitting:
    """An interview under way: what is asked, where it stands, what can be undone.

    ``last`` is the report of last year, or what the draft knows of it; ``passed``
    are the questions that one answer to another has answered too.
    """

    report: Report
    terminal: Terminal
    save: Callable[[Report], None]
    steps: list[Step]
    last: Report | None = None
    at: int = 0
    chapter: str = ""
    before: list[tuple[int, Report]] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)
    is_saved: bool = True

    @property
    def step(self) -> Step:
        """The step to be asked."""
        return self.steps[self.at]


def steps(report: Report, last: Report | None = None) -> list[Step]:
    """Every question of an interview, in order."""
    asked_in = chapters(report, last)
    return [Step(chapter, question) for chapter, asked in asked_in for question in asked]


def missing(report: Report, last: Report | None = None) -> list[Step]:
    """The questions that are not answered."""
    return [step for step in steps(report, last) if not is_settled(step.question, report)]


def is_settled(question: Question, report: Report) -> bool:
    """Whether a question is answered, or need not be."""
    if isinstance(question, Text) and question.is_optional:
        return True
    if isinstance(question, Particular) and question.name in ("kind", "postcode", "email"):
        return bool(report.bureau.name)
    return question.is_answered(report)


def is_agreed(sitting: Sitting, prompt: str) -> bool:
    """Whether Enter, and not n, is the answer."""
    typed = half(sitting.terminal.line(prompt)).strip().lower()
    return typed not in ("n", "no", "q", "<")


def keep_on_disk(sitting: Sitting) -> None:
    """Save the report; where that fails, say so and go on: the next answer tries again."""
    sitting.is_saved = False
    try:
        sitting.save(sitting.report)
        sitting.is_saved = True
    except Unusable as error:
        sitting.terminal.say(f"  这次没有存上：{error}。先别关窗口，处理好以后答下一题时会再存")
