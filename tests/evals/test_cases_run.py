import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.eligibility.asked import CaseAsked
from assistant.eligibility.checker import CaseCheck
from evals.answers.rows import Half
from evals.cases import shown
from evals.cases.rows import Dataset, Row
from evals.cases.run import as_json, measure
from evals.cases.summary import BY_CHANCE, MEASURES
from evals.command import main
from evals.counts import Rate
from evals.errors import NothingToMeasure
from evals.report.page import html
from tests.evals.cases_making import OTHER, RULES, check, row

ROWS = (
    *(row(id=f"a{n}", text=f"第{n}局局长，2010年3月任现职，没有串通。", expected_words=["局长"]) for n in range(12)),
    *(
        row(
            id=f"w{n}",
            text=f"第{n}处局长，2010年3月任现职，没有串通。",
            expected_verdict="does_not_apply",
            key_criteria=[{"clause": "demo@2024#9.1", "expected": "unmet"}],
        )
        for n in range(8)
    ),
    *(
        row(
            id=f"i{n}",
            text=f"第{n}科局长。",
            expected_verdict="insufficient",
            missing_facts=["何时任现职"],
            mechanism=OTHER.id if n % 2 else "rotation-demo@2024",
            jurisdiction=None,
        )
        for n in range(10)
    ),
    *(row(id=f"e{n}", text=f"第{n}件事。", mechanism=None) for n in range(6)),
)
DATASET = Dataset(ROWS, Counter({"source": 3}))


def _half(of: Half) -> list[Row]:
    return [one for one in ROWS if one.half is of]


def test_both_halves_are_counted_apart() -> None:
    result = measure("cases.jsonl", DATASET, RULES, check)
    for half, summary in result.halves.items():
        starts = Counter(one.id[0] for one in _half(half))
        rates = summary.rates
        every = starts.total()
        assert summary.rows == every == summary.milliseconds.count
        assert rates["verdict"] == Rate(starts["a"] + starts["i"], every)
        assert rates["wrong_definite"] == Rate(starts["w"], every)
        assert rates["wrong_of_definite"] == Rate(starts["w"], starts["a"] + starts["w"])
        assert rates["errors"] == Rate(starts["e"], every)
        assert rates["standing"] == Rate(0, starts["w"])
        assert rates["words_recall"] == Rate(starts["a"], starts["a"])
        assert rates["questions_cover"] == Rate(starts["i"], starts["i"])
        assert rates["mechanism"] == Rate(0, 0)
        assert summary.confusion == {
            "applies": {"applies": starts["a"], "error:no_case": starts["e"]},
            "does_not_apply": {"applies": starts["w"]},
            "insufficient": {"insufficient": starts["i"]},
        }
        assert sum(one.rows for one in result.mechanisms[half].values()) == every
        assert set(result.mechanisms[half]) == {"", OTHER.id, "rotation-demo@2024"}


def test_the_control_takes_the_questions_of_other_mechanisms() -> None:
    rates = measure("cases.jsonl", DATASET, RULES, check).halves[Half.TUNING].rates
    mechanisms = Counter(one.mechanism for one in _half(Half.TUNING) if one.id.startswith("i"))
    one, other = mechanisms.values()
    assert rates[BY_CHANCE] == Rate(2 * one * other, 2 * one * other)


def test_the_held_out_half_is_only_counted() -> None:
    result = measure("cases.jsonl", DATASET, RULES, check)
    assert {score.row.id[0] for score in result.misses} == {"w", "e"}
    assert result.misses[0].row.id.startswith("w")
    page = html(shown.page(result, misses=100), datetime(2026, 1, 2))
    told = page + json.dumps(as_json(result), ensure_ascii=False)
    assert all(one.text not in told for one in _half(Half.HELD_OUT))
    assert all(score.row.text in page for score in result.misses)
    without = html(shown.page(result, misses=0), datetime(2026, 1, 2))
    assert all(one.text not in without for one in ROWS)


def test_the_page_tells_verdicts_mechanisms_and_what_was_left_aside() -> None:
    page = html(shown.page(measure("cases.jsonl", DATASET, RULES, check), 3), datetime(2026, 1, 2))
    for words in ("报错 no_case", "rotation-far@2024", "有 3 处不认识的键", "source（3）", "未评分", "<svg"):
        assert words in page
    assert all(measure.label in page for measure in MEASURES)


def test_one_half_alone_checks_nothing_of_the_other() -> None:
    checked: set[str] = set()

    def listening(asked: CaseAsked) -> CaseCheck:
        checked.add(asked.text)
        return check(asked)

    result = measure("cases.jsonl", DATASET, RULES, listening, (Half.HELD_OUT,))
    assert checked == {one.text for one in _half(Half.HELD_OUT)}
    assert set(result.halves) == {Half.HELD_OUT}
    assert result.misses == ()


def test_no_rows_of_a_half() -> None:
    tuning = Dataset(tuple(_half(Half.TUNING)), Counter())
    with pytest.raises(NothingToMeasure):
        measure("cases.jsonl", tuning, RULES, check, (Half.HELD_OUT,))


def test_an_error_of_ours_stops_the_run() -> None:
    def broken(asked: CaseAsked) -> CaseCheck:
        raise ZeroDivisionError(asked.text)

    with pytest.raises(ZeroDivisionError):
        measure("cases.jsonl", DATASET, RULES, broken)


def test_json_shape() -> None:
    told = as_json(measure("cases.jsonl", DATASET, RULES, check))
    assert set(told) == {"dataset", "unknown_keys", "halves", "mechanisms", "quotes_not_verbatim"}
    half = told["halves"]["held-out"]
    assert set(half) == {"rows", "rates", "confusion", "milliseconds"}
    assert set(half["rates"]) == {*(measure.name for measure in MEASURES), BY_CHANCE}
    assert set(told["mechanisms"]["tuning"][OTHER.id]) >= {"rows", "verdict", "wrong_definite"}
    assert told["quotes_not_verbatim"] == []


def test_a_faulty_file_ends_with_its_faults_and_nothing_on_stdout(tmp_path: Path) -> None:
    ended = CliRunner().invoke(
        main, ["cases", "--dataset", str(tmp_path / "none.jsonl"), "--json", "--report", str(tmp_path)]
    )
    assert ended.exit_code == 3
    assert ended.stdout == ""
    assert "无法读取" in ended.stderr
