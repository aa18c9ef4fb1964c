"""What a load run looks like to people."""

from __future__ import annotations

from evals.load.bars import Reading, Scale
from evals.load.run import Result
from evals.report.charts import bars
from evals.report.page import Chart, Page, Table, figure

_SCALE = {Scale.BUNDLED: "随程序提供的知识库", Scale.STATUTES: "法条全库"}


def page(result: Result) -> Page:
    """The report of one run."""
    judged = [reading for reading in result.readings if reading.bar is not None and reading.value is not None]
    return Page(
        name="load",
        title="服务性能评测",
        about=(
            f"知识库：{_SCALE[result.scale]}，共 {result.clauses:,} 条",
            f"机器：{result.machine}",
            "服务为单个进程，测试程序与服务在同一台机器上，经回环地址提问，不用语言模型。",
        ),
        findings=[
            f"有标准的 {len(judged)} 项中，{sum(reading.verdict == '达到' for reading in judged)} 项达到。",
            f"没有得到正常回答的请求：{result.failures} 次。",
        ],
        parts=[*_drawing(judged), *tables(result)],
    )


def tables(result: Result) -> list[Table]:
    """Every reading beside its bar."""
    rows = [
        (reading.label, figure(reading.value), reading.unit, str(reading.bar or "—"), reading.verdict, reading.note)
        for reading in result.readings
    ]
    columns = ("项目", "实测", "单位", "标准", "结果", "说明")
    return [Table("实测与标准", columns, rows, "“—”为没有规定标准；开始前系统负载越高，实测越偏慢。")]


def _drawing(judged: list[Reading]) -> list[Chart]:
    if not judged:
        return []
    used = {reading.label: _used(reading) for reading in judged}
    words = "实测占标准的百分比，虚线为标准：不超过 100% 为达到。吞吐量按“标准÷实测”折算，同样越低越好。"
    return [Chart("实测与标准之比", bars(list(used), {"": list(used.values())}, "{:.0f}%", limit=100), words)]


def _used(reading: Reading) -> float:
    """How much of its bar a reading uses, in percent; less is better."""
    if reading.bar is None or reading.value is None:
        raise ValueError(f"{reading.name} has no bar or no value")
    at_most = reading.value / reading.bar.value
    return 100 * (at_most if reading.bar.at_most else 1 / at_most if at_most else float("inf"))
