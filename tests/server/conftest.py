from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.assembly import assemble
from assistant.settings import Settings
from server.api.seam import Answering
from server.app import make_app
from tests.server.standin import StandIn


@pytest.fixture
def standin() -> StandIn:
    return StandIn()


@pytest.fixture
def client(standin: StandIn) -> Iterator[TestClient]:
    """The server before the stand-in: what it does with a request, whatever the answer."""
    with TestClient(make_app(standin)) as client:
        yield client


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def assistant(data_dir: Path) -> Answering:
    """The real assistant over the bundled documents."""
    return assemble(Settings(data_dir=data_dir, documents=(), encoder=None, chroma_url=None))


@pytest.fixture(scope="session")
def whole(assistant: Answering) -> Iterator[TestClient]:
    """The server before the real assistant."""
    with TestClient(make_app(assistant)) as client:
        yield client
