"""txtai's `Embeddings(hybrid=True)`: its own BM25 and a faiss index, their scores added half and half.

All defaults. For text without spaces that means one word a character: its tokenizer follows the Unicode rules for
word boundaries, which txtai's documentation gives for most languages; it takes settings, but no function.
Content is off: it keeps ids and indexes, no texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import txtai

from evals.retrieval.bench import Document
from evals.retrieval.peers.texts import text_of
from evals.retrieval.systems import Search
from knowledge.encoder import Encoder, Vectors


def build(documents: Sequence[Document], folder: Path, encoder: Encoder) -> Search:  # noqa: ARG001 (keeps no files)
    """Best first, with the joined score."""

    def encoded(texts: list[str]) -> Vectors:  # txtai takes a plain function, and calls any other thing first
        return encoder.encode(texts)

    embeddings = txtai.Embeddings(hybrid=True, method="external", transform=encoded, content=False)
    embeddings.index((document.id, text_of(document), None) for document in documents)
    return lambda question, limit: [(str(id_), float(score)) for id_, score in embeddings.search(question, limit)]
