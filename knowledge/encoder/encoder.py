"""What an encoder is, and which one `CADRE_ENCODER` means."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from knowledge.encoder.identity import identity_of
from knowledge.encoder.refusing import MEND, in_a_line, refusal
from knowledge.encoder.static import is_static, load_static
from knowledge.errors import EncoderUnavailable

BUILT_IN = Path(__file__).parent / "weights"
BUILT_IN_NAME = "built-in"

_MEND_BUILT_IN = "请重新安装本程序，或用 CADRE_ENCODER 指定另一个 sentence-transformers 模型目录"

Vector = npt.NDArray[np.float32]
"""(d,) float32, unit length; all zero for a text in which the encoder knows nothing, such as ""."""

Vectors = npt.NDArray[np.float32]
"""(n, d) float32, each row a `Vector`."""

_TRIED = ("干部交流轮岗", "第 12 条（三）")
"""Texts of which any encoder for Chinese knows something."""


class Encoder(Protocol):
    """Turns texts into unit vectors whose inner product says how near in meaning they are. Safe in many threads."""

    @property
    def identity(self) -> str:
        """Names these very weights: vectors made under another identity must not be compared or reused."""

    @property
    def dimensions(self) -> int:
        """The length d of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the texts to be found: (n, d), row i for text i; (0, d) for none."""

    def encode_query(self, text: str) -> Vector:
        """The vector of a question: (d,). Differs from `encode` where the model has a prompt for questions."""


def load_encoder(name: str | None) -> Encoder:
    """The encoder called `name`: None or a blank is the built-in one, else a sentence-transformers model.

    A model is a folder, or a name whose files are already in the local Hugging Face cache; nothing is downloaded.
    Raises EncoderUnavailable when it is missing, truncated, no model, or gives vectors that are none.
    """
    if name is None or not name.strip():
        return _load(BUILT_IN, BUILT_IN_NAME)
    # os.path says no, where Path raises: to `~nobody`, or a name too long for any file.
    folder = Path(os.path.expanduser(name))
    if os.path.isdir(folder):
        return _load(folder, folder.name)
    if os.path.isfile(folder):
        raise refusal(f"句向量编码器无法加载：{folder}", "这是文件，不是目录")
    from knowledge.encoder.cached import cached_folder

    return _load(cached_folder(name), name)


def sound(vectors: Vectors, count: int, encoder: Encoder) -> Vectors:
    """`vectors` as they are, when they are `count` vectors of `encoder`'s dimensions, without a number that is none.

    Raises EncoderUnavailable otherwise: such vectors find nothing, or anything.
    """
    if not encoder.dimensions:
        raise _useless(encoder, "维数是 0")
    if vectors.shape != (count, encoder.dimensions):
        raise _useless(encoder, f"应为 {count} 个 {encoder.dimensions} 维，实为 {vectors.shape}")
    if not np.isfinite(vectors).all():
        raise _useless(encoder, "其中有非数值")
    return vectors


def _load(folder: Path, name: str) -> Encoder:
    try:
        return _tried(_loaded(folder, identity_of(folder, name)))
    except EncoderUnavailable:
        raise
    except Exception as fault:  # a broken model folder fails in any way its files and libraries please
        mend = _MEND_BUILT_IN if folder == BUILT_IN else MEND
        raise refusal(f"句向量编码器无法加载：{folder}", in_a_line(fault), mend) from fault


def _loaded(folder: Path, identity: str) -> Encoder:
    if is_static(folder):
        return load_static(folder, identity)
    if folder == BUILT_IN:
        raise ValueError("不是随程序提供的静态模型")
    from knowledge.encoder.transformer import load_transformer

    return load_transformer(folder, identity)


def _tried(encoder: Encoder) -> Encoder:
    """The encoder, after it gave sound vectors for a few texts."""
    of_texts = sound(encoder.encode(_TRIED), len(_TRIED), encoder)
    of_question = sound(encoder.encode_query(_TRIED[0])[np.newaxis], 1, encoder)
    if not (of_texts.any(axis=1).all() and of_question.any()):
        raise _useless(encoder, "对常用词句给出的全是零")
    return encoder


def _useless(encoder: Encoder, reason: str) -> EncoderUnavailable:
    return refusal(f"句向量编码器 {encoder.identity} 给出的向量不能用", reason)
