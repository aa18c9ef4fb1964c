"""The lexical index: BM25 over words and character bigrams, in tantivy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tantivy import Document, Index, Occur, Query, Schema, SchemaBuilder, Searcher

from knowledge.clauses import Clause, Edition
from knowledge.index.scope import ANYWHERE, Coverage, Hit, Kept, Scope, within
from knowledge.index.tokens import Tokenizer

LONGEST_QUESTION = 4_000
"""Characters of a question that are looked at."""

MOST_TERMS = 40
"""Terms of a question that are searched for, the rarest: common ones cost most and tell least."""

WORD_FIELDS: Mapping[str, float] = {"words": 1.0, "heading_words": 0.5, "title_words": 0.5}
BIGRAM_FIELDS: Mapping[str, float] = {"bigrams": 0.5, "heading_bigrams": 0.25}
"""Field → its weight; on 412 questions of shared/bench/statutes heavier headings cost Recall@10.

`words` and `bigrams` hold headings and text, so that a word in a heading counts there too.
"""

_OVER_FETCHED = 4
"""Hits are over-fetched when a scope keeps at least 1 in 4."""


def write_lexical(
    folder: Path, clauses: Iterable[Clause], editions: Mapping[str, Edition], tokenizer: Tokenizer
) -> None:
    """Index clauses in `folder`, rows numbered in their order; one writer thread, so equal input gives equal ranks."""
    folder.mkdir()
    schema = _schema()
    writer = Index(schema, path=str(folder)).writer(heap_size=256_000_000, num_threads=1)
    numbers = {edition: number for number, edition in enumerate(editions)}
    titles = {
        edition.id: " ".join(tokenizer.words(" ".join((edition.title, *edition.short_titles))))
        for edition in editions.values()
    }
    for row, clause in enumerate(clauses):
        heading = "\n".join((*clause.headings, clause.heading))
        heading_words, heading_bigrams = tokenizer.terms(heading)
        words, bigrams = tokenizer.terms(clause.text)
        document = Document()
        document.add_unsigned("row", row)
        document.add_unsigned("edition", numbers[clause.ref.edition])
        document.add_text("words", " ".join(heading_words + words))
        document.add_text("bigrams", " ".join(heading_bigrams + bigrams))
        document.add_text("heading_words", " ".join(heading_words))
        document.add_text("heading_bigrams", " ".join(heading_bigrams))
        document.add_text("title_words", titles[clause.ref.edition])
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> Schema:
    builder = SchemaBuilder()
    for field in (*WORD_FIELDS, *BIGRAM_FIELDS):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("row", fast=True)
    builder.add_unsigned_field("edition", indexed=True)
    return builder.build()


class LexicalIndex:
    """Searches one lexical index; safe for concurrent threads.

    Queries are built from terms: text of a user never reaches tantivy's query parser, so it has no syntax.
    """

    def __init__(self, folder: Path, tokenizer: Tokenizer, coverage: Coverage) -> None:
        """Raises ValueError when `folder` holds no index."""
        index = Index.open(str(folder))
        self._schema: Schema = index.schema
        self._searcher: Searcher = index.searcher()
        self._tokenizer = tokenizer
        self._coverage = coverage

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, text: str, limit: int, scope: Scope = ANYWHERE) -> list[Hit]:
        """The clauses sharing the weightiest terms with `text`, best first; scores are sums of BM25, above 0.

        A scope that keeps few is applied inside tantivy, by edition; of a wide one more hits are taken and those
        outside left out. Over 100,000 clauses the first takes 0.7 ms when a hundredth is kept, 1.7 when a third and
        3.3 when nearly all; the second 1.7, when a thirtieth is kept, 0.9 and 0.8.
        """
        terms = self._terms(text)
        kept = self._coverage.kept(scope)
        if not terms or limit <= 0 or not len(kept.rows):
            return []
        if len(kept.rows) * _OVER_FETCHED >= len(self):
            fetched = limit if kept.everything else 3 * limit * len(self) // (2 * len(kept.rows)) + 16
            found = self._hits(Query.boolean_query(terms), fetched)
            hits = within(found, kept, limit)
            if len(hits) == limit or len(found) < fetched:
                return hits
        return self._hits(self._restricted(terms, kept), limit)

    def _hits(self, query: Query, limit: int) -> list[Hit]:
        found = self._searcher.search(query, limit, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in found])
        return [Hit(int(row or 0), float(score)) for row, (score, _) in zip(rows, found, strict=True)]

    def _restricted(self, terms: list[tuple[Occur, Query]], kept: Kept) -> Query:
        editions = Query.term_set_query(self._schema, "edition", list(kept.editions))
        any_term = Query.boolean_query(terms)
        return Query.boolean_query([(Occur.Must, any_term), (Occur.Must, Query.const_score_query(editions, 0.0))])

    def _terms(self, text: str) -> list[tuple[Occur, Query]]:
        """A term query for every field of the question's rarest words and bigrams that occur at all."""
        words, bigrams = self._tokenizer.terms(text[:LONGEST_QUESTION])
        asked = {("words", word) for word in words} | {("bigrams", pair) for pair in bigrams}
        counted = [(self._frequency(field, term), field, term) for field, term in asked]
        rarest = sorted(entry for entry in counted if entry[0])[:MOST_TERMS]
        return [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, name, term, "freq"), weight))
            for _, field, term in rarest
            for name, weight in (WORD_FIELDS if field == "words" else BIGRAM_FIELDS).items()
        ]

    def _frequency(self, field: str, term: str) -> int:
        try:
            return int(self._searcher.doc_freq(field, term))
        except ValueError:  # a lone surrogate is no text to tantivy
            return 0
