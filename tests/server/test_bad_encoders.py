"""A bad CADRE_ENCODER as people meet it: one line that names it, and the index from before is still there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from safetensors.numpy import load_file, save_file

from knowledge.encoder.encoder import BUILT_IN
from tests.server.test_serving import command, end, environment, start

ASKED = json.dumps({"question": "衡东县的干部多久交流？"}).encode()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an index of the built-in encoder."""
    folder = tmp_path_factory.mktemp("data")
    assert run(folder, "index").returncode == 0
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the built-in model that a test may break."""
    return Path(shutil.copytree(BUILT_IN, tmp_path / "model"))


def run(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`cadre …` as a process, told nothing of being offline."""
    told = {name: value for name, value in environment(data, **more).items() if not name.startswith("HF_")}
    return subprocess.run(command(*arguments), env=told, capture_output=True, text=True, check=False, timeout=120)


def serving(data: Path) -> str:
    return (data / "index" / "current").read_text(encoding="utf-8")


def refused(data: Path, encoder: str, *arguments: str) -> str:
    """What a command says of a bad encoder, after which the index from before answers without being built anew."""
    before = serving(data), sorted(os.listdir(data / "index" / "generations"))
    done = run(data, *arguments, CADRE_ENCODER=encoder)
    assert done.returncode == 3
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.count("CADRE_ENCODER") >= 1
    assert "Traceback" not in line
    assert (serving(data), sorted(os.listdir(data / "index" / "generations"))) == before
    return line


COMMANDS = (("ask", "多久交流？"), ("index",), ("index", "--force"), ("serve", "--port", "0"))


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_missing_model_is_told_by_every_command(data: Path, arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert "找不到句向量编码器" in refused(data, str(tmp_path / "nowhere"), *arguments)
    assert run(data, "ask", "衡东县的干部多久交流？").returncode == 0


def test_a_name_out_of_reach_is_told_without_waiting(data: Path) -> None:
    assert "本机缓存里也没有这个模型" in refused(data, "some-owner/some-model", "ask", "多久交流？")


def test_a_truncated_model_is_told(data: Path, model: Path) -> None:
    weights = model / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1_000_000])
    assert "文件 model.safetensors 不完整或已损坏" in refused(data, str(model), "index", "--force")


@pytest.fixture
def own(data: Path, model: Path, tmp_path: Path) -> Path:
    """A data folder whose index is of `model`."""
    folder = Path(shutil.copytree(data, tmp_path / "own"))
    assert run(folder, "index", CADRE_ENCODER=str(model)).returncode == 0
    return folder


def test_a_model_changed_under_a_served_index(own: Path, model: Path, tmp_path: Path) -> None:
    weights = model / "model.safetensors"
    table = load_file(weights)["embedding.weight"]
    before = serving(own)
    server = start(own, tmp_path / "log", CADRE_ENCODER=str(model))
    try:
        answered = server.post(ASKED)
        assert answered[0] == 200

        save_file({"embedding.weight": table[:100, :256].copy()}, weights)
        assert "不符" in refused(own, str(model), "index")
        assert server.post(ASKED)[0] == 200

        save_file({"embedding.weight": table[:, :256].copy()}, weights)
        assert run(own, "index", CADRE_ENCODER=str(model)).returncode == 0
        assert serving(own) != before
        assert server.post(ASKED)[0] == 200
    finally:
        end(server)
    assert run(own, "ask", "衡东县的干部多久交流？", CADRE_ENCODER=str(model)).returncode == 0
