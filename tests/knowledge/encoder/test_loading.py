"""Which encoder a name means, what tells two apart, and how a broken one is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from knowledge.encoder import Vectors, load_encoder
from knowledge.encoder.encoder import BUILT_IN
from knowledge.errors import EncoderUnavailable, KnowledgeError

PIECES = 49_048
"""Of the built-in encoder."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the built-in model that a test may break."""
    return Path(shutil.copytree(BUILT_IN, tmp_path / "model"))


def test_the_built_in_encoder_loads_without_torch() -> None:
    script = (
        "import sys; from knowledge.encoder import load_encoder; load_encoder(None).encode_query('轮岗');"
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0  # our own script


def test_a_folder_of_the_same_model_gives_the_same_vectors(copy: Path) -> None:
    text = "干部交流"
    assert np.array_equal(load_encoder(str(copy)).encode([text]), load_encoder(None).encode([text]))


def test_identity_is_stable_and_names_the_model(copy: Path) -> None:
    assert load_encoder(None).identity == load_encoder(None).identity
    assert load_encoder(None).identity.startswith("built-in@")
    assert load_encoder(str(copy)).identity.startswith("model@")


def test_identity_changes_with_the_weights(copy: Path) -> None:
    before = load_encoder(str(copy)).identity
    tensors = load_file(copy / "model.safetensors")
    tensors["embedding.weight"][5, 0] += 1
    save_file(tensors, copy / "model.safetensors")
    assert load_encoder(str(copy)).identity != before


def test_identity_changes_with_the_tokenizer(copy: Path) -> None:
    before = load_encoder(str(copy)).identity
    path = copy / "tokenizer.json"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load_encoder(str(copy)).identity != before


@pytest.mark.filterwarnings("default")  # third-party imports may warn; what counts here is the refusal
@pytest.mark.parametrize("name", ["/nowhere/model", "no-such-owner/no-such-model", "写错的名字"])
def test_a_missing_model_is_refused(name: str) -> None:
    with pytest.raises(EncoderUnavailable, match="CADRE_ENCODER") as refusal:
        load_encoder(name)
    assert name in str(refusal.value)
    assert isinstance(refusal.value, KnowledgeError)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="CADRE_ENCODER"):
        load_encoder(str(tmp_path))


def refusal(name: str) -> str:
    """What is said of an encoder of this name: one line that names the setting."""
    with pytest.raises(EncoderUnavailable) as refused:
        load_encoder(name)
    says = str(refused.value)
    assert "CADRE_ENCODER" in says
    assert says.endswith("。")
    assert "\n" not in says
    return says


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
@pytest.mark.parametrize("kept", [0.0, 0.00001, 0.5, 0.9])
def test_a_truncated_file_is_refused(copy: Path, name: str, kept: float) -> None:
    path = copy / name
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert f"文件 {name} 不完整或已损坏" in refusal(str(copy))


@pytest.mark.parametrize("change", ["header alone", "header cut", "a byte less", "two bytes more", "noise"])
def test_weights_that_are_not_whole_are_refused(copy: Path, change: str) -> None:
    path = copy / "model.safetensors"
    content = path.read_bytes()
    header = 8 + int.from_bytes(content[:8], "little")
    changed = {
        "header alone": content[:header],
        "header cut": content[: header // 2],
        "a byte less": content[:-1],
        "two bytes more": content + b"xx",
        "noise": bytes(range(256)) * 40,
    }
    path.write_bytes(changed[change])
    assert "文件 model.safetensors 不完整或已损坏" in refusal(str(copy))


@pytest.mark.parametrize("name", ["tokenizer.json", "modules.json", "config_sentence_transformers.json"])
@pytest.mark.parametrize("content", [b"\xff\xfe{{{", b"3"])
def test_garbage_in_a_file_is_refused(copy: Path, name: str, content: bytes) -> None:
    (copy / name).write_bytes(content)
    assert f"文件 {name} 不完整或已损坏" in refusal(str(copy))


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("x", encoding="utf-8")
    assert "这是文件，不是目录" in refusal(str(tmp_path / "model"))


def test_a_folder_in_place_of_the_weights_is_refused(copy: Path) -> None:
    (copy / "model.safetensors").unlink()
    (copy / "model.safetensors").mkdir()
    assert "目录里没有模型权重文件" in refusal(str(copy))


@pytest.mark.parametrize("name", ["x" * 5_000, "/" + "x" * 300, "~nobody-of-this-name/model", "a/b/c"])
def test_a_name_that_can_be_no_path_is_refused(name: str) -> None:
    assert len(refusal(name)) < 600


@pytest.mark.parametrize("name", ["", " "])
def test_a_blank_name_is_the_built_in_encoder(name: str) -> None:
    assert load_encoder(name).identity == load_encoder(None).identity


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (np.full((PIECES, 8), np.nan, dtype=np.float32), "权重中有非数值"),
        (np.full((PIECES, 8), np.inf, dtype=np.float16), "权重中有非数值"),
        (np.zeros((PIECES, 8), dtype=np.float32), "全是零"),
        (np.zeros((PIECES, 0), dtype=np.float32), "维数是 0"),
        (np.zeros(PIECES, dtype=np.float32), "不符"),
    ],
    ids=["nan", "inf", "zeros", "no width", "no table"],
)
def test_weights_that_say_nothing_are_refused(copy: Path, table: Vectors, reason: str) -> None:
    save_file({"embedding.weight": table}, copy / "model.safetensors")
    assert reason in refusal(str(copy))


def test_a_name_is_looked_for_on_this_machine_alone_and_without_torch(tmp_path: Path) -> None:
    script = """if True:
        import socket, sys
        def reached(*_):
            raise AssertionError("the network was tried")
        socket.socket.connect = socket.getaddrinfo = reached
        from knowledge.encoder import load_encoder
        from knowledge.errors import EncoderUnavailable
        for name in ("some-owner/some-model", "some-model"):
            try:
                load_encoder(name)
            except EncoderUnavailable as error:
                assert "CADRE_ENCODER" in str(error)
            else:
                raise AssertionError(name)
        sys.exit("torch" in sys.modules)
    """
    online = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run([sys.executable, "-c", script], env=online | {"HF_HOME": str(tmp_path)}, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_missing_file_is_refused(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(EncoderUnavailable, match="CADRE_ENCODER"):
        load_encoder(str(copy))


def test_a_table_smaller_than_the_vocabulary_is_refused(copy: Path) -> None:
    tensors = load_file(copy / "model.safetensors")
    save_file({"embedding.weight": tensors["embedding.weight"][:100].copy()}, copy / "model.safetensors")
    with pytest.raises(EncoderUnavailable, match="词表"):
        load_encoder(str(copy))


def test_a_broken_built_in_model_says_to_reinstall(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "model.safetensors").unlink()
    monkeypatch.setattr("knowledge.encoder.encoder.BUILT_IN", copy)
    with pytest.raises(EncoderUnavailable, match="重新安装"):
        load_encoder(None)
