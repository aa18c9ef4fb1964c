"""Questions with what their answers must hold: one JSON object a line, split by chance into two halves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from evals.errors import FaultyDataset
from knowledge.clauses import ClauseRef
from knowledge.errors import Fault

BUNDLED = Path(__file__).parents[1] / "datasets" / "answers.jsonl"
"""The questions this repository ships."""

_SEED = "cadre-evals-1"

Words = Annotated[str, Field(min_length=1, pattern=r"\S")]


class Half(StrEnum):
    """Rows we look at while improving, and rows of which only counts are ever shown."""

    TUNING = "tuning"
    HELD_OUT = "held-out"


class Message(BaseModel):
    """One earlier turn of the conversation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["user", "assistant"]
    content: Words


class Row(BaseModel):
    """One question; an entry of `must_include` is one wording, or several of which one is enough."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Words
    question: Words
    history: tuple[Message, ...] = ()
    jurisdiction: str | None = None
    as_of: date | None = None
    answerable: bool
    expected_clauses: tuple[str, ...] = ()
    must_include: tuple[Words | Annotated[tuple[Words, ...], Field(min_length=1)], ...] = ()
    must_not_include: tuple[Words, ...] = ()
    kind: str | None = None
    note: str | None = None

    @field_validator("expected_clauses")
    @classmethod
    def _refs(cls, written: tuple[str, ...]) -> tuple[str, ...]:
        for ref in written:
            ClauseRef.parse(ref)
        return written

    @property
    def expected(self) -> frozenset[ClauseRef]:
        return frozenset(ClauseRef.parse(ref) for ref in self.expected_clauses)

    @property
    def wanted(self) -> tuple[tuple[str, ...], ...]:
        """`must_include` with every entry as its alternatives."""
        return tuple((entry,) if isinstance(entry, str) else entry for entry in self.must_include)

    @property
    def half(self) -> Half:
        """Decided by the id alone, so it survives any reordering of the file."""
        first = hashlib.sha256(f"{_SEED}:{self.id}".encode()).digest()[0]
        return Half.HELD_OUT if first & 1 else Half.TUNING


def read_rows(file: Path, known: Collection[ClauseRef] | None = None) -> list[Row]:
    """Every row of `file`; with `known`, expected clauses must be among them.

    Raises FaultyDataset with every fault of the file, each with its line.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FaultyDataset([Fault(file, 0, f"无法读取：{error}")]) from None
    rows: list[Row] = []
    faults: list[Fault] = []
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row, found = _row(line)
        faults += [Fault(file, number, message) for message in found]
        if row is None:
            continue
        if row.id in first_line:
            faults.append(Fault(file, number, f"编号“{row.id}”已在第 {first_line[row.id]} 行用过"))
        first_line.setdefault(row.id, number)
        faults += [Fault(file, number, f"没有编号为“{ref}”的条款") for ref in _unknown(row, known)]
        rows.append(row)
    if not rows and not faults:
        faults.append(Fault(file, 0, "没有任何评测题"))
    if faults:
        raise FaultyDataset(faults)
    return rows


def of_half(rows: Sequence[Row], half: Half) -> list[Row]:
    """The rows of one half, in their order."""
    return [row for row in rows if row.half is half]


def _row(line: str) -> tuple[Row | None, list[str]]:
    try:
        return Row.model_validate_json(line), []
    except ValidationError as error:
        found = []
        for problem in error.errors(include_url=False):
            name = ".".join(str(step) for step in problem["loc"]) or "整行"
            found.append(f"{name}：{problem['msg']}")
        return None, found


def _unknown(row: Row, known: Collection[ClauseRef] | None) -> list[ClauseRef]:
    if known is None:
        return []
    return sorted(row.expected.difference(known), key=lambda ref: (ref.edition, ref.order))
