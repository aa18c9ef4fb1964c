"""Train the built-in encoder: `python -m knowledge.encoder.train --data ../shared`, with the `train` extra installed.

Two halves of a vector, each in two stages. The first learns from all pairs of texts that belong together; the second,
from there, adds for each training question hard negatives: articles the first stage takes for answers though they are
none. Seeded; the questions and synonyms kept out by `training.split` appear in no form. The recipe and its figures:
`weights/README.md`.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from knowledge.encoder import load_encoder
from knowledge.encoder.encoder import BUILT_IN
from knowledge.encoder.training.field.check import check
from knowledge.encoder.training.measure import measure
from knowledge.encoder.training.recipe import glosses_for, read_texts, tokenizer_for, train
from knowledge.encoder.training.weights import write_model

log = logging.getLogger(__name__)


def main() -> None:
    """Train, write, and measure what was written."""
    parser = argparse.ArgumentParser(description="Train the built-in encoder.")
    parser.add_argument("--data", type=Path, required=True, help="the project's shared folder")
    parser.add_argument("--out", type=Path, default=BUILT_IN, help="where the model goes; default: the shipped one")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    texts = read_texts(arguments.data)
    tokenizer = tokenizer_for(texts)
    log.info("tokenizer: %d pieces", tokenizer.get_vocab_size())
    write_model(arguments.out, tokenizer, train(texts, tokenizer, glosses_for(tokenizer)))
    encoder = load_encoder(str(arguments.out))
    log.info("%s: %s", encoder.identity, measure(encoder, arguments.data))
    log.info("the field: %s", check(encoder))


if __name__ == "__main__":
    main()
