"""The result as an .xlsx: 核查结果, 汇总, 问题行, 依据, 说明."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from assistant.eligibility.roster.checking import Roster, Stage
from assistant.eligibility.roster.fields import NAME
from assistant.eligibility.roster.tables import Cell, shown
from assistant.eligibility.roster.writing.lines import ADDED, DISCLAIMER, STAGE_AT, headers, lines
from assistant.eligibility.roster.writing.sheet import add_sheet, append, filter_all
from knowledge.clauses import Verified

_COLOURS = {
    Stage.REACHED: "FFF8CBAD",
    Stage.SOON: "FFFFE699",
    Stage.BODY: "FFDDEBF7",
    Stage.OPEN: "FFEDEDED",
    Stage.PROBLEM: "FFD9D9D9",
}
_WIDTHS = (9, 14, 30, 10, 13, 30, 28, 30, 60, 40, 40, 30)
_Line = tuple[Cell, ...]


def as_xlsx(roster: Roster) -> bytes:
    """The workbook; every date in it is a date, and no text in it a formula."""
    book = Workbook(write_only=True)
    _results(book, roster)
    for title, header, widths, body in (
        ("汇总", ("项目", "类别", "人数"), (18, 44, 12), _summary(roster)),
        ("问题行", ("表中行号", "姓名", "问题", "未能读出"), (10, 14, 70, 70), _problems(roster)),
        (
            "依据",
            ("条款", "用于", "条款用语", "位置", "标题", "条款文字", "文件", "来源", "核对"),
            _BASIS,
            _basis(roster),
        ),
        ("说明", ("项目", "内容"), (20, 100), _about(roster)),
    ):
        append(add_sheet(book, title, header, widths), body)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_BASIS = (28, 28, 10, 28, 24, 80, 34, 50, 10)


def _results(book: Workbook, roster: Roster) -> None:
    names = headers(roster)
    own = len(names) - len(ADDED)
    sheet = add_sheet(book, "核查结果", names, (*(16,) * own, *_WIDTHS))
    count = append(sheet, lines(roster))
    filter_all(sheet, len(names), count)
    stage, last = get_column_letter(own + STAGE_AT + 1), get_column_letter(own + STAGE_AT + 2)
    for kind, colour in _COLOURS.items():
        rule = FormulaRule(  # type: ignore[no-untyped-call]  # its stub has no annotations
            formula=[f'${stage}2="{kind.value}"'], fill=PatternFill("solid", bgColor=colour)
        )
        sheet.conditional_formatting.add(f"{stage}2:{last}{count + 1}", rule)


def _summary(roster: Roster) -> Iterator[_Line]:
    summary = roster.summary
    yield "总计", "核查的行数", summary.total
    for stage, count in summary.by_stage:
        yield "核查情况", stage.value, count
    for outcome, count in summary.by_outcome:
        yield "已到期的结果", outcome, count
    for year, count in summary.by_due_year:
        yield "到期年份", f"{year}年", count
    for place, count in summary.by_place:
        yield "地区", place, count


def _problems(roster: Roster) -> Iterator[_Line]:
    name = roster.columns.of(NAME)
    for one in roster.problems:
        who = shown(one.row.cell(name.index)) if name is not None else ""
        yield one.row.number, who or None, "；".join(one.problems) or None, "；".join(one.notes) or None


def _basis(roster: Roster) -> Iterator[_Line]:
    for one in roster.basis:
        clause, edition = one.clause, one.edition
        source = edition.source if edition is not None else None
        yield (
            str(one.ref),
            one.mechanism.title,
            clause.modality.value if clause.modality is not None else None,
            clause.locator,
            clause.heading,
            clause.text,
            f"《{edition.title}》（{edition.issuer}，{edition.issued}）" if edition is not None else one.ref.edition,
            "，".join(part for part in (source.publisher, source.url) if part) if source is not None else None,
            {Verified.SEEN: "已核", Verified.PARTLY: "部分待核"}.get(clause.verified, "待核"),
        )


def _about(roster: Roster) -> Iterator[_Line]:
    yield "声明", DISCLAIMER
    yield "核查日期", roster.as_of
    yield "地区", "、".join(roster.places) or "无"
    yield "花名册", roster.table.name
    if roster.table.sheet is not None:
        yield "工作表", roster.table.sheet
    yield "表头所在行", roster.table.header_row
    for mechanism in roster.mechanisms:
        until = f"至 {mechanism.in_force.until}" if mechanism.in_force.until is not None else "起"
        yield "所用规定", f"{mechanism.title}（{mechanism.id}，{mechanism.in_force.from_}{until}施行）"
        yield from (("原文未载明", f"{one.text}［{one.clause}］") for one in mechanism.left_open)
    yield "规定指纹", roster.fingerprint
    for column in roster.columns.used:
        assert column.field is not None  # noqa: S101 `used` has fields
        yield "列对应", f"{column.field.label} ← {column.letter}列“{column.name}”（如：{'、'.join(column.samples)}）"
    unused = [one.name for one in roster.columns.columns if one.field is None]
    yield "未使用的列", "、".join(unused) or "无"
    yield from (("提示", remark) for remark in chain(roster.remarks, _HINTS))


_HINTS = (
    "任职时间只写到月的，到期日也只到月；当月内不能确定是否已满的，列为信息不足。",
    "到期日按日历周年计算；任职中断、借调、挂职怎样计算，以条款和组织认定为准。",
)
