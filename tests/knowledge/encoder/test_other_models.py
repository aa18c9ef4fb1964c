"""Any sentence-transformers model in place of the built-in one, with the prompts it asks for."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from knowledge.encoder import Encoder, Vectors, load_encoder
from knowledge.encoder.encoder import BUILT_IN
from knowledge.errors import EncoderUnavailable

PIECES = 49_048
"""Of the built-in encoder."""

# Third-party imports may warn; what counts here is what our side makes of the model.
pytestmark = pytest.mark.filterwarnings("default")


def made(folder: Path) -> Path:
    """The built-in weights as a model that wants 问题 before a question: loaded through sentence-transformers."""
    shutil.copytree(BUILT_IN, folder)
    path = folder / "config_sentence_transformers.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["prompts"] = {"query": "问题：", "document": ""}
    path.write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def prompted(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return load_encoder(str(made(tmp_path_factory.mktemp("models") / "prompted")))


def test_the_query_prompt_stands_before_questions_only(prompted: Encoder) -> None:
    plain = load_encoder(None)
    assert prompted.encode_query("轮岗几年") == pytest.approx(plain.encode_query("问题：轮岗几年"), abs=1e-3)
    assert prompted.encode(["轮岗几年"])[0] == pytest.approx(plain.encode_query("轮岗几年"), abs=1e-3)


def test_shapes_and_lengths_are_those_of_any_encoder(prompted: Encoder) -> None:
    vectors = prompted.encode(["交流", "回避"])
    assert vectors.shape == (2, prompted.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)
    assert prompted.encode([]).shape == (0, prompted.dimensions)


def test_identity_is_not_that_of_the_plain_model(prompted: Encoder) -> None:
    assert prompted.identity.startswith("prompted@")
    assert prompted.identity.split("@")[1] != load_encoder(None).identity.split("@")[1]


def test_many_threads_may_share_it(prompted: Encoder) -> None:
    expected = prompted.encode_query("回避")
    seen: list[bool] = []
    threads = [
        threading.Thread(target=lambda: seen.append(np.array_equal(prompted.encode_query("回避"), expected)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 8


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (np.full((PIECES, 8), np.nan, dtype=np.float32), "其中有非数值"),
        (np.zeros((PIECES, 0), dtype=np.float32), "维数是 0"),
        (np.ones((100, 8), dtype=np.float32), "不能编码"),
    ],
    ids=["nan", "no width", "fewer rows than pieces"],
)
def test_a_model_whose_vectors_are_none_is_refused(tmp_path: Path, table: Vectors, reason: str) -> None:
    folder = made(tmp_path / "model")
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    with pytest.raises(EncoderUnavailable, match="CADRE_ENCODER") as refused:
        load_encoder(str(folder))
    assert reason in str(refused.value)


@pytest.mark.parametrize("kept", [0.0, 0.00001, 0.5])
def test_truncated_weights_are_refused(tmp_path: Path, kept: float) -> None:
    weights = made(tmp_path / "model") / "model.safetensors"
    content = weights.read_bytes()
    weights.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(EncoderUnavailable, match="CADRE_ENCODER"):
        load_encoder(str(weights.parent))
