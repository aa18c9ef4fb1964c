"""What an encoder is, and which one `CADRE_ENCODER` means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from knowledge.encoder.identity import identity_of
from knowledge.encoder.static import is_static, load_static
from knowledge.errors import EncoderUnavailable

BUILT_IN = Path(__file__).parent / "weights"
BUILT_IN_NAME = "built-in"

Vector = npt.NDArray[np.float32]
"""(d,) float32, unit length; all zero for a text in which the encoder knows nothing, such as ""."""

Vectors = npt.NDArray[np.float32]
"""(n, d) float32, each row a `Vector`."""


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
    """The encoder called `name`: None is the built-in one, else a sentence-transformers model.

    A model is a folder, or a name whose files are already in the local Hugging Face cache; nothing is downloaded.
    Raises EncoderUnavailable when it is missing, truncated, or no model.
    """
    if name is None:
        return _load(BUILT_IN, BUILT_IN_NAME)
    folder = Path(name).expanduser()
    if folder.is_dir():
        return _load(folder, folder.name)
    from knowledge.encoder.transformer import cached_folder

    return _load(cached_folder(name), name)


def _load(folder: Path, name: str) -> Encoder:
    try:
        identity = identity_of(folder, name)
        if is_static(folder):
            return load_static(folder, identity)
        if folder == BUILT_IN:
            raise ValueError("不是随程序提供的静态模型")
        from knowledge.encoder.transformer import load_transformer

        return load_transformer(folder, identity)
    except Exception as fault:  # a broken model folder fails in any way its files and libraries please
        raise EncoderUnavailable(_advice(folder, fault)) from fault


def _advice(folder: Path, fault: Exception) -> str:
    reason = " ".join(str(fault).split())[:300] or type(fault).__name__
    if folder == BUILT_IN:
        mend = "请重新安装本程序，或用 CADRE_ENCODER 指定另一个 sentence-transformers 模型目录"
    else:
        mend = "请把 CADRE_ENCODER 改为完整的 sentence-transformers 模型目录，或清空它以使用内置编码器"
    return f"句向量编码器无法加载：{folder}（{reason}）。{mend}。"
