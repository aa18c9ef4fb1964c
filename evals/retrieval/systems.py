"""What is measured: the product's search over a real index generation, each of its two sides alone, and the peers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.answering.retrieval import Query, search_over
from assistant.settings import Settings
from evals.progress import counted
from evals.retrieval.bench import Document
from evals.retrieval.peers.named import build_of_peer
from knowledge.encoder import load_encoder
from knowledge.encoder.training.sources import Article
from knowledge.index import ANYWHERE, build_index, open_index, passage_text
from knowledge.index.lexical import LexicalIndex, write_lexical
from knowledge.index.scope import Coverage
from knowledge.index.tokens import Tokenizer
from knowledge.library import BUNDLED, Library
from knowledge.ranking.laws import editions_of
from knowledge.vocabulary import load_vocabulary

Search = Callable[[str, int], list[tuple[str, float]]]
"""`(question, limit)` → ids of documents and their scores, best first."""

Build = Callable[[Sequence[Document], Path], Search]
"""`(documents, an empty folder)` → a search over them."""

_BATCH = 1024


def ours(documents: Sequence[Document], folder: Path) -> Search:
    """What the product does: an index generation built and opened, then its blended search."""
    encoder = load_encoder(Settings().encoder)
    library = _library(documents)
    build_index(library, encoder, folder)
    search = search_over(open_index(folder, encoder_identity=encoder.identity), encoder)
    ids = dict(zip((clause.ref for clause in library.clauses), (document.id for document in documents), strict=True))

    def found(question: str, limit: int) -> list[tuple[str, float]]:
        passages = search(Query((question,), ANYWHERE, limit))
        return [(ids[passage.clause.ref], passage.score) for passage in passages]

    return found


def encoder_alone(documents: Sequence[Document], folder: Path) -> Search:  # noqa: ARG001 (a Build; keeps no files)
    """Cosine similarity of question and passage, every passage compared."""
    encoder = load_encoder(Settings().encoder)
    library = _library(documents)
    passages = [passage_text(clause, library.editions[clause.ref.edition]) for clause in library.clauses]
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
    numbers = {edition: number for number, edition in enumerate(library.editions)}
    edition_of = np.array([numbers[clause.ref.edition] for clause in library.clauses], dtype=np.int32)
    coverage = Coverage(list(library.editions.values()), edition_of)
    index = LexicalIndex(folder / "lexical", tokenizer, coverage)
    ids = [document.id for document in documents]
    return lambda question, limit: [(ids[hit.row], hit.score) for hit in index.search(question, limit)]


SYSTEMS: dict[str, Build] = {"ours": ours, "encoder": encoder_alone, "bm25": lexical_alone}
"""What needs no other package than the product's."""


def build_of(name: str, kept: Path | None = None) -> Build:
    """How to build the system called `name`, a peer with the vectors in the folder `kept` if it is one for MiniLM."""
    return SYSTEMS[name] if name in SYSTEMS else build_of_peer(name, kept)


def _library(documents: Sequence[Document]) -> Library:
    """Articles of one law are an edition, as an office would have them; other documents are all of one."""
    vocabulary, _ = load_vocabulary(BUNDLED / "vocabulary")
    editions, clauses = editions_of([Article(one.title, one.heading, one.text) for one in documents])
    return Library(editions, clauses, vocabulary)
