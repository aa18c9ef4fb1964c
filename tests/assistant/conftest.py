from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.assistant import Assistant
from assistant.answering.understanding import Understanding
from assistant.assembly import assemble
from assistant.settings import Settings

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The product over the bundled knowledge, with its real index and encoder."""
    folder: Path = tmp_path_factory.mktemp("data")
    return assemble(Settings(data_dir=folder, _env_file=None))


@pytest.fixture(scope="session")
def understanding(assistant: Assistant) -> Understanding:
    places = frozenset(edition.jurisdiction for edition in assistant.index.editions.values())
    return Understanding(assistant.vocabulary, places)
