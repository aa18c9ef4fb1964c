"""`cadre serve` as people run it: a process of its own, reached over a socket, ended by its id."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.server.sse import received
from tests.server.test_privacy import SECRET, assert_says_nothing

JSON = {"Content-Type": "application/json"}


@dataclass
class Served:
    process: subprocess.Popen[str]
    port: int
    printed: str
    errors: Path

    def post(self, body: bytes, **headers: str) -> tuple[int, bytes]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            link.request("POST", "/v1/ask", body, JSON | headers)
            response = link.getresponse()
            return response.status, response.read()
        finally:
            link.close()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "server.command", *arguments]


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    return os.environ | {"CADRE_DATA_DIR": str(data_dir), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"} | more


def start(data_dir: Path, errors: Path, **more: str) -> Served:
    with errors.open("w") as log:
        process = subprocess.Popen(
            command("serve", "--port", "0"),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
            env=environment(data_dir, **more),
        )
    printed = ""
    assert process.stdout
    for line in process.stdout:
        printed += line
        if "Ctrl-C" in line:
            break
    address = re.search(r"http://127\.0\.0\.1:(\d+)", printed)
    assert address, errors.read_text(encoding="utf-8")
    return Served(process, int(address[1]), printed, errors)


def end(served: Served) -> str:
    """Ctrl-C; what was printed after it."""
    served.process.send_signal(signal.SIGINT)
    try:
        rest, _ = served.process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        served.process.kill()
        served.process.communicate()
        raise
    return rest


@pytest.fixture(scope="module")
def served(data_dir: Path, assistant: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    assert assistant  # its index is there
    served = start(data_dir, tmp_path_factory.mktemp("log") / "stderr")
    yield served
    with socket.create_connection(("127.0.0.1", served.port)) as link:  # a page that is still open
        link.sendall(b"GET /gradio_api/heartbeat/abc HTTP/1.1\r\nHost: x\r\n\r\n")
        link.recv(100)
        assert end(served) == "已停止。\n"
    assert served.process.returncode == 0
    logged = served.errors.read_text(encoding="utf-8")
    assert re.search(r"POST /v1/ask 200 \d+ms", logged)
    assert "Traceback" not in logged
    assert_says_nothing(logged)


@pytest.mark.skipif(not shutil.which("curl") or not shutil.which("sh"), reason="no curl here")
def test_the_printed_example_works_as_it_stands(served: Served) -> None:
    [example] = [line for line in served.printed.splitlines() if "curl" in line]
    done = subprocess.run(["sh", "-c", example], capture_output=True, check=True)
    body = json.loads(done.stdout)
    assert body["status"] in {"answered", "partial"}
    assert body["citations"]


def test_probes_page_and_api_stand_side_by_side(served: Served) -> None:
    link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    for path, status, kind in [
        ("/healthz", 200, "application/json"),
        ("/readyz", 200, "application/json"),
        ("/", 200, "text/html"),
        ("/v1/documents", 200, "application/json"),
        ("/v1/nowhere", 404, "application/json"),
        ("/v1/ask", 405, "application/json"),
    ]:
        link.request("GET", path)
        response = link.getresponse()
        response.read()
        assert (response.status, response.headers.get_content_type()) == (status, kind), path
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "server" not in response.headers
    link.close()


def test_a_stream_over_the_socket(served: Served) -> None:
    status, stream = served.post(json.dumps({"question": "容错要看哪些方面？"}).encode(), Accept="text/event-stream")
    assert status == 200
    events = received(stream)
    assert events[-1].event == "done"
    assert "".join(event.data["text"] for event in events if event.event == "delta") == events[-1].data["answer"]


def test_bad_input_over_the_socket(served: Served) -> None:
    assert served.post(b"\xff{")[0] == 422
    assert served.post(b'{"question": "\\ud800"}')[0] == 422
    assert served.post(json.dumps({"question": SECRET, "as_of": SECRET}).encode())[0] == 422
    assert served.post(json.dumps({"question": SECRET}).encode())[0] == 200


def test_a_body_over_the_limit_is_refused_and_the_server_goes_on(served: Served) -> None:
    status, body = served.post(b" " * 300_000)
    assert (status, json.loads(body)["error"]["code"]) == (413, "body_too_large")
    assert served.post('{"question": "怎样容错？"}'.encode())[0] == 200


def test_a_reader_who_leaves_early_does_no_harm(served: Served) -> None:
    body = '{"question": "怎样容错？"}'.encode()
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", served.port)) as link:
            head = "POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n"
            link.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            link.recv(20)
    assert served.post(body)[0] == 200


def test_many_at_once(served: Served) -> None:
    got: list[int] = []

    def one() -> None:
        got.append(served.post('{"question": "怎样容错？"}'.encode(), Accept="text/event-stream")[0])

    threads = [threading.Thread(target=one) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [200] * 60


def test_a_port_in_use_is_told(served: Served, data_dir: Path) -> None:
    done = subprocess.run(
        command("serve", "--port", str(served.port)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(data_dir),
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"端口 {served.port} 已被占用。")
    assert "Traceback" not in done.stderr


def test_an_address_that_is_none_of_ours_is_told(data_dir: Path) -> None:
    for host in ("no-such-host.invalid", "192.0.2.1"):
        done = subprocess.run(
            command("serve", "--host", host, "--port", "0"),
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment(data_dir),
            check=False,
        )
        assert done.returncode == 1
        assert host in done.stderr
        assert "Traceback" not in done.stderr


def test_faulty_documents_are_told_and_the_index_from_before_is_served(
    data_dir: Path, assistant: object, tmp_path: Path
) -> None:
    assert assistant  # the index from before
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "broken@2024.md").write_text("---\ntitle: 坏\n---\n", encoding="utf-8")
    served = start(data_dir, tmp_path / "stderr", CADRE_DOCUMENTS=json.dumps([str(folder)]))
    try:
        assert served.post('{"question": "怎样容错？"}'.encode())[0] == 200
        told = served.errors.read_text(encoding="utf-8")
        assert re.search(r"broken@2024\.md:\d+: ", told)
        assert "仍按上次建立的索引提供服务" in told
    finally:
        end(served)
