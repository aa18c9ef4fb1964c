"""The vectors of one generation, twice: float16 for their scores, int8 for finding which are worth a score.

Measured with the built-in encoder, 100,000 x 512, one core: float32 in numpy 5.6 ms, float16 in numkong 3.5 ms, int8
1.8 ms; int8 and then the float16 scores of the likeliest 1.8 ms. int8 alone misses 4 in 1,000 of the true first 100 and
is wrong by up to 0.002; the two together miss 0.2 in 1,000, wrong by up to 0.00006.

numkong stays in the calling thread and gives up the interpreter while it computes, so callers do not slow each other.
The files are memory-mapped, and so shared between processes. See docs/decisions/0008-vectors-in-float16-and-int8.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numkong
import numpy as np
import numpy.typing as npt

from knowledge.encoder import Vector, Vectors

Halves = npt.NDArray[np.float16]
"""(n, d) float16: unit vectors by row, each number within 0.0005 of itself, relatively."""

Codes = npt.NDArray[np.int8]
"""(n, d) int8: the same vectors, all multiplied by the one number that makes the largest of all numbers 127."""

_BLOCK = 4_096
_LIKELY = 4
"""Rows scored in float16 for each that is wanted: with 2 the first 100 are the same on 400 questions."""

_GATHERED = 4
"""Codes are gathered when fewer than 1 in 4 rows are looked at; else all are compared, which then costs no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """The vectors of a generation by row."""

    halves: Halves
    codes: Codes

    def __post_init__(self) -> None:
        if self.halves.dtype != np.float16 or self.codes.dtype != np.int8 or self.halves.shape != self.codes.shape:
            raise ValueError("两份向量不一致")

    def __len__(self) -> int:
        return len(self.halves)

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and dimensions."""
        return self.halves.shape

    def vectors(self, rows: Sequence[int] | slice) -> Vectors:
        """The vectors of `rows`, in their order."""
        return self.halves[rows].astype(np.float32)

    def cosines(self, vector: Vector, rows: npt.NDArray[np.integer]) -> Vector:
        """(len(rows),) float32: the cosine of `vector` with each row, in their order.

        Wrong by at most 0.0001 with 512 dimensions, and by 0.0003 with 32.
        """
        products = _products(self.halves[rows], vector.astype(np.float16))
        return np.clip(products, -1.0, 1.0, out=products)

    def means(self, groups: npt.NDArray[np.int32], count: int) -> Vectors:
        """The mean vector of each group of rows: (count, d) float32; `groups` has the number of each row's group."""
        sums = np.zeros((count, self.halves.shape[1]), dtype=np.float32)
        for number, block in enumerate(_blocks(self.halves)):
            of_block = groups[number * _BLOCK :][: len(block)]
            starts = np.concatenate([[0], np.flatnonzero(np.diff(of_block)) + 1])  # neighbours are mostly of one group
            np.add.at(sums, of_block[starts], np.add.reduceat(block, starts, axis=0))
        sums /= np.maximum(np.bincount(groups, minlength=count), 1)[:, np.newaxis].astype(np.float32)
        return sums

    def likeliest(self, vector: Vector, rows: npt.NDArray[np.int32], limit: int) -> npt.NDArray[np.int32]:
        """Those of `rows`, ascending, among which the `limit` nearest to `vector` are: some more than `limit`."""
        count = _LIKELY * limit
        if len(rows) <= count:
            return rows
        codes = _codes(vector, float(np.abs(vector).max()))
        if len(rows) * _GATHERED < len(self):
            scores = _products(self.codes[rows], codes)
        else:
            scores = _products(self.codes, codes)
            scores = scores if len(rows) == len(self) else scores[rows]
        return rows[np.sort(np.argpartition(scores, len(rows) - count)[-count:])]


def open_matrix(halves: Path, codes: Path) -> Matrix:
    """The vectors written to these two files. Raises OSError, ValueError when they are missing or broken."""
    return Matrix(np.asarray(np.load(halves, mmap_mode="r")), np.asarray(np.load(codes, mmap_mode="r")))


def new_halves(file: Path, shape: tuple[int, int]) -> Halves:
    """A file for the vectors of a generation, to be filled: what is put into it is in the file."""
    return np.lib.format.open_memmap(file, mode="w+", dtype=np.float16, shape=shape)


def write_codes(file: Path, halves: Halves) -> None:
    """Write the codes of all `halves`, from first to last."""
    largest = max((float(np.abs(block).max(initial=0.0)) for block in _blocks(halves)), default=0.0)
    codes = np.lib.format.open_memmap(file, mode="w+", dtype=np.int8, shape=halves.shape)
    for number, block in enumerate(_blocks(halves)):
        codes[number * _BLOCK :][: len(block)] = _codes(block, largest)


def _blocks(halves: Halves) -> Iterator[Vectors]:
    return (halves[at : at + _BLOCK].astype(np.float32) for at in range(0, len(halves), _BLOCK))


def _codes(numbers: npt.NDArray[np.float32], largest: float) -> Codes:
    codes: Codes = np.rint(numbers * (127.0 / (largest or 1.0))).astype(np.int8)
    return codes


def _products(matrix: Halves | Codes, vector: Halves | Codes) -> Vector:
    """(n,) float32: the inner product of each row with `vector`."""
    # Asked for float32, numkong first packs a matrix of halves, as for many vectors: 86 ms instead of 3.4 for 100,000.
    products = np.empty((1, len(matrix)), dtype=np.float64)
    if len(matrix):
        numkong.cdist(vector[np.newaxis], matrix, "dot", out=products)
    first: Vector = products[0].astype(np.float32)
    return first
