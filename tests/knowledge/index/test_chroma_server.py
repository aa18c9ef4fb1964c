from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.errors import IndexUnusable
from knowledge.index import Scope, build_index, is_current, open_index
from knowledge.index.chroma import ChromaFailed
from tests.knowledge.index.corpus import HashingEncoder, library


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Chroma server on a free loopback port, ended after the tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path_factory.mktemp("server")
    chroma = str(Path(sys.executable).parent / "chroma")
    command = [chroma, "run", "--path", str(data), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _await(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1).close()  # noqa: S310 (loopback)
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("no Chroma server within 60 s")


def collections(url: str) -> set[str]:
    path = "api/v2/tenants/default_tenant/databases/default_database/collections"
    with urllib.request.urlopen(f"{url}/{path}", timeout=10) as answer:  # noqa: S310 (loopback)
        return {collection["name"] for collection in json.load(answer)}


def test_vectors_live_in_the_server_under_the_generation(url: str, tmp_path: Path) -> None:
    encoder, knowledge = HashingEncoder(), library(200)
    built = [build_index(knowledge, encoder, tmp_path, chroma_url=url).name]
    assert not (tmp_path / "generations" / built[0] / "chroma").exists()
    assert is_current(tmp_path, encoder.identity, knowledge.fingerprint, chroma_url=url)
    assert not is_current(tmp_path, encoder.identity, knowledge.fingerprint)
    vector = encoder.encode_query("干部交流轮岗")
    with (
        open_index(tmp_path, encoder_identity=encoder.identity, chroma_url=url) as served,
        open_index(tmp_path, encoder_identity=encoder.identity, chroma_url=url, exact_rows=10_000) as exact,
    ):
        for scope in (Scope(), Scope(frozenset({"全国"})), Scope(frozenset({"衡东县"}))):
            found, expected = served.nearest(vector, 10, scope), exact.nearest(vector, 10, scope)
            assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=5e-4)

    for changed in (1, 2):
        built.append(build_index(library(200, changed=frozenset({changed})), encoder, tmp_path, chroma_url=url).name)
    assert {f"clauses-{name}" for name in built[1:]} <= collections(url)
    assert f"clauses-{built[0]}" not in collections(url)


def test_leftovers_of_a_failed_build_go_from_the_server(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = collections(url)

    def fail(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("knowledge.index.building.write_lexical", fail)
    with pytest.raises(OSError, match="no space"):
        build_index(library(20), HashingEncoder(), tmp_path, chroma_url=url)
    assert collections(url) == before


def test_no_server_is_a_typed_error(url: str, tmp_path: Path) -> None:
    build_index(library(20), HashingEncoder(), tmp_path, chroma_url=url)
    nobody = "http://127.0.0.1:9"
    with pytest.raises(IndexUnusable, match="打不开索引的向量库"):
        open_index(tmp_path, encoder_identity="hashing-32", chroma_url=nobody)
    with pytest.raises(ChromaFailed):
        build_index(library(21), HashingEncoder(), tmp_path, chroma_url=nobody)
    with open_index(tmp_path, encoder_identity="hashing-32", chroma_url=url) as index:
        assert len(index) == len(library(20).clauses)


def test_a_server_that_never_answers_does_not_hang_us(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(library(20), HashingEncoder(), tmp_path, chroma_url=url)
    monkeypatch.setattr("knowledge.index.chroma._HEARTBEAT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        with pytest.raises(IndexUnusable):
            open_index(
                tmp_path, encoder_identity="hashing-32", chroma_url=f"http://127.0.0.1:{silent.getsockname()[1]}"
            )
        assert time.monotonic() - started < 20


def test_threads_share_one_connection(url: str, tmp_path: Path) -> None:
    encoder, knowledge = HashingEncoder(), library(200)
    build_index(knowledge, encoder, tmp_path, chroma_url=url)
    vector = encoder.encode_query("容错纠错")
    with open_index(tmp_path, encoder_identity=encoder.identity, chroma_url=url) as index:
        expected, wrong = index.nearest(vector, 5), []
        threads = [
            threading.Thread(target=lambda: wrong.append(1) if index.nearest(vector, 5) != expected else None)
            for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert not wrong
