"""A library of any size, its clauses made of the sentences of the bundled documents: the same ones every time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from evals.filters.spread import Slot, slots
from knowledge.clauses import Clause, ClauseRef, Edition, Level, Source, TextKind, Verified
from knowledge.library import Library

_SEED = "cadre-filters-1"
_NUMBER = re.compile(r"\d+")
_BORROWED = 0.5
"""How often a clause ends with a sentence of another one."""


def make_library(bundled: Library, clauses: int) -> Library:
    """`clauses` clauses in many editions (see spread), worded as those of `bundled`, with its vocabulary, no rules."""
    chance = Random(_SEED)  # noqa: S311 (made-up documents, not a secret)
    editions: dict[str, Edition] = {}
    made: list[Clause] = []
    for number, slot in enumerate(slots(clauses, _SEED)):
        edition = _edition(number, slot, chance.choice(bundled.clauses).topics)
        editions[edition.id] = edition
        made += _clauses(edition, slot.clauses, bundled.clauses, chance)
    return Library(editions, tuple(made), bundled.vocabulary)


def _edition(number: int, slot: Slot, topics: tuple[str, ...]) -> Edition:
    return Edition(
        id=f"made-{number:05d}@{slot.in_force.from_.year}",
        title=f"{slot.place}干部工作办法第{number + 1}号",
        issuer="未载明",
        doc_number=None,
        level=Level.COUNTY,
        jurisdiction=slot.place,
        issued=str(slot.in_force.from_.year),
        in_force=slot.in_force,
        topics=topics or ("selection",),
        text_kind=TextKind.ORIGINAL,
        source=Source(title="filters evaluation"),
        verified=Verified.SEEN,
    )


def _clauses(edition: Edition, count: int, models: Sequence[Clause], chance: Random) -> Iterator[Clause]:
    for number in range(1, count + 1):
        model, other = chance.choice(models), chance.choice(models)
        text = _reworded(model.text, other.text, chance)
        heading = f"{model.heading}" if chance.random() < 0.5 else f"{model.heading}和{other.heading}"
        yield Clause(
            ref=ClauseRef(edition.id, str(number)),
            heading=heading,
            text=text,
            locator=f"第{number}条",
            topics=model.topics,
            headings=model.headings,
        )


def _reworded(text: str, other: str, chance: Random) -> str:
    """Some of the sentences of `text`, perhaps one of `other`, with numbers by chance."""
    sentences = _sentences(text)
    kept = sorted(chance.sample(range(len(sentences)), chance.randint((len(sentences) + 1) // 2, len(sentences))))
    parts = [sentences[at] for at in kept]
    if chance.random() < _BORROWED:
        parts.append(chance.choice(_sentences(other)))
    return _NUMBER.sub(lambda found: str(chance.randint(1, 10 ** len(found[0]))), "".join(parts))


def _sentences(text: str) -> list[str]:
    return [f"{sentence}。" for sentence in text.replace("\n", "").split("。") if sentence] or [text]
