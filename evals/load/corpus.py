"""The statutes bench written as documents of our own format, so that the real loader, index and server carry them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.retrieval.bench import Document
from knowledge.clauses import ClauseRef
from knowledge.numerals import article_numbers
from knowledge.vocabulary import Jurisdiction

_YEARS = range(1990, 2024)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law: its number as in a clause ref, the heading it stands under, its text."""

    number: str
    heading: str
    text: str


def laws(documents: Iterable[Document]) -> list[tuple[str, list[Article]]]:
    """Articles grouped by law title, in order; where a number comes twice, the second is of another text of the law.

    A title is a law's name, a blank, and an article number: `刑法 第十七条之一`. Documents without one are left out.
    """
    texts: dict[tuple[str, int], list[Article]] = defaultdict(list)
    times: dict[tuple[str, str], int] = defaultdict(int)
    for document in documents:
        title, _, written = document.title.rpartition(" ")
        numbers = article_numbers(written)
        if len(numbers) != 1 or not title or not document.text.strip():
            continue
        number = numbers[0][0]
        times[title, number] += 1
        texts[title, times[title, number]].append(Article(number, document.heading or written, document.text))
    return [(title, sorted(articles, key=_order)) for (title, _), articles in texts.items()]


def write_documents(documents: Iterable[Document], places: Sequence[Jurisdiction], folder: Path) -> int:
    """Write one file a law into `folder`; gives the number of clauses.

    Half of the laws are national, the others take turns through `places`, and first days spread over 1990 … 2023,
    so that filters by place and by date leave from a few to all of the clauses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    local = [place for place in places if place.parent is not None]
    national = next(place for place in places if place.parent is None)
    count = 0
    for at, (title, articles) in enumerate(laws(documents)):
        place = local[at // 2 % len(local)] if at % 2 and local else national
        year = _YEARS[at % len(_YEARS)]
        lines = [*_front_matter(title, place, year), *_clauses(articles)]
        (folder / f"law-{at:04d}@{year}.md").write_text("\n".join(lines), encoding="utf-8")
        count += len(articles)
    return count


def _order(article: Article) -> tuple[tuple[int, int], ...]:
    return ClauseRef("law@1", article.number).order


def _front_matter(title: str, place: Jurisdiction, year: int) -> Iterator[str]:
    written = {
        "title": title,
        "issuer": "未载明",
        "doc_number": None,
        "level": place.level.value,
        "jurisdiction": place.name,
        "issued": str(year),
        "in_force": {"from": f"{year}-01-01", "until": None},
        "topics": ["supervision"],
        "text_kind": "original",
        "source": {"title": "statutes bench"},
        "verified": "seen",
    }
    yield "---"
    yield from (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in written.items())
    yield "---"


def _clauses(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        heading = " ".join(article.heading.split())
        text = "\n".join(line.strip() for line in article.text.splitlines() if line.strip())
        yield from ("", f"## {article.number} {heading}", "", f'locator: "第{article.number}条"', "", text)
