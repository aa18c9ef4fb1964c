"""Static models without torch: a text's vector is the mean of its pieces' vectors, scaled to unit length.

Reads the same files as `sentence_transformers.models.StaticEmbedding` and gives the same vectors, but starts in a
fraction of a second, because importing torch alone would take most of what `cadre ask` may take from cold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import safe_open
from tokenizers import Tokenizer

from knowledge.encoder.refusing import reading

_TABLE = "embedding.weight"
_WEIGHTS, _SETTINGS = "model.safetensors", "config_sentence_transformers.json"

_FEW = 64


@dataclass(frozen=True, slots=True, eq=False)
class StaticEncoder:
    """An `Encoder` over a table of piece vectors: (vocabulary, d) float32."""

    identity: str
    tokenizer: Tokenizer
    table: npt.NDArray[np.float32]

    @property
    def dimensions(self) -> int:
        """The length d of a vector."""
        return int(self.table.shape[1])

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors: (n, d) float32; a text without any piece gets zeros."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if len(texts) <= _FEW:  # a batch wakes the tokenizer's own threads, at twice the cost among many callers
            encodings = [self.tokenizer.encode(text, add_special_tokens=False) for text in texts]
        else:
            encodings = self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for vector, encoding in zip(vectors, encodings, strict=True):
            pieces = encoding.ids
            if pieces:
                np.sum(self.table[pieces], axis=0, out=vector)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        """The vector of a question: (d,); the same as `encode` gives, for a static model knows no prompts."""
        vector: npt.NDArray[np.float32] = self.encode([text])[0]
        return vector


def is_static(folder: Path) -> bool:
    """Whether the model is one table of piece vectors, without prompts. Raises ValueError on bad files."""
    with reading(folder / "modules.json") as file:
        modules = json.loads(file.read_text(encoding="utf-8"))
        kinds = [(module["type"].rpartition(".")[2], module["path"]) for module in modules]
    if kinds[:1] != [("StaticEmbedding", "")] or [kind for kind, _ in kinds[1:]] not in ([], ["Normalize"]):
        return False
    if (folder / _SETTINGS).exists():
        with reading(folder / _SETTINGS) as file:
            if any(json.loads(file.read_text(encoding="utf-8")).get("prompts", {}).values()):
                return False
    with reading(folder / _WEIGHTS) as file, safe_open(file, framework="numpy") as tensors:
        return _TABLE in tensors.keys()  # noqa: SIM118  # a safetensors handle is no mapping


def load_static(folder: Path, identity: str) -> StaticEncoder:
    """Read tokenizer and table. Raises ValueError when they cannot be read or do not fit together."""
    with reading(folder / "tokenizer.json") as file:
        tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    with reading(folder / _WEIGHTS) as file, safe_open(file, framework="numpy") as tensors:
        table = tensors.get_tensor(_TABLE).astype(np.float32)
    if table.ndim != 2 or len(table) < tokenizer.get_vocab_size():
        raise ValueError(f"权重形状 {table.shape} 与词表大小 {tokenizer.get_vocab_size()} 不符")
    if not np.isfinite(table).all():
        raise ValueError("权重中有非数值")
    return StaticEncoder(identity, tokenizer, table)
