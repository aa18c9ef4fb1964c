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
from assistant.eligibility.roster.fields import POST_KIND, READ_FROM, UNIT
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
    """What the columns name together, unit before title."""
    together = "".join(texts if READ_FROM[kind.name][0] == UNIT else reversed(texts))
    if not together:
        return _NOTHING
    try:
        option = option_in(kind, together, gaps=kind.name != POST_KIND)
        if kind.name == POST_KIND and len(texts) > 1:
            return _post_kind(kind, texts[0], together, option)
        return _Read(option)
    except UnreadableCell as error:
        return _Read(None, f"{kind.label}：{error}")


def _post_kind(kind: FactKind, title: str, together: str, option: str | None) -> _Read:
    """The title alone decides; unit and title together may only question it.

    副主任 of 财政局办公室 is no deputy of the unit, and 主任 of 县委办公室 heads one: where both do not say the same, a
    person has to.
    """
    alone = option_in(kind, title) if title else None
    if alone == option or option is None:
        return _Read(alone)
    either = "或".join(one for one in (alone, option) if one is not None)
    return _Read(None, f"{kind.label}：“{together}”可能是{either}，请在“{kind.label}”列写明")
