"""Generations of the index on disk: which one serves, and removing those nobody uses.

root/current                  the id of the serving generation; replaced by one atomic rename
root/lock                     held by the one builder
root/generations/<id>/        manifest.json clauses.sqlite lexical/ chroma/ vectors.npy codes.npy lexicon.txt
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import IndexUnusable, KnowledgeError
from knowledge.index.chroma import drop_from_server

FORMAT = 2
"""Raised when anything about the files, the fields, the tokens or `passage_text` changes."""

MANIFEST, STORE, LEXICAL, CHROMA, VECTORS, CODES, LEXICON = (
    "manifest.json", "clauses.sqlite", "lexical", "chroma", "vectors.npy", "codes.npy", "lexicon.txt",
)  # fmt: skip


class IndexBusy(KnowledgeError):
    """Another process has been building this index for longer than we were willing to wait."""


class Manifest(BaseModel):
    """What a generation was built from. `restless`: Chroma vectors replaced since its graph was built anew."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    generation: str
    encoder: str
    dimensions: int
    fingerprint: str
    editions: int
    clauses: int
    vectors_in: Literal["folder", "server"]
    restless: int
    previous: str | None
    built: datetime


def folder_of(root: Path, generation: str) -> Path:
    """Where a generation lies, or will."""
    return root / "generations" / generation


def vectors_in(chroma_url: str | None) -> Literal["folder", "server"]:
    """Whether Chroma is embedded in the generation's folder, or a server."""
    return "server" if chroma_url else "folder"


def serving(root: Path) -> Manifest | None:
    """The manifest of the serving generation; None when there is none; IndexUnusable when it cannot be read."""
    generation = _pointed(root)
    if generation is None:
        return None
    try:
        text = (folder_of(root, generation) / MANIFEST).read_text(encoding="utf-8")
        return Manifest.model_validate_json(text)
    except (OSError, ValidationError) as error:
        raise IndexUnusable(f"索引 {root} 已损坏或由其他版本建立") from error


def switch(root: Path, generation: str) -> None:
    """Make a complete generation the serving one: after this rename, and only then, readers see it."""
    for file in sorted(folder_of(root, generation).rglob("*")):
        _sync(file)
    fresh = root / "current.new"
    fresh.write_text(f"{generation}\n", encoding="utf-8")
    _sync(fresh)
    os.replace(fresh, root / "current")
    _sync(root)


def remove_unused(root: Path, chroma_url: str | None) -> None:
    """Remove what crashed builds left and generations before the last, except those a reader has open.

    A folder goes after its collection in the Chroma server, so that a failure loses track of neither.
    """
    kept = {_pointed(root)}
    with suppress(IndexUnusable):
        kept.add(manifest.previous if (manifest := serving(root)) else None)
    folders = [folder for folder in (root / "generations").iterdir() if folder.name not in kept and not _held(folder)]
    if chroma_url and folders:
        drop_from_server(chroma_url, [folder.name for folder in folders])
    for folder in folders:
        shutil.rmtree(folder)


@contextmanager
def alone(lock: Path, wait: float) -> Iterator[bool]:
    """Be the only process here; yields whether another was waited for. Raises IndexBusy after `wait` seconds.

    The lock goes with its process, so a killed one leaves none behind.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        until, waited = time.monotonic() + wait, False
        while not _locked(descriptor, fcntl.LOCK_EX):
            if time.monotonic() >= until:
                raise IndexBusy(f"另一个进程正在使用 {lock.parent}")
            waited = True
            time.sleep(0.05)
        yield waited
    finally:
        os.close(descriptor)


@contextmanager
def building(root: Path, wait: float) -> Iterator[bool]:
    """Be the only builder of this index, as in `alone`."""
    (root / "generations").mkdir(parents=True, exist_ok=True)
    with alone(root / "lock", wait) as waited:
        yield waited


def is_current(root: Path, encoder_identity: str, fingerprint: str, *, chroma_url: str | None = None) -> bool:
    """Whether the serving generation was built from just this knowledge, by this encoder and version."""
    try:
        manifest = serving(root)
    except IndexUnusable:
        return False
    if manifest is None or mismatch(manifest, encoder_identity, fingerprint, chroma_url):
        return False
    folder = folder_of(root, manifest.generation)
    return all((folder / part).exists() for part in (STORE, LEXICAL, VECTORS, CODES, LEXICON))


def mismatch(manifest: Manifest, encoder: str, fingerprint: str | None, chroma_url: str | None) -> str | None:
    """Why a generation does not serve these wishes, in Chinese; None when it does."""
    if manifest.format != FORMAT:
        return f"索引的格式是 {manifest.format}，需要 {FORMAT}"
    if manifest.encoder != encoder:
        return f"索引由编码器 {manifest.encoder} 建立，现在用的是 {encoder}"
    if manifest.vectors_in != vectors_in(chroma_url):
        return "索引的向量不在 CADRE_CHROMA_URL 所指的位置"
    if fingerprint is not None and manifest.fingerprint != fingerprint:
        return "知识库在建立索引之后有改动"
    return None


def hold(root: Path) -> tuple[Manifest, int]:
    """The serving generation, and a descriptor that keeps it from removal until it is closed.

    Raises IndexUnusable when there is none. A generation is taken only if it still serves once it is held:
    in between it may have been replaced and removed.
    """
    while (manifest := serving(root)) is not None:
        try:
            descriptor = os.open(folder_of(root, manifest.generation) / MANIFEST, os.O_RDONLY)
        except FileNotFoundError:
            continue
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if serving(root) == manifest:
            return manifest, descriptor
        os.close(descriptor)
    raise IndexUnusable(f"{root} 中还没有索引")


def _pointed(root: Path) -> str | None:
    try:
        return (root / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def _held(folder: Path) -> bool:
    """Whether a reader has this generation open."""
    try:
        descriptor = os.open(folder / MANIFEST, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _locked(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
