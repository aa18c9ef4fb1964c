"""The recipe: which pairs, how often, in which of the two stages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from knowledge.encoder.training.field.pairs import field_sources
from knowledge.encoder.training.field.texts import Field, read_field
from knowledge.encoder.training.fit import Draw, Source, Stage, fit
from knowledge.encoder.training.measure import nearest
from knowledge.encoder.training.pairs import ArticlePieces, Pair, cut, plain_pairs, sentence_pairs, title_pairs
from knowledge.encoder.training.pieces import Pieces, pieces_of, train_tokenizer
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
from knowledge.encoder.training.table import PieceTable, mean_vectors

log = logging.getLogger(__name__)

WIDTH = 512
FIRST = Stage(epochs=4, rate=0.2, drop=0.25, seed=1)
SECOND = Stage(epochs=4, rate=0.1, drop=0.45, seed=2)
FIRST_SHARE, SECOND_SHARE = 0.4, 0.12
"""The share of articles that each epoch draws its sentence and title pairs from."""
FIRST_TIMES, SECOND_TIMES = 5, 5
"""How often an epoch repeats the pairs of training questions, which are few."""
FIRST_BATCH, SECOND_BATCH = 1024, 512
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


def read_texts(shared: Path) -> Texts:
    """Everything below the shared folder that may train; this is the one place where questions are kept out."""
    ids, corpus = read_corpus(shared)
    questions = [question for question in read_questions(shared, ids) if not is_held_out(question.text)]
    laws = read_law_texts(shared, corpus)
    return Texts(corpus, laws, questions, read_passages(shared), read_field(shared, [*corpus, *laws]))


def tokenizer_for(texts: Texts) -> Tokenizer:
    """The tokenizer trained on every text once; all words of the field are pieces, as far as they are short enough."""
    return train_tokenizer(
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


def train(texts: Texts, tokenizer: Tokenizer) -> PieceTable:
    """Both stages."""
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
    whole = [article.whole() for article in corpus]
    passages = _passage_pairs(tokenizer, texts.passages, first_key=len(articles))
    answered = _answer_pairs(asked, whole, first_key=len(articles) + len(passages))
    field = field_sources(tokenizer, texts.field, FIELD_TIMES)
    direct = [pair for one in asked for pair in _question_pairs(one, whole, ())]

    table = PieceTable(tokenizer.get_vocab(), WIDTH, FIRST.seed)
    log.info("stage 1: %d articles, %d questions", len(articles), len(asked))
    first = _sources(articles, passages, [direct, *answered], FIRST_SHARE, FIRST_TIMES, FIRST_BATCH)
    fit(table, [*first, *field], FIRST)
    log.info("stage 2")
    hard = _repeated(_hard_pairs(table, asked, whole), SECOND_TIMES)
    second = _sources(articles, passages, [direct, *answered], SECOND_SHARE, SECOND_TIMES, SECOND_BATCH)
    fit(table, [*second, *field, Source(hard, SECOND_BATCH)], SECOND)
    return table


def _sources(
    articles: Sequence[ArticlePieces],
    passages: Sequence[Pair],
    supervised: Sequence[Sequence[Pair]],
    share: float,
    times: int,
    batch: int,
) -> list[Source]:
    return [
        Source(_sampled(sentence_pairs, articles, share)),
        Source(_sampled(title_pairs, articles, share)),
        Source(lambda _: passages),
        *(Source(_repeated(_always(pairs), times), batch) for pairs in supervised),
    ]


def _sampled(
    pairs_of: Callable[[Sequence[ArticlePieces], np.random.Generator], list[Pair]],
    articles: Sequence[ArticlePieces],
    share: float,
) -> Draw:
    return lambda rng: pairs_of([article for article in articles if rng.random() < share], rng)


def _always(pairs: Sequence[Pair]) -> Draw:
    return lambda _: pairs


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


def _answer_pairs(asked: Sequence[Asked], whole: Sequence[Pieces], first_key: int) -> list[list[Pair]]:
    """Question → lawyer's answer, and lawyer's answer → article."""
    known = [one for one in asked if len(one.answer)]
    keys = range(first_key, first_key + len(known))
    to_answer = plain_pairs([one.question for one in known], [one.answer for one in known], keys)
    to_article = [Pair(one.answer, whole[row], row, frozenset(one.articles)) for one in known for row in one.articles]
    return [to_answer, to_article]


def _hard_pairs(table: PieceTable, asked: Sequence[Asked], whole: Sequence[Pieces]) -> Draw:
    """Question → article, with negatives drawn among the wrong articles that `table` now finds first."""
    with torch.no_grad():
        rows = table.rows()
        queries = torch.nn.functional.normalize(mean_vectors(rows, [one.question for one in asked]), dim=1)
        documents = torch.nn.functional.normalize(mean_vectors(rows, whole), dim=1)
    found = nearest(queries.numpy(), documents.numpy(), 2 * HARD_AMONG)
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
