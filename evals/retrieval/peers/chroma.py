"""The Chroma database that LangChain and LlamaIndex are given: on disk, silent, otherwise as it comes."""

from __future__ import annotations

from pathlib import Path

import chromadb
from chromadb.api import ClientAPI
from chromadb.config import Settings


def client(folder: Path) -> ClientAPI:
    """A database in `folder`: no telemetry, and nothing read from a `.env` file that is there for others."""
    return chromadb.PersistentClient(folder.absolute(), settings=Settings(anonymized_telemetry=False, _env_file=None))
