"""A row → the facts its cells state, and what of it could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.case import By, Day, Fact, Value
from assistant.eligibility.roster.columns import Columns
from assistant.eligibility.roster.columns.cells import value_in
from assistant.eligibility.roster.columns.dates import UnreadableCell
from assistant.eligibility.roster.columns.titles import option_in
from assistant.eligibility.roster.fields import READ_FROM
from assistant.eligibility.roster.tables import Cell, Row, shown
from knowledge.facts import FactKind, FactType

Stated = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class RowFacts:
    """`problems` keep the row from being checked; `notes` leave a fact unknown."""

    facts: Stated
    problems: tuple[str, ...]
    notes: tuple[str, ...]


class RowReader:
    """Reads the facts that some rules ask for. Equal cells are read once: a roster repeats itself."""

    def __init__(self, kinds: Mapping[str, FactKind], columns: Columns, as_of: date) -> None:
        self._kinds = kinds
        self._own = {name: column.index for name in kinds if (column := columns.of(name)) is not None}
        self._as_of = as_of
        self._told = {
            name: tuple(column.index for field in READ_FROM[name] if (column := columns.of(field)) is not None)
            for name in kinds
            if name in READ_FROM and kinds[name].type is FactType.CHOICE and columns.of(READ_FROM[name][0]) is not None
        }
        self._values: dict[tuple[str, type, Cell], _Read] = {}
        self._options: dict[tuple[str, tuple[str, ...]], _Read] = {}

    def read(self, row: Row) -> RowFacts:
        facts: dict[str, Fact] = {}
        problems: list[str] = []
        notes: list[str] = []
        for name, kind in self._kinds.items():
            read = self._stated(kind, row)
            if read.value is None and read.trouble is None and name in self._told:
                read = self._read_from(kind, row)
            if read.trouble is not None:
                (notes if kind.type is FactType.CHOICE else problems).append(read.trouble)
            elif read.value is not None:
                facts[name] = Fact(name, read.value, By.RULE)
        for name in list(facts):
            derive = self._kinds[name].derive
            if derive is not None and all(source in facts for source in derive.sources):
                del facts[name]  # dates say it more exactly than a length counted on another day
        return RowFacts(tuple(facts.values()), tuple(problems), tuple(notes))

    def _stated(self, kind: FactKind, row: Row) -> _Read:
        index = self._own.get(kind.name)
        cell = None if index is None else row.cell(index)
        if cell is None:
            return _NOTHING
        key = kind.name, type(cell), cell
        if key not in self._values:
            try:
                self._values[key] = _Read(self._in_time(value_in(kind, cell), cell))
            except UnreadableCell as error:
                self._values[key] = _Read(None, f"{kind.label}：{error}")
        return self._values[key]

    def _in_time(self, value: Value | None, cell: Cell) -> Value | None:
        if isinstance(value, Day) and value.first > self._as_of:
            raise UnreadableCell(f"“{shown(cell)}”晚于核查日期 {self._as_of}")
        return value

    def _read_from(self, kind: FactKind, row: Row) -> _Read:
        texts = tuple(shown(row.cell(index)) for index in self._told[kind.name])
        key = kind.name, texts
        if key not in self._options:
            self._options[key] = _named(kind, texts)
        return self._options[key]


@dataclass(frozen=True, slots=True)
class _Read:
    """A value, or why there is none, or neither where nothing is stated."""

    value: Value | None = None
    trouble: str | None = None


_NOTHING = _Read()


def _named(kind: FactKind, texts: tuple[str, ...]) -> _Read:
    """What unit and title name together. For the kind of post the title alone must not say otherwise."""
    unit_first = "".join(texts if READ_FROM[kind.name][0] == "unit" else reversed(texts))
    if not unit_first:
        return _NOTHING
    try:
        together = option_in(kind, unit_first)
        alone = option_in(kind, texts[0]) if kind.name == "post_kind" and texts[0] else None
    except UnreadableCell as error:
        return _Read(None, f"{kind.label}：{error}")
    if alone is not None and together is not None and alone != together:
        return _Read(None, f"{kind.label}：“{unit_first}”可能是{together}或{alone}，请在“{kind.label}”列写明")
    return _Read(together or alone)
