"""One filters run: an index of made-up clauses, the product's search under every filter, and the truth beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import cycle, islice
from pathlib import Path
from typing import Any, TypeVar

from assistant.answering.question import ask
from assistant.answering.retrieval import Query, Search, depth, search_over
from assistant.answering.understanding import Understanding
from assistant.settings import Settings
from evals.answers.rows import BUNDLED, Half, read_rows
from evals.counts import Rate, Spread, spread, total
from evals.filters.making import make_library
from evals.filters.spread import FILTERS, Filter
from evals.filters.truth import PASSAGES, Mask, Truth, mask_of, order_of, truth, vectors_of
from evals.readings import Bar, Machine, Reading, this_machine
from knowledge.encoder import Encoder, load_encoder
from knowledge.index import Index, build_index, open_index
from knowledge.library import Library, load_library

CLAUSES = 100_000
LIMIT = Bar(30)
"""Milliseconds of a search over CLAUSES clauses, 95 of 100, at any selectivity; other sizes have no bar."""

_CHECKED = 50
"""Questions of which the results are held against brute force."""

Asked = TypeVar("Asked")
Given = TypeVar("Given")
Texts = tuple[str, ...]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of the whole search, once its scope was asked before and in a new scope, and of its two sides."""

    whole: Spread
    first: Spread
    vectors: Spread
    words: Spread


