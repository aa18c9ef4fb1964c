"""A roster over the wire; `showing` makes these of our own values.

The docstrings here are Chinese: they are the descriptions people read in the OpenAPI document.
"""

from __future__ import annotations

from datetime import date

from server.api.cases.wire import DueShown
from server.api.wire import CitationShown, Wire


class FieldShown(Wire):
    """一列可以读作的项目。"""

    id: str
    label: str


class ColumnShown(Wire):
    """表中的一列：列号、表头、几个值，读作哪个项目；不用的列 field 为 null。"""

    letter: str
    header: str
    samples: tuple[str, ...]
    field: FieldShown | None


class AmbiguousShown(Wire):
    """可能是同一项目的几列，须指定一列。"""

    field: FieldShown
    columns: tuple[str, ...]


class ColumnsResponse(Wire):
    """表格怎样读：表头所在行、数据行数、各列读作的项目、缺少的和不能确定的。"""

    sheet: str | None
    header_row: int
    rows: int
    columns: tuple[ColumnShown, ...]
    fields: tuple[FieldShown, ...]
    missing: tuple[str, ...]
    ambiguous: tuple[AmbiguousShown, ...]
    remarks: tuple[str, ...]


class OutlookShown(Wire):
    """一个人按一个机制的情况：到了哪一步、结果、到期的时间、还缺什么。"""

    mechanism: str
    verdict: str
    verdict_label: str
    stage: str
    outcome: str | None
    modality: str | None
    clauses: tuple[str, ...]
    due: DueShown | None
    later: DueShown | None
    missing: tuple[str, ...]
    text: str


class RosterRowShown(Wire):
    """一行的核查结果；number 是表中的行号，outlooks 中最紧要的在前。"""

    number: int
    place: str | None
    stage: str
    outlooks: tuple[OutlookShown, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


class CountShown(Wire):
    """一项的行数。"""

    name: str
    rows: int


class SummaryShown(Wire):
    """汇总：总行数，按情况、结果、到期年份和地区的行数。"""

    total: int
    by_stage: tuple[CountShown, ...]
    by_outcome: tuple[CountShown, ...]
    by_due_year: tuple[CountShown, ...]
    by_place: tuple[CountShown, ...]


class RosterResponse(Wire):
    """名册的核查结果。"""

    as_of: date
    places: tuple[str, ...]
    mechanisms: tuple[str, ...]
    summary: SummaryShown
    rows: tuple[RosterRowShown, ...]
    citations: tuple[CitationShown, ...]
    remarks: tuple[str, ...]
    disclaimer: str
