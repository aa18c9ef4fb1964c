"""What people are told that systems and measures are called."""

from __future__ import annotations

from evals.retrieval.peers.named import PEERS

_OWN = {"ours": "本产品的检索", "encoder": "只用句向量", "bm25": "只用词语匹配（BM25）"}
_LIBRARY = {"langchain": "LangChain", "llamaindex": "LlamaIndex", "txtai": "txtai", "haystack": "Haystack"}

QUALITY = {
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "recall@100": "R@100",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
}
"""Measures between 0 and 1, higher is better."""

COST = {
    "p50_ms": "中位毫秒",
    "p95_ms": "95% 毫秒",
    "build_s": "建索引秒",
    "peak_mb": "峰值 MB",
}
"""Measures of which less is better, short enough for ten columns side by side."""


def called(system: str) -> str:
    """`LangChain + MiniLM` for "langchain-minilm"; a name that is not known stays as it is."""
    if system not in PEERS:
        return _OWN.get(system, system)
    return f"{_LIBRARY[PEERS[system].module]} + {'MiniLM' if PEERS[system].minilm else '内置编码器'}"
