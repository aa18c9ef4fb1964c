"""A made-up library of any size, and an encoder that needs no weights."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

import numpy as np

from knowledge.clauses import Clause, ClauseRef, Edition, Gap, Modality, Verified
from knowledge.encoder import Vector, Vectors
from knowledge.library import Library
from knowledge.vocabulary import Vocabulary

LEXICON = ("容错纠错", "先行先试", "交流轮岗", "能上能下")
PLACES = ("全国",) * 60 + ("湖南省",) * 30 + ("衡东县",) * 9 + ("黄石市",)
_SYLLABLES = "干部交流轮岗容错纠错激励担当能上能下任期考核先行先试单位正职副职年限回避组织审批违纪违法免责减责条件程序"


class HashingEncoder:
    """Sums a pseudo-random vector for every character pair; equal texts are equal, similar ones near."""

    def __init__(self, identity: str = "hashing-32", dimensions: int = 32) -> None:
        self.identity = identity
        self.dimensions = dimensions
        self.encoded: list[str] = []
        self._table = np.random.default_rng(7).standard_normal((4096, dimensions), dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vector:
        pairs = [zlib.crc32(text[at : at + 2].encode()) % 4096 for at in range(len(text) - 1)]
        total: Vector = self._table[pairs].sum(axis=0, dtype=np.float32)
        length = np.linalg.norm(total)
        return (total / length).astype(np.float32) if length else total


def edition(number: int) -> Edition:
    """Edition `number`: places as often as in PLACES, in force from 2000 … 2019, one in three ended."""
    start = 2000 + number % 20
    return Edition.model_validate(
        {
            "id": f"rules-{number}@{start}",
            "title": f"第{number}号干部管理规定",
            "short_titles": [f"{number}号规定"],
            "issuer": "组织部",
            "doc_number": None,
            "level": "national",
            "jurisdiction": PLACES[number * 37 % 100],
            "issued": str(start),
            "in_force": {"from": f"{start}-03-01", "until": f"{start + 4}-02-28" if number % 3 == 0 else None},
            "topics": ["rotation"],
            "text_kind": "digest",
            "source": {"title": "汇编"},
            "verified": "seen",
        }
    )


def library(articles: int, *, changed: frozenset[int] = frozenset(), without: frozenset[int] = frozenset()) -> Library:
    """`articles` top-level clauses, five an edition, every fifth with two children; `changed` ones are reworded."""
    editions, clauses = {}, []
    for number in range(articles):
        of = edition(number // 5)
        editions[of.id] = of
        if number not in without:
            clauses += _article(of, number, "（已修改）" if number in changed else "")
    return Library(editions, tuple(clauses), Vocabulary((), (), (), LEXICON))


def _article(of: Edition, number: int, added: str) -> list[Clause]:
    ref = ClauseRef(of.id, str(number % 5 + 1) if number % 5 != 4 else "4-1")
    words = random.Random(number)  # noqa: S311 (made-up text, the same every time)
    text = "".join(words.choices(_SYLLABLES, k=60)) + added
    whole = Clause(
        ref=ref,
        heading=f"第{number}条标题",
        text=text,
        locator=f"第{ref.number}条",
        modality=list(Modality)[number % 5] if number % 2 else None,
        verified=list(Verified)[number % 3],
        gap=list(Gap)[number % 3] if number % 4 == 0 else None,
        topics=("rotation", "tolerance")[: number % 3],
        refers_to=(ClauseRef(of.id, "1"),) if number % 5 else (),
    )
    if number % 5:
        return [whole]
    return [whole, *(_item(whole, item) for item in (1, 2))]


def _item(above: Clause, item: int) -> Clause:
    ref = ClauseRef(above.ref.edition, f"{above.ref.number}.{item}")
    return Clause(ref, f"第{item}项", above.text[item * 10 :], f"{above.locator}第{item}项", headings=(above.heading,))
