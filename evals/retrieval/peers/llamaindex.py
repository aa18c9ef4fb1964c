"""LlamaIndex's `QueryFusionRetriever` over its `BM25Retriever` and a vector index in Chroma.

As the documentation of its BM25 retriever shows it (hybrid with Chroma, `num_queries=1`, so that no language model is
asked), joined by reciprocal ranks. The retriever splits by a regular expression, by default into runs of letters: a
whole Chinese clause would be one word. What its users do, jieba's words, is given on both sides: the index as
`existing_bm25`, and a question as words between spaces. A node is a whole document; its id is kept out of its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bm25s
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.core.vector_stores.utils import node_to_metadata_dict
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore

from evals.retrieval.bench import Document
from evals.retrieval.peers.chroma import client
from evals.retrieval.peers.texts import text_of, words
from evals.retrieval.systems import Search
from knowledge.encoder import Encoder

EACH = 100
"""Nodes taken from each of the two retrievers, and from the two together."""


class Embedded(BaseEmbedding):
    """One of our encoders, as LlamaIndex calls it."""

    _encoder: Encoder

    def __init__(self, encoder: Encoder, **settings: Any) -> None:
        super().__init__(model_name=encoder.identity, **settings)
        self._encoder = encoder

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._encoder.encode(texts)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(value) for value in self._encoder.encode_query(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class Worded(BM25Retriever):
    """Its BM25 retriever, which is asked with jieba's words between spaces."""

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return super()._retrieve(QueryBundle(" ".join(words(query_bundle.query_str))))


def build(documents: Sequence[Document], folder: Path, encoder: Encoder) -> Search:
    """Best first, with the joined score."""
    nodes = [
        TextNode(
            id_=document.id,
            text=text_of(document),
            metadata={"id": document.id},  # nodes of equal text and metadata are joined into one
            excluded_embed_metadata_keys=["id"],
        )
        for document in documents
    ]
    store = ChromaVectorStore(chroma_collection=client(folder).create_collection("nodes"))
    embedded = Embedded(encoder, embed_batch_size=256)
    index = VectorStoreIndex(
        nodes,
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=embedded,
        transformations=[embedded],  # none named, it would load its sentence splitter, and that its word lists
    )
    fusion = QueryFusionRetriever(
        [index.as_retriever(similarity_top_k=EACH), _lexical(nodes)],
        llm=MockLLM(),  # never asked; without one it looks for OpenAI's
        mode=FUSION_MODES.RECIPROCAL_RANK,
        similarity_top_k=EACH,
        num_queries=1,
        use_async=False,
    )

    def found(question: str, limit: int) -> list[tuple[str, float]]:
        return [(hit.node.node_id, float(hit.score or 0)) for hit in fusion.retrieve(question)[:limit]]

    return found


def _lexical(nodes: Sequence[TextNode]) -> BM25Retriever:
    corpus = [node_to_metadata_dict(node) | {"node_id": node.node_id} for node in nodes]
    bm25 = bm25s.BM25(corpus=corpus)
    bm25.index([words(node.text) for node in nodes], show_progress=False)
    return Worded(
        existing_bm25=bm25,
        similarity_top_k=min(EACH, len(nodes)),
        skip_stemming=True,
        token_pattern=r"\S+",  # noqa: S106 (a word's pattern, no password)
    )
