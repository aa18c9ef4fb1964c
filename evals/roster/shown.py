"""What a roster run looks like to people."""

from __future__ import annotations

from assistant.eligibility.roster import Stage
from evals.report.judged import against_bars, beside_bars, judged, passed
from evals.report.page import Page, Table
from evals.roster.run import Result


def page(result: Result) -> Page:
    """The report of one run."""
    problems = result.seen.stages.get(Stage.PROBLEM.value, 0)
    return Page(
        name="roster",
        title="名册核查评测",
        about=(
            f"名册：{result.seen.rows:,} 行虚构的人员，三个地区，日期有多种写法；每次生成的都相同",
            f"机器：{result.machine}",
            "在单独的进程中按自带的规定读取、核查并写成 .xlsx；生成名册不计时。",
        ),
        findings=[
            *([passed(result.readings)] if judged(result.readings) else ()),
            f"有意写错 {result.spoilt:,} 行，不能核查而列为问题行的 {problems:,} 行；"
            f"另有 {result.seen.noted:,} 行核查了，但有的内容读不出。",
        ],
        parts=[*against_bars(result.readings), *tables(result)],
    )


def tables(result: Result) -> list[Table]:
    """Every reading beside its bar, and what came of the rows."""
    return [
        beside_bars(result.readings),
        _counts("核查情况", result.seen.stages, "虚构的名册只用来测速度，不说明核查是否正确。"),
        _counts("地区", result.seen.places),
    ]


def _counts(title: str, counts: dict[str, int], note: str = "") -> Table:
    return Table(title, (title, "行数"), [(name, f"{count:,}") for name, count in counts.items()], note)