@dataclass(frozen=True, slots=True)
class Seen:
    """What one filter keeps, how long it took, and how much of what was found is what brute force finds."""

    filter: Filter
    kept: int
    times: Times
    found_right: Rate
    nearest_right: Rate

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.filter.kind,
            "kept": self.kept,
            **{one.name: getattr(self.times, one.name).as_json() for one in fields(self.times)},
            "found_right": self.found_right.as_json(),
            "nearest_right": self.nearest_right.as_json(),
        }


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of the first questions: by the whole search, and by vectors alone."""

    whole: list[list[int]]
    nearest: list[list[int]]


@dataclass(frozen=True)
class Result:
    """The readings that have a bar, and what was seen under every filter."""

    machine: Machine
    clauses: int
    editions: int
    questions: int
    build_s: float
    seen: tuple[Seen, ...]
    readings: tuple[Reading, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "machine": str(self.machine),
            "clauses": self.clauses,
            "editions": self.editions,
            "questions": self.questions,
            "build_s": self.build_s,
            "filters": [one.as_json() for one in self.seen],
            "readings": {reading.name: reading.as_json() for reading in self.readings},
        }


def run(clauses: int, questions: int, scratch: Path, say: Say, filters: Sequence[Filter] = FILTERS) -> Result:
    """Build an index of `clauses` clauses in `scratch` and search it. Raises KnowledgeError."""
    machine = this_machine()
    bundled = load_library()
    texts = questions_of(bundled, questions)
    say(f"造 {clauses:,} 个条款并建索引")
    library, encoder = make_library(bundled, clauses), load_encoder(Settings().encoder)
    began = time.perf_counter()
    build_index(library, encoder, scratch / "index")
    build_s = time.perf_counter() - began
    with open_index(scratch / "index", encoder_identity=encoder.identity) as index:
        search = search_over(index, encoder)
        masks = [mask_of(library, one.scope()) for one in filters]
        warm_up(search, texts)
        searched = []
        for one, mask in zip(filters, masks, strict=True):
            say(f"按{one.kind}限定，保留 {mask.sum():,} 条")
            searched.append(_searched(one, texts, index, encoder, search))
        say("逐条计算，核对结果")
        truths = _truths(texts[:_CHECKED], library, index, encoder)
        rights = _rights([found for _, found in searched], masks, truths)
    kept = [int(mask.sum()) for mask in masks]
    seen = tuple(
        Seen(one, some, times, *right)
        for one, some, (times, _), right in zip(filters, kept, searched, rights, strict=True)
    )
    return Result(machine, clauses, len(library.editions), len(texts), build_s, seen, readings(seen, clauses))


def questions_of(bundled: Library, count: int) -> list[Texts]:
    """`count` questions as the product searches for them, each in one or more wordings; few ones come again."""
    places = frozenset(edition.jurisdiction for edition in bundled.editions.values())
    understanding = Understanding(bundled.vocabulary, places)
    rows = [row for row in read_rows(BUNDLED) if row.answerable and row.half is Half.TUNING]
    return [understanding.read(ask(row.question)).variants for row in islice(cycle(rows), count)]


def warm_up(search: Search, texts: Sequence[Texts]) -> None:
    """Ask a few questions, so that what is read on demand is read."""
    for one in texts[:20]:
        search(Query(one, FILTERS[-1].scope(), PASSAGES))


def _searched(
    one: Filter, texts: Sequence[Texts], index: Index, encoder: Encoder, search: Search
) -> tuple[Times, _Found]:
    scope = one.scope()
    asked = [encoder.encode_query(max(some, key=len)) for some in texts]
    fresh = [Query(some, one.scope(number), PASSAGES) for number, some in enumerate(texts, 1)]
    _, first = _timed(search, fresh)
    passages, whole = _timed(search, [Query(some, scope, PASSAGES) for some in texts])
    near, vectors = _timed(lambda vector: index.nearest(vector, depth(PASSAGES), scope), asked)
    _, words = _timed(lambda some: [index.lexical(text, depth(PASSAGES), scope) for text in some], texts)
    found = _Found(
        [index.rows([passage.clause.ref for passage in some]) for some in passages[:_CHECKED]],
        [[hit.row for hit in hits] for hits in near[:_CHECKED]],
    )
    return Times(whole, first, vectors, words), found


def _timed(work: Callable[[Asked], Given], asked: Iterable[Asked]) -> tuple[list[Given], Spread]:
    """What `work` gives for each, and the milliseconds it takes."""
    given: list[Given] = []
    milliseconds: list[float] = []
    for one in asked:
        began = time.perf_counter()
        given.append(work(one))
        milliseconds.append((time.perf_counter() - began) * 1000)
    return given, spread(milliseconds)


def _truths(texts: Sequence[Texts], library: Library, index: Index, encoder: Encoder) -> Iterator[Truth]:
    vectors = vectors_of(library, encoder)
    order = order_of(index, encoder)
    return (truth(some, index, encoder, vectors, order) for some in texts)


def _rights(found: Sequence[_Found], masks: Sequence[Mask], truths: Iterable[Truth]) -> list[tuple[Rate, Rate]]:
    """For every filter how much of the whole search is right, and how much by vectors alone."""
    rights = [(Rate(0, 0), Rate(0, 0)) for _ in masks]
    for number, true in enumerate(truths):
        for at, (of_filter, mask) in enumerate(zip(found, masks, strict=True)):
            whole = Rate(*true.found_right(of_filter.whole[number], mask))
            nearest = Rate(*true.nearest_right(of_filter.nearest[number], mask))
            rights[at] = (total([rights[at][0], whole]), total([rights[at][1], nearest]))
    return rights


def readings(seen: Sequence[Seen], clauses: int) -> tuple[Reading, ...]:
    """Of every kind of filter the slowest: no selectivity may be over the bar."""
    bar = LIMIT if clauses == CLAUSES else None
    made = []
    for kind, key in (("地区", "place"), ("日期", "date"), ("地区和日期", "both")):
        some = [one for one in seen if one.filter.kind == kind]
        for name, label in (("whole", "范围用过"), ("first", "范围初次使用")):
            slowest = max(some, key=lambda one: getattr(one.times, name).p95 or 0.0, default=None)
            if slowest is None:
                continue
            value = getattr(slowest.times, name).p95
            note = f"最慢的范围保留 {slowest.kept:,} 条"
            made.append(Reading(f"{key}_{name}_p95", f"按{kind}限定，{label}，95% 不超过", value, "毫秒", bar, note))
    return tuple(made)
