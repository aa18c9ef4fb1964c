"""LangChain's `EnsembleRetriever` over its `BM25Retriever` and Chroma.

As its documentation shows it: both retrievers with equal weights, joined by reciprocal ranks. BM25 is given jieba's
words through `preprocess_func`, the argument meant for it; its default splits at spaces, which Chinese has not.
Documents are told apart by their id (`id_key`), so that two with the same text stay two.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_core.embeddings import Embeddings

from evals.retrieval.bench import Document
from evals.retrieval.peers.chroma import client
from evals.retrieval.peers.texts import text_of, words
from evals.retrieval.systems import Search
from knowledge.encoder import Encoder

with warnings.catch_warnings():
    # It warns that it is no longer maintained; LangChain's own BM25 retriever still lives there.
    warnings.filterwarnings("ignore", "`langchain-community` is being sunset", DeprecationWarning)
    from langchain_community.retrievers import BM25Retriever

EACH = 100
"""Documents taken from each of the two retrievers."""


class Embedded(Embeddings):
    """One of our encoders, as LangChain calls it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._encoder.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(value) for value in self._encoder.encode_query(text)]


def build(documents: Sequence[Document], folder: Path, encoder: Encoder) -> Search:
    """Best first; it tells no scores, so a document's score is one over its rank."""
    texts = [text_of(document) for document in documents]
    ids = [{"id": document.id} for document in documents]
    lexical = BM25Retriever.from_texts(texts, metadatas=ids, preprocess_func=words, k=EACH)
    store = Chroma.from_texts(texts, Embedded(encoder), metadatas=ids, client=client(folder))
    dense = store.as_retriever(search_kwargs={"k": EACH})
    ensemble = EnsembleRetriever(retrievers=[lexical, dense], weights=[0.5, 0.5], id_key="id")

    def found(question: str, limit: int) -> list[tuple[str, float]]:
        hits = ensemble.invoke(question)[:limit]
        return [(str(hit.metadata["id"]), 1 / rank) for rank, hit in enumerate(hits, 1)]

    return found
