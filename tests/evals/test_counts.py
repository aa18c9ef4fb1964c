import pytest

from evals.counts import Rate, spread, total


def test_nothing_scored_is_no_rate_of_zero() -> None:
    rate = Rate(0, 0)
    assert rate.value is None
    assert rate.interval is None
    assert rate.as_json() == {"hits": 0, "of": 0, "value": None, "low": None, "high": None}
    assert Rate(0, 5).value == 0


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (5, 10, 0.2366, 0.7634),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    """The last is the example of Newcombe (1998), table I, method 3: 0.2553 to 0.3662."""
    assert Rate(hits, of).interval == pytest.approx((low, high), abs=5e-5)


def test_a_share_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        Rate(2, 1)


def test_total_leaves_out_what_was_not_scored() -> None:
    assert total([Rate(1, 1), Rate(0, 0), Rate(0, 1)]) == Rate(1, 2)
    assert total([]) == Rate(0, 0)


def test_spread() -> None:
    assert spread([]).p50 is None
    assert spread([3.0]).p95 == 3.0
    seen = spread([float(n) for n in range(1, 102)])
    assert (seen.count, seen.mean, seen.p50, seen.p95) == (101, 51.0, 51.0, 96.0)
