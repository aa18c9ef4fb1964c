"""A checked roster, and how its columns are read, as they go over the wire."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from assistant.eligibility.roster import Columns, Field, Outlook, Roster, RosterRow, Table
from server.api.cases.ruled import cited, shown_due
from server.api.cases.showing import DISCLAIMER
from server.api.roster.wire import (
    AmbiguousShown,
    ColumnShown,
    ColumnsResponse,
    CountShown,
    FieldShown,
    OutlookShown,
    RosterResponse,
    RosterRowShown,
    SummaryShown,
)
from server.api.seam import Shelf


def shown_columns(table: Table, columns: Columns) -> ColumnsResponse:
    """The mapping, with samples by which people see whether it is right."""
    return ColumnsResponse(
        sheet=table.sheet,
        header_row=table.header_row,
        rows=len(table.rows),
        columns=tuple(
            ColumnShown(
                letter=one.letter,
                header=one.header,
                samples=one.samples,
                field=None if one.field is None else _field(one.field),
            )
            for one in columns.columns
        ),
        fields=tuple(map(_field, columns.fields)),
        missing=columns.missing,
        ambiguous=tuple(
            AmbiguousShown(field=_field(field), columns=tuple(one.name for one in some))
            for field, some in columns.ambiguous
        ),
        remarks=table.remarks,
    )


def _field(field: Field) -> FieldShown:
    return FieldShown(id=field.id, label=field.label)


def shown_roster(roster: Roster, shelf: Shelf) -> RosterResponse:
    """Every row's result, the counts, and the clauses it all rests on."""
    summary = roster.summary
    return RosterResponse(
        as_of=roster.as_of,
        places=roster.places,
        mechanisms=tuple(mechanism.id for mechanism in roster.mechanisms),
        summary=SummaryShown(
            total=summary.total,
            by_stage=_counts(summary.by_stage),
            by_outcome=_counts(summary.by_outcome),
            by_due_year=_counts(summary.by_due_year),
            by_place=_counts(summary.by_place),
        ),
        rows=tuple(map(_row, roster.rows)),
        citations=cited({basis.ref for basis in roster.basis}, shelf, roster.as_of),
        remarks=roster.remarks,
        disclaimer=DISCLAIMER,
    )


def _counts(counts: Iterable[tuple[object, int]]) -> tuple[CountShown, ...]:
    return tuple(
        CountShown(name=str(name.value if isinstance(name, Enum) else name), rows=rows) for name, rows in counts
    )


def _row(row: RosterRow) -> RosterRowShown:
    return RosterRowShown(
        number=row.row.number,
        place=row.place,
        stage=row.stage.value,
        outlooks=tuple(map(_outlook, row.outlooks)),
        problems=row.problems,
        notes=row.notes,
    )


def _outlook(outlook: Outlook) -> OutlookShown:
    return OutlookShown(
        mechanism=outlook.mechanism.id,
        verdict=outlook.verdict.value,
        verdict_label=outlook.verdict.label,
        stage=outlook.stage.value,
        outcome=outlook.outcome,
        modality=outlook.modality,
        clauses=tuple(map(str, outlook.clauses)),
        due=None if outlook.due is None else shown_due(outlook.due),
        later=None if outlook.later is None else shown_due(outlook.later),
        missing=outlook.missing,
        text=outlook.text,
    )
