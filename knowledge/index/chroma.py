"""One Chroma collection of clause vectors: embedded in a generation's folder, or in a Chroma server.

Importing chromadb takes 2.3 s, so it is imported where a collection is opened, not with this module.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from knowledge.encoder import Vector, Vectors
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client

_DATABASE = "chroma.sqlite3"
_BATCH = 1_000
_SYNC = 10_000
"""Vectors between two writes of the whole HNSW graph; more often is slower, see `settle`."""

_HEARTBEAT_SECONDS = 5.0
_REQUEST_SECONDS = 30.0


class ChromaFailed(KnowledgeError):
    """Chroma refused, failed or could not be reached; every chromadb exception becomes this one."""


def collection_name(generation: str) -> str:
    """The collection in a Chroma server that holds the vectors of a generation."""
    return f"clauses-{generation}"


class ChromaCollection:
    """Vectors by clause ref, with cosine likeness. Made by the functions below; close it after use."""

    def __init__(self, client: Client, collection: Collection, session: Any = None) -> None:
        self._client = client
        self._collection = collection
        self._session = session

    def put(self, refs: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, or replace those under the same ref; any number of them."""
        with _translated():
            for at in range(0, len(refs), _BATCH):
                self._collection.upsert(ids=list(refs[at : at + _BATCH]), embeddings=vectors[at : at + _BATCH])

    def remove(self, refs: Sequence[str]) -> None:
        with _translated():
            for at in range(0, len(refs), _BATCH):
                self._collection.delete(ids=list(refs[at : at + _BATCH]))

    def settle(self, refs: Sequence[str], vectors: Vectors) -> None:
        """Write the HNSW graph to disk now, by putting a few vectors once more with a low threshold.

        Otherwise Chroma replays what came after the last write, at 1 ms a vector, whenever it is opened.
        """
        with _translated(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "legacy embedding function config", DeprecationWarning)
            self._collection.modify(configuration={"hnsw": {"sync_threshold": 2}})
            self._collection.upsert(ids=list(refs[:4]), embeddings=vectors[:4])
            self._collection.modify(configuration={"hnsw": {"sync_threshold": _SYNC}})

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """About the `limit` nearest refs with their cosine likeness, best first."""
        with _translated():
            found = self._collection.query(query_embeddings=vector[np.newaxis], n_results=limit, include=["distances"])
            distances = found["distances"]
            if distances is None:
                raise ChromaFailed("Chroma 没有返回距离")
            return [(ref, 1.0 - distance) for ref, distance in zip(found["ids"][0], distances[0], strict=True)]

    def __len__(self) -> int:
        with _translated():
            return self._collection.count()

    def close(self) -> None:
        with _translated():
            self._client.close()
            if self._session is not None:
                self._session.close()


def create_embedded(folder: Path) -> ChromaCollection:
    """An empty collection in a new folder."""
    with _translated():
        client = _embedded_client(folder)
        return ChromaCollection(client, _create(client, "clauses"))


def open_embedded(folder: Path) -> ChromaCollection:
    """The collection of a generation; several processes may query it, none may write it (chroma #7040)."""
    with _translated():
        client = _embedded_client(folder)
        return ChromaCollection(client, client.get_collection("clauses", embedding_function=None))


def copy_embedded(old: Path, new: Path) -> ChromaCollection:
    """A copy of another generation's collection, to change; the other may be open and queried meanwhile."""
    copytree(old, new, ignore=ignore_patterns(f"{_DATABASE}*"))
    with closing(sqlite3.connect(old / _DATABASE)) as source, closing(sqlite3.connect(new / _DATABASE)) as copy:
        source.backup(copy)
    return open_embedded(new)


def create_in_server(url: str, generation: str) -> ChromaCollection:
    """An empty collection for a generation in the Chroma server at `url`."""
    with _translated():
        client, session = _server_client(url)
        return ChromaCollection(client, _create(client, collection_name(generation)), session)


def open_in_server(url: str, generation: str) -> ChromaCollection:
    """The collection of a generation in the Chroma server at `url`."""
    with _translated():
        client, session = _server_client(url)
        try:
            collection = client.get_collection(collection_name(generation), embedding_function=None)
        except Exception:
            client.close()
            session.close()
            raise
        return ChromaCollection(client, collection, session)


def drop_from_server(url: str, generations: Sequence[str]) -> None:
    """Delete the collections of these generations, where they exist; no other collection is touched."""
    with _translated():
        client, session = _server_client(url)
        with closing(client), closing(session):
            here = {collection.name for collection in client.list_collections()}
            for name in here & {collection_name(generation) for generation in generations}:
                client.delete_collection(name)


def _settings() -> Any:
    """No telemetry, and nothing read from a `.env` that is ours."""
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False, _env_file=None)


def _embedded_client(folder: Path) -> Client:
    import chromadb

    return cast("Client", chromadb.PersistentClient(folder.absolute(), settings=_settings()))


def _server_client(url: str) -> tuple[Client, Any]:
    """A client and its HTTP session. chromadb gives it no timeout and no end, nor its admin client's; we do."""
    import chromadb
    import httpx

    httpx.get(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=_HEARTBEAT_SECONDS).raise_for_status()
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    client = cast("Client", chromadb.HttpClient(parts.hostname or "localhost", port, ssl=secure, settings=_settings()))
    client._admin_client._server._session.close()  # type: ignore[attr-defined]  # done once it is connected
    session = client._server._session  # type: ignore[attr-defined]  # there is no public way
    session.timeout = httpx.Timeout(_REQUEST_SECONDS)
    return client, session


def _create(client: Client, name: str) -> Collection:
    settings: Any = {"hnsw": {"space": "cosine", "sync_threshold": _SYNC, "ef_search": 200}}
    collection: Collection = client.create_collection(name, embedding_function=None, configuration=settings)
    return collection


@contextmanager
def _translated() -> Iterator[None]:
    """Chroma raises its own errors, ValueError, httpx's and more: all become ChromaFailed."""
    try:
        yield
    except ChromaFailed:
        raise
    except Exception as error:
        raise ChromaFailed(f"Chroma 出错：{error}") from error
