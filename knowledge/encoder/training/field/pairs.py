"""Pairs of the field. All keys are the field's own, so its batches hold nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, pairwise

import numpy as np
from tokenizers import Tokenizer

from knowledge.encoder.training.field.texts import Fact, Field, sentences_of
from knowledge.encoder.training.fit import Source
from knowledge.encoder.training.pairs import ArticlePieces, Pair, cut, joined, sentence_pairs, title_pairs
from knowledge.encoder.training.pieces import pieces_of
from knowledge.vocabulary import Synonym

BATCH = 512
_FEWEST_PIECES = 2

Texts = tuple[str, str]
"""A query and the text that belongs to it."""


def field_sources(tokenizer: Tokenizer, field: Field, times: int) -> list[Source]:
    """All pairs of the field, `times` over in each epoch; laws about officials come on top of their turn as laws."""
    clauses = cut(tokenizer, field.clauses, first_key=0)
    laws = cut(tokenizer, field.laws, first_key=0)
    words = paired(tokenizer, word_pairs(field.synonyms))
    questions = paired(tokenizer, ((one.question, "，".join(one.means)) for one in field.synonyms))
    facts = paired(tokenizer, fact_pairs(field.facts))
    headed = paired(tokenizer, ((pair.heading, pair.text) for pair in field.clauses))
    asked = [
        (pieces, field.answers[one.question])
        for one, pieces in zip(
            field.synonyms, pieces_of(tokenizer, [one.question for one in field.synonyms]), strict=True
        )
        if field.answers[one.question]
    ]
    whole = [clause.whole() for clause in clauses]

    def answered(rng: np.random.Generator) -> list[Pair]:
        drawn = [(question, int(rng.choice(rows)), rows) for question, rows in asked]
        return [Pair(question, whole[row], row, frozenset(rows)) for question, row, rows in drawn]

    def of_clauses(rng: np.random.Generator) -> list[Pair]:
        return [*headed_pairs(clauses, rng), *sentence_pairs(clauses, rng)]

    def of_laws(rng: np.random.Generator) -> list[Pair]:
        return [*sentence_pairs(laws, rng), *title_pairs(laws, rng)]

    draws: list[Callable[[np.random.Generator], Sequence[Pair]]] = [
        lambda _: words,
        lambda _: questions,
        lambda _: facts,
        lambda _: headed,
        answered,
        of_clauses,
    ]
    return [*(Source(_repeated(draw, times), BATCH) for draw in draws), Source(of_laws, BATCH)]


def word_pairs(synonyms: Sequence[Synonym]) -> Iterator[Texts]:
    """What people say and the standard term, both ways round."""
    for one in synonyms:
        for term in one.means:
            yield one.say, term
            yield term, one.say


def fact_pairs(facts: Sequence[Fact]) -> Iterator[Texts]:
    """Title and heading, or a label, with the line; a sentence with the next one, also across lines of one heading."""
    for fact in facts:
        yield f"{fact.title}，{fact.heading}", fact.text
        for label in fact.labels:
            yield label, fact.text.replace(label, "", 1)
        yield from pairwise(sentences_of(fact.text))
    for first, second in pairwise(facts):
        if (first.title, first.heading) == (second.title, second.heading):
            yield first.text, second.text


def headed_pairs(clauses: Sequence[ArticlePieces], rng: np.random.Generator) -> list[Pair]:
    """One sentence of each clause with its headings."""
    pairs = []
    for clause in clauses:
        if clause.sentences and len(clause.heading):
            sentence = joined(clause.sentences[int(rng.integers(len(clause.sentences)))])
            if len(sentence) >= _FEWEST_PIECES:
                pairs.append(Pair(sentence, clause.heading, clause.key, frozenset([clause.key])))
    return pairs


def paired(tokenizer: Tokenizer, texts: Iterable[Texts]) -> list[Pair]:
    """Texts as pairs. Whatever else belongs to the same query is an answer to it too."""
    every = [(query, document) for query, document in dict.fromkeys(texts) if query and document]
    fresh = count()
    keys: dict[str, int] = {}
    known: dict[str, set[int]] = {}
    for query, document in every:
        key = keys[document] if document in keys else keys.setdefault(document, next(fresh))
        known.setdefault(query, set()).add(key)
    queries = pieces_of(tokenizer, [query for query, _ in every])
    documents = pieces_of(tokenizer, [document for _, document in every])
    return [
        Pair(left, right, keys[document], frozenset(known[query]))
        for (query, document), left, right in zip(every, queries, documents, strict=True)
        if len(left) and len(right)
    ]


def _repeated(
    draw: Callable[[np.random.Generator], Sequence[Pair]], times: int
) -> Callable[[np.random.Generator], list[Pair]]:
    return lambda rng: [pair for _ in range(times) for pair in draw(rng)]
