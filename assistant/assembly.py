"""Puts the parts together: knowledge, encoder, index, assistant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.answering.assistant import Assistant
from assistant.settings import Settings
from knowledge.encoder import Encoder, load_encoder
from knowledge.errors import FaultyLibrary, IndexUnusable
from knowledge.index import Progress, build_index, is_current, open_index
from knowledge.library import BUNDLED, Library, load_library
from knowledge.vocabulary import load_vocabulary


def assemble(
    settings: Settings, progress: Progress | None = None, on_faults: Callable[[FaultyLibrary], None] | None = None
) -> Assistant:
    """An assistant over the present knowledge; its index is built when there is none or it is out of date.

    Documents with faults raise FaultyLibrary. With `on_faults` given and an index from before at hand, the faults go
    there instead and the index from before is served. Raises EncoderUnavailable and IndexUnusable as well.
    """
    encoder = load_encoder(settings.encoder)
    try:
        library = load_library(settings.documents)
    except FaultyLibrary as faulty:
        served = _from_before(settings, encoder) if on_faults else None
        if on_faults is None or served is None:
            raise
        on_faults(faulty)
        return served
    root = index_root(settings)
    if not is_current(root, encoder.identity, library.fingerprint, chroma_url=settings.chroma_url):
        build_index(library, encoder, root, progress=progress, chroma_url=settings.chroma_url)
    index = open_index(root, encoder_identity=encoder.identity, chroma_url=settings.chroma_url)
    return Assistant(index, library.vocabulary, encoder, rules=library.rules)


def rebuild(settings: Settings, progress: Progress | None = None) -> Library:
    """Build the index anew whether or not it is out of date, and return the library it holds.

    Raises FaultyLibrary, EncoderUnavailable; the index that is being served stays until the new one is complete.
    """
    library = load_library(settings.documents)
    encoder = load_encoder(settings.encoder)
    build_index(library, encoder, index_root(settings), progress=progress, chroma_url=settings.chroma_url)
    return library


def index_root(settings: Settings) -> Path:
    """The folder of the index and its generations."""
    return settings.data_dir / "index"


def _from_before(settings: Settings, encoder: Encoder) -> Assistant | None:
    """An assistant over the index as it stands, None when there is none that can be used."""
    vocabulary, faults = load_vocabulary(BUNDLED / "vocabulary")
    if faults:
        return None
    try:
        index = open_index(index_root(settings), encoder_identity=encoder.identity, chroma_url=settings.chroma_url)
    except IndexUnusable:
        return None
    return Assistant(index, vocabulary, encoder)
