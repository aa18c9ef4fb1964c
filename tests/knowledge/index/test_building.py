from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from knowledge.encoder import Vector
from knowledge.errors import IndexUnusable
from knowledge.index import build_index, chroma, open_index, passage_text
from knowledge.index.generation import FORMAT, serving
from knowledge.library import Library
from tests.knowledge.index.corpus import HashingEncoder, library


def restless(root: Path) -> int:
    manifest = serving(root)
    assert manifest is not None
    return manifest.restless


def same_answers(root: Path, knowledge: Library) -> None:
    """Rows, exact vectors and Chroma agree on every clause of `knowledge`."""
    encoder = HashingEncoder()
    with open_index(root, encoder_identity=encoder.identity, exact_rows=0) as index:
        assert index.clauses(range(len(index))) == list(knowledge.clauses)
        for row, clause in enumerate(knowledge.clauses):
            vector = encoder.encode_query(passage_text(clause, knowledge.editions[clause.ref.edition]))
            assert index.similarities(vector, [row])[0] == pytest.approx(1.0, abs=5e-4)
            assert index.nearest(vector, 1)[0].score == pytest.approx(1.0, abs=5e-4)


def test_unchanged_clauses_are_not_encoded_again(tmp_path: Path) -> None:
    encoder = HashingEncoder()
    before = library(200)
    build_index(before, encoder, tmp_path)
    assert len(encoder.encoded) == len(before.clauses)

    encoder.encoded.clear()
    after = library(201, changed=frozenset({11, 12}), without=frozenset({3, 50}))
    build_index(after, encoder, tmp_path)
    added = [clause for clause in after.clauses if clause not in before.clauses]
    assert sorted(encoder.encoded) == sorted(passage_text(c, after.editions[c.ref.edition]) for c in added)
    gone = {clause.ref for clause in before.clauses} - {clause.ref for clause in after.clauses}
    assert restless(tmp_path) == len(added) + len(gone)
    same_answers(tmp_path, after)


def test_many_changes_build_the_graph_anew(tmp_path: Path) -> None:
    for upto, expected in ((0, 0), (15, 12), (30, 24), (60, 0)):  # one in ten of 336 clauses is 33
        knowledge = library(240, changed=frozenset(number for number in range(upto) if number % 5))
        build_index(knowledge, HashingEncoder(), tmp_path)
        assert restless(tmp_path) == expected
    same_answers(tmp_path, knowledge)


def test_vectors_of_another_format_are_not_taken_over(tmp_path: Path) -> None:
    folder = build_index(library(30), HashingEncoder(), tmp_path)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT}', f'"format": {FORMAT - 1}'))
    (folder / "codes.npy").unlink()
    encoder = HashingEncoder()
    build_index(library(30), encoder, tmp_path)
    assert len(encoder.encoded) == len(library(30).clauses)
    same_answers(tmp_path, library(30))


def test_another_encoder_encodes_everything(tmp_path: Path) -> None:
    build_index(library(30), HashingEncoder(), tmp_path)
    other = HashingEncoder("hashing-64", 64)
    build_index(library(30), other, tmp_path)
    assert len(other.encoded) == len(library(30).clauses)
    with open_index(tmp_path, encoder_identity="hashing-64") as index:
        assert len(index.nearest(other.encode_query("干部"), 3)) == 3


def test_one_clause_is_enough(tmp_path: Path) -> None:
    build_index(library(2, without=frozenset({0})), HashingEncoder(), tmp_path)
    same_answers(tmp_path, library(2, without=frozenset({0})))


def test_progress_counts_up_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    build_index(library(30), HashingEncoder(), tmp_path, progress=lambda *step: seen.append(step))
    total = len(library(30).clauses)
    assert {stage for stage, _, _ in seen} == {"条款", "编码", "向量", "词语", "检查", "完成"}
    assert seen[-1] == ("完成", total, total)
    assert all(0 <= done <= of == total for _, done, of in seen)


def test_vectors_lost_in_chroma_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(library(30), HashingEncoder(), tmp_path)
    put = chroma.ChromaCollection.put
    monkeypatch.setattr(chroma.ChromaCollection, "put", lambda self, refs, rows: put(self, refs[:-1], rows[:-1]))
    with pytest.raises(IndexUnusable, match="向量库有"):
        build_index(library(60), HashingEncoder(), tmp_path)
    monkeypatch.undo()
    same_answers(tmp_path, library(30))


@pytest.mark.parametrize(("missed", "refused"), [(3, False), (6, True)])
def test_a_graph_that_misses_most_is_refused_and_one_that_misses_some_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missed: int, refused: bool
) -> None:
    asked: list[int] = []
    nearest = chroma.ChromaCollection.nearest

    def missing(self: chroma.ChromaCollection, vector: Vector, limit: int) -> list[tuple[str, float]]:
        asked.append(limit)
        return [] if len(asked) <= missed else nearest(self, vector, limit)

    monkeypatch.setattr(chroma.ChromaCollection, "nearest", missing)
    with pytest.raises(IndexUnusable, match="按向量找不到") if refused else nullcontext():
        build_index(library(60), HashingEncoder(), tmp_path)
    assert len(asked) == 8
