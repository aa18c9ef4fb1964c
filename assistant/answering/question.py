"""A question as it is asked, and what makes it impossible to take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.errors import EmptyQuestion, ImpossibleDate, NotChinese, QuestionTooLong

_HAN = re.compile(r"[\u3400-\u9fff]")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: cleaned text, the turns before it, the place and the day it is asked for.

    `jurisdiction` is a name or alias of the vocabulary; None leaves the place to the text.
    `as_of` is the day whose rules count; None is today.
    """

    text: str
    history: tuple[Turn, ...] = ()
    jurisdiction: str | None = None
    as_of: date | None = None


def cleaned(text: str) -> str:
    """NFC, control and invisible characters dropped, runs of blanks made one space.

    Full-width punctuation stays as it is: it is what people read.
    """
    visible = (" " if c in "\t\r\n" else c for c in unicodedata.normalize("NFC", text))
    kept = "".join(c for c in visible if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return _BLANK.sub(" ", kept).strip()


def is_chinese(text: str) -> bool:
    """Whether it holds a Chinese character."""
    return _HAN.search(text) is not None


def ask(
    text: str,
    *,
    history: Sequence[Turn] = (),
    jurisdiction: str | None = None,
    as_of: date | str | None = None,
    limit: int = 4000,
) -> Question:
    """Make a question out of what a caller sent.

    Raises EmptyQuestion, QuestionTooLong, NotChinese or ImpossibleDate.
    """
    if len(text) > limit:
        raise QuestionTooLong(len(text), limit)
    question = cleaned(text)
    if not question or not any(c.isalnum() for c in question):
        raise EmptyQuestion
    if not is_chinese(question):
        raise NotChinese
    kept = tuple(Turn(turn.role, cleaned(turn.content)) for turn in history)
    return Question(question, kept, (jurisdiction or "").strip() or None, day_asked(as_of))


def day_asked(as_of: date | str | None) -> date | None:
    """The day whose rules count; raises ImpossibleDate."""
    if as_of is None or as_of == "":
        return None
    try:
        day = as_of if isinstance(as_of, date) else date.fromisoformat(as_of.strip())
    except ValueError:
        raise ImpossibleDate(str(as_of)) from None
    if not 1949 <= day.year <= 2100:
        raise ImpossibleDate(str(as_of))
    return day
