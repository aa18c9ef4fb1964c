"""Pairs of texts that belong together, as pieces. Fresh random pairs are drawn for every epoch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from knowledge.encoder.training.pieces import Pieces, pieces_of
from knowledge.encoder.training.sources import Article

_SENTENCE_END = re.compile(r"[。；;\n]")
_PHRASE_END = re.compile(r"[，,：:]")
_FEWEST_PIECES = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that belong together.

    `answers` are the keys of all texts known to answer the query, so that none of them counts as its negative;
    `key` is the document's own. Negatives are hard ones, for this query only in name: the batch shares them.
    """

    query: Pieces
    document: Pieces
    key: int
    answers: frozenset[int]
    negatives: tuple[tuple[int, Pieces], ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlePieces:
    """An article cut into sentences of phrases, each phrase as its pieces."""

    key: int
    law: Pieces
    heading: Pieces
    sentences: tuple[tuple[Pieces, ...], ...]

    def whole(self) -> Pieces:
        """The pieces of law name, heading and text: what stands for the article in a search."""
        return joined([self.law, self.heading, *(phrase for sentence in self.sentences for phrase in sentence)])


def joined(parts: Sequence[Pieces]) -> Pieces:
    """Several texts' pieces as one text's."""
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)


def cut(tokenizer: Tokenizer, articles: Sequence[Article], first_key: int) -> list[ArticlePieces]:
    """Every article as pieces; keys count up from `first_key`."""
    flat: list[str] = []
    shapes: list[list[int]] = []
    for article in articles:
        flat += [article.law, article.heading]
        sentences = [
            [phrase for phrase in _PHRASE_END.split(sentence) if phrase.strip()]
            for sentence in _SENTENCE_END.split(article.text)
            if sentence.strip()
        ]
        shapes.append([len(sentence) for sentence in sentences])
        flat += [phrase for sentence in sentences for phrase in sentence]
    pieces = iter(pieces_of(tokenizer, flat))
    return [
        ArticlePieces(
            key, next(pieces), next(pieces), tuple(tuple(next(pieces) for _ in range(length)) for length in shape)
        )
        for key, shape in enumerate(shapes, start=first_key)
    ]


def sentence_pairs(articles: Sequence[ArticlePieces], rng: np.random.Generator) -> list[Pair]:
    """One sentence of each article with the rest of it; half the time the rest carries law and heading."""
    pairs = []
    for article in articles:
        if len(article.sentences) < 2:
            continue
        chosen = int(rng.integers(len(article.sentences)))
        query = joined(article.sentences[chosen])
        rest = [p for i, sentence in enumerate(article.sentences) if i != chosen for p in sentence]
        if rng.random() < 0.5:
            rest = [article.law, article.heading, *rest]
        document = joined(rest)
        if min(len(query), len(document)) >= _FEWEST_PIECES:
            pairs.append(Pair(query, document, article.key, frozenset([article.key])))
    return pairs


def title_pairs(articles: Sequence[ArticlePieces], rng: np.random.Generator) -> list[Pair]:
    """The law's name with one phrase of the article, and the whole article; half the time without that phrase."""
    pairs = []
    for article in articles:
        phrases = [phrase for sentence in article.sentences for phrase in sentence]
        if not phrases:
            continue
        chosen = int(rng.integers(len(phrases)))
        if rng.random() < 0.5 and len(phrases) > 1:
            kept = [phrase for i, phrase in enumerate(phrases) if i != chosen]
        else:
            kept = phrases
        query = joined([article.law, phrases[chosen]])
        document = joined([article.law, article.heading, *kept])
        if min(len(query), len(document)) >= _FEWEST_PIECES:
            pairs.append(Pair(query, document, article.key, frozenset([article.key])))
    return pairs


def plain_pairs(queries: Sequence[Pieces], documents: Sequence[Pieces], keys: Sequence[int]) -> list[Pair]:
    """Query i with document i; documents with one key are one text."""
    return [
        Pair(query, document, key, frozenset([key]))
        for query, document, key in zip(queries, documents, keys, strict=True)
        if len(query) and len(document)
    ]


def among_strangers(
    pairs: Sequence[Pair], articles: Sequence[Pieces], count: int, rng: np.random.Generator
) -> list[Pair]:
    """The same pairs, each with `count` articles drawn from all as further negatives.

    The other answers of a batch are all articles that somebody asked for; against strangers it is learned what people
    ask for at all. `articles` are by key, so an article that answers is masked.
    """
    drawn = rng.integers(0, len(articles), (len(pairs), count)).tolist()
    return [
        replace(pair, negatives=(*pair.negatives, *((row, articles[row]) for row in rows)))
        for pair, rows in zip(pairs, drawn, strict=True)
    ]


def thinned(pieces: Pieces, share: float, rng: np.random.Generator) -> Pieces:
    """The pieces without a random `share` of them, never empty: so that no single piece carries a text."""
    kept: npt.NDArray[np.bool_] = rng.random(len(pieces)) >= share
    return pieces[kept] if kept.any() else pieces
