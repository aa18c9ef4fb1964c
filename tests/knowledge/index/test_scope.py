from __future__ import annotations

from datetime import date

import numpy as np

from knowledge.index.scope import ANYWHERE, Coverage, Hit, Scope, best
from tests.knowledge.index.corpus import edition


def test_first_and_last_day_are_in_force() -> None:
    one = edition(0)  # from 2000-03-01 to 2004-02-28
    coverage = Coverage([one], np.zeros(2, dtype=np.int32))
    days = {
        date(2000, 2, 29): 0,
        date(2000, 3, 1): 2,
        date(2004, 2, 28): 2,
        date(2004, 2, 29): 0,
    }
    assert {day: len(coverage.kept(Scope(as_of=day)).rows) for day in days} == days


def test_an_edition_without_end_stays_in_force() -> None:
    coverage = Coverage([edition(1)], np.zeros(1, dtype=np.int32))
    assert coverage.kept(Scope(as_of=date.max)).everything


def test_no_place_and_an_unknown_place_keep_nothing() -> None:
    coverage = Coverage([edition(0)], np.zeros(3, dtype=np.int32))
    assert coverage.kept(ANYWHERE).everything
    for places in ((), ("不存在",)):
        assert not len(coverage.kept(Scope(frozenset(places))).rows)


def test_best_breaks_ties_in_reading_order() -> None:
    scores = np.array([0.5, 0.9, 0.5, 0.9], dtype=np.float32)
    assert [hit.row for hit in best(scores, None, 3)][:2] == [1, 3]
    assert [hit.row for hit in best(scores, None, 9)] == [1, 3, 0, 2]
    assert best(scores, np.array([7, 8, 9, 10], dtype=np.int32), 1) in ([Hit(8, scores[1])], [Hit(10, scores[1])])
    assert best(scores, None, 0) == []
