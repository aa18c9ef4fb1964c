"""The blocks a document is made of: lines, tables, forms. They know nothing of Word or of pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

WIDTH = 156
"""Millimetres between the margins of an official paper (GB/T 9704: 210 - 28 - 26)."""
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_DIRECTION = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with the numbers of the clauses behind it; `lead` is said before it and stands out.

    `place` marks the place of a clause: set small, its number first.
    """

    text: str
    refs: tuple[int, ...] = ()
    lead: str = ""
    depth: int = 0
    place: bool = False

    @property
    def parted(self) -> tuple[str, str]:
        """The text up to where the numbers go, and the full stop after them."""
        return (self.text[:-1], "。") if self.refs and self.text.endswith("。") else (self.text, "")


Cell: TypeAlias = tuple[Line, ...]


class Tone(StrEnum):
    """How a text is set: our sentences, notes in small, and words that were given to us."""

    BODY = "body"
    NOTE = "note"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs."""

    lines: tuple[Line, ...]
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; `group` heads the rows that follow, its first cell reaching over two columns."""

    cells: tuple[Cell, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `columns` are titles with their widths in mm, which add up to WIDTH."""

    columns: tuple[tuple[str, int], ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled box of a form; `strong` for the one a reader looks for."""

    label: str
    lines: Cell
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Rows of one wide box or two narrow ones."""

    rows: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered clause: what it is called, its text in full, and notes on it."""

    number: int
    head: str
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """The list of clauses that numbers in brackets refer to."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """Boxes for people to write their opinion in and to sign."""

    who: tuple[str, ...]


Block: TypeAlias = Text | Grid | Form | Entries | Signing


@dataclass(frozen=True, slots=True)
class Section:
    """A section; `parts` are its own sections."""

    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()


def numbered(at: int, depth: int) -> str:
    """一、 for the outer level and （一） for the inner one; `at` begins at 1 and stays under 100."""
    tens, ones = divmod(at, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    written = head + (_DIGITS[ones] if ones else "")
    return f"{written}、" if depth == 0 else f"（{written}）"


def printable(text: str) -> str:
    """Without what XML forbids and what would turn or hide text; one kind of line end."""
    return _DIRECTION.sub("", _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
