"""What a load run asks, and over which knowledge."""

from __future__ import annotations

from pathlib import Path

from evals.answers.rows import BUNDLED, Half, read_rows
from evals.cases import rows as case_rows
from evals.load.bars import Scale
from evals.load.clients import Body
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

    Cases are checked over the bundled knowledge only: the statutes bring no criteria. Documents made of the bench are
    written into `scratch` and nowhere else. Raises FaultyDataset, FaultyLibrary.
    """
    library = load_library()
    places = {edition.jurisdiction for edition in library.editions.values()}
    if scale is Scale.BUNDLED:
        asked = [row.question for row in read_rows(dataset or BUNDLED) if row.answerable]
        days = sorted({edition.in_force.from_.isoformat() for edition in library.editions.values()})
        cases = [case_body(row) for row in case_rows.read_rows(case_rows.BUNDLED).rows if row.half is Half.TUNING]
        return Plan(scale, len(library.clauses), None, asked, sorted(places), days, clients, seconds, cases)
    statutes = read_bench(bench)
    folder = scratch / "documents"
    here = [place for place in library.vocabulary.jurisdictions if place.name in places or place.parent is None]
    written = write_documents(statutes.documents, here, folder)
    questions = [query.text for query in statutes.queries]
    names = sorted(place.name for place in here)
    return Plan(scale, len(library.clauses) + written, folder, questions, names, _DAYS, clients, seconds)


def case_body(row: case_rows.Row) -> Body:
    """What is sent for a row: the place, mechanism and facts only where it gives them."""
    given = {"jurisdiction": row.jurisdiction, "mechanism": row.mechanism, "facts": row.facts}
    return {"text": row.text, "as_of": row.as_of.isoformat(), **{name: value for name, value in given.items() if value}}
