"""All knowledge of a deployment: editions, their clauses and the vocabulary, loaded and validated together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from knowledge.clauses import Clause, ClauseRef, Edition
from knowledge.errors import Fault, FaultyLibrary, UnknownClause
from knowledge.markdown import ReadEdition, read_edition
from knowledge.rules import Rules, load_rules
from knowledge.vocabulary import Vocabulary, load_vocabulary

BUNDLED = Path(__file__).parent
"""The folder with the documents and vocabulary this repository ships."""


@dataclass(frozen=True)
class Library:
    """Editions by id, clauses in reading order, the vocabulary, and the rules; free of faults by construction."""

    editions: dict[str, Edition]
    clauses: tuple[Clause, ...]
    vocabulary: Vocabulary
    rules: Rules = field(default_factory=lambda: Rules({}, {}, {}))

    @cached_property
    def by_ref(self) -> dict[ClauseRef, Clause]:
        return {clause.ref: clause for clause in self.clauses}

    def clause(self, ref: ClauseRef) -> Clause:
        """Raises UnknownClause."""
        try:
            return self.by_ref[ref]
        except KeyError:
            raise UnknownClause(str(ref)) from None

    @cached_property
    def fingerprint(self) -> str:
        """Hash of every edition, clause and word: equal for equal knowledge. The rules have their own."""
        digest = hashlib.sha256()
        for edition in sorted(self.editions.values(), key=lambda e: e.id):
            digest.update(edition.model_dump_json(by_alias=True).encode())
        for clause in self.clauses:
            digest.update(repr(clause).encode())
        digest.update(repr(self.vocabulary).encode())
        return digest.hexdigest()


def load_library(
    documents: Sequence[Path] = (),
    vocabulary: Path = BUNDLED / "vocabulary",
    mechanisms: Path = BUNDLED / "mechanisms",
) -> Library:
    """Load the bundled documents and those of further folders, the vocabulary and the rules.

    Raises FaultyLibrary with every fault of every file.
    """
    words, faults = load_vocabulary(vocabulary)
    files = [file for folder in (BUNDLED / "documents", *documents) for file in sorted(folder.glob("*.md"))]
    faults += [Fault(folder, 0, "文件夹不存在") for folder in documents if not folder.is_dir()]
    read = [read_edition(file) for file in files]
    for one in read:
        faults += one.faults
    faults += _across(read, words)
    editions = {one.edition.id: one.edition for one in read if one.edition}
    clauses = tuple(clause for one in read if one.edition for clause in one.clauses)
    by_ref = {clause.ref: clause for clause in clauses}
    rules, wrong = load_rules(mechanisms, vocabulary / "facts.yaml", by_ref, editions, words)
    if faults + wrong:
        raise FaultyLibrary(faults + wrong)
    return Library(editions, clauses, words, rules)


def _across(read: Iterable[ReadEdition], vocabulary: Vocabulary) -> list[Fault]:
    """Faults that show only between files: unknown places, topics, refs, the same edition twice, overlaps."""
    read = list(read)
    faults: list[Fault] = []
    places = {place.name: place for place in vocabulary.jurisdictions}
    topics = {topic.id for topic in vocabulary.topics}
    refs = {clause.ref for one in read for clause in one.clauses}
    by_id: dict[str, ReadEdition] = {}
    for one in read:
        if one.edition is None:
            continue
        edition = one.edition
        if edition.id in by_id:
            faults.append(Fault(one.file, 1, f"版本 {edition.id} 已在 {by_id[edition.id].file} 中"))
        by_id[edition.id] = one
        place = places.get(edition.jurisdiction)
        if place is None:
            faults.append(Fault(one.file, 1, f"地区“{edition.jurisdiction}”不在 jurisdictions.yaml 中"))
        elif place.level is not edition.level:
            faults.append(Fault(one.file, 1, f"级别 {edition.level} 与“{place.name}”的级别 {place.level} 不符"))
        for topic in set(edition.topics) - topics:
            faults.append(Fault(one.file, 1, f"主题“{topic}”不在 topics.yaml 中"))
        for clause in one.clauses:
            line = one.lines[clause.ref]
            for topic in set(clause.topics) - topics - set(edition.topics):
                faults.append(Fault(one.file, line, f"{clause.ref.number} 的主题“{topic}”不在 topics.yaml 中"))
            for ref in clause.refers_to:
                if ref not in refs:
                    faults.append(Fault(one.file, line, f"{clause.ref.number} 引用了不存在的条款 {ref}"))
    faults += _editions_fit(by_id)
    return faults


def _editions_fit(by_id: dict[str, ReadEdition]) -> list[Fault]:
    """Named editions exist; two editions of one document are never in force on the same day."""
    faults: list[Fault] = []
    editions = [(one.file, one.edition) for one in by_id.values() if one.edition]
    for file, edition in editions:
        for other in (edition.replaced_by, *edition.implements):
            if other is not None and other not in by_id:
                faults.append(Fault(file, 1, f"提到的版本 {other} 不存在"))
    ordered = sorted(editions, key=lambda pair: (pair[1].document, pair[1].in_force.from_))
    for (_, before), (file, after) in pairwise(ordered):
        if before.document != after.document:
            continue
        until = before.in_force.until
        if until is None or until >= after.in_force.from_:
            faults.append(Fault(file, 1, f"与 {before.id} 的施行时间重叠"))
    return faults
