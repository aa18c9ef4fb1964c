from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from knowledge.encoder import Vector
from knowledge.index import Index, Scope, open_index
from knowledge.index.chroma import ChromaCollection, ChromaFailed
from knowledge.index.scope import ANYWHERE
from tests.knowledge.index.conftest import Built
from tests.knowledge.index.test_lexical import SCOPES

ROUNDED = 5e-4
"""How far a cosine of 32-dimensional vectors may be off: float16 rounds each number."""


def brute_force(built: Built, vector: Vector, limit: int, scope: Scope) -> list[float]:
    """Cosines of the best rows of the scope, from the library alone."""
    keeps = []
    for row, clause in enumerate(built.library.clauses):
        edition = built.library.editions[clause.ref.edition]
        here = scope.jurisdictions is None or edition.jurisdiction in scope.jurisdictions
        if here and (scope.as_of is None or edition.in_force.on(scope.as_of) == "现行"):
            keeps.append(row)
    scores = built.vectors[keeps] @ vector
    return sorted(scores.tolist(), reverse=True)[:limit]


@pytest.mark.parametrize("scope", [ANYWHERE, *SCOPES], ids=str)
@pytest.mark.parametrize("limit", [1, 25, 3_000])
def test_nearest_is_exact_at_every_selectivity(built: Built, scope: Scope, limit: int) -> None:
    vector = built.encoder.encode_query("干部在同一岗位任满十年应当交流")
    found = [hit.score for hit in built.index.nearest(vector, limit, scope)]
    assert found == pytest.approx(brute_force(built, vector, limit, scope), abs=ROUNDED)


def test_scores_are_cosines_of_the_passages(built: Built) -> None:
    clause = built.library.clauses[42]
    title = built.library.editions[clause.ref.edition].title
    vector = built.encoder.encode_query("\n".join((title, *clause.headings, clause.heading, clause.text)))
    best = built.index.nearest(vector, 1)[0]
    assert best.row == 42
    assert best.score == pytest.approx(1.0, abs=ROUNDED)
    assert best.score <= 1.0
    near = built.index.similarities(vector, [42, 0, 42])
    assert near.dtype == np.float32
    assert near.shape == (3,)
    assert near[0] == near[2] > near[1]


def test_nothing_asked_gives_nothing(built: Built) -> None:
    vector = built.encoder.encode_query("干部")
    assert built.index.nearest(vector, 0) == []
    assert built.index.nearest(vector, 5, Scope(frozenset())) == []
    assert built.index.similarities(vector, []).shape == (0,)
    assert len(built.index.nearest(np.zeros_like(vector), 5)) == 5


@pytest.fixture(scope="module")
def through_chroma(built: Built) -> Iterator[Index]:
    with open_index(built.root, encoder_identity=built.encoder.identity, exact_rows=0) as index:
        yield index


@pytest.mark.parametrize("scope", [ANYWHERE, *SCOPES], ids=str)
def test_chroma_finds_nearly_the_same(built: Built, through_chroma: Index, scope: Scope) -> None:
    for text in ("干部交流", "容错纠错免责条件", "能上能下考核"):
        vector = built.encoder.encode_query(text)
        exact = built.index.nearest(vector, 20, scope)
        found = through_chroma.nearest(vector, 20, scope)
        assert len(found) == len(exact)
        assert len({hit.row for hit in found} & {hit.row for hit in exact}) >= 0.9 * len(exact)
        assert [hit.score for hit in found[:1]] == pytest.approx([hit.score for hit in exact[:1]], abs=ROUNDED)


def test_two_openings_of_one_chroma_do_not_disturb_each_other(built: Built, through_chroma: Index) -> None:
    vector = built.encoder.encode_query("干部交流")
    with open_index(built.root, encoder_identity=built.encoder.identity, exact_rows=0) as other:
        expected = other.nearest(vector, 5)
    assert through_chroma.nearest(vector, 5) == expected


def test_when_chroma_fails_the_search_is_exact(
    built: Built, through_chroma: Index, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> list[tuple[str, float]]:
        raise ChromaFailed("down")

    monkeypatch.setattr(ChromaCollection, "nearest", broken)
    vector = built.encoder.encode_query("干部交流")
    with caplog.at_level(logging.WARNING):
        assert through_chroma.nearest(vector, 20) == built.index.nearest(vector, 20)
    assert "Chroma failed" in caplog.text


def test_small_corpora_do_not_import_chromadb(built: Built) -> None:
    code = (
        "import sys; from pathlib import Path; from knowledge.index import open_index;"
        f"i = open_index(Path({str(built.root)!r}), encoder_identity={built.encoder.identity!r});"
        "assert len(i.lexical('干部', 3)) == 3; i.close(); assert 'chromadb' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_scope_dates_are_days(built: Built) -> None:
    vector = built.encoder.encode_query("干部")
    on = {hit.row for hit in built.index.nearest(vector, 10_000, Scope(as_of=date(2000, 3, 1)))}
    before = {hit.row for hit in built.index.nearest(vector, 10_000, Scope(as_of=date(2000, 2, 29)))}
    assert before < on
