"""Described cases with what a right check comes to: one JSON object a line, split by chance into two halves."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.eligibility.asked import fact_value
from assistant.eligibility.evaluating import Standing
from assistant.eligibility.ruling import Verdict
from assistant.errors import WrongFactValue
from evals.answers.rows import Half, Words
from evals.errors import FaultyDataset
from knowledge.clauses import ClauseRef
from knowledge.errors import Fault, UnknownMechanism
from knowledge.rules import Rules

BUNDLED = Path(__file__).parents[1] / "datasets" / "cases.jsonl"
"""The cases this repository ships."""

_SEED = "cadre-cases-1"
_LIKE_A_REF = re.compile(r"\S+@\S*#\S*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class KeyCriterion(_Read):
    """One criterion that decides the case, named by its clause or in words, and what it must come to.

    A `clause` that is no reference (第九条第一款) is taken as words.
    """

    clause: Words | None = None
    words: Words | None = None
    expected: Literal["met", "unmet", "unknown"]

    @model_validator(mode="after")
    def _named(self) -> KeyCriterion:
        if self.clause is None and self.words is None:
            raise ValueError("应写 clause 或 words")
        if self.clause is not None and _LIKE_A_REF.fullmatch(self.clause):
            ClauseRef.parse(self.clause)
        return self

    @property
    def ref(self) -> ClauseRef | None:
        """The clause it names; None when it is named in words."""
        if self.clause is None or not _LIKE_A_REF.fullmatch(self.clause):
            return None
        return ClauseRef.parse(self.clause)

    @property
    def said(self) -> str:
        """As it is named, for people."""
        return self.words or self.clause or ""

    @property
    def standing(self) -> Standing:
        return Standing(self.expected)


class Row(_Read):
    """One case. `expected_words` are passages of `text` that state facts; `facts` are given by a person beside it."""

    id: Words
    text: Words
    as_of: date
    jurisdiction: str | None = None
    mechanism: str | None = None
    expected_verdict: Verdict
    also_acceptable: tuple[Verdict, ...] = ()
    key_criteria: tuple[KeyCriterion, ...] = ()
    missing_facts: tuple[Words, ...] = ()
    expected_words: tuple[Words, ...] = ()
    facts: dict[str, bool | int | float | str | None] = Field(default_factory=dict)
    kind: str | None = None
    note: str | None = None

    @field_validator("as_of", mode="before")
    @classmethod
    def _day(cls, written: Any) -> Any:
        if not isinstance(written, str) or not _DAY.fullmatch(written):
            raise ValueError("日期应写成 2024-03-01 这样")
        return written

    @model_validator(mode="after")
    def _verbatim(self) -> Row:
        for words in self.expected_words:
            if words not in self.text:
                raise ValueError(f"text 中没有 expected_words 的“{words}”")
        return self

    @property
    def acceptable(self) -> frozenset[Verdict]:
        return frozenset((self.expected_verdict, *self.also_acceptable))

    @property
    def half(self) -> Half:
        """Decided by the id alone, so it survives any reordering of the file."""
        first = hashlib.sha256(f"{_SEED}:{self.id}".encode()).digest()[0]
        return Half.HELD_OUT if first & 1 else Half.TUNING


@dataclass(frozen=True)
class Dataset:
    """Every row of a file, and how often each key was left aside because it is none of ours."""

    rows: tuple[Row, ...]
    unknown_keys: Counter[str]


def read_rows(file: Path, rules: Rules | None = None, clauses: Collection[ClauseRef] | None = None) -> Dataset:
    """Every row of `file`; mechanisms and facts must be among `rules`, clauses among `clauses`, where these are given.

    Raises FaultyDataset with every fault of the file, each with its line.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise FaultyDataset([Fault(file, 0, f"无法读取：{error}")]) from None
    rows: list[Row] = []
    faults: list[Fault] = []
    unknown: Counter[str] = Counter()
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row, beside = _row(line)
        except ValueError as error:
            faults += [Fault(file, number, message) for message in _messages(error)]
            continue
        unknown.update(beside)
        if row.id in first_line:
            faults.append(Fault(file, number, f"编号“{row.id}”已在第 {first_line[row.id]} 行用过"))
        first_line.setdefault(row.id, number)
        faults += [Fault(file, number, message) for message in _unknown(row, rules, clauses)]
        rows.append(row)
    if not rows and not faults:
        faults.append(Fault(file, 0, "没有任何评测题"))
    if faults:
        raise FaultyDataset(faults)
    return Dataset(tuple(rows), unknown)


def _row(line: str) -> tuple[Row, list[str]]:
    """The row and the keys that are none of ours; a key set to null counts as left out."""
    given = json.loads(line)
    if not isinstance(given, dict):
        raise ValueError("应为一个 JSON 对象")
    row = Row.model_validate({key: value for key, value in given.items() if value is not None})
    criteria = [key for one in given.get("key_criteria") or () for key in one if key not in KeyCriterion.model_fields]
    return row, [key for key in given if key not in Row.model_fields] + [f"key_criteria.{key}" for key in criteria]


def _messages(error: ValueError) -> Iterator[str]:
    if isinstance(error, json.JSONDecodeError):
        yield f"不是合法的 JSON：{error.msg}（第 {error.colno} 列）"
    elif isinstance(error, ValidationError):
        for problem in error.errors(include_url=False):
            name = ".".join(str(step) for step in problem["loc"]) or "整行"
            given = f"（写的是“{problem['input']}”）" if problem["type"] in {"enum", "literal_error"} else ""
            yield f"{name}：{problem['msg'].removeprefix('Value error, ')}{given}"
    else:
        yield str(error)


def _unknown(row: Row, rules: Rules | None, clauses: Collection[ClauseRef] | None) -> Iterator[str]:
    for criterion in row.key_criteria:
        if clauses is not None and criterion.ref is not None and criterion.ref not in clauses:
            yield f"没有编号为“{criterion.ref}”的条款"
    if rules is None:
        return
    if row.mechanism is not None:
        try:
            rules.mechanism(row.mechanism)
        except UnknownMechanism:
            yield f"没有编号为“{row.mechanism}”的机制"
    for name, value in row.facts.items():
        if name not in rules.facts:
            yield f"没有名为“{name}”的事实"
        elif value is not None:
            try:
                fact_value(rules.facts[name], value)
            except WrongFactValue as error:
                yield f"facts.{name}：{error}"
