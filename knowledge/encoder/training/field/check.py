"""What an encoder knows of the field: measured on the synonyms that train in no form.

`python -m knowledge.encoder.training.field.check` checks the shipped weights.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass

import numpy as np

from knowledge.encoder import Encoder, load_encoder
from knowledge.encoder.training.field.texts import answers, place_of
from knowledge.encoder.training.split import is_field_held_out
from knowledge.index.passage import passage_text
from knowledge.library import load_library
from knowledge.vocabulary import Synonym

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """Shares of the `questions`, and mean cosines over `words` pairs; higher is better but for `apart`.

    `first_3`: a clause of the place named, holding a standard term, is among the first 3 of that place's clauses;
    `same`: what people say and the standard term; `apart`: the same words, each with the terms of all other entries;
    `nearer`: the share of words nearer to their own term than to nine in ten of the others.
    """

    questions: int
    first_3: float
    first_10: float
    words: int
    same: float
    apart: float
    nearer: float

    def __str__(self) -> str:
        return (
            f"first 3 {self.first_3:.3f}, first 10 {self.first_10:.3f} ({self.questions} questions); "
            f"cosine {self.same:.3f} against {self.apart:.3f}, nearer {self.nearer:.3f} ({self.words} words)"
        )


def check(encoder: Encoder, trained: bool = False) -> FieldFigures:
    """The encoder's figures on the synonyms held out, or on those it was trained on."""
    library = load_library()
    chosen = [one for one in library.vocabulary.synonyms if is_field_held_out(one.say) is not trained]
    clauses = [passage_text(clause, library.editions[clause.ref.edition]) for clause in library.clauses]
    vectors = encoder.encode(clauses)
    places = np.array([library.editions[clause.ref.edition].jurisdiction for clause in library.clauses])
    ranks = []
    for one in chosen:
        right = answers(one, library)
        place = place_of(one.question, library.vocabulary.jurisdictions)
        if right:
            scores = vectors @ encoder.encode_query(one.question)
            if place is not None:
                scores[places != place] = -np.inf
            ranks.append(int((scores > scores[list(right)].max()).sum()))
    same, apart, nearer = _words(encoder, chosen)
    best = np.array(ranks)
    return FieldFigures(
        len(best), float((best < 3).mean()), float((best < 10).mean()), len(chosen), same, apart, nearer
    )


def _words(encoder: Encoder, synonyms: list[Synonym]) -> tuple[float, float, float]:
    terms = sorted({term for one in synonyms for term in one.means})
    cosines = encoder.encode([one.say for one in synonyms]) @ encoder.encode(terms).T
    own = np.array([[term in one.means for term in terms] for one in synonyms])
    best = np.where(own, cosines, -np.inf).max(axis=1)
    others = [np.quantile(row[~mine], 0.9) for row, mine in zip(cosines, own, strict=True)]
    return float(cosines[own].mean()), float(cosines[~own].mean()), float((best > np.array(others)).mean())


def main() -> None:
    """Check what `--encoder` names, the built-in encoder by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", default=None, help="a sentence-transformers model; default: the built-in one")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    encoder = load_encoder(arguments.encoder)
    log.info("%s, held out: %s", encoder.identity, check(encoder))
    log.info("%s, trained: %s", encoder.identity, check(encoder, trained=True))


if __name__ == "__main__":
    main()
