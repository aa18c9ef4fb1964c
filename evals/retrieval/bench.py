"""A retrieval benchmark in BEIR layout, read from its folder."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import FaultyDataset, NothingToMeasure
from knowledge.encoder.training.split import is_held_out
from knowledge.errors import Fault

VALIDATION = "validation"
"""The training questions that the built-in encoder never saw: `train` files, `is_held_out` questions."""

Entry = TypeVar("Entry", bound=BaseModel)


class Document(BaseModel):
    """One text to be found."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # BEIR files carry fields of their own, e.g. metadata

    id: str = Field(alias="_id")
    title: str = ""
    heading: str = ""
    text: str


class Query(BaseModel):
    """One question."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(alias="_id")
    text: str = Field(min_length=1)


@dataclass(frozen=True)
class Bench:
    """Documents, questions, and which documents answer each: question id → document id → grade (> 0)."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    judged: dict[str, dict[str, int]]


def read_bench(folder: Path, split: str | None = None) -> Bench:
    """Read `folder`; without `split` it is `test` where there is one, else the validation part of `train`.

    Raises FaultyDataset, or NothingToMeasure when no question of the split is judged.
    """
    split = split or ("test" if _judgement_file(folder, "test").is_file() else VALIDATION)
    files = "train" if split == VALIDATION else split
    faults: list[Fault] = []
    documents = _entries(_first(folder, "corpus.jsonl", "corpus.jsonl.gz"), Document, faults)
    named = (f"queries.{files}.jsonl", f"queries.{files}.jsonl.gz", "queries.jsonl", "queries.jsonl.gz")
    queries = _entries(_first(folder, *named), Query, faults)
    judged = _judgements(_judgement_file(folder, files), {document.id for document in documents}, faults)
    if faults:
        raise FaultyDataset(faults)
    asked = [query for query in queries if query.id in judged and (split != VALIDATION or is_held_out(query.text))]
    if not asked:
        raise NothingToMeasure(f"{folder} 的“{split}”部分没有带判定的问题")
    kept = {query.id: judged[query.id] for query in asked}
    return Bench(f"{folder.name}/{split}", tuple(documents), tuple(asked), kept)


def _first(folder: Path, *names: str) -> Path:
    return next((folder / name for name in names if (folder / name).is_file()), folder / names[0])


def _judgement_file(folder: Path, split: str) -> Path:
    return _first(folder, f"qrels/{split}.tsv", f"qrels.{split}.tsv")


def _lines(file: Path, faults: list[Fault]) -> Iterator[tuple[int, str]]:
    opened: Callable[..., object] = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8") as lines:  # type: ignore[attr-defined]  # both give text files
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(file, 0, f"无法读取：{error}"))


def _entries(file: Path, kind: type[Entry], faults: list[Fault]) -> list[Entry]:
    entries = []
    seen: set[str] = set()
    for number, line in _lines(file, faults):
        try:
            entry = kind.model_validate_json(line)
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                name = ".".join(str(step) for step in problem["loc"]) or "整行"
                faults.append(Fault(file, number, f"{name}：{problem['msg']}"))
            continue
        id_ = str(getattr(entry, "id"))  # noqa: B009 (both kinds have one, the type variable does not say so)
        if id_ in seen:
            faults.append(Fault(file, number, f"编号“{id_}”出现了两次"))
        seen.add(id_)
        entries.append(entry)
    return entries


def _judgements(file: Path, documents: set[str], faults: list[Fault]) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, line in _lines(file, faults):
        parts = line.rstrip("\r\n").split("\t")
        if number == 1 and parts[0] == "query-id":
            continue
        if len(parts) != 3 or not parts[2].lstrip("-").isdigit():
            faults.append(Fault(file, number, "应为“问题编号<TAB>文档编号<TAB>分数”"))
        elif parts[1] not in documents:
            faults.append(Fault(file, number, f"没有编号为“{parts[1]}”的文档"))
        elif int(parts[2]) > 0:
            judged.setdefault(parts[0], {})[parts[1]] = int(parts[2])
    return judged
