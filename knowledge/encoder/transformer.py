"""Any other sentence-transformers model, with its own prompts. Imports torch, so import this module only on need."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sentence_transformers import SentenceTransformer

from knowledge.encoder.refusing import in_a_line, refusal


@dataclass(frozen=True, slots=True, eq=False)
class TransformerEncoder:
    """An `Encoder` over a sentence-transformers model; one text batch at a time, whatever the number of threads."""

    identity: str
    dimensions: int
    model: SentenceTransformer
    # Fast tokenizers refuse to be set up by two threads at once ("Already borrowed").
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors of documents, under the model's document prompt if it has one: (n, d) float32."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with self.turn, _told(self.identity):
            vectors = self.model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        """The unit vector of a question, under the model's query prompt if it has one: (d,) float32."""
        with self.turn, _told(self.identity):
            vectors = self.model.encode_query([text], normalize_embeddings=True, show_progress_bar=False)
        vector: npt.NDArray[np.float32] = np.asarray(vectors, dtype=np.float32)[0]
        return vector


@contextmanager
def _told(identity: str) -> Iterator[None]:
    """Whatever a model that does not fit its own tokenizer raises on a text, as EncoderUnavailable."""
    try:
        yield
    except (RuntimeError, ValueError, LookupError, TypeError) as fault:
        raise refusal(f"句向量编码器 {identity} 不能编码", in_a_line(fault)) from fault


def load_transformer(folder: Path, identity: str) -> TransformerEncoder:
    """Load from `folder` alone, never from the network. Raises whatever the libraries raise."""
    model = SentenceTransformer(str(folder), local_files_only=True)
    dimensions = model.get_embedding_dimension()
    if not dimensions:
        raise ValueError("模型没有说明向量维数" if dimensions is None else "向量的维数是 0")
    return TransformerEncoder(identity, dimensions, model)
