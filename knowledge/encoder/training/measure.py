"""How well vectors find the articles that answer a question.

`python -m knowledge.encoder.training.measure --data ../shared` measures the shipped weights, through the product's
own loader, on the questions kept out of training.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.encoder import Encoder, Vectors, load_encoder
from knowledge.encoder.training.sources import read_corpus, read_questions
from knowledge.encoder.training.split import is_held_out

log = logging.getLogger(__name__)

Rows = npt.NDArray[np.int64]
"""(questions, k) rows of the corpus, nearest first."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over `questions`, each in 0…1, higher is better.

    Recall is the share of a question's judged articles among the first k; MRR@10 one over the rank of the first.
    """

    questions: int
    recall_10: float
    recall_100: float
    mrr_10: float

    def __str__(self) -> str:
        return (
            f"Recall@10 {self.recall_10:.3f}, Recall@100 {self.recall_100:.3f}, "
            f"MRR@10 {self.mrr_10:.3f} ({self.questions} questions)"
        )


def nearest(queries: Vectors, documents: Vectors, k: int) -> Rows:
    """For each query the k rows of `documents` with the greatest inner products, best first."""
    scores = queries @ documents.T
    top = np.argpartition(-scores, k, axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1).astype(np.int64)


def figures(found: Rows, judged: Sequence[Sequence[int]]) -> Figures:
    """Score `found`, at least 100 rows for each question, against the judged rows of each."""
    recall_10, recall_100, reciprocal = [], [], []
    for row, right in zip(found, judged, strict=True):
        hits = np.isin(row[:100], np.asarray(right))
        recall_10.append(hits[:10].sum() / len(right))
        recall_100.append(hits.sum() / len(right))
        first = np.flatnonzero(hits[:10])
        reciprocal.append(1 / (first[0] + 1) if len(first) else 0.0)
    return Figures(len(judged), *(float(np.mean(values)) for values in (recall_10, recall_100, reciprocal)))


def measure(encoder: Encoder, shared: Path) -> Figures:
    """The encoder's figures on the held-out questions over all articles as law name, heading and text."""
    ids, corpus = read_corpus(shared)
    questions = [question for question in read_questions(shared, ids) if is_held_out(question.text)]
    documents = encoder.encode([article.passage for article in corpus])
    queries = np.vstack([encoder.encode_query(question.text) for question in questions])
    return figures(nearest(queries, documents, 100), [question.articles for question in questions])


def main() -> None:
    """Measure what `--encoder` names, the built-in encoder by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the project's shared folder")
    parser.add_argument("--encoder", default=None, help="a sentence-transformers model; default: the built-in one")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    encoder = load_encoder(arguments.encoder)
    log.info("%s: %s", encoder.identity, measure(encoder, arguments.data))


if __name__ == "__main__":
    main()
