"""Articles of laws, as a bench gives them, as editions and clauses of our own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.clauses import Clause, ClauseRef, Edition, InForce, Level, Source, TextKind, Verified
from knowledge.encoder.training.sources import Article

_ARTICLE = re.compile(r" 第\S+条\S*$")
_UNTITLED = "——"  # no word: what an edition's title adds to its clauses must not be the same for all of them


def editions_of(articles: Sequence[Article]) -> tuple[dict[str, Edition], tuple[Clause, ...]]:
    """One edition a law, in force since 2000, its articles numbered from 1 on; clauses in the order of `articles`.

    The title of an article is the law's name and its number, 刑法 第一条. Without a number it is a heading, and all
    such texts are of one edition.
    """
    ids: dict[str, str] = {}
    counts: dict[str, int] = {}
    clauses = []
    for article in articles:
        law = _ARTICLE.sub("", article.title) if _ARTICLE.search(article.title) else ""
        edition = ids.setdefault(law, f"law{len(ids) + 1}@2000")
        counts[law] = counts.get(law, 0) + 1
        ref = ClauseRef(edition, str(counts[law]))
        heading = article.heading or ("" if law else article.title)
        headings = (article.title,) if article.title and not law and article.heading else ()
        locator = article.title or str(ref)
        clauses.append(Clause(ref=ref, heading=heading, text=article.text, locator=locator, headings=headings))
    return {id_: _edition(id_, law) for law, id_ in ids.items()}, tuple(clauses)


def _edition(id_: str, title: str) -> Edition:
    return Edition(
        id=id_,
        title=title or _UNTITLED,
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
