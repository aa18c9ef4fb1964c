"""Readings beside their bars, as a table and as a drawing."""

from __future__ import annotations

from collections.abc import Iterable

from evals.readings import Reading
from evals.report.charts import bars
from evals.report.page import Chart, Table, figure


def judged(readings: Iterable[Reading]) -> list[Reading]:
    """Those that have a bar and were measured."""
    return [reading for reading in readings if reading.bar is not None and reading.value is not None]


def passed(readings: Iterable[Reading]) -> str:
    """How many bars were reached, in one sentence."""
    some = judged(readings)
    return f"有标准的 {len(some)} 项中，{sum(reading.verdict == '达到' for reading in some)} 项达到。"


def beside_bars(readings: Iterable[Reading]) -> Table:
    """Every reading beside its bar."""
    rows = [
        (reading.label, figure(reading.value), reading.unit, str(reading.bar or "—"), reading.verdict, reading.note)
        for reading in readings
    ]
    columns = ("项目", "实测", "单位", "标准", "结果", "说明")
    return Table("实测与标准", columns, rows, "“—”为没有规定标准；开始前系统负载越高，实测越偏慢。")


def against_bars(readings: Iterable[Reading]) -> list[Chart]:
    """How much of its bar each reading uses; nothing where none has a bar."""
    used = {reading.label: _used(reading) for reading in judged(readings)}
    if not used:
        return []
    words = "实测占标准的百分比，虚线为标准：不超过 100% 为达到。吞吐量按“标准÷实测”折算，同样越低越好。"
    return [Chart("实测与标准之比", bars(list(used), {"": list(used.values())}, "{:.0f}%", limit=100), words)]


def _used(reading: Reading) -> float:
    """How much of its bar a reading uses, in percent; less is better."""
    if reading.bar is None or reading.value is None:
        raise ValueError(f"{reading.name} has no bar or no value")
    at_most = reading.value / reading.bar.value
    return 100 * (at_most if reading.bar.at_most else 1 / at_most if at_most else float("inf"))
