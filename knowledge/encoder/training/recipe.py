"""The recipe: which pairs, how often, in which of the two stages, for each half of a vector."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from knowledge.encoder import Vectors
from knowledge.encoder.training.field.pairs import field_sources
from knowledge.encoder.training.field.texts import Field, read_field
from knowledge.encoder.training.fit import Draw, Source, Stage, fit
from knowledge.encoder.training.glosses import everyday_words, gloss_vectors, read_entries, read_frequencies
from knowledge.encoder.training.measure import nearest
from knowledge.encoder.training.pairs import (
    ArticlePieces,
    Pair,
    among_strangers,
    cut,
    plain_pairs,
    sentence_pairs,
    title_pairs,
)
from knowledge.encoder.training.pieces import Pieces, pieces_of, train_tokenizer, with_words
from knowledge.encoder.training.sources import (
    Article,
    Question,
    QuestionPassage,
    read_corpus,
    read_law_texts,
    read_passages,
    read_questions,
)
from knowledge.encoder.training.split import is_held_out
from knowledge.encoder.training.table import PieceTable, encoded

log = logging.getLogger(__name__)

HALF = 256
SEEDS = (1, 2)
"""Each half of a vector is trained alone, from a seed of its own: two that err differently find more than one twice as
wide."""
FIRST = Stage(epochs=4, rate=0.2, drop=0.25, seed=1)
SECOND = Stage(epochs=4, rate=0.1, drop=0.45, seed=2)
FIRST_SHARE, SECOND_SHARE = 0.4, 0.12
"""The share of articles that each epoch draws its sentence and title pairs from."""
TIMES = 5
"""How often an epoch repeats the pairs of training questions, which are few."""
QUESTION_BATCH = 512
STRANGERS = 6
"""Articles drawn from all, for each question or answer with its article."""
FIELD_TIMES = 4
"""How often an epoch of either stage repeats the pairs of cadre policy."""
HARD_NEGATIVES, HARD_AMONG = 4, 60


@dataclass(frozen=True, slots=True)
class Texts:
    """All we train on; `questions` are the training ones only."""

    corpus: Sequence[Article]
    laws: Sequence[Article]
    questions: Sequence[Question]
    passages: Sequence[QuestionPassage]
    field: Field


@dataclass(frozen=True, slots=True)
class Asked:
    """A training question and the lawyer's answer as pieces, with the rows of the articles judged to answer it."""

    question: Pieces
    answer: Pieces
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What both halves learn from, as pieces. `whole` are the articles of the bench corpus by row."""

    articles: Sequence[ArticlePieces]
    whole: Sequence[Pieces]
    asked: Sequence[Asked]
    passages: Sequence[Pair]
    field: Sequence[Source]


def read_texts(shared: Path) -> Texts:
    """Everything below the shared folder that may train; this is the one place where questions are kept out."""
    ids, corpus = read_corpus(shared)
    questions = [question for question in read_questions(shared, ids) if not is_held_out(question.text)]
    laws = read_law_texts(shared, corpus)
    return Texts(corpus, laws, questions, read_passages(shared), read_field(shared, [*corpus, *laws]))


def tokenizer_for(texts: Texts) -> Tokenizer:
    """The tokenizer trained on every text once; all words of the field, as far as they are short enough, and everyday
    words are pieces too.
    """
    tokenizer = train_tokenizer(
        [
            *(f"{article.title}\n{article.heading}\n{article.text}" for article in texts.corpus),
            *(article.text for article in texts.laws),
            *(f"{question.text}\n{question.answer}" for question in texts.questions),
            *sorted({pair.passage for pair in texts.passages}),
            *(pair.question for pair in texts.passages),
            *(f"{clause.heading}\n{clause.text}" for clause in texts.field.clauses),
            *(f"{one.question}\n{one.say}\n{'，'.join(one.means)}" for one in texts.field.synonyms),
            *(f"{fact.heading}\n{fact.text}" for fact in texts.field.facts),
        ],
        kept=texts.field.words,
    )
    return with_words(tokenizer, everyday_words(read_entries(), tokenizer.get_vocab(), read_frequencies()))


def glosses_for(tokenizer: Tokenizer) -> Vectors:
    """What a dictionary says of each piece, as `gloss_vectors` gives it; takes minutes."""
    return gloss_vectors(tokenizer.get_vocab(), read_entries())


def train(texts: Texts, tokenizer: Tokenizer, glosses: Vectors) -> Vectors:
    """The rows of all pieces, both halves side by side: (vocabulary, 2 × HALF) float32."""
    drawn = _drawn(texts, tokenizer)
    vocabulary = tokenizer.get_vocab()
    log.info("%d articles, %d questions, %d glosses", len(drawn.articles), len(drawn.asked), int(glosses.any(1).sum()))
    halves = []
    for seed in SEEDS:
        table = PieceTable(vocabulary, HALF, seed, glosses)
        _both_stages(table, drawn, seed)
        halves.append(table.rows())
    return np.concatenate(halves, axis=1)


def _drawn(texts: Texts, tokenizer: Tokenizer) -> Drawn:
    corpus = cut(tokenizer, texts.corpus, first_key=0)
    articles = [*corpus, *cut(tokenizer, texts.laws, first_key=len(corpus))]
    asked = [
        Asked(question, answer, source.articles)
        for question, answer, source in zip(
            pieces_of(tokenizer, [question.text for question in texts.questions]),
            pieces_of(tokenizer, [question.answer for question in texts.questions]),
            texts.questions,
            strict=True,
        )
    ]
    passages = _passage_pairs(tokenizer, texts.passages, first_key=len(articles))
    field = field_sources(tokenizer, texts.field, FIELD_TIMES)
    return Drawn(articles, [article.whole() for article in corpus], asked, passages, field)


def _both_stages(table: PieceTable, drawn: Drawn, seed: int) -> None:
    log.info("half %d, stage 1", seed)
    asked = _asked_sources(drawn, ())
    fit(table, [*_text_sources(drawn, FIRST_SHARE), *asked, *drawn.field], replace(FIRST, seed=FIRST.seed + 10 * seed))
    log.info("half %d, stage 2", seed)
    asked = _asked_sources(drawn, [_hard_pairs(table, drawn.asked, drawn.whole)])
    fit(
        table,
        [*_text_sources(drawn, SECOND_SHARE), *asked, *drawn.field],
        replace(SECOND, seed=SECOND.seed + 10 * seed),
    )


def _text_sources(drawn: Drawn, share: float) -> list[Source]:
    return [
        Source(_sampled(sentence_pairs, drawn.articles, share)),
        Source(_sampled(title_pairs, drawn.articles, share)),
        Source(lambda _: drawn.passages),
    ]


def _asked_sources(drawn: Drawn, hard: Sequence[Draw]) -> list[Source]:
    """Question → article and lawyer's answer → article, both among strangers; question → answer."""
    whole, asked = drawn.whole, drawn.asked
    direct = [pair for one in asked for pair in _question_pairs(one, whole, ())]
    answers = [Pair(one.answer, whole[row], row, frozenset(one.articles)) for one in asked for row in one.articles]
    answers = [pair for pair in answers if len(pair.query)]
    known = [one for one in asked if len(one.answer)]
    first_key = len(drawn.articles) + len(drawn.passages)
    keys = range(first_key, first_key + len(known))
    told = plain_pairs([one.question for one in known], [one.answer for one in known], keys)
    draws = [_strange(draw, whole) for draw in (_always(direct), _always(answers), *hard)]
    return [Source(_repeated(draw, TIMES), QUESTION_BATCH) for draw in (*draws, _always(told))]


