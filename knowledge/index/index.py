"""An open generation: clauses, lexical search and vector search under one set of row numbers."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from knowledge.clauses import Clause, ClauseRef, Edition
from knowledge.encoder import Vector, Vectors
from knowledge.errors import IndexUnusable
from knowledge.index.chroma import ChromaFailed, open_embedded, open_in_server
from knowledge.index.generation import (
    CHROMA,
    CODES,
    LEXICAL,
    LEXICON,
    STORE,
    VECTORS,
    IndexBusy,
    Manifest,
    alone,
    folder_of,
    hold,
    mismatch,
)
from knowledge.index.lexical import LexicalIndex
from knowledge.index.matrix import open_matrix
from knowledge.index.scope import ANYWHERE, Coverage, Hit, Rows, Scope
from knowledge.index.store import ClauseStore
from knowledge.index.tokens import Tokenizer
from knowledge.index.vectors import EXACT_ROWS, VectorIndex

_OPENING_SECONDS = 60.0


class Index:
    """Made by `open_index`. It never changes; a newer generation is another Index. Safe for concurrent threads."""

    def __init__(
        self,
        generation: str,
        encoder: str,
        store: ClauseStore,
        lexical: LexicalIndex,
        vectors: VectorIndex,
        coverage: Coverage,
        tokenizer: Tokenizer,
        in_use: int,
    ) -> None:
        """`encoder` is the identity of the encoder of its vectors; `in_use` a file descriptor whose shared lock keeps
        builders from removing the generation.
        """
        self.generation = generation
        self.encoder = encoder
        self.tokenizer = tokenizer
        self._store = store
        self._lexical = lexical
        self._vectors = vectors
        self._coverage = coverage
        self._in_use: int | None = in_use

    @property
    def editions(self) -> Mapping[str, Edition]:
        """Every edition by id."""
        return self._store.editions

    def __len__(self) -> int:
        """Number of clauses; rows are 0 … len - 1, in reading order."""
        return len(self._store)

    def lexical(self, text: str, limit: int, scope: Scope = ANYWHERE) -> list[Hit]:
        """BM25 over words and bigrams; only clauses sharing a term, best first. Any text is a valid question."""
        return self._lexical.search(text, limit, scope)

    def nearest(self, vector: Vector, limit: int, scope: Scope = ANYWHERE) -> list[Hit]:
        """The clauses of the scope nearest to `vector` ((d,) float32), best first, scored by cosine."""
        return self._vectors.nearest(vector, limit, scope)

    def nearest_each(self, vectors: Vectors, limit: int, scope: Scope = ANYWHERE) -> list[list[Hit]]:
        """`nearest` for each of `vectors` (k, d)."""
        return self._vectors.nearest_each(vectors, limit, scope)

    def similarities(self, vector: Vector, rows: Sequence[int]) -> Vector:
        """(len(rows),) float32: the cosine of `vector` with each row, in their order, to 0.0001."""
        return self._vectors.similarities(vector, list(rows))

    def edition_numbers(self, rows: Sequence[int]) -> Rows:
        """The edition of each row, as its place in `editions`: (len(rows),) int32."""
        return self._coverage.editions_of(np.asarray(rows, dtype=np.intp))

    def edition_means(self) -> Vectors:
        """The mean vector of the clauses of each edition, in the order of `editions`: (editions, d) float32.

        Reads every vector (0.1 s for 59,000 clauses): ask once.
        """
        return self._vectors.means(len(self.editions))

    def clauses(self, rows: Sequence[int]) -> list[Clause]:
        """One clause a row, in the order of `rows`; IndexError for a row that does not exist."""
        return self._store.clauses(rows)

    def clause(self, ref: ClauseRef) -> Clause:
        """Raises UnknownClause."""
        return self._store.clause(ref)

    def rows(self, refs: Sequence[ClauseRef]) -> list[int]:
        """The row of each ref, in their order; UnknownClause for the first that does not exist."""
        return self._store.rows(refs)

    def children(self, ref: ClauseRef) -> list[Clause]:
        """The clauses directly below, in reading order."""
        return self._store.children(ref)

    def article(self, ref: ClauseRef) -> list[Clause]:
        """The whole top-level clause `ref` is or belongs to, with all below it, in reading order."""
        return self._store.article(ref)

    def edition_clauses(self, edition: str) -> list[Clause]:
        """All clauses of an edition in reading order; none for an edition that does not exist."""
        return self._store.edition_clauses(edition)

    def titled(self, name: str) -> list[Edition]:
        """Editions with this title or short title, with or without 《》; none is an empty list."""
        return self._store.titled(name)

    def close(self) -> None:
        """Release files, Chroma and the hold on the generation; no search may be running or follow."""
        if self._in_use is None:
            return
        self._store.close()
        self._vectors.close()
        os.close(self._in_use)
        self._in_use = None

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_index(
    root: Path,
    *,
    encoder_identity: str,
    fingerprint: str | None = None,
    chroma_url: str | None = None,
    exact_rows: int | None = None,
) -> Index:
    """Open the serving generation.

    Raises IndexUnusable when there is none, it is broken, or it was built by another encoder or version, or,
    given `fingerprint`, from other knowledge. Scopes of up to `exact_rows` clauses are searched exactly, without
    Chroma: by default `EXACT_ROWS`, and none with a Chroma server.
    """
    manifest, held = hold(root)
    try:
        unfit = mismatch(manifest, encoder_identity, fingerprint, chroma_url)
        if unfit:
            raise IndexUnusable(unfit)
        return open_generation(root, manifest, held, chroma_url, exact_rows)
    except BaseException:
        os.close(held)
        raise


def open_generation(
    root: Path, manifest: Manifest, held: int, chroma_url: str | None, exact_rows: int | None = None
) -> Index:
    """Open a generation, serving or not. Raises IndexUnusable when a part is missing or broken."""
    folder = folder_of(root, manifest.generation)
    if exact_rows is None:
        exact_rows = 0 if chroma_url else EXACT_ROWS
    try:
        store = ClauseStore(folder / STORE)
        coverage = Coverage(list(store.editions.values()), store.edition_numbers())
        tokenizer = Tokenizer((folder / LEXICON).read_text(encoding="utf-8").splitlines())
        lexical = LexicalIndex(folder / LEXICAL, tokenizer, coverage)
        vectors = VectorIndex(open_matrix(folder / VECTORS, folder / CODES), coverage, exact_rows)
    except (OSError, ValueError, sqlite3.Error) as error:
        raise IndexUnusable(f"索引 {folder} 已损坏：{error}") from error
    if not len(store) == len(lexical) == len(vectors) == manifest.clauses:
        raise IndexUnusable(f"索引 {folder} 已损坏：各部分的条款数不一致")
    if manifest.clauses > exact_rows:
        _use_chroma(folder, manifest, store, vectors, chroma_url)
    return Index(manifest.generation, manifest.encoder, store, lexical, vectors, coverage, tokenizer, held)


def _use_chroma(
    folder: Path, manifest: Manifest, store: ClauseStore, vectors: VectorIndex, chroma_url: str | None
) -> None:
    try:
        if chroma_url:
            vectors.use(open_in_server(chroma_url, manifest.generation), store.refs())
        else:
            with alone(folder / "opening", _OPENING_SECONDS):  # a second opener may hang (chroma #7040)
                vectors.use(open_embedded(folder / CHROMA), store.refs())
    except (ChromaFailed, IndexBusy) as error:
        raise IndexUnusable(f"打不开索引的向量库（{error}）") from error
