"""What a load run looks like to people."""

from __future__ import annotations

from evals.load.bars import Scale
from evals.load.run import Result
from evals.report.judged import against_bars, beside_bars, passed
from evals.report.page import Page, Table

_SCALE = {Scale.BUNDLED: "随程序提供的知识库", Scale.STATUTES: "法条全库"}


def page(result: Result) -> Page:
    """The report of one run."""
    return Page(
        name="load",
        title="服务性能评测",
        about=(
            f"知识库：{_SCALE[result.scale]}，共 {result.clauses:,} 条",
            f"机器：{result.machine}",
            "服务为单个进程，测试程序与服务在同一台机器上，经回环地址提问，不用语言模型。",
        ),
        findings=[
            passed(result.readings),
            f"没有得到正常回答的请求：{result.failures} 次。",
        ],
        parts=[*against_bars(result.readings), *tables(result)],
    )


def tables(result: Result) -> list[Table]:
    """Every reading beside its bar."""
    return [beside_bars(result.readings)]
