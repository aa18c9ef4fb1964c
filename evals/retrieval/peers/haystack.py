"""Haystack's pipeline of `InMemoryBM25Retriever` and `InMemoryEmbeddingRetriever`, joined by `DocumentJoiner`.

As its documentation of hybrid retrieval shows it, joined by reciprocal ranks, on the document store of its examples.
All defaults: its BM25 (BM25L) takes every Chinese character as a word of its own, as the store's documentation says;
it can be given another regular expression, but no function.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from haystack import Document as Held
from haystack import Pipeline, component
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from evals.retrieval.bench import Document
from evals.retrieval.peers.texts import text_of
from evals.retrieval.systems import Search
from knowledge.encoder import Encoder

EACH = 100
"""Documents taken from each of the two retrievers."""

_BATCH = 1024


@component
class Embedded:
    """One of our encoders, as a text embedder of a pipeline."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @component.output_types(embedding=list[float])
    def run(self, text: str) -> dict[str, list[float]]:
        return {"embedding": [float(value) for value in self._encoder.encode_query(text)]}


def build(documents: Sequence[Document], folder: Path, encoder: Encoder) -> Search:  # noqa: ARG001 (keeps no files)
    """Best first, with the joined score."""
    store = InMemoryDocumentStore()
    for at in range(0, len(documents), _BATCH):
        texts = [text_of(document) for document in documents[at : at + _BATCH]]
        vectors = encoder.encode(texts)
        held = zip(documents[at : at + _BATCH], texts, vectors, strict=True)
        store.write_documents(
            [Held(id=document.id, content=text, embedding=[float(x) for x in row]) for document, text, row in held]
        )
    pipeline = _pipeline(store, encoder)

    def found(question: str, limit: int) -> list[tuple[str, float]]:
        asked = {"embedder": {"text": question}, "lexical": {"query": question}, "joiner": {"top_k": limit}}
        hits = pipeline.run(asked)["joiner"]["documents"]
        return [(hit.id, float(hit.score)) for hit in hits]

    return found


def _pipeline(store: InMemoryDocumentStore, encoder: Encoder) -> Pipeline:
    pipeline = Pipeline()
    pipeline.add_component("embedder", Embedded(encoder))
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=EACH))
    pipeline.add_component("lexical", InMemoryBM25Retriever(store, top_k=EACH))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("embedder.embedding", "dense.query_embedding")
    pipeline.connect("dense", "joiner")
    pipeline.connect("lexical", "joiner")
    return pipeline
