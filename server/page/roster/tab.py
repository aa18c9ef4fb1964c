"""The roster tab as a component: the browser sends the file for each step; nothing of it is kept or written to disk."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from assistant.answering.question import day_asked
from assistant.eligibility.checker import CaseChecker
from assistant.eligibility.roster import (
    Columns,
    Roster,
    Table,
    as_csv,
    as_xlsx,
    check_roster,
    columns_of,
    read_table,
)
from assistant.errors import CallerError
from knowledge.clauses import Edition
from server.page.roster.form_html import columns_html
from server.page.roster.result_html import roster_result_html, sheet_of
from server.page.telling import Sent, told

LIMIT = 20 << 20
"""Bytes of a file."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def roster_functions(cases: CaseChecker, editions: Mapping[str, Edition]) -> list[Callable[[object], Sent]]:
    """What the tab's script may call. `roster_progress` tells how far a check that is running has come."""
    running: dict[str, tuple[int, int]] = {}

    def roster_columns(sent: object) -> Sent:
        def mapped() -> Sent:
            table = table_of(sent)
            html = columns_html(table, columns_of(table, cases.rules.facts.values()))
            return {"state": "done", "html": html, "said": f"已读取 {len(table.rows)} 行，请核对各列。"}

        return told(mapped)

    def roster_check(sent: object) -> Sent:
        def checked() -> Sent:
            roster = _checked(sent)
            said = f"核查完成，共 {len(roster.rows)} 行，其中 {len(roster.problems)} 行有问题。"
            return {"state": "done", "html": roster_result_html(roster), "sheet": sheet_of(roster), "said": said}

        return told(checked)

    def roster_file(sent: object) -> Sent:
        def written() -> Sent:
            roster = _checked(sent)
            as_text = isinstance(sent, dict) and sent.get("form") == "csv"
            data = as_csv(roster) if as_text else as_xlsx(roster)
            name = f"名册核查-{roster.as_of}.{'csv' if as_text else 'xlsx'}"
            kind = "text/csv" if as_text else _XLSX
            return {"state": "done", "name": name, "type": kind, "data": base64.b64encode(data).decode()}

        return told(written)

    def roster_progress(sent: object) -> Sent:
        done, total = running.get(_job(sent), (0, 0))
        return {"done": done, "total": total}

    def _checked(sent: object) -> Roster:
        job = _job(sent)

        def progress(done: int, total: int) -> None:
            running[job] = (done, total)

        try:
            return roster_of(sent, cases, editions, progress)
        finally:
            running.pop(job, None)

    return [roster_columns, roster_check, roster_file, roster_progress]


def table_of(sent: object) -> Table:
    """The table in `{"name", "data"}`, data in base64; raises CallerError."""
    given = sent if isinstance(sent, dict) else {}
    written = str(given.get("data", ""))
    if len(written) // 4 * 3 > LIMIT:
        raise CallerError(f"文件超过 {LIMIT >> 20} MB，请拆分后再上传。")
    try:
        data = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        raise CallerError("文件没有传完整，请重新选择。") from None
    return read_table(data, str(given.get("name", "")))


def mapped_columns(columns: Columns, chosen: Mapping[str, Any]) -> Columns:
    """The columns as a person set them: letter → field id, empty for a column that is not used."""
    wanted: dict[str, str] = {}
    labels = {field.id: field.label for field in columns.fields}
    for letter, field in chosen.items():
        if not field:
            continue
        if field in wanted:
            raise CallerError(f"“{labels.get(field, field)}”指定了两列，请只留一列。")
        wanted[str(field)] = str(letter)
    unset = {one.field.id: None for one in columns.columns if one.field is not None and one.field.id not in wanted}
    ambiguous = {field.id: None for field, _ in columns.ambiguous if field.id not in wanted}
    return columns.changed({**unset, **ambiguous, **wanted})


def roster_of(
    sent: object, cases: CaseChecker, editions: Mapping[str, Edition], progress: Callable[[int, int], None]
) -> Roster:
    """The roster in `{"name", "data", "columns", "place", "day"}`, checked; raises CallerError."""
    given = sent if isinstance(sent, dict) else {}
    table = table_of(given)
    chosen = given.get("columns")
    columns = mapped_columns(columns_of(table, cases.rules.facts.values()), chosen if isinstance(chosen, dict) else {})
    return check_roster(
        table,
        columns,
        cases.book,
        cases.vocabulary,
        as_of=day_asked(str(given.get("day", "")) or None) or date.today(),
        jurisdiction=str(given.get("place", "")) or None,
        editions=editions,
        progress=progress,
    )


def _job(sent: object) -> str:
    return str(sent.get("job", ""))[:64] if isinstance(sent, dict) else ""
