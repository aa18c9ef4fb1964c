"""Learn the order of what is found: `python -m knowledge.ranking.train --data ../shared`, after the encoder.

Trains three encoders on two thirds of the training questions each, and writes `weights.json`.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from knowledge.encoder import load_encoder
from knowledge.encoder.encoder import BUILT_IN
from knowledge.encoder.training.recipe import glosses_for, read_texts
from knowledge.library import load_library
from knowledge.ranking.ranking import FEATURES, WEIGHTS, Ranking
from knowledge.ranking.training import FOLDS, Bench, asked_direction, fitted, fold_candidates, scored

log = logging.getLogger(__name__)


def main() -> None:
    """Train, write, and say how well questions are answered that the encoder of their fold had never seen."""
    parser = argparse.ArgumentParser(description="Learn the order of what is found.")
    parser.add_argument("--data", type=Path, required=True, help="the project's shared folder")
    parser.add_argument("--encoder", type=Path, default=BUILT_IN, help="the trained encoder; default: the built-in one")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go; default: the shipped ones")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    texts = read_texts(arguments.data)
    tokenizer = Tokenizer.from_file(str(arguments.encoder / "tokenizer.json"))
    with tempfile.TemporaryDirectory(prefix="cadre-ranking-") as scratch:
        bench = Bench(texts.corpus, load_library().vocabulary.lexicon, Path(scratch))
        glosses = glosses_for(tokenizer)
        candidates = [one for fold in range(FOLDS) for one in fold_candidates(texts, tokenizer, glosses, bench, fold)]
    weights = fitted(candidates)
    log.info("cosine alone: %s", scored(candidates, np.array([1, 0, 0, 0, 0], dtype=np.float32)))
    log.info("weights %s: %s", weights.tolist(), scored(candidates, weights))
    encoder = load_encoder(None if arguments.encoder == BUILT_IN else str(arguments.encoder))
    passages = [article.passage for article in texts.corpus]
    direction, offset = asked_direction(encoder.encode(passages), texts.questions)
    learned = dict(zip(FEATURES, (round(float(weight), 4) for weight in weights[1:]), strict=True))
    rounded = tuple(round(float(number), 4) for number in direction)
    ranking = Ranking(encoder=encoder.identity, direction=rounded, offset=round(offset, 4), **learned)
    arguments.out.write_text(ranking.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
