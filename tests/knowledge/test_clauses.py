from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from knowledge.clauses import ClauseRef, InForce, Validity


def test_a_ref_is_written_as_it_is_read() -> None:
    ref = ClauseRef.parse("up-down@2022#5-1.6")
    assert str(ref) == "up-down@2022#5-1.6"
    assert (ref.depth, str(ref.parent)) == (2, "up-down@2022#5-1")
    assert ClauseRef("up-down@2022", "5").parent is None


@pytest.mark.parametrize(
    "text", ["up-down@2022", "up-down#5", "up-down@2022#", "up-down@2022#a", "Up@2022#5", "x@1#5."]
)
def test_what_is_no_ref_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="应如"):
        ClauseRef.parse(text)


def test_clauses_stand_in_the_order_of_their_numbers() -> None:
    numbers = ["10", "5.10", "5", "5-1", "5.2", "5-1.1"]
    ordered = sorted(numbers, key=lambda number: ClauseRef("x@1", number).order)
    assert ordered == ["5", "5.2", "5.10", "5-1", "5-1.1", "10"]


def in_force(start: object, until: object = None) -> InForce:
    return InForce.model_validate({"from": start, "until": until})


def test_dates_reach_as_far_as_they_are_known() -> None:
    year = in_force(2021, "2024-02")
    assert (year.from_, year.until) == (date(2021, 1, 1), date(2024, 2, 29))
    assert in_force("2024-02-03").from_ == date(2024, 2, 3)


@pytest.mark.parametrize(
    ("day", "validity"),
    [
        (date(2020, 12, 31), Validity.NOT_YET),
        (date(2021, 1, 1), Validity.IN_FORCE),
        (date(2022, 12, 31), Validity.IN_FORCE),
        (date(2023, 1, 1), Validity.ENDED),
    ],
)
def test_both_ends_count(day: date, validity: Validity) -> None:
    assert in_force(2021, 2022).on(day) is validity


@pytest.mark.parametrize(("start", "until"), [("2022", "2021"), ("2021-13", None), ("2021-02-30", None), (None, None)])
def test_impossible_intervals_are_refused(start: object, until: object) -> None:
    with pytest.raises(ValidationError):
        in_force(start, until)
