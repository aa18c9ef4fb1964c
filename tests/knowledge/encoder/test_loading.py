"""Which encoder a name means, what tells two apart, and how a broken one is refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from knowledge.encoder import load_encoder
from knowledge.encoder.encoder import BUILT_IN
from knowledge.errors import EncoderUnavailable, KnowledgeError


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


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
@pytest.mark.parametrize("kept", [0, 1000])
def test_a_truncated_file_is_refused(copy: Path, name: str, kept: int) -> None:
    path = copy / name
    path.write_bytes(path.read_bytes()[: min(kept, path.stat().st_size - 10)])
    with pytest.raises(EncoderUnavailable, match="CADRE_ENCODER"):
        load_encoder(str(copy))


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
