"""What a load run asks, and over which knowledge."""

from __future__ import annotations

from pathlib import Path

from evals.answers.rows import BUNDLED, read_rows
from evals.load.bars import Scale
from evals.load.corpus import write_documents
from evals.load.run import Plan
from evals.retrieval.bench import read_bench
from knowledge.library import load_library

STATUTES = Path(__file__).parents[3] / "shared" / "bench" / "statutes"
"""The bench beside the checkout: 58,908 articles."""

_DAYS = ("1992-06-01", "1998-06-01", "2008-06-01", "2018-06-01", "2024-06-01")
"""Days on which a few, some, and all of the statutes count."""


def plan(
    scale: Scale, scratch: Path, clients: int, seconds: float, *, dataset: Path | None = None, bench: Path = STATUTES
) -> Plan:
    """The bundled knowledge with the answers dataset's questions, or with the statutes added and asked about.

    Documents made of the bench are written into `scratch` and nowhere else. Raises FaultyDataset, FaultyLibrary.
    """
    library = load_library()
    places = {edition.jurisdiction for edition in library.editions.values()}
    if scale is Scale.BUNDLED:
        asked = [row.question for row in read_rows(dataset or BUNDLED) if row.answerable]
        days = sorted({edition.in_force.from_.isoformat() for edition in library.editions.values()})
        return Plan(scale, len(library.clauses), None, asked, sorted(places), days, clients, seconds)
    statutes = read_bench(bench)
    folder = scratch / "documents"
    here = [place for place in library.vocabulary.jurisdictions if place.name in places or place.parent is None]
    written = write_documents(statutes.documents, here, folder)
    questions = [query.text for query in statutes.queries]
    names = sorted(place.name for place in here)
    return Plan(scale, len(library.clauses) + written, folder, questions, names, _DAYS, clients, seconds)
