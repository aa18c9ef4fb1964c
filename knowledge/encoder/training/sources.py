"""The texts we train on, read from the project's shared folder into our own values."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

STATUTES = Path("bench/statutes")
PASSAGES = Path("bench/question_passage_pairs.jsonl.gz")
LAW_TEXTS = Path("sources/statutes.zip")

_ARTICLE_START = re.compile(r"^第[一二三四五六七八九十百千零〇]+条(之[一二三四五六七八九十]+)?[ 　]*")
_INFO_END = "<!-- INFO END -->"
_SHORTEST_ARTICLE = 20


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law; `title` is the law's name, followed by the article's number in the bench corpus."""

    title: str
    heading: str
    text: str

    @property
    def law(self) -> str:
        """The law's name without the article's number."""
        return self.title.split(" ")[0]

    @property
    def passage(self) -> str:
        """What is encoded of it: law, heading and text, as `passage_text` does for a clause."""
        return f"{self.law}\n{self.heading}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Question:
    """A lay question, the rows of the corpus that answer it, and the lawyer's answer ("" where there is none)."""

    text: str
    articles: tuple[int, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class QuestionPassage:
    """A reading-comprehension question and the passage that holds its answer."""

    question: str
    passage: str


def read_corpus(shared: Path) -> tuple[list[str], list[Article]]:
    """The ids and the articles of the bench corpus, row by row."""
    rows = list(_json_lines(shared / STATUTES / "corpus.jsonl.gz"))
    articles = [Article(row["title"], row["heading"], row["text"]) for row in rows]
    return [row["_id"] for row in rows], articles


def read_questions(shared: Path, ids: Sequence[str]) -> list[Question]:
    """The training questions of the bench, with their judged articles as rows into `ids`."""
    folder = shared / STATUTES
    row_of = {id_: row for row, id_ in enumerate(ids)}
    judged: dict[str, list[int]] = {}
    for line in (folder / "qrels.train.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question_id, article_id, score = line.split("\t")
        if int(score) > 0:
            judged.setdefault(question_id, []).append(row_of[article_id])
    answers = {row["_id"]: row["answer"] for row in _json_lines(folder / "answers.train.jsonl")}
    return [
        Question(row["text"], tuple(judged[row["_id"]]), answers.get(row["_id"], ""))
        for row in _json_lines(folder / "queries.train.jsonl")
    ]


def read_passages(shared: Path) -> list[QuestionPassage]:
    """Question and passage pairs of CMRC 2018 and DRCD."""
    return [QuestionPassage(row["question"], row["passage"]) for row in _json_lines(shared / PASSAGES)]


def read_law_texts(shared: Path, known: Sequence[Article]) -> list[Article]:
    """The articles of the 3,300 law texts whose wording is not already among `known`."""
    seen = {_bare(article.text) for article in known}
    found: list[Article] = []
    with zipfile.ZipFile(shared / LAW_TEXTS) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith(".md"):
                continue
            for article in _articles_of(archive.read(name).decode("utf-8")):
                bare = _bare(article.text)
                if len(bare) >= _SHORTEST_ARTICLE and bare not in seen:
                    seen.add(bare)
                    found.append(article)
    return found


def _articles_of(markdown: str) -> Iterator[Article]:
    """Articles of one law in Markdown: `#` its name, `##` its chapters, 第…条 at a line's start."""
    head, _, body = markdown.partition(_INFO_END)
    title = next((line.lstrip("# ").strip() for line in head.splitlines() if line.startswith("#")), "")
    heading = ""
    paragraphs: list[str] = []
    for line in (line.strip() for line in body.splitlines()):
        opens_article = _ARTICLE_START.match(line)
        if (opens_article or line.startswith("#")) and paragraphs:
            yield Article(title, heading, "\n".join(paragraphs))
            paragraphs = []
        if line.startswith("#"):
            heading = line.lstrip("# ").strip()
        elif opens_article:
            paragraphs = [line[opens_article.end() :]]
        elif line and paragraphs:
            paragraphs.append(line)
    if paragraphs:
        yield Article(title, heading, "\n".join(paragraphs))


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
