"""What a filters run looks like to people."""

from __future__ import annotations

from collections.abc import Iterator

from evals.counts import Rate, total
from evals.filters.run import Result, Seen
from evals.filters.truth import FIRST
from evals.report.judged import against_bars, beside_bars, judged, passed
from evals.report.page import Page, Table, figure, percent

_COLUMNS = (
    *("保留条款", "占全部", "限定", "检索中位数", "检索 95%", "初次使用 95%", "句向量 95%", "词语 95%"),
    *("检索相符", "句向量相符"),
)


def page(result: Result) -> Page:
    """The report of one run."""
    return Page(
        name="filters",
        title="限定范围的检索评测",
        about=(
            f"知识库：{result.clauses:,} 个条款，{result.editions:,} 份文件，用自带文件的句子拼成，每次生成的都相同",
            f"机器：{result.machine}",
            f"在本进程中逐个检索，每种范围 {result.questions} 问；建索引用 {result.build_s:.0f} 秒。",
        ),
        findings=[
            *([passed(result.readings)] if judged(result.readings) else ()),
            _agreement("整个检索", total(one.found_right for one in result.seen)),
            _agreement("只按句向量", total(one.nearest_right for one in result.seen)),
        ],
        parts=[*against_bars(result.readings), *tables(result)],
    )


def tables(result: Result) -> list[Table]:
    """The slowest of each kind beside its bar, and every filter."""
    rows = [tuple(_row(one, result.clauses)) for one in sorted(result.seen, key=lambda one: one.kept)]
    note = (
        "时间单位为毫秒。初次使用：这一范围此前没有问过，要先算出保留哪些条款。"
        f"相符：前 {FIRST} 条中，与逐条计算后再筛选的结果相同的比例。"
    )
    return [beside_bars(result.readings), Table("各种范围", _COLUMNS, rows, note)]


def _row(one: Seen, clauses: int) -> Iterator[str]:
    yield from (f"{one.kept:,}", f"{100 * one.kept / clauses:.3g}%", one.filter.kind)
    yield from (figure(one.times.whole.p50), figure(one.times.whole.p95), figure(one.times.first.p95))
    yield from (figure(one.times.vectors.p95), figure(one.times.words.p95))
    yield from (percent(one.found_right.value), percent(one.nearest_right.value))


def _agreement(what: str, rate: Rate) -> str:
    return f"{what}：前 {FIRST} 条与逐条计算的结果相符 {rate.hits:,} / {rate.of:,} 条（{percent(rate.value)}）。"
