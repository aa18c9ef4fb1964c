"""int8 finds the likely rows, float16 scores them: together nearly what float32 would say, at any dimension."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import Vector, Vectors
from knowledge.index.matrix import Matrix, new_halves, open_matrix, write_codes

FIRST = 50
ROWS = 20_000


def unit(vectors: Vectors) -> Vectors:
    unit_vectors: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit_vectors


def made(dimensions: int, leading: float = 0.0) -> Vectors:
    """Clusters of near vectors, as clauses on the same matter are; `leading` adds to one number of each."""
    chance = np.random.default_rng(dimensions)
    centres = chance.standard_normal((200, dimensions), dtype=np.float32)
    vectors = centres[np.arange(ROWS) % 200] + 0.8 * chance.standard_normal((ROWS, dimensions), dtype=np.float32)
    vectors[:, 0] += leading
    return unit(vectors)


def kept(vectors: Vectors, folder: Path) -> Matrix:
    halves = new_halves(folder / "vectors.npy", vectors.shape)
    halves[:] = vectors
    write_codes(folder / "codes.npy", halves)
    return open_matrix(folder / "vectors.npy", folder / "codes.npy")


def nearest(matrix: Matrix, vector: Vector, rows: np.ndarray[tuple[int], np.dtype[np.int32]]) -> set[int]:
    likely = matrix.likeliest(vector, rows, FIRST)
    scores = matrix.cosines(vector, likely)
    return set(likely[np.argsort(-scores, kind="stable")[:FIRST]].tolist())


@pytest.mark.parametrize("leading", [0.0, 15.0], ids=["even", "one number leads"])
@pytest.mark.parametrize("dimensions", [32, 100, 384, 513, 768, 1024])
def test_the_first_are_those_of_float32(dimensions: int, leading: float, tmp_path: Path) -> None:
    vectors = made(dimensions, leading)
    matrix = kept(vectors, tmp_path)
    assert matrix.shape == vectors.shape
    every = np.arange(ROWS, dtype=np.int32)
    same = 0
    for number in range(20):
        asked = unit(vectors[[number]] + 0.02)[0]
        for rows in (every, every[::2], every[: ROWS // 10], every[:FIRST]):
            true = rows[np.argsort(-(vectors[rows] @ asked), kind="stable")[:FIRST]]
            same += len(nearest(matrix, asked, rows) & set(true.tolist()))
    assert same / (20 * 4 * FIRST) >= 0.99


@pytest.mark.parametrize("dimensions", [256, 512, 1024])
def test_cosines_are_true_to_a_ten_thousandth(dimensions: int, tmp_path: Path) -> None:
    vectors = made(dimensions)
    matrix = kept(vectors, tmp_path)
    rows = np.arange(ROWS)
    for number in (0, 7, 4_242):
        assert np.abs(matrix.cosines(vectors[number], rows) - vectors @ vectors[number]).max() < 1e-4


def test_nothing_is_near_nothing(tmp_path: Path) -> None:
    matrix = kept(np.zeros((300, 8), dtype=np.float32), tmp_path)
    rows = np.arange(300, dtype=np.int32)
    zero = np.zeros(8, dtype=np.float32)
    assert len(matrix.likeliest(zero, rows, 5)) >= 5
    assert not matrix.cosines(zero, rows).any()
    assert matrix.cosines(zero, rows[:0]).shape == (0,)


def test_two_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    kept(made(32)[:10], tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    kept(made(32)[:9], other)
    with pytest.raises(ValueError, match="不一致"):
        open_matrix(tmp_path / "vectors.npy", other / "codes.npy")


def test_many_threads_find_the_same(tmp_path: Path) -> None:
    vectors = made(384)
    matrix = kept(vectors, tmp_path)
    rows = np.arange(ROWS, dtype=np.int32)
    expected = [nearest(matrix, vector, rows) for vector in vectors[:8]]
    seen: list[bool] = []

    def find() -> None:
        seen.append([nearest(matrix, vector, rows) for vector in vectors[:8]] == expected)

    threads = [threading.Thread(target=find) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 8


def test_means_are_those_of_each_group_wherever_its_rows_are(tmp_path: Path) -> None:
    vectors = made(32)
    matrix = kept(vectors, tmp_path)
    groups = np.sort(np.random.default_rng(1).integers(0, 6, ROWS).astype(np.int32))
    groups[[5, 17_000]] = 3
    groups[groups == 4] = 5
    means = matrix.means(groups, 7)
    for group in (0, 1, 2, 3, 5):
        assert means[group] == pytest.approx(vectors[groups == group].mean(axis=0), abs=1e-4)
    assert not means[[4, 6]].any()
