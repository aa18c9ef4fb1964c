"""The static encoder's vectors: their shape, their length, and whose they are."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import Encoder, load_encoder
from knowledge.encoder.encoder import BUILT_IN

TEXTS = ["领导干部任同一职务满十年应当交流。", "a", "", "第 12 条  第（三）项；１２３", "干部" * 3000]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None)


def test_vectors_have_shape_and_unit_length(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimensions)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths[[0, 1, 3, 4]] == pytest.approx(1, abs=1e-5)
    assert lengths[2] == 0, "a text without content is near nothing"


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_a_query_is_one_vector(encoder: Encoder) -> None:
    vector = encoder.encode_query("干部多久要轮岗？")
    assert vector.shape == (encoder.dimensions,)
    assert np.allclose(vector, encoder.encode(["干部多久要轮岗？"])[0])


def test_a_text_has_one_vector_whatever_its_company(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(together, alone)


@pytest.mark.filterwarnings("default")  # third-party imports may warn; what counts here is the vectors
def test_vectors_equal_those_of_sentence_transformers(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    texts = [text for text in TEXTS if text]
    reference = SentenceTransformer(str(BUILT_IN), device="cpu").encode(texts)
    assert np.abs(encoder.encode(texts) - reference).max() < 2e-4  # it rounds to the float16 of the weights


@pytest.mark.parametrize(
    ("question", "answer", "unrelated"),
    [
        ("被人打伤了，医药费谁来赔？", "侵害他人造成人身损害的，应当赔偿医疗费。", "企业应当按照规定保存会计凭证。"),
        ("老板拖欠工资怎么办？", "用人单位应当按时足额支付劳动报酬。", "森林防火期内禁止野外用火。"),
        ("干部在一个岗位上待久了要换吗？", "领导干部任职满十年的，应当交流轮岗。", "食品应当符合安全标准。"),
    ],
)
def test_an_answer_is_nearer_than_an_unrelated_sentence(
    encoder: Encoder, question: str, answer: str, unrelated: str
) -> None:
    right, wrong = encoder.encode([answer, unrelated]) @ encoder.encode_query(question)
    assert right > wrong


def test_many_threads_get_the_same_vectors(encoder: Encoder) -> None:
    expected = encoder.encode(TEXTS)
    seen: list[bool] = []

    def check() -> None:
        seen.extend(bool(np.array_equal(encoder.encode(TEXTS), expected)) for _ in range(5))

    threads = [threading.Thread(target=check) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 40


def test_shipped_weights_stay_small() -> None:
    size = sum(path.stat().st_size for path in Path(BUILT_IN).rglob("*") if path.is_file())
    assert size <= 60 * 1024 * 1024
