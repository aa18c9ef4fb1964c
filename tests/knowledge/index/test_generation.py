from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import Vectors
from knowledge.errors import EncoderUnavailable, IndexUnusable, KnowledgeError
from knowledge.index import IndexBusy, build_index, is_current, open_index
from knowledge.index.generation import FORMAT, building
from knowledge.library import Library
from tests.knowledge.index.corpus import HashingEncoder, library

SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["chromadb", "tests.knowledge.index.corpus"])
STAGES = ["条款", "编码", "向量", "词语", "检查", "完成"]


def generations(root: Path) -> set[str]:
    return {folder.name for folder in (root / "generations").iterdir()}


def text_of(root: Path, row: int = 0) -> str:
    with open_index(root, encoder_identity=HashingEncoder().identity) as index:
        found = index.lexical(index.clauses([row])[0].text, 1)
        return index.clauses([found[0].row])[0].text


def build_and_die(root: Path, stage: str) -> None:
    """In a process of its own: build a changed library, and kill -9 itself when `stage` begins."""

    def die(reached: str, _done: int, _total: int) -> None:
        if reached == stage:
            os.kill(os.getpid(), signal.SIGKILL)

    build_index(library(120, changed=frozenset({0, 7})), HashingEncoder(), root, progress=die)


def build_slowly(root: Path) -> None:
    """In a process of its own: stay 0.05 s in every step."""
    build_index(library(120, changed=frozenset({0})), HashingEncoder(), root, progress=lambda *_: time.sleep(0.05))


def start(work: Callable[..., None], *values: object) -> multiprocessing.process.BaseProcess:
    process = SPAWN.Process(target=work, args=values)
    process.start()
    return process


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build_index(library(120), HashingEncoder(), tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize("stage", STAGES)
def test_a_builder_killed_at_any_stage_leaves_the_old_generation_serving(root: Path, stage: str) -> None:
    before, old = generations(root), text_of(root)
    builder = start(build_and_die, root, stage)
    builder.join(60)
    assert builder.exitcode == -signal.SIGKILL
    assert text_of(root) == old
    assert is_current(root, "hashing-32", library(120).fingerprint)
    assert len(generations(root)) == 2

    build_index(library(120, changed=frozenset({0})), HashingEncoder(), root)
    assert text_of(root) == old + "（已修改）"
    assert len(generations(root)) == 2
    assert before < generations(root)


def test_builders_killed_at_random_moments_never_break_the_index(root: Path) -> None:
    texts = {text_of(root), text_of(root) + "（已修改）"}
    moments, killed = random.Random(20), 0  # noqa: S311 (moments to kill at)
    for _ in range(6):
        builder = start(build_slowly, root)
        builder.join(moments.uniform(0.05, 1.2))
        builder.kill()
        builder.join(10)
        killed += builder.exitcode == -signal.SIGKILL
        assert text_of(root) in texts
    assert killed
    build_index(library(120), HashingEncoder(), root)
    assert text_of(root) in texts
    assert len(generations(root)) == 2


def test_the_last_generation_stays_for_those_who_have_it_open(root: Path) -> None:
    with open_index(root, encoder_identity="hashing-32") as old:
        for changed in range(3):
            build_index(library(120, changed=frozenset({changed})), HashingEncoder(), root)
        assert len(generations(root)) == 3
        assert old.generation in generations(root)
        assert old.clause(library(1).clauses[0].ref) == library(1).clauses[0]
    build_index(library(120), HashingEncoder(), root)
    assert old.generation not in generations(root)


def test_a_failing_build_changes_nothing(root: Path) -> None:
    class Failing(HashingEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            raise OSError(f"no space for {len(texts)} texts")

    before = generations(root)
    with pytest.raises(OSError, match="no space"):
        build_index(library(130), Failing(), root)
    assert generations(root) == before
    assert len(text_of(root))


@pytest.mark.parametrize(("number", "width"), [(np.nan, 32), (np.inf, 32), (1.0, 31)])
def test_vectors_that_are_none_change_nothing(root: Path, number: float, width: int) -> None:
    class Useless(HashingEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return np.full((len(texts), width), number, dtype=np.float32)

    before = generations(root)
    with pytest.raises(EncoderUnavailable, match="CADRE_ENCODER"):
        build_index(library(130), Useless(), root)
    assert generations(root) == before
    assert len(text_of(root))


@pytest.mark.parametrize(
    ("identity", "fingerprint", "chroma_url", "reason"),
    [
        ("bge-m3", None, None, "索引由编码器 hashing-32 建立，现在用的是 bge-m3"),
        ("hashing-32", "another", None, "知识库在建立索引之后有改动"),
        ("hashing-32", None, "http://127.0.0.1:9", "不在 CADRE_CHROMA_URL"),
    ],
)
def test_an_index_of_something_else_is_refused_with_the_mend(
    root: Path, identity: str, fingerprint: str | None, chroma_url: str | None, reason: str
) -> None:
    with pytest.raises(IndexUnusable, match=reason) as refused:
        open_index(root, encoder_identity=identity, fingerprint=fingerprint, chroma_url=chroma_url)
    assert refused.value.mend == "cadre index"
    assert not is_current(root, identity, fingerprint or library(120).fingerprint, chroma_url=chroma_url)


def test_current_means_the_same_knowledge_and_encoder(root: Path) -> None:
    assert is_current(root, "hashing-32", library(120).fingerprint)
    assert not is_current(root, "hashing-32", library(121).fingerprint)
    assert not is_current(root / "elsewhere", "hashing-32", library(120).fingerprint)


def test_no_index_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="还没有索引"):
        open_index(tmp_path, encoder_identity="hashing-32")


@pytest.mark.parametrize(
    "part", ["manifest.json", "clauses.sqlite", "lexical/meta.json", "vectors.npy", "codes.npy", "lexicon.txt"]
)
@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_broken_part_is_refused_and_mended_by_a_build(root: Path, part: str, damage: str) -> None:
    (folder,) = (root / "generations").iterdir()
    file = folder / part
    if damage == "missing":
        file.unlink()
    elif part != "lexicon.txt":
        os.truncate(file, file.stat().st_size // 2)
    else:
        file.write_bytes(b"\xff\xfe")
    with pytest.raises(IndexUnusable) as refused:
        open_index(root, encoder_identity="hashing-32")
    assert refused.value.mend == "cadre index"
    build_index(library(120), HashingEncoder(), root)
    assert text_of(root) == library(1).clauses[0].text


def test_another_format_is_refused(root: Path) -> None:
    (folder,) = (root / "generations").iterdir()
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT}', '"format": 99'))
    with pytest.raises(IndexUnusable, match="格式是 99"):
        open_index(root, encoder_identity="hashing-32")


def test_a_second_builder_gives_up_after_its_wait(root: Path) -> None:
    with building(root, 0), pytest.raises(IndexBusy, match="另一个进程"):
        build_index(library(120), HashingEncoder(), root, wait=0.1)


def test_a_second_builder_takes_what_the_first_built(root: Path) -> None:
    first = start(build_slowly, root)
    while len(generations(root)) < 2:
        time.sleep(0.01)
    encoder = HashingEncoder()
    folder = build_index(library(120, changed=frozenset({0})), encoder, root, wait=60)
    first.join(60)
    assert first.exitcode == 0
    assert encoder.encoded == []
    assert folder.name == (root / "current").read_text().strip()


def test_no_clauses_no_index(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="没有条款"):
        build_index(Library({}, (), library(1).vocabulary), HashingEncoder(), tmp_path)
