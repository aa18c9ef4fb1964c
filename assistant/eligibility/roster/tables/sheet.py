"""The XML of one sheet → its rows, in one pass and bounded memory.

openpyxl opens the workbook; it reads rows too, but three times slower, and tells of a stream neither merged cells nor
formulas without values. Elements: ECMA-376 part 1, 18.3.1 (`c`, `f`, `is`, `mergeCell`, `row`, `v`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, range_boundaries

from assistant.eligibility.roster.errors import DamagedWorkbook
from assistant.eligibility.roster.tables.table import MAX_COLUMNS, Cell, Row

ReadCell = Callable[[str, str, int], Cell]
"""A cell from its type (`n`, `s`, `str`, …), its text, and the number of its style."""

_CHUNK = 1 << 18
_LAST_ROW = 1_048_576
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range as the program names it, and its rows."""

    name: str
    first_row: int
    last_row: int


class Sheet:
    """One pass over a sheet.

    Once `rows` is exhausted `merged` is complete, `uncalculated` names formulas without values with their row, and
    `width` is the number of columns up to the last that holds a value; cells beyond MAX_COLUMNS are not kept.
    """

    def __init__(self, read: ReadCell) -> None:
        self.merged: list[Merged] = []
        self.uncalculated: list[tuple[str, int]] = []
        self.width = 0
        self._read = read
        self._columns: dict[str, int] = {}
        self._done: list[Row] = []
        self._number = self._next = 0
        self._cells: list[Cell] = []
        self._ref, self._type, self._style = "", "n", 0
        self._parts: list[str] = []
        self._listening = self._formula = self._sounds = False

    def rows(self, source: IO[bytes]) -> Iterator[Row]:
        """Rows that hold something, in order; raises DamagedWorkbook."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            while chunk := source.read(_CHUNK):
                parser.Parse(chunk)
                yield from self._done
                self._done.clear()
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, TypeError, KeyError, IndexError, OverflowError):
            raise DamagedWorkbook from None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._ref = attributes.get("r", "")
            self._type = attributes.get("t", "n")
            self._style = int(attributes.get("s", 0))
            self._formula = False
            self._parts.clear()
        elif tag == "v" or tag == "t":
            self._listening = not self._sounds
        elif tag == "row":
            self._begin_row(int(attributes.get("r", self._number + 1)))
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._sounds = True
        elif tag == "mergeCell":
            self._merge(attributes["ref"])

    def _end(self, tag: str) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._end_cell()
        elif tag == "v" or tag == "t":
            self._listening = False
        elif tag == "row":
            if self._cells:
                self._done.append(Row(self._number, tuple(self._cells)))
        elif tag == "rPh":
            self._sounds = False

    def _text(self, text: str) -> None:
        if self._listening:
            self._parts.append(text)

    def _begin_row(self, number: int) -> None:
        if not self._number < number <= _LAST_ROW:
            raise ValueError(number)
        self._number, self._next, self._cells = number, 0, []

    def _end_cell(self) -> None:
        column = self._next if not self._ref else self._column(self._ref.rstrip(_DIGITS))
        self._next = column + 1
        text = "".join(self._parts)
        if not text:
            if self._formula and self._type != "str":
                self.uncalculated.append((self._ref, self._number))
            return
        cell = self._read(self._type, text, self._style)
        if cell is None:
            return
        if column >= self.width:
            self.width = column + 1
        if column < MAX_COLUMNS:
            cells = self._cells
            if len(cells) > column:
                raise ValueError(self._ref)
            cells.extend([None] * (column - len(cells)))
            cells.append(cell)

    def _column(self, letters: str) -> int:
        if letters not in self._columns:
            self._columns[letters] = column_index_from_string(letters) - 1
        return self._columns[letters]

    def _merge(self, ref: str) -> None:
        _, first, _, last = range_boundaries(ref)
        if first is None or last is None:
            raise ValueError(ref)
        if ":" in ref:
            self.merged.append(Merged(ref, first, last))
