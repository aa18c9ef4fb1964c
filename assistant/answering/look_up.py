"""Look-up by title and number: “公务员法第四十五条” needs no search."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.answering.understanding import Reading
from knowledge.clauses import Clause, ClauseRef, Edition, TextKind, Validity
from knowledge.errors import UnknownClause
from knowledge.index import Index

_BEFORE_ARTICLE = re.compile(r"第\s*[0-9０-９零〇○一二两三四五六七八九十百千廿卅]+\s*条")
_TITLE_LIKE = re.compile(r"([\u4e00-\u9fff（）]{1,30}?(?:法|条例|办法|规定|准则|意见|细则|规则|通知))的?$")
_REF = re.compile(r"[a-z0-9][a-z0-9-]*@[0-9][0-9a-z-]*#[0-9][0-9.-]*")
_LONGEST_TITLE = 60
_SPOKEN_OF_WITHIN = 10
"""A clause that speaks of a rule by name is among this many that share words with the name."""


@dataclass(frozen=True, slots=True)
class Found:
    """Clauses that were asked for by name; `missing` names documents or articles that are not held."""

    clauses: tuple[Clause, ...] = ()
    missing_refs: tuple[str, ...] = ()
    missing_titles: tuple[str, ...] = ()
    missing_articles: tuple[tuple[Edition, str], ...] = ()


class LookUp:
    """Finds clauses by their name in an index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def find(self, reading: Reading, as_of: date) -> Found | None:
        """The clauses a question asks for by ref, or by title and number in the edition in force at `as_of`.

        None when it asks for none so.
        """
        refs = [m.group() for m in _REF.finditer(reading.text)]
        if refs:
            return self._by_ref(refs)
        if not reading.articles:
            return None
        titles = reading.titles or self._title_before_article(reading.text)
        if not titles:
            return None
        by_title = {title: self._in_force(title, as_of) for title in titles}
        named = [title for title, edition in by_title.items() if edition is None]
        editions = [edition for edition in by_title.values() if edition is not None]
        clauses: list[Clause] = []
        missing: list[tuple[Edition, str]] = []
        for edition in editions:
            for parts in reading.articles:
                try:
                    clauses.append(self._clause(edition, parts))
                except UnknownClause:
                    missing.append((edition, _article_name(reading.text)))
        return Found(tuple(clauses), (), tuple(named), tuple(missing))

    def not_held(self, reading: Reading) -> tuple[str, ...]:
        """Rules asked for by name that are neither held nor spoken of in any clause."""
        unknown = (name for name in reading.instruments if not self._index.titled(name))
        return tuple(name for name in unknown if not self._spoken_of(name))

    def not_held_titles(self, reading: Reading) -> tuple[str, ...]:
        """Titles in 《》 that are not held, whether or not a clause speaks of them."""
        return tuple(title for title in reading.titles if not self._index.titled(title))

    def _spoken_of(self, name: str) -> bool:
        hits = self._index.lexical(name, _SPOKEN_OF_WITHIN)
        return any(name in clause.text for clause in self._index.clauses([hit.row for hit in hits]))

    def _by_ref(self, refs: list[str]) -> Found:
        clauses, missing = [], []
        for ref in refs:
            try:
                clauses.append(self._index.clause(ClauseRef.parse(ref)))
            except (UnknownClause, ValueError):
                missing.append(ref)
        return Found(tuple(clauses), tuple(missing))

    def _clause(self, edition: Edition, parts: tuple[str, ...]) -> Clause:
        if edition.text_kind is TextKind.DIGEST:
            raise UnknownClause(edition.id)
        return self._index.clause(ClauseRef(edition.id, ".".join(parts)))

    def _in_force(self, title: str, as_of: date) -> Edition | None:
        return next((e for e in self._index.titled(title) if e.in_force.on(as_of) is Validity.IN_FORCE), None)

    def _title_before_article(self, text: str) -> tuple[str, ...]:
        """The title written without 《》 before 第…条: one we hold, else what looks like one; empty for neither."""
        match = _BEFORE_ARTICLE.search(text)
        head = text[: match.start()].rstrip(" 的里中") if match else ""
        lengths = range(min(_LONGEST_TITLE, len(head)), 1, -1)
        held = next((head[-n:] for n in lengths if self._index.titled(head[-n:])), None)
        if held is not None:
            return (held,)
        like = _TITLE_LIKE.search(head)
        return (like[1],) if like else ()


def _article_name(text: str) -> str:
    match = _BEFORE_ARTICLE.search(text)
    return match.group() if match else "该条"
