"""One built index for the tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.encoder import Vectors
from knowledge.index import Index, build_index, open_index, passage_text
from knowledge.library import Library
from tests.knowledge.index.corpus import HashingEncoder, library


@dataclass(frozen=True)
class Built:
    root: Path
    library: Library
    encoder: HashingEncoder
    index: Index
    vectors: Vectors


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    root, knowledge, encoder = tmp_path_factory.mktemp("index"), library(1_500), HashingEncoder()
    build_index(knowledge, encoder, root)
    passages = [passage_text(clause, knowledge.editions[clause.ref.edition]) for clause in knowledge.clauses]
    with open_index(root, encoder_identity=encoder.identity) as index:
        yield Built(root, knowledge, encoder, index, encoder.encode(passages))
