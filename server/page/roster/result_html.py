"""A checked roster: counts, rows as plain cells for the browser's table, and the rows that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from assistant.eligibility.roster import Roster, RosterRow, Stage
from assistant.eligibility.roster.tables import shown
from assistant.eligibility.roster.writing.lines import ADDED, found
from server.page import labels
from server.page.case.words import DISCLAIMER

HEADERS = ("行", "姓名", "单位", "职务", "任现职时间", "核查情况", "到期", "结果", "依据", "说明")
_VERDICT_AT = 5
_HEAD_AT = 1
_BASIS_AT = 8
_SORTED = {0, 1, 2, 4, 5, 6}
_PROBLEMS = 100
"""Rows in trouble that are listed; the workbook has all of them."""
SENT = 5000
"""Rows sent to be sorted and filtered; the files hold every row."""
_TONE = {
    Stage.REACHED: "barred",
    Stage.SOON: "deferred",
    Stage.BODY: "needs_determination",
    Stage.OPEN: "insufficient",
    Stage.PROBLEM: "insufficient",
}


def roster_result_html(roster: Roster) -> str:
    """Counts, filters and the empty table that the browser fills."""
    summary = roster.summary
    counts = "".join(f"<div><dt>{stage.value}</dt><dd>{count:,}</dd></div>" for stage, count in summary.by_stage)
    rules = "".join(f"<li>{escape(one.title)}</li>" for one in roster.mechanisms)
    remarks = "".join(f"<li>{escape(one)}</li>" for one in roster.remarks)
    return (
        '<section class="part"><h3 tabindex="-1" id="cadre-roster-counts">核查结果'
        f" <span>共 {summary.total:,} 行，核查日期 {labels.chinese_date(roster.as_of)}</span></h3>"
        f'<dl class="counts">{counts}</dl><ul class="plain">{rules}</ul>'
        f"{f'<ul class=remarks>{remarks}</ul>' if remarks else ''}"
        f'<p class="disclaimer">{DISCLAIMER}</p></section>'
        f'<section class="part"><h3>逐人结果</h3>{_filters(roster)}'
        '<p class="hint" id="cadre-roster-found" role="status"></p>'
        '<div class="scroller rows" tabindex="0" role="region" aria-label="逐人结果">'
        f'<table class="grid people" role="table"><thead role="rowgroup"><tr role="row">{_head()}</tr></thead>'
        '<tbody role="rowgroup" id="cadre-roster-rows"></tbody></table></div>'
        f"{_cut(roster)}</section>{_problems(roster)}"
        '<div class="result-actions"><button type="button" class="quiet strong" data-download="xlsx">'
        "下载结果（Excel）</button>"
        '<button type="button" class="quiet" data-download="csv">下载结果（CSV）</button></div>'
    )


def sheet_of(roster: Roster) -> dict[str, Any]:
    """The first rows as text cells, in the order of `HEADERS`, with what they are filtered by."""
    own = [roster.columns.of(name) for name in ("name", "unit", "title")]
    start = roster.columns.source("post_start") or roster.columns.source("years_in_post")
    columns = [None if column is None else column.index for column in (*own, start)]
    return {
        "headers": HEADERS,
        "head": _HEAD_AT,
        "verdict": _VERDICT_AT,
        "basis": _BASIS_AT,
        "day": str(roster.as_of),
        "clauses": {str(one.ref): one.clause.heading for one in roster.basis},
        "rows": [_line(row, columns) for row in roster.rows[:SENT]],
    }


def _line(row: RosterRow, columns: Sequence[int | None]) -> dict[str, Any]:
    told = {name: shown(cell) for name, cell in zip(ADDED, found(row), strict=True)}
    due = row.leading.due if row.leading is not None else None
    unread = f"（{told['未能读出']}）" if told["未能读出"] else ""
    cells = [
        str(row.row.number),
        *("" if index is None else shown(row.row.cell(index)) for index in columns),
        told["核查情况"],
        told["到期日"],
        told["结果"],
        "",
        f"{told['核查说明'] or told['缺少的信息']}{unread}",
    ]
    year = "" if due is None else str(due.on.first.year)
    return {
        "cells": cells,
        "outcome": row.stage.value,
        "rank": list(Stage).index(row.stage),
        "year": year,
        "tone": _TONE.get(row.stage, ""),
        "refs": [str(ref) for ref in row.leading.clauses] if row.leading is not None else [],
    }


def _head() -> str:
    return "".join(
        f'<th role="columnheader" scope="col" aria-sort="none">'
        f'<button type="button" data-sort="{at}">{name}</button></th>'
        if at in _SORTED
        else f'<th role="columnheader" scope="col">{name}</th>'
        for at, name in enumerate(HEADERS)
    )


def _filters(roster: Roster) -> str:
    stages = _options((stage.value, f"{stage.value}（{count:,}）") for stage, count in roster.summary.by_stage)
    years = _options((str(year), f"{year}年（{count:,}）") for year, count in roster.summary.by_due_year)
    return (
        '<div class="tool-row filters"><label>核查情况 <select data-filter="outcome"><option value="">全部</option>'
        f'{stages}</select></label><label>到期年份 <select data-filter="year"><option value="">全部</option>{years}'
        '</select></label><label class="wide">查找 <input type="search" data-filter="text" '
        'placeholder="单位、职务、说明中的文字" autocomplete="off"></label></div>'
    )


def _options(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in pairs)


def _cut(roster: Roster) -> str:
    if len(roster.rows) <= SENT:
        return ""
    return f'<p class="hint">页面上只有前 {SENT:,} 行，其余请看下载的文件。</p>'


def _problems(roster: Roster) -> str:
    wrong = roster.problems
    if not wrong:
        return ""
    rows = "".join(
        f'<tr><th scope="row">第{one.row.number}行</th><td>{escape("；".join((*one.problems, *one.notes)))}</td>'
        f"<td>{'没有核查' if one.problems else '已核查，有内容未读出'}</td></tr>"
        for one in wrong[:_PROBLEMS]
    )
    more = (
        f'<p class="hint">另有 {len(wrong) - _PROBLEMS:,} 行，见下载文件的“问题行”。</p>'
        if len(wrong) > _PROBLEMS
        else ""
    )
    return (
        f'<details class="more" open><summary>有问题的行 <span>{len(wrong):,} 行</span></summary>'
        '<div class="scroller"><table class="grid"><thead><tr><th scope="col">行号</th><th scope="col">原因</th>'
        f'<th scope="col">处理</th></tr></thead><tbody>{rows}</tbody></table></div>{more}</details>'
    )
