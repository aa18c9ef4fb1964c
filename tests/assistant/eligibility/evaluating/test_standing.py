from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.evaluating.standing import Standing, at_least, every, some

MET, UNMET, UNKNOWN = Standing.MET, Standing.UNMET, Standing.UNKNOWN
standings = st.lists(st.sampled_from(list(Standing)), min_size=1, max_size=6)


def test_a_standing_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(MET)


def test_the_tables_are_kleenes() -> None:
    assert [every(pair) for pair in product(Standing, repeat=2)] == [
        MET, UNMET, UNKNOWN, UNMET, UNMET, UNMET, UNKNOWN, UNMET, UNKNOWN,
    ]  # fmt: skip
    assert [some(pair) for pair in product(Standing, repeat=2)] == [
        MET, MET, MET, MET, UNMET, UNKNOWN, MET, UNKNOWN, UNKNOWN,
    ]  # fmt: skip
    assert [~one for one in Standing] == [UNMET, MET, UNKNOWN]


@given(standings)
def test_not_all_is_some_not(values: list[Standing]) -> None:
    assert ~every(values) is some(~one for one in values)
    assert ~some(values) is every(~one for one in values)
    assert all(~~one is one for one in values)


@given(standings, st.randoms())
def test_order_does_not_matter(values: list[Standing], random: object) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands in a Random
    assert every(values) is every(shuffled)
    assert some(values) is some(shuffled)
    assert [at_least(n, values) for n in range(1, 7)] == [at_least(n, shuffled) for n in range(1, 7)]


@given(standings)
def test_all_and_any_are_counts(values: list[Standing]) -> None:
    assert at_least(1, values) is some(values)
    assert at_least(len(values), values) is every(values)


@given(standings, st.data())
def test_learning_never_turns_met_into_unmet(values: list[Standing], data: st.DataObject) -> None:
    learned = [data.draw(st.sampled_from([MET, UNMET, UNKNOWN])) if one is UNKNOWN else one for one in values]
    for fold in (every, some, lambda those: at_least(2, those)):
        before, after = fold(values), fold(learned)
        assert before is UNKNOWN or after is before
