"""Building a generation beside the serving one, checking it, and switching to it."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.clauses import Clause
from knowledge.encoder import Encoder, sound
from knowledge.errors import IndexUnusable, KnowledgeError
from knowledge.index import chroma
from knowledge.index.chroma import ChromaCollection, ChromaFailed
from knowledge.index.generation import (
    CHROMA,
    CODES,
    FORMAT,
    LEXICAL,
    LEXICON,
    MANIFEST,
    STORE,
    VECTORS,
    Manifest,
    building,
    folder_of,
    is_current,
    remove_unused,
    serving,
    switch,
    vectors_in,
)
from knowledge.index.index import open_generation
from knowledge.index.lexical import write_lexical
from knowledge.index.matrix import Matrix, new_halves, open_matrix, write_codes
from knowledge.index.passage import passage_key, passage_text
from knowledge.index.store import ClauseStore, write_store
from knowledge.index.tokens import Tokenizer
from knowledge.library import Library

Progress = Callable[[str, int, int], None]
"""Called with the stage in Chinese, the clauses done and the clauses in all; 向量 overlaps 词语, in its own thread."""

_BATCH = 1_024
_RESTLESS = 0.1
"""Share of vectors that may be replaced in a copied Chroma graph before it is built anew: replacing wears it."""


@dataclass(frozen=True)
class _Last:
    """What the generation built before can lend: vectors by passage key, and its Chroma by ref."""

    manifest: Manifest
    keys: list[bytes]
    refs: list[str]
    matrix: Matrix
    chroma: Path


def build_index(
    library: Library,
    encoder: Encoder,
    root: Path,
    *,
    progress: Progress | None = None,
    chroma_url: str | None = None,
    wait: float = 600.0,
) -> Path:
    """Build, check and switch to a new generation; its folder. At every moment before, the old one serves.

    Only clauses whose passage the last generation of the same encoder did not have are encoded.
    A second builder waits; when the first has then built just this, that is the result.
    Raises IndexBusy after `wait` seconds of waiting, KnowledgeError without clauses, ChromaFailed,
    EncoderUnavailable for vectors that are none, and IndexUnusable when the new generation fails its check.
    """
    if not library.clauses:
        raise KnowledgeError("知识库中没有条款，无法建立索引")
    with building(root, wait) as waited:
        last = _serving(root)
        if waited and last and is_current(root, encoder.identity, library.fingerprint, chroma_url=chroma_url):
            return folder_of(root, last.generation)
        remove_unused(root, chroma_url)
        generation = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        folder = folder_of(root, generation)
        folder.mkdir()
        try:
            _Build(library, encoder, root, generation, progress or (lambda *_: None), chroma_url).run(last)
        except BaseException:
            with suppress(ChromaFailed):
                remove_unused(root, chroma_url)
            raise
        switch(root, generation)
        remove_unused(root, chroma_url)
        return folder


def _serving(root: Path) -> Manifest | None:
    try:
        return serving(root)
    except IndexUnusable:
        return None


@dataclass(frozen=True)
class _Build:
    library: Library
    encoder: Encoder
    root: Path
    generation: str
    progress: Progress
    chroma_url: str | None

    def run(self, last: Manifest | None) -> None:
        """Write every part, the manifest last, and check them."""
        clauses, folder = self.library.clauses, folder_of(self.root, self.generation)
        before = self._reusable(last)
        keys = [passage_key(passage) for passage in self._passages(clauses)]
        self.progress("条款", 0, len(clauses))
        write_store(folder / STORE, self.library.editions.values(), clauses, keys)
        self._write_vectors(folder, keys, before)
        with ThreadPoolExecutor(1) as beside:  # both leave Python's lock most of the time
            filled = beside.submit(self._write_chroma, folder / CHROMA, keys, before)
            self._write_lexical(folder)
            restless = filled.result()
        manifest = self._manifest(last, restless)
        (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
        self.progress("检查", 0, len(clauses))
        self._check(manifest)
        self.progress("完成", len(clauses), len(clauses))

    def _passages(self, clauses: Sequence[Clause]) -> Iterator[str]:
        return (passage_text(clause, self.library.editions[clause.ref.edition]) for clause in clauses)

    def _manifest(self, last: Manifest | None, restless: int) -> Manifest:
        return Manifest(
            format=FORMAT,
            generation=self.generation,
            encoder=self.encoder.identity,
            dimensions=self.encoder.dimensions,
            fingerprint=self.library.fingerprint,
            editions=len(self.library.editions),
            clauses=len(self.library.clauses),
            vectors_in=vectors_in(self.chroma_url),
            restless=restless,
            previous=last.generation if last else None,
            built=datetime.now(UTC),
        )

    def _reusable(self, last: Manifest | None) -> _Last | None:
        """The last generation, when its vectors are of this encoder and it can be read."""
        if last is None or (last.format, last.encoder) != (FORMAT, self.encoder.identity):
            return None
        folder = folder_of(self.root, last.generation)
        try:
            store = ClauseStore(folder / STORE)
            matrix = open_matrix(folder / VECTORS, folder / CODES)
            found = _Last(last, store.passage_keys(), store.refs(), matrix, folder / CHROMA)
            store.close()
        except (OSError, ValueError, sqlite3.Error):  # a broken one is no reason not to build another
            return None
        return found if found.matrix.shape == (len(found.keys), self.encoder.dimensions) else None

    def _write_lexical(self, folder: Path) -> None:
        self.progress("词语", 0, len(self.library.clauses))
        tokenizer = Tokenizer(self.library.vocabulary.lexicon)
        write_lexical(folder / LEXICAL, self.library.clauses, self.library.editions, tokenizer)
        (folder / LEXICON).write_text("\n".join(tokenizer.lexicon), encoding="utf-8")

    def _write_vectors(self, folder: Path, keys: Sequence[bytes], before: _Last | None) -> None:
        """Copy the vectors the last generation has, encode the others. Raises EncoderUnavailable."""
        clauses = self.library.clauses
        halves = new_halves(folder / VECTORS, (len(clauses), self.encoder.dimensions))
        old = {key: row for row, key in enumerate(before.keys)} if before else {}
        known = [row for row, key in enumerate(keys) if key in old]
        for at in range(0, len(known), _BATCH):
            rows = known[at : at + _BATCH]
            halves[rows] = before.matrix.halves[[old[keys[row]] for row in rows]] if before else 0.0
        fresh = [row for row, key in enumerate(keys) if key not in old]
        done = len(clauses) - len(fresh)
        for at in range(0, len(fresh), _BATCH):
            self.progress("编码", done + at, len(clauses))
            rows = fresh[at : at + _BATCH]
            vectors = self.encoder.encode(list(self._passages([clauses[row] for row in rows])))
            halves[rows] = sound(vectors, len(rows), self.encoder)
        write_codes(folder / CODES, halves)

    def _write_chroma(self, folder: Path, keys: Sequence[bytes], before: _Last | None) -> int:
        """Fill Chroma, from a copy of the last generation's where little changed; returns `restless`."""
        refs = [str(clause.ref) for clause in self.library.clauses]
        matrix = open_matrix(folder.parent / VECTORS, folder.parent / CODES)
        had = dict(zip(before.refs, before.keys, strict=True)) if before else {}
        changed = [row for row, ref in enumerate(refs) if had.get(ref) != keys[row]]
        gone = sorted(had.keys() - set(refs))
        restless = len(changed) + len(gone) + (before.manifest.restless if before else 0)
        copied = before is not None and before.manifest.vectors_in == "folder" and not self.chroma_url
        if before is not None and copied and restless <= _RESTLESS * len(refs):
            collection = chroma.copy_embedded(before.chroma, folder)
            collection.remove(gone)
        else:
            changed, restless = list(range(len(refs))), 0
            url = self.chroma_url
            collection = chroma.create_in_server(url, self.generation) if url else chroma.create_embedded(folder)
        try:
            self._put(collection, [refs[row] for row in changed], matrix, changed, len(refs))
            if not self.chroma_url:
                collection.settle(refs, matrix.vectors(slice(4)))
            _check_chroma(collection, refs, matrix)
        finally:
            collection.close()
        return restless

    def _put(self, collection: ChromaCollection, refs: list[str], matrix: Matrix, rows: list[int], total: int) -> None:
        for at in range(0, len(rows), _BATCH):
            self.progress("向量", total - len(rows) + at, total)
            collection.put(refs[at : at + _BATCH], matrix.vectors(rows[at : at + _BATCH]))

    def _check(self, manifest: Manifest) -> None:
        """A few clauses are found again by their own text. Raises IndexUnusable."""
        held = os.open(folder_of(self.root, self.generation) / MANIFEST, os.O_RDONLY)
        with open_generation(self.root, manifest, held, None, exact_rows=manifest.clauses) as index:
            for row in _sample(manifest.clauses):
                clause = self.library.clauses[row]
                if index.clauses([row]) != [clause] or index.rows([clause.ref]) != [row]:
                    raise IndexUnusable(f"新索引没有通过检查：{clause.ref} 与原文不一致")
                words = index.tokenizer.words(clause.text)
                if words and not index.lexical(clause.text, 1):
                    raise IndexUnusable(f"新索引没有通过检查：按原文找不到 {clause.ref}")


def _check_chroma(collection: ChromaCollection, refs: Sequence[str], matrix: Matrix) -> None:
    """As many vectors as clauses, and by most of a few of them it or its equal is found; the graph may miss some."""
    if len(collection) != len(refs):
        raise IndexUnusable(f"新索引没有通过检查：向量库有 {len(collection)} 条，应有 {len(refs)} 条")
    asked = {row: vector for row in _sample(len(refs)) if (vector := matrix.vectors([row])[0]).any()}
    found = {row: collection.nearest(vector, 1) for row, vector in asked.items()}
    missed = [refs[row] for row, hits in found.items() if not hits or hits[0][1] < 0.99]
    if 2 * len(missed) > len(asked):
        raise IndexUnusable(f"新索引没有通过检查：按向量找不到 {missed[0]}")


def _sample(count: int) -> list[int]:
    """Up to eight rows spread over all."""
    return sorted({step * (count - 1) // 7 for step in range(8)})
