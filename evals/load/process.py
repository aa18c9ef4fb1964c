"""The product's own commands as processes: timed to their end, or kept as a server. Only our own are ever ended."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from evals.errors import ServerNotReady
from evals.memory import high_water

ROOT = Path(__file__).parents[2]
_CADRE = (sys.executable, "-c", "from server.command import main; main()")
_POLL_S = 0.02
_LOG_TAIL = 2000


@dataclass(frozen=True, slots=True)
class Finished:
    """How a command ended: its exit status, wall seconds, peak resident bytes, and what it printed last."""

    status: int
    seconds: float
    peak_bytes: int
    tail: str


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers on loopback; `ready_s` from its start to its first ready /readyz."""

    port: int
    pid: int
    ready_s: float

    @property
    def resident_bytes(self) -> int:
        """Resident memory of the server and its children, now."""
        own = psutil.Process(self.pid)
        return sum(int(process.memory_info().rss) for process in (own, *own.children(recursive=True)))


def environment(data_dir: Path, documents: Path | None = None, **more: str) -> dict[str, str]:
    """Ours without any CADRE_* setting of the caller, with a data folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CADRE_")}
    folders = {} if documents is None else {"CADRE_DOCUMENTS": f'["{documents}"]'}
    return {**kept, "PYTHONPATH": str(ROOT), "CADRE_DATA_DIR": str(data_dir), **folders, **more}


def finished(arguments: Sequence[str], env: Mapping[str, str], folder: Path, limit_s: float) -> Finished:
    """Run `cadre …` in `folder` (where no .env lies) to its end; after `limit_s` it is killed, status -9."""
    log = folder / "command.log"
    began = time.perf_counter()
    with (
        log.open("wb") as out,
        subprocess.Popen(  # noqa: S603 (our own command)
            [*_CADRE, *arguments],
            cwd=folder,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        peak = 0
        while process.poll() is None:
            peak = max(peak, high_water(process.pid))
            if time.perf_counter() - began > limit_s:
                process.kill()
            time.sleep(_POLL_S)
        seconds = time.perf_counter() - began
    return Finished(process.returncode, seconds, peak, _tail(log))


@contextmanager
def serving(env: Mapping[str, str], folder: Path, limit_s: float) -> Iterator[Running]:
    """`cadre serve` on a free loopback port, ended with the block. Raises ServerNotReady with the log's end."""
    port = _free_port()
    log = folder / "server.log"
    settings = {**env, "CADRE_HOST": "127.0.0.1", "CADRE_PORT": str(port)}
    began = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 (our own command)
            [*_CADRE, "serve"], cwd=folder, env=settings, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        while not _is_ready(port):
            if process.poll() is not None or time.perf_counter() - began > limit_s:
                raise ServerNotReady(f"服务在 {time.perf_counter() - began:.0f} 秒内没有就绪：\n{_tail(log)}")
            time.sleep(_POLL_S)
        yield Running(port, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tail(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL:]
