"""The mapping of columns to fields: proposed from the header, shown with samples, changed by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.eligibility.roster.errors import UnknownColumn, UnknownField
from assistant.eligibility.roster.fields import (
    READ_FROM,
    TITLE,
    Field,
    field_named,
    fields,
    is_sure,
    plain,
)
from assistant.eligibility.roster.tables import Table, shown
from assistant.eligibility.roster.tables.table import column_letter
from knowledge.facts import FactKind

_SAMPLES = 3
_SAMPLED = 200


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: `index` from 0, `letter` as the program shows it, `field` None where it is not used."""

    index: int
    letter: str
    header: str
    samples: tuple[str, ...]
    field: Field | None = None

    @property
    def name(self) -> str:
        """Its header, or its letter where it has none."""
        return self.header or f"{self.letter}列"


@dataclass(frozen=True)
class Columns:
    """Every column with the field it is read as, and every field there is.

    `ambiguous` are fields that several columns could be; none of them is chosen until a person chooses.
    """

    columns: tuple[Column, ...]
    fields: tuple[Field, ...]
    ambiguous: tuple[tuple[Field, tuple[Column, ...]], ...] = ()

    def of(self, field: str) -> Column | None:
        """The column of a field, by the field's id."""
        return next((one for one in self.columns if one.field is not None and one.field.id == field), None)

    @property
    def used(self) -> tuple[Column, ...]:
        """Columns that are read as something, in the order of the fields."""
        order = {field.id: at for at, field in enumerate(self.fields)}
        return tuple(
            sorted((one for one in self.columns if one.field), key=lambda one: order[one.field.id] if one.field else 0)
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What no row can be checked without and no column tells, in words; ambiguous fields are not missing."""
        open_ = {field.id for field, _ in self.ambiguous}
        has = open_ | {one.field.id for one in self.columns if one.field is not None}
        wanted = (
            ("任现职时间（或任现职年限）", {"post_start", "years_in_post"}),
            ("职务（或职务类别）", {"post_kind", TITLE}),
        )
        return tuple(label for label, ids in wanted if not has & ids)

    def source(self, fact: str) -> Column | None:
        """The column a fact is read from: its own, or one whose words tell it."""
        others = (self.of(field) for field in READ_FROM.get(fact, ()))
        return self.of(fact) or next((one for one in others if one is not None), None)

    def changed(self, choices: Mapping[str, str | None]) -> Columns:
        """With fields (by id or any of their names) read from these columns (by header or letter); None for no column.

        Raises UnknownField, UnknownColumn.
        """
        new = self
        for name, column in choices.items():
            field = new._field(name)
            new = new._with(field, None if column is None else new._column(column))
        return new

    def _field(self, name: str) -> Field:
        field = next((one for one in self.fields if one.id == name), None) or field_named(name, self.fields)
        if field is None:
            raise UnknownField(name, [one.label for one in self.fields])
        return field

    def _column(self, name: str) -> Column:
        wanted = plain(name)
        found = [one for one in self.columns if one.header and plain(one.header) == wanted]
        found = found or [one for one in self.columns if wanted.removesuffix("列") == one.letter.lower()]
        if len(found) != 1:
            raise UnknownColumn(name, [one.name for one in self.columns])
        return found[0]

    def _with(self, field: Field, column: Column | None) -> Columns:
        def read_as(one: Column) -> Field | None:
            if column is not None and one.index == column.index:
                return field
            return None if one.field is not None and one.field.id == field.id else one.field

        columns = tuple(replace(one, field=read_as(one)) for one in self.columns)
        return replace(self, columns=columns, ambiguous=tuple(two for two in self.ambiguous if two[0].id != field.id))


def columns_of(table: Table, kinds: Iterable[FactKind]) -> Columns:
    """The mapping the header proposes. Where several columns bear a sure name of one field, none is chosen."""
    known = fields(kinds)
    width = max([len(table.headers), *(len(row.cells) for row in table.rows[:_SAMPLED])])
    columns = [_column(table, index) for index in range(width)]
    columns = [one for one in columns if one.header or one.samples]
    candidates: dict[str, list[Column]] = {}
    for one in columns:
        field = field_named(one.header, known) if one.header else None
        if field is not None:
            candidates.setdefault(field.id, []).append(one)
    chosen: dict[int, Field] = {}
    ambiguous: list[tuple[Field, tuple[Column, ...]]] = []
    for field in known:
        named = candidates.get(field.id, [])
        best = [one for one in named if is_sure(one.header, field)] or named
        if len(best) > 1:
            ambiguous.append((field, tuple(best)))
        for one in best[:1] if len(best) == 1 else ():
            chosen[one.index] = field
    return Columns(
        tuple(replace(one, field=chosen.get(one.index)) for one in columns),
        known,
        tuple(ambiguous),
    )


def _column(table: Table, index: int) -> Column:
    header = table.headers[index] if index < len(table.headers) else ""
    seen = (shown(row.cell(index)) for row in table.rows[:_SAMPLED])
    samples = tuple(dict.fromkeys(text for text in seen if text))[:_SAMPLES]
    return Column(index, column_letter(index), " ".join(header.split()), samples)
