"""What a reader of values does not tell of a sheet: merged cells, formulas without values, how far it reaches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from assistant.eligibility.roster.errors import DamagedWorkbook

_CHUNK = 1 << 18
_LAST_ROW = 1_048_576
_DIGITS = "0123456789"
_NO_VALUE_NEEDED = {"str", "inlineStr"}


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range as the program names it, and its rows."""

    name: str
    first_row: int
    last_row: int


@dataclass(frozen=True)
class Scan:
    """`width`: number of columns up to the last that holds a value; `uncalculated`: cells by name with their row."""

    width: int
    merged: tuple[Merged, ...]
    uncalculated: tuple[tuple[str, int], ...]


def scan(sheet: IO[bytes]) -> Scan:
    """One pass over the XML of a sheet, in bounded memory; raises DamagedWorkbook."""
    scanner = _Scanner()
    try:
        while chunk := sheet.read(_CHUNK):
            scanner.parser.Parse(chunk)
        scanner.parser.Parse(b"", True)
        merged = tuple(_merged(ref) for ref in scanner.merged if ":" in ref)
        width = max((column_index_from_string(letters) for letters in scanner.columns), default=0)
    except (expat.ExpatError, ValueError, TypeError, KeyError):
        raise DamagedWorkbook from None
    return Scan(width, merged, tuple(scanner.uncalculated))


def _merged(ref: str) -> Merged:
    _, first, _, last = range_boundaries(ref)
    if first is None or last is None:
        raise ValueError(ref)
    return Merged(ref, first, last)


class _Scanner:
    """Handlers of one parse. Ends and text are listened to inside cells with a formula only: they are most of it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.columns: set[str] = set()
        self.merged: list[str] = []
        self.uncalculated: list[tuple[str, int]] = []
        self._handlers: dict[str, Callable[[dict[str, str]], None] | None] = {}
        self._row = self._at = 0
        self._ref = self._type = ""
        self._in_value = self._has_value = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        try:
            handler = self._handlers[tag]
        except KeyError:
            handler = self._handlers[tag] = self._handler(tag.rpartition(":")[2])
        if handler is not None:
            handler(attributes)

    def _handler(self, tag: str) -> Callable[[dict[str, str]], None] | None:
        return {
            "row": self._on_row,
            "c": self._on_cell,
            "v": self._on_value,
            "is": self._on_value,
            "f": self._on_formula,
            "mergeCell": self._on_merge,
        }.get(tag)

    def _on_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self._row + 1))
        if not self._row < number <= _LAST_ROW:
            raise ValueError(number)
        self._row, self._at = number, 0

    def _on_cell(self, attributes: dict[str, str]) -> None:
        self._at += 1
        self._ref = attributes.get("r") or f"{get_column_letter(self._at)}{self._row}"
        self._type = attributes.get("t", "n")

    def _on_value(self, _: dict[str, str]) -> None:
        self.columns.add(self._ref.rstrip(_DIGITS))
        self._in_value = True

    def _on_formula(self, _: dict[str, str]) -> None:
        self._in_value, self._has_value = False, self._type in _NO_VALUE_NEEDED
        self.parser.CharacterDataHandler = self._text
        self.parser.EndElementHandler = self._end

    def _on_merge(self, attributes: dict[str, str]) -> None:
        self.merged.append(attributes["ref"])

    def _text(self, text: str) -> None:
        if self._in_value and text.strip():
            self._has_value = True

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c":
            if not self._has_value:
                self.uncalculated.append((self._ref, self._row))
            self.parser.CharacterDataHandler = None
            self.parser.EndElementHandler = None
