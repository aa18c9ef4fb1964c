"""What is measured: the product's search over a real index generation, each of its two sides alone, and the peers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from assistant.answering.retrieval import Query, search_over
from assistant.settings import Settings
from evals.progress import counted
from evals.retrieval.bench import Document
from evals.retrieval.peers.named import build_of_peer
from knowledge.clauses import Clause, ClauseRef, Edition, InForce, Level, Source, TextKind, Verified
from knowledge.encoder import load_encoder
from knowledge.index import ANYWHERE, build_index, open_index, passage_text
from knowledge.index.lexical import LexicalIndex, write_lexical
from knowledge.index.scope import Coverage
from knowledge.index.tokens import Tokenizer
from knowledge.library import BUNDLED, Library
from knowledge.vocabulary import load_vocabulary

Search = Callable[[str, int], list[tuple[str, float]]]
"""`(question, limit)` → ids of documents and their scores, best first."""

Build = Callable[[Sequence[Document], Path], Search]
"""`(documents, an empty folder)` → a search over them."""

_BATCH = 1024
_EDITION = Edition(
    id="bench@2000",
    title="——",  # no word: what an edition's title adds to its clauses must not be the same for all of them
    issuer="未载明",
    doc_number=None,
    level=Level.NATIONAL,
    jurisdiction="中央",
    issued="2000",
    in_force=InForce.model_validate({"from": date(2000, 1, 1)}),
    topics=("supervision",),
    text_kind=TextKind.ORIGINAL,
    source=Source(title="retrieval bench"),
    verified=Verified.SEEN,
)


def clauses_of(documents: Sequence[Document]) -> tuple[Clause, ...]:
    """One clause a document, numbered from 1 in their order, all in one edition; its title is a heading above it."""
    return tuple(
        Clause(
            ref=ClauseRef(_EDITION.id, str(number)),
            heading=document.heading or document.title,
            text=document.text,
            locator=document.title or document.id,
            headings=(document.title,) if document.title and document.heading else (),
        )
        for number, document in enumerate(documents, 1)
    )


def ours(documents: Sequence[Document], folder: Path) -> Search:
    """What the product does: an index generation built and opened, then its blended search."""
    encoder = load_encoder(Settings().encoder)
    build_index(_library(documents), encoder, folder)
    search = search_over(open_index(folder, encoder_identity=encoder.identity), encoder)
    ids = [document.id for document in documents]

    def found(question: str, limit: int) -> list[tuple[str, float]]:
        passages = search(Query((question,), ANYWHERE, limit))
        return [(ids[int(passage.clause.ref.number) - 1], passage.score) for passage in passages]

    return found


def encoder_alone(documents: Sequence[Document], folder: Path) -> Search:  # noqa: ARG001 (a Build; keeps no files)
    """Cosine similarity of question and passage, every passage compared."""
    encoder = load_encoder(Settings().encoder)
    passages = [passage_text(clause, _EDITION) for clause in clauses_of(documents)]
    vectors = np.empty((len(passages), encoder.dimensions), dtype=np.float32)
    starts = range(0, len(passages), _BATCH)
    for at in counted(starts, len(starts), "encoder：编码"):
        vectors[at : at + _BATCH] = encoder.encode(passages[at : at + _BATCH])
    ids = [document.id for document in documents]

    def found(question: str, limit: int) -> list[tuple[str, float]]:
        scores = vectors @ encoder.encode_query(question)
        return [(ids[row], float(scores[row])) for row in np.argsort(-scores, kind="stable")[:limit]]

    return found


def lexical_alone(documents: Sequence[Document], folder: Path) -> Search:
    """Our BM25 over words and character bigrams."""
    library = _library(documents)
    tokenizer = Tokenizer(library.vocabulary.lexicon)
    write_lexical(folder / "lexical", library.clauses, library.editions, tokenizer)
    coverage = Coverage([_EDITION], np.zeros(len(documents), dtype=np.int32))
    index = LexicalIndex(folder / "lexical", tokenizer, coverage)
    ids = [document.id for document in documents]
    return lambda question, limit: [(ids[hit.row], hit.score) for hit in index.search(question, limit)]


SYSTEMS: dict[str, Build] = {"ours": ours, "encoder": encoder_alone, "bm25": lexical_alone}
"""What needs no other package than the product's."""


def build_of(name: str, kept: Path | None = None) -> Build:
    """How to build the system called `name`, a peer with the vectors in the folder `kept` if it is one for MiniLM."""
    return SYSTEMS[name] if name in SYSTEMS else build_of_peer(name, kept)


def _library(documents: Sequence[Document]) -> Library:
    vocabulary, _ = load_vocabulary(BUNDLED / "vocabulary")
    return Library({_EDITION.id: _EDITION}, clauses_of(documents), vocabulary)
