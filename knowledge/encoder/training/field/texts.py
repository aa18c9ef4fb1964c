"""Texts of the field: our clauses, our synonyms, the fact sheets, and the articles of law about public officials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.clauses import Clause
from knowledge.encoder.training.sources import Article
from knowledge.encoder.training.split import is_field_held_out
from knowledge.library import Library, load_library
from knowledge.vocabulary import Jurisdiction, Synonym

FACTS = Path("facts")

_OFFICIALS_LAW = re.compile("公务员|监察法|监察官|检察官法|法官法|政务处分|国有企业管理人员处分|事业单位人事管理|任免")
_OFFICIALS = re.compile("干部|公务员|政务处分|公职人员|容错|轮岗|领导职务|任职")

_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_NOISE = re.compile(r"https?://[^\s)）]+|`[^`]*`|\[未核实\]|（[^（）]*未核实[^（）]*）")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LEAD = re.compile(r"^(?:[-*>]|\d+\.)\s+|^\s+")
_LABEL = re.compile(r"^([^：。；]{2,24})：(.{6,})$")
_NUMBER = re.compile(r"^[第（(]?[\d一二三四五六七八九十百./—、-]+[条款项章）)]*$")
_RULED = re.compile(r"^[\s|:-]*$")
_SENTENCE_END = re.compile(r"(?<=[。；;])")
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a fact sheet, without markup; `labels` are its bold terms and its table row's first cell."""

    title: str
    heading: str
    labels: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """What the field trains on. `synonyms` are those that train; `held_out` check what was learned."""

    clauses: Sequence[Article]
    synonyms: Sequence[Synonym]
    held_out: Sequence[Synonym]
    answers: dict[str, tuple[int, ...]]
    """For each synonym's question the rows of `clauses` that hold one of its standard terms, in the place it names."""
    facts: Sequence[Fact]
    laws: Sequence[Article]
    words: Sequence[str]
    """All words of the lexicon and the synonyms, those held out too: the tokenizer knows them, no pair does."""


def read_field(shared: Path, articles: Sequence[Article]) -> Field:
    """The field's texts; `articles` are all articles of law, of which those about public officials are taken."""
    library = load_library()
    synonyms = library.vocabulary.synonyms
    words = {*library.vocabulary.lexicon, *(word for one in synonyms for word in (one.say, *one.means))}
    return Field(
        clauses=[_article(clause, library) for clause in library.clauses],
        synonyms=[one for one in synonyms if not is_field_held_out(one.say)],
        held_out=[one for one in synonyms if is_field_held_out(one.say)],
        answers={one.question: answers(one, library) for one in synonyms},
        facts=[fact for sheet in sorted((shared / FACTS).glob("*.md")) for fact in facts_of(sheet.read_text("utf-8"))],
        laws=[one for one in articles if _OFFICIALS_LAW.search(one.title) or _OFFICIALS.search(one.text)],
        words=sorted(words),
    )


def _article(clause: Clause, library: Library) -> Article:
    """A clause as the index encodes it, save that no title's space may end it early."""
    title = library.editions[clause.ref.edition].title.replace(" ", "")
    return Article(title, "\n".join([*clause.headings, clause.heading]), clause.text)


def answers(synonym: Synonym, library: Library) -> tuple[int, ...]:
    """The rows of the library's clauses that hold a standard term of `synonym`, in the place its question names."""
    place = place_of(synonym.question, library.vocabulary.jurisdictions)
    return tuple(
        row
        for row, clause in enumerate(library.clauses)
        if place is None or library.editions[clause.ref.edition].jurisdiction == place
        if any(term in "\n".join((*clause.headings, clause.heading, clause.text)) for term in synonym.means)
    )


def place_of(question: str, places: Sequence[Jurisdiction]) -> str | None:
    """The place a question names, by its longest name there; None when it names none."""
    named = [(len(name), place.name) for place in places for name in place.names if name in question]
    return max(named)[1] if named else None


def facts_of(markdown: str) -> Iterator[Fact]:
    """The lines of one fact sheet; of its front matter only the title, none of its rules in YAML."""
    _, front, body = markdown.split("---\n", 2)
    title = str(yaml.safe_load(front)["title"])
    heading = ""
    for line in _FENCED.sub("", body).splitlines():
        if line.startswith("#"):
            heading = _clean(line.lstrip("# "))
            continue
        if _RULED.match(line):
            continue
        labels = [_clean(term) for term in _BOLD.findall(line)]
        cells = [_clean(cell) for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        text = "，".join(cells[1:]) if cells else _clean(line)
        if label := _LABEL.match(text):
            labels.append(label[1])
        labels += cells[:2]
        if len(text) >= _SHORTEST:
            telling = [one for one in dict.fromkeys(labels) if 1 < len(one) < len(text) and not _NUMBER.match(one)]
            yield Fact(title, heading, tuple(telling), text)


def sentences_of(text: str) -> list[str]:
    """The sentences and half sentences of a text."""
    return [part for part in (part.strip() for part in _SENTENCE_END.split(text)) if len(part) >= _SHORTEST]


def _clean(line: str) -> str:
    return _LEAD.sub("", _NOISE.sub("", _BOLD.sub(r"\1", line))).strip()
