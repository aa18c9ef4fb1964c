"""What an answers run looks like to people."""

from __future__ import annotations

from collections.abc import Sequence

from evals.answers.rows import Half
from evals.answers.run import Result
from evals.answers.scores import RowScore
from evals.answers.summary import KIND_MEASURES, MEASURES, Best, Summary
from evals.counts import Rate, Spread
from evals.report.charts import rates
from evals.report.page import Chart, Page, Table, figure, percent

_HALF = {Half.TUNING: "调试用题", Half.HELD_OUT: "保留题"}
_STATUS = {
    "answered": "完整回答",
    "partial": "部分回答",
    "clarify": "反问澄清",
    "no_basis": "没有依据，不答",
    "out_of_scope": "范围外，不答",
    "greeting": "当作寒暄",
    "refused": "拒答",
    "unavailable": "服务不可用",
}
_LABEL = {measure.name: measure.label for measure in MEASURES}
_BY_CHANCE = "评测题按编号随机分成两半：调试用题供改进时逐题查看，保留题只公布计数，从不逐题查看。"
_INTERVAL = "方括号内为 95% 置信区间（Wilson 法）；没有一题涉及的指标写“未评分”，不等于 0。"


def page(result: Result, misses: int) -> Page:
    """The report of one run, with at most `misses` rows of the tuning half that missed something."""
    charted = [m for m in MEASURES if m.best is not Best.ZERO and m.name != "asked_numbers"]
    series = {_HALF[half]: [summary.rates[m.name] for m in charted] for half, summary in result.halves.items()}
    drawing = Chart(
        "主要指标",
        rates([m.label for m in charted], series),
        "圆点为实测比例，横线为 95% 置信区间；各指标孰高孰低为好，见下表。",
    )
    return Page(
        name="answers",
        title="问答质量评测",
        about=(f"评测题：{result.dataset}", _BY_CHANCE),
        findings=[_finding(half, summary) for half, summary in result.halves.items()],
        parts=[drawing, *tables(result), *missed_table(result.misses, misses)],
    )


def tables(result: Result) -> list[Table]:
    """Every count of the run; no question is named."""
    halves = list(result.halves)
    names = [_HALF[half] for half in halves]
    found = [
        Table(
            "全部指标",
            ("指标", *names, "怎样为好"),
            [(m.label, *(_rate(result.halves[half].rates[m.name]) for half in halves), m.best) for m in MEASURES],
            _INTERVAL,
        ),
        _statuses("可回答的题怎样结束", names, [result.halves[half].statuses for half in halves]),
        _statuses("不可回答的题怎样结束", names, [result.halves[half].statuses_unanswerable for half in halves]),
        Table("篇幅与用时", ("项目", *names), _sizes([result.halves[half] for half in halves])),
    ]
    return found + [_kinds(_HALF[half], kinds) for half, kinds in result.kinds.items() if len(kinds) > 1]


def missed_table(misses: Sequence[RowScore], most: int) -> list[Table]:
    """Rows of the tuning half that missed something; none when `most` is 0."""
    if not most or not misses:
        return []
    rows = [
        (
            score.row.id,
            score.row.question,
            _STATUS.get(score.status, score.status),
            "；".join(" / ".join(entry) for entry in score.missing) or "—",
            "；".join(score.forbidden) or "—",
            "、".join(score.row.expected_clauses) or "—",
            "、".join(str(ref) for ref in score.cited) or "—",
        )
        for score in misses[:most]
    ]
    columns = ("编号", "问题", "结果", "缺少的要点", "出现的禁用说法", "应引条款", "实引条款")
    return [Table("调试用题中未达预期的题", columns, rows, f"共 {len(misses)} 题，列出 {len(rows)} 题。", wide=True)]


def _finding(half: Half, summary: Summary) -> str:
    rates_ = summary.rates
    uncovered = sum(rates_[m.name].hits for m in MEASURES if m.best is Best.ZERO)
    said = (
        ("可回答的题中要点齐全", "must_include"),
        ("引用了应引条款", "clause"),
        ("误拒", "over_refusal"),
        ("不可回答的题中没有硬答", "not_answered"),
    )
    parts = [f"{label} {_short(rates_[name])}" for label, name in said]
    count = summary.answerable + summary.unanswerable
    return f"{_HALF[half]} {count} 道：{'，'.join(parts)}；没有依据的陈述、引文和数字共 {uncovered} 处。"


def _rate(rate: Rate) -> str:
    if rate.interval is None:
        return "未评分"
    low, high = rate.interval
    return f"{percent(rate.value)}（{rate.hits}/{rate.of}）[{low * 100:.1f}, {high * 100:.1f}]"


def _statuses(title: str, names: Sequence[str], counts: Sequence[dict[str, int]]) -> Table:
    ordered = [*_STATUS, *sorted({status for count in counts for status in count} - set(_STATUS))]
    rows = [
        (_STATUS.get(status, f"报错 {status.removeprefix('error:')}"), *(str(count.get(status, 0)) for count in counts))
        for status in ordered
        if any(count.get(status) for count in counts)
    ]
    return Table(title, ("结果", *names), rows)


def _sizes(summaries: Sequence[Summary]) -> list[tuple[str, ...]]:
    def row(label: str, values: Sequence[float | None]) -> tuple[str, ...]:
        return (label, *(figure(value) for value in values))

    def of(pick: str) -> list[Spread]:
        return [getattr(summary, pick) for summary in summaries]

    return [
        row("每个回答的引用条数，平均", [s.mean for s in of("citations")]),
        row("每个回答的字数，平均", [s.mean for s in of("characters")]),
        row("每题用时（毫秒），中位数", [s.p50 for s in of("milliseconds")]),
        row("每题用时（毫秒），95% 不超过", [s.p95 for s in of("milliseconds")]),
    ]


def _kinds(half: str, kinds: dict[str, Summary]) -> Table:
    rows = [
        (
            kind or "（未分类）",
            str(summary.answerable + summary.unanswerable),
            *(_short(summary.rates[name]) for name in KIND_MEASURES),
        )
        for kind, summary in kinds.items()
    ]
    return Table(f"按问题类型（{half}）", ("类型", "题数", *(_LABEL[name] for name in KIND_MEASURES)), rows)


def _short(rate: Rate) -> str:
    return "未评分" if rate.value is None else f"{percent(rate.value)}（{rate.hits}/{rate.of}）"
