"""Rankings → recall, reciprocal rank and gain, averaged over the questions, by ir-measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures

_MEASURES = {
    "recall@1": ir_measures.R @ 1,
    "recall@5": ir_measures.R @ 5,
    "recall@10": ir_measures.R @ 10,
    "recall@100": ir_measures.R @ 100,
    "mrr@10": ir_measures.RR @ 10,
    "ndcg@10": ir_measures.nDCG @ 10,
}


def measured(judged: Mapping[str, Mapping[str, int]], ranked: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Each measure between 0 and 1, higher is better; `ranked` holds document ids, best first.

    The order counts, not the scores: ties in a score are never broken here. A question without a ranking counts as 0.
    """
    qrels = {query: dict(grades) for query, grades in judged.items()}
    run = {query: _descending(ranked.get(query, ())) for query in judged}
    values = ir_measures.calc_aggregate(list(_MEASURES.values()), qrels, run)
    return {name: float(values[measure]) for name, measure in _MEASURES.items()}


def _descending(ids: Sequence[str]) -> dict[str, float]:
    if len(set(ids)) != len(ids):
        raise ValueError("a document is ranked twice")
    return {id_: float(len(ids) - rank) for rank, id_ in enumerate(ids)}
