"""The interview: walk an officer through what a report lacks.

One loop asks question after question; what is typed is an answer or one of
the keys. Every answer is put into the report and saved before the next.
"""

from __future__ import annotations

from govdisclose.interview.asking import ABOUT_TEXTS, answer, asked, keep, mend_totals_line
from govdisclose.interview.commands import COMMANDS
from govdisclose.interview.keys import INTRO, Pressed, key_of, parted
from govdisclose.interview.session import Session, is_needless


def interview(session: Session) -> None:
    """Ask step after step until all are done; Stopped, EOFError or Ctrl-C end it."""
    session.terminal.say(INTRO)
    if line := mend_totals_line(session.report):
        session.terminal.say(line)
    walk(session)


def walk(session: Session) -> None:
    """Ask the steps of a session that are not done yet."""
    while session.at < len(session.steps):
        try:
            turn(session)
        except Pressed as pressed:
            press(session, pressed.key)


def turn(session: Session) -> None:
    """Ask one question and do what was typed."""
    chapter, question = session.step
    if is_needless(session, question):
        session.at += 1
        return
    if chapter != session.chapter:
        session.chapter = chapter
        session.terminal.say(
            f"\n== {chapter} ==" + (f"\n{ABOUT_TEXTS}" if question.is_long else "")
        )
    typed = asked(session, question)
    text, key = parted(typed) if question.is_long else ("", key_of(typed))
    if key:
        if text:
            here = session.at
            answer(session, question, text)
            if key != ">":
                session.at = here
                session.answered_elsewhere.discard(question.path)
        if not (text and key == ">"):
            press(session, key)
    elif not typed or (typed == question.proposal(session.report) and not question.is_long):
        keep(session, question)
    else:
        answer(session, question, typed)


def press(session: Session, key: str) -> None:
    """Do what a key means; one that is pressed in its course counts instead."""
    try:
        if session.at < len(session.steps):
            COMMANDS[key](session)
    except Pressed as pressed:
        press(session, pressed.key)
