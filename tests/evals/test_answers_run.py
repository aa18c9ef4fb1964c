import json
from datetime import datetime
from pathlib import Path

import pytest

from assistant.answering.answer import Answer, Status
from assistant.answering.question import Question
from assistant.errors import UnknownPlace
from evals.answers import shown
from evals.answers.rows import Half, Row
from evals.answers.run import as_json, measure
from evals.answers.summary import MEASURES
from evals.counts import Rate
from evals.errors import NothingToMeasure
from evals.report.page import html, written
from tests.evals.making import answer, citation, row

ROWS = [
    *(
        row(
            id=f"a{n}",
            question=f"衡东第{n}问？",
            kind="数字",
            expected_clauses=["hengdong@2024#9"],
            must_include=["10年", "必有词"],
        )
        for n in range(20)
    ),
    *(row(id=f"u{n}", question=f"外地第{n}问？", kind="无依据", answerable=False) for n in range(10)),
    row(id="e", question="哪里？", jurisdiction="火星", kind="出错"),
]


def fake(question: Question) -> Answer:
    if question.jurisdiction:
        raise UnknownPlace(question.jurisdiction, ())
    if question.text.startswith("外地"):
        return answer(text="没有依据。", status=Status.NO_BASIS, statements=())
    return answer(citation(1, "hengdong@2024#9"))


def _half(of: Half) -> list[Row]:
    return [one for one in ROWS if one.half is of]


def test_both_halves_are_counted_apart() -> None:
    result = measure("rows.jsonl", ROWS, fake)
    for half, summary in result.halves.items():
        can = [one for one in _half(half) if one.answerable]
        cannot = [one for one in _half(half) if not one.answerable]
        asked = [one for one in can if one.must_include]
        assert (summary.answerable, summary.unanswerable) == (len(can), len(cannot))
        assert summary.rates["must_include"] == Rate(0, len(asked))
        assert summary.rates["must_include_strings"] == Rate(len(asked), 2 * len(asked))
        assert summary.rates["clause"] == Rate(len(asked), len(asked))
        assert summary.rates["not_answered"] == Rate(len(cannot), len(cannot))
        assert summary.rates["over_refusal"] == Rate(len(can) - len(asked), len(can))
        assert summary.rates["uncited_statements"] == Rate(0, len(asked))
        assert summary.statuses_unanswerable == {"no_basis": len(cannot)}
        assert summary.milliseconds.count == len(can) + len(cannot)
    assert {score.status for score in result.misses} <= {"answered", "error:unknown_place"}


def test_misses_are_of_the_tuning_half_only() -> None:
    result = measure("rows.jsonl", ROWS, fake)
    assert result.misses
    assert all(score.row.half is Half.TUNING for score in result.misses)
    page = html(shown.page(result, misses=100), datetime(2026, 1, 2))
    told = page + json.dumps(as_json(result), ensure_ascii=False)
    assert all(one.question not in told for one in _half(Half.HELD_OUT))
    assert all(score.row.question in page for score in result.misses)


def test_one_half_alone_asks_nothing_of_the_other() -> None:
    asked: list[str] = []

    def listening(question: Question) -> Answer:
        asked.append(question.text)
        return fake(question)

    result = measure("rows.jsonl", ROWS, listening, (Half.HELD_OUT,))
    assert asked == [one.question for one in _half(Half.HELD_OUT)]
    assert set(result.halves) == {Half.HELD_OUT}
    assert result.misses == ()


def test_without_answerable_rows_their_measures_are_not_scored() -> None:
    result = measure("rows.jsonl", [one for one in ROWS if not one.answerable], fake)
    rates = as_json(result)["halves"]["tuning"]["rates"]
    assert rates["must_include"] == {"hits": 0, "of": 0, "value": None, "low": None, "high": None}
    assert rates["not_answered"]["value"] == 1
    assert "未评分" in html(shown.page(result, 0), datetime(2026, 1, 2))


def test_no_rows_of_a_half() -> None:
    with pytest.raises(NothingToMeasure):
        measure("rows.jsonl", _half(Half.TUNING), fake, (Half.HELD_OUT,))


def test_an_error_of_ours_stops_the_run() -> None:
    def broken(question: Question) -> Answer:
        raise ZeroDivisionError(question.text)

    with pytest.raises(ZeroDivisionError):
        measure("rows.jsonl", ROWS, broken)


def test_json_shape() -> None:
    told = as_json(measure("rows.jsonl", ROWS, fake))
    assert set(told) == {"dataset", "halves", "kinds"}
    assert set(told["halves"]) == {"tuning", "held-out"}
    half = told["halves"]["tuning"]
    assert set(half) == {
        "answerable",
        "unanswerable",
        "rates",
        "statuses",
        "statuses_unanswerable",
        "citations",
        "characters",
        "milliseconds",
    }
    assert list(half["rates"]) == [measure.name for measure in MEASURES]
    assert set(told["kinds"]["tuning"]["数字"]) >= {"rows", "must_include", "clause"}


def test_the_report_is_one_file_that_needs_nothing_else(tmp_path: Path) -> None:
    rows = [row(id=f"x{n}", question="<script>甲</script>？", must_include=["无"]) for n in range(9)]
    page = shown.page(measure("rows.jsonl", rows, fake), misses=5)
    file = written(page, tmp_path / "reports", datetime(2026, 1, 2, 3, 4, 5))
    text = file.read_text(encoding="utf-8")
    assert file.name == "answers-20260102-030405.html"
    assert "<script>" not in text
    assert "&lt;script&gt;甲" in text
    assert "要点齐全的题" in text[text.index("<svg") : text.index("</svg>")]
    assert not any(outside in text for outside in ("src=", "@import", "<link", "url(http", 'href="http'))
