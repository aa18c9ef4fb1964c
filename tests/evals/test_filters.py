from datetime import datetime
from itertools import pairwise

import numpy as np
import pytest

from evals.counts import Rate, Spread
from evals.filters import shown
from evals.filters.making import make_library
from evals.filters.run import CLAUSES, Result, Seen, Times, questions_of, readings, run
from evals.filters.spread import FILTERS, PLACES, SHARES, Filter, slots
from evals.filters.truth import FIRST, Truth, mask_of
from evals.readings import Machine
from evals.report.page import html
from knowledge.clauses import Verified
from knowledge.index import Scope
from knowledge.library import load_library

_MACHINE = Machine("某处理器", 2, 24.6, 0.3)


def test_every_share_is_kept_by_place_and_by_date() -> None:
    made = slots(CLAUSES, "seed")
    assert sum(slot.clauses for slot in made) == CLAUSES
    for number, share in enumerate(SHARES, 1):
        by_place = sum(slot.clauses for slot in made if slot.place in PLACES[:number])
        day = Filter(None, number).scope().as_of
        assert day is not None
        by_date = sum(slot.clauses for slot in made if slot.in_force.on(day) == "现行")
        assert by_place == pytest.approx(share * CLAUSES, rel=0.05)
        assert by_date == pytest.approx(share * CLAUSES, rel=0.05)


def test_places_and_dates_do_not_depend_on_each_other() -> None:
    made = slots(CLAUSES, "seed")
    both = Filter(SHARES.index(0.33) + 1, SHARES.index(0.33) + 1)
    scope = both.scope()
    assert scope.jurisdictions is not None
    assert scope.as_of is not None
    kept = sum(s.clauses for s in made if s.place in scope.jurisdictions and s.in_force.on(scope.as_of) == "现行")
    assert kept == pytest.approx(both.share * CLAUSES, rel=0.1)


def test_another_number_is_another_scope_that_keeps_the_same() -> None:
    library = make_library(load_library(), 2_000)
    for one in FILTERS:
        scopes = [one.scope(number) for number in (0, 1, 200, 1_000)]
        assert len(set(scopes)) == len(scopes)
        assert len({int(mask_of(library, scope).sum()) for scope in scopes}) == 1


def test_the_same_clauses_every_time_and_hardly_two_alike() -> None:
    bundled = load_library()
    one, other = make_library(bundled, 1_500), make_library(bundled, 1_500)
    assert one.fingerprint == other.fingerprint
    assert len(one.clauses) == 1_500
    assert len({clause.text for clause in one.clauses}) > 1_000
    assert {edition.verified for edition in one.editions.values()} == {Verified.SEEN}
    assert {clause.ref.edition for clause in one.clauses} == set(one.editions)


def test_questions_are_searched_for_as_the_product_does() -> None:
    asked = questions_of(load_library(), 300)
    assert len(asked) == 300
    assert max(map(len, asked)) > 1
    assert all(text for texts in asked for text in texts)


def test_truth_counts_what_is_right_and_lets_equals_swap() -> None:
    count = 100
    scores = np.linspace(1.0, 0.0, count, dtype=np.float32)
    true = Truth(scores[np.newaxis], np.zeros((1, count), dtype=np.float32), 0)
    every = np.ones(count, dtype=np.bool_)
    assert true.nearest_right(range(count), every) == (FIRST, FIRST)
    assert true.found_right([*range(FIRST - 5), 50, 51, 52, 53, 54], every) == (FIRST - 5, FIRST)
    assert true.found_right([0] * FIRST, every) == (1, FIRST)
    odd = np.arange(count) % 2 == 1
    assert true.nearest_right(range(count), odd) == (FIRST // 2, FIRST)
    assert true.found_right(range(1, count, 2), odd) == (FIRST, FIRST)
    assert true.found_right([], ~every) == (0, 0)
    alike = Truth(np.ones((1, count), dtype=np.float32), np.zeros((1, count), dtype=np.float32), 0)
    assert alike.nearest_right(range(60, 60 + FIRST), every) == (FIRST, FIRST)


def test_truth_weighs_words_by_the_best_of_the_scope() -> None:
    meaning = np.array([[0.5, 0.5, 0.4]], dtype=np.float32)
    true = Truth(meaning, np.array([[9.0, 1.0, 2.0]], dtype=np.float32), 0)
    assert true.found_right([1, 2], np.array([False, True, True])) == (2, 2)
    first_out = Truth(meaning, np.array([[9.0, 0.0, 2.0]], dtype=np.float32), 0)
    assert first_out.found_right([2], np.array([False, True, True])) == (1, 2)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    few = (Filter(5, None), Filter(None, 6), Filter(8, 8), Filter(9, 9))
    return run(1_200, 12, tmp_path_factory.mktemp("filters"), lambda _: None, few)


def test_what_is_found_is_what_brute_force_finds(result: Result) -> None:
    kept = [one.kept for one in result.seen]
    assert all(fewer < more for fewer, more in pairwise(kept))
    assert kept[-1] == result.clauses == 1_200
    for one in result.seen:
        assert one.found_right == Rate(12 * FIRST, 12 * FIRST)
        assert one.nearest_right == Rate(12 * FIRST, 12 * FIRST)
        assert one.times.whole.count == one.times.first.count == one.times.vectors.count == 12


def test_the_report_shows_every_filter(result: Result) -> None:
    page = html(shown.page(result), datetime(2026, 1, 2))
    assert "1,200 个条款" in page
    assert "有标准的" not in page  # only the size of the design has a bar
    assert f"{result.seen[0].kept:,}" in page
    assert [one["kind"] for one in result.as_json()["filters"]] == ["地区", "日期", "地区和日期", "地区和日期"]
    assert set(result.as_json()["readings"]) == {
        *("place_whole_p95", "place_first_p95", "date_whole_p95", "date_first_p95"),
        *("both_whole_p95", "both_first_p95"),
    }


@pytest.mark.parametrize(("slowest", "verdict"), [(30.0, "达到"), (30.1, "未达到")])
def test_the_bar_is_for_the_slowest_of_all(slowest: float, verdict: str) -> None:
    def seen(number: int, first: float) -> Seen:
        fast, slow = Spread(1, 1.0, 1.0, 1.0), Spread(1, first, first, first)
        return Seen(Filter(number, None), 10, Times(fast, slow, fast, fast), Rate(0, 0), Rate(0, 0))

    some = (seen(1, 2.0), seen(2, slowest), seen(3, 3.0))
    made = readings(some, CLAUSES)
    assert {reading.name: reading.verdict for reading in made} == {
        "place_whole_p95": "达到",
        "place_first_p95": verdict,
    }
    result = Result(_MACHINE, CLAUSES, 3, 1, 1.0, some, made)
    assert f">{verdict}</td>" in html(shown.page(result), datetime(2026, 1, 2))


def test_scopes_name_places_and_days() -> None:
    assert Filter(2, None).scope() == Scope(frozenset({*PLACES[:2], "没有规定的地区0"}))
    assert Filter(None, 1).scope().jurisdictions is None
    assert Filter(2, 1).kind == "地区和日期"