def _sampled(
    pairs_of: Callable[[Sequence[ArticlePieces], np.random.Generator], list[Pair]],
    articles: Sequence[ArticlePieces],
    share: float,
) -> Draw:
    return lambda rng: pairs_of([article for article in articles if rng.random() < share], rng)


def _always(pairs: Sequence[Pair]) -> Draw:
    return lambda _: pairs


def _strange(draw: Draw, articles: Sequence[Pieces]) -> Draw:
    return lambda rng: among_strangers(draw(rng), articles, STRANGERS, rng)


def _repeated(draw: Draw, times: int) -> Draw:
    return lambda rng: [pair for _ in range(times) for pair in draw(rng)]


def _passage_pairs(tokenizer: Tokenizer, passages: Sequence[QuestionPassage], first_key: int) -> list[Pair]:
    keys: dict[str, int] = {}
    return plain_pairs(
        pieces_of(tokenizer, [pair.question for pair in passages]),
        pieces_of(tokenizer, [pair.passage for pair in passages]),
        [first_key + keys.setdefault(pair.passage, len(keys)) for pair in passages],
    )


def _question_pairs(one: Asked, whole: Sequence[Pieces], negatives: tuple[tuple[int, Pieces], ...]) -> list[Pair]:
    return [Pair(one.question, whole[row], row, frozenset(one.articles), negatives) for row in one.articles]


def _hard_pairs(table: PieceTable, asked: Sequence[Asked], whole: Sequence[Pieces]) -> Draw:
    """Question → article, with negatives drawn among the wrong articles that `table` now finds first."""
    rows = table.rows()
    found = nearest(encoded(rows, [one.question for one in asked]), encoded(rows, whole), 2 * HARD_AMONG)
    wrong = [
        [row for row in near.tolist() if row not in one.articles][:HARD_AMONG]
        for one, near in zip(asked, found, strict=True)
    ]

    def draw(rng: np.random.Generator) -> list[Pair]:
        pairs: list[Pair] = []
        for one, candidates in zip(asked, wrong, strict=True):
            chosen = rng.choice(candidates, HARD_NEGATIVES, replace=False).tolist()
            pairs += _question_pairs(one, whole, tuple((row, whole[row]) for row in chosen))
        return pairs

    return draw
