"""What a cases run looks like to people."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.eligibility.ruling import Verdict
from evals.answers.rows import Half
from evals.answers.summary import Best
from evals.cases.run import Result
from evals.cases.scores import FIRST_QUESTIONS, RowScore
from evals.cases.summary import BY_CHANCE, LABELS, MEASURES, OF_MECHANISM, Summary
from evals.counts import Rate
from evals.report.charts import rates
from evals.report.page import Chart, Page, Table, figure, percent

_HALF = {Half.TUNING: "调试用题", Half.HELD_OUT: "保留题"}
_STANDING = {"met": "符合", "unmet": "不符合", "unknown": "未知"}
_BY_CHANCE = "评测题按编号随机分成两半：调试用题供改进时逐题查看，保留题只公布计数，从不逐题查看。"
_HOW = (
    "方括号内为 95% 置信区间（Wilson 法）；没有一题涉及的指标写“未评分”，不等于 0。"
    "定论指适用、可以适用、不适用、不得适用、暂缓。报错算作结论错。"
    "对照一行：把别的机制的题的前三问拿来比，按同样的字面标准也算“问到”的比例，前一行应远高于它。"
)
_CELL = "行为应有的结论，列为实际的结论；另可接受的结论也算正确，仍列在应有的结论一行。"


def page(result: Result, misses: int) -> Page:
    """The report of one run, with at most `misses` rows of the tuning half that missed something."""
    charted = [m for m in MEASURES if m.best is not Best.ZERO]
    series = {_HALF[half]: [summary.rates[m.name] for m in charted] for half, summary in result.halves.items()}
    drawing = Chart(
        "主要指标",
        rates([m.label for m in charted], series),
        "圆点为实测比例，横线为 95% 置信区间；各指标孰高孰低为好，见下表。",
    )
    return Page(
        name="cases",
        title="个案核查评测",
        about=(f"评测题：{result.dataset}", _BY_CHANCE, *unknown_keys(result.unknown_keys)),
        findings=[_finding(half, summary) for half, summary in result.halves.items()],
        parts=[drawing, *tables(result), *missed_table(result.misses, misses)],
    )


def unknown_keys(count: dict[str, int]) -> list[str]:
    """A warning about keys of the dataset that were left aside; none when there were none."""
    if not count:
        return []
    listed = "、".join(f"{name}（{times}）" for name, times in count.items())
    return [f"评测题中有 {sum(count.values())} 处不认识的键，已略过：{listed}"]


def tables(result: Result) -> list[Table]:
    """Every count of the run; no case is named, except those of the tuning half whose quotes are not verbatim."""
    halves = list(result.halves)
    names = [_HALF[half] for half in halves]
    summaries = [result.halves[half] for half in halves]
    return [
        Table("全部指标", ("指标", *names, "怎样为好"), list(_measured(summaries)), _HOW),
        *(_confusion(half, summary) for half, summary in result.halves.items()),
        *(_mechanisms(half, mechanisms) for half, mechanisms in result.mechanisms.items() if len(mechanisms) > 1),
        Table(
            "每次核查用时（毫秒）",
            ("项目", *names),
            [
                ("中位数", *(figure(one.milliseconds.p50) for one in summaries)),
                ("95% 不超过", *(figure(one.milliseconds.p95) for one in summaries)),
            ],
        ),
        *_stray(result.misses),
    ]


def missed_table(misses: Sequence[RowScore], most: int) -> list[Table]:
    """Rows of the tuning half that missed something; none when `most` is 0."""
    if not most or not misses:
        return []
    rows = [
        (
            score.row.id,
            score.row.text,
            "或".join(_verdict(one) for one in dict.fromkeys((score.row.expected_verdict, *score.row.also_acceptable))),
            _verdict(score.verdict),
            "；".join(_criteria(score)) or "—",
            "；".join(score.missed_words) or "—",
            "；".join(score.row.missing_facts) or "—",
            "；".join(question.label for question in score.questions[:FIRST_QUESTIONS]) or "—",
        )
        for score in misses[:most]
    ]
    columns = ("编号", "情况", "应有结论", "实际结论", "判断不同的条件", "没有读出的话", "缺的事实", "前三问")
    return [Table("调试用题中未达预期的题", columns, rows, f"共 {len(misses)} 题，列出 {len(rows)} 题。", wide=True)]


def _measured(summaries: Sequence[Summary]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for measure in MEASURES:
        rows.append((measure.label, *(_rate(one.rates[measure.name]) for one in summaries), measure.best))
        if measure.name == "questions_cover":
            rows.append((LABELS[BY_CHANCE], *(_short(one.rates[BY_CHANCE]) for one in summaries), "对照"))
    return rows


def _confusion(half: Half, summary: Summary) -> Table:
    given = {name for row in summary.confusion.values() for name in row}
    columns: list[str] = [verdict.value for verdict in Verdict if verdict.value in given]
    columns += sorted(given.difference(columns))
    rows = [
        (_verdict(verdict), *(str(summary.confusion[verdict].get(name, 0)) for name in columns))
        for verdict in Verdict
        if verdict in summary.confusion
    ]
    return Table(f"应有的结论与实际的结论（{_HALF[half]}）", ("应有", *map(_verdict, columns)), rows, _CELL)


def _mechanisms(half: Half, mechanisms: dict[str, Summary]) -> Table:
    rows = [
        (name or "（不能确定）", str(summary.rows), *(_short(summary.rates[one]) for one in OF_MECHANISM))
        for name, summary in mechanisms.items()
    ]
    note = "没有指定机制的题，按其关键条款所属的机制归类。"
    return Table(f"按机制（{_HALF[half]}）", ("机制", "题数", *(LABELS[one] for one in OF_MECHANISM)), rows, note)


def _stray(misses: Sequence[RowScore]) -> list[Table]:
    rows = [
        (score.row.id, one.fact, one.quote.text, f"{one.quote.start}-{one.quote.end}")
        for score in misses
        for one in score.stray
    ]
    return (
        [Table("与原文位置不符的引文（调试用题）", ("编号", "事实", "引文", "位置"), rows, wide=True)] if rows else []
    )


def _criteria(score: RowScore) -> list[str]:
    return [
        f"{one.criterion.said}：应{_STANDING[one.criterion.expected]}，"
        + ("未评分" if one.given is None else f"判为{one.given.label}")
        for one in score.criteria
        if one.right is not True
    ]


def _finding(half: Half, summary: Summary) -> str:
    said = (
        ("结论正确", "verdict"),
        ("定论错误", "wrong_definite"),
        ("关键条件判断正确", "standing"),
        ("前三问问到缺的事实", "questions_cover"),
    )
    parts = [f"{label} {_short(summary.rates[name])}" for label, name in said]
    stray = summary.rates["quotes_not_verbatim"].hits
    return f"{_HALF[half]} {summary.rows} 道：{'，'.join(parts)}；与原文位置不符的引文 {stray} 处。"


def _verdict(verdict: str) -> str:
    if verdict.startswith("error:"):
        return f"报错 {verdict.removeprefix('error:')}"
    return Verdict(verdict).label


def _rate(rate: Rate) -> str:
    if rate.interval is None:
        return "未评分"
    low, high = rate.interval
    return f"{percent(rate.value)}（{rate.hits}/{rate.of}）[{low * 100:.1f}, {high * 100:.1f}]"


def _short(rate: Rate) -> str:
    return "未评分" if rate.value is None else f"{percent(rate.value)}（{rate.hits}/{rate.of}）"
