"""What can be checked: the fact vocabulary, the mechanisms and their examples, held against the documents they cite.

A mechanism is a folder `mechanisms/<name>@<edition>/` with `criteria.yaml` and `examples.yaml`; adding one needs no
Python. Format: docs/criteria-format.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.clauses import Clause, ClauseRef, Edition
from knowledge.criteria import Mechanism, misfit
from knowledge.errors import Fault, UnknownMechanism
from knowledge.facts import FactKind, FactType
from knowledge.strict_yaml import Yaml, validation_faults, yaml_line, yaml_problem
from knowledge.vocabulary import Vocabulary

Value = TypeVar("Value", bound=BaseModel)
_DERIVED_FROM = {"years_since": {FactType.DATE}}


class Example(BaseModel):
    """A case with its result: a test of its mechanism and a lesson for readers.

    It states `facts` (or a `text` they are read from) and expects `verdict`, and `standings` of clauses: what the
    criteria that cite a clause come to (`met`, `unmet`, `unknown`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=2)
    as_of: date
    text: str | None = None
    facts: dict[str, bool | float | str] = Field(default_factory=dict)
    verdict: str
    outcome: str | None = None
    standings: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """Mechanisms by id with their examples, and the facts they speak of by name; free of faults by construction."""

    facts: Mapping[str, FactKind]
    mechanisms: Mapping[str, Mechanism]
    examples: Mapping[str, tuple[Example, ...]]

    def mechanism(self, name: str) -> Mechanism:
        """By its id, or by its id without the edition when only one edition is held; raises UnknownMechanism."""
        if name in self.mechanisms:
            return self.mechanisms[name]
        editions = [mechanism for mechanism in self.mechanisms.values() if mechanism.name == name]
        if len(editions) != 1:
            raise UnknownMechanism(name, tuple(self.mechanisms))
        return editions[0]

    @cached_property
    def fingerprint(self) -> str:
        """Hash of every fact and every criterion: equal for equal rules."""
        digest = hashlib.sha256()
        for kind in sorted(self.facts.values(), key=lambda one: one.name):
            digest.update(kind.model_dump_json(by_alias=True).encode())
        for mechanism in sorted(self.mechanisms.values(), key=lambda one: one.id):
            digest.update(fingerprint_of(mechanism).encode())
        return digest.hexdigest()


def fingerprint_of(mechanism: Mechanism) -> str:
    """Hash of one mechanism as it is written."""
    return hashlib.sha256(repr(mechanism).encode()).hexdigest()


def load_rules(
    folder: Path, facts: Path, clauses: Mapping[ClauseRef, Clause], editions: Mapping[str, Edition], words: Vocabulary
) -> tuple[Rules, list[Fault]]:
    """The rules under `folder`, the facts of the file `facts`, as far as they could be read, and all their faults."""
    faults: list[Fault] = []
    kinds = _facts(facts, faults)
    mechanisms: dict[str, Mechanism] = {}
    examples: dict[str, tuple[Example, ...]] = {}
    for place in sorted(one for one in folder.glob("*@*") if one.is_dir()):
        file = place / "criteria.yaml"
        parsed = _yaml(file, faults)
        if parsed is None:
            continue
        mechanism = _one(file, parsed, Mechanism, faults, {"id": place.name})
        if mechanism is None:
            continue
        mechanisms[mechanism.id] = mechanism
        faults += _misfits(file, parsed, mechanism, kinds, clauses, editions, words)
        examples[mechanism.id] = tuple(_examples(place / "examples.yaml", mechanism, kinds, faults))
    faults += _overlaps(folder, mechanisms)
    return Rules(kinds, mechanisms, examples), faults


def _yaml(file: Path, faults: list[Fault]) -> Yaml | None:
    try:
        return Yaml(file.read_text(encoding="utf-8"))
    except OSError as error:
        faults.append(Fault(file, 0, f"无法读取：{error.strerror}"))
    except UnicodeDecodeError:
        faults.append(Fault(file, 0, "不是 UTF-8 文本"))
    except yaml.YAMLError as error:
        faults.append(Fault(file, yaml_line(error), f"不是合法的 YAML：{yaml_problem(error)}"))
    return None


def _one(file: Path, parsed: Yaml, kind: type[Value], faults: list[Fault], more: dict[str, Any]) -> Value | None:
    if not isinstance(parsed.data, dict):
        faults.append(Fault(file, 1, "应为一组键值"))
        return None
    try:
        return kind.model_validate({**more, **parsed.data})
    except ValidationError as error:
        faults.extend(validation_faults(file, parsed, error))
        return None


def _each(file: Path, parsed: Yaml, kind: type[Value], faults: list[Fault]) -> Iterator[tuple[int, Value]]:
    if not isinstance(parsed.data, list):
        faults.append(Fault(file, 1, "应为一个列表"))
        return
    for at, entry in enumerate(parsed.data):
        try:
            yield at, kind.model_validate(entry)
        except ValidationError as error:
            faults.extend(validation_faults(file, parsed, error, (at,)))


def _facts(file: Path, faults: list[Fault]) -> dict[str, FactKind]:
    parsed = _yaml(file, faults)
    if parsed is None:
        return {}
    kinds: dict[str, FactKind] = {}
    lines: dict[str, int] = {}
    for at, kind in _each(file, parsed, FactKind, faults):
        if kind.name in kinds:
            faults.append(Fault(file, parsed.line((at,)), f"事实 {kind.name} 出现了两次"))
        kinds[kind.name], lines[kind.name] = kind, parsed.line((at,))
    for kind in kinds.values():
        for source in kind.derive.sources if kind.derive else ():
            problem = _underivable(kind, kinds.get(source), source, kinds)
            if problem:
                faults.append(Fault(file, lines[kind.name], problem))
    return kinds


def _underivable(kind: FactKind, source: FactKind | None, name: str, kinds: Mapping[str, FactKind]) -> str | None:
    if source is None:
        return f"事实 {kind.name} 由不存在的事实 {name} 推出"
    below = [kinds[other] for other in source.derive.sources if other in kinds] if source.derive else []
    if any(other.derive is not None for other in below):
        return f"事实 {kind.name} 经 {name} 推出，已超过两步"
    wanted = FactType.DATE if kind.derive and kind.derive.years_since else FactType.NUMBER
    return None if source.type is wanted else f"事实 {kind.name} 须由 {wanted} 类型推出，{name} 是 {source.type}"


def _misfits(
    file: Path,
    parsed: Yaml,
    mechanism: Mechanism,
    kinds: Mapping[str, FactKind],
    clauses: Mapping[ClauseRef, Clause],
    editions: Mapping[str, Edition],
    words: Vocabulary,
) -> Iterator[Fault]:
    if mechanism.jurisdiction not in words.by_name:
        yield Fault(file, parsed.line(("jurisdiction",)), f"地区“{mechanism.jurisdiction}”不在 jurisdictions.yaml 中")
    if mechanism.topic not in {topic.id for topic in words.topics}:
        yield Fault(file, parsed.line(("topic",)), f"主题“{mechanism.topic}”不在 topics.yaml 中")
    for path, ref in mechanism.refs():
        if ref not in clauses:
            yield Fault(file, parsed.line(path), f"{_place(path)} 引用了不存在的条款 {ref}")
        elif not _covers(editions[ref.edition], mechanism):
            yield Fault(file, parsed.line(path), f"{_place(path)} 引用的 {ref.edition} 没有覆盖这个机制的施行时间")
    for condition in mechanism.conditions():
        kind = kinds.get(condition.fact)
        problem = f"事实 {condition.fact} 不在 facts.yaml 中" if kind is None else misfit(condition, kind)
        if problem:
            yield Fault(file, _line_of(file, condition.fact), problem)


def _covers(edition: Edition, mechanism: Mechanism) -> bool:
    ends, ended = edition.in_force.until, mechanism.in_force.until
    begins = edition.in_force.from_ <= mechanism.in_force.from_
    return begins and (ends is None or (ended is not None and ended <= ends))


def _line_of(file: Path, fact: str) -> int:
    """The first line that speaks of a fact."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if f"fact: {fact}" in line), 1)


def _place(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))


def _examples(
    file: Path,
    mechanism: Mechanism,
    kinds: Mapping[str, FactKind],
    faults: list[Fault],
) -> Iterator[Example]:
    parsed = _yaml(file, faults)
    if parsed is None:
        return
    cited = {str(ref) for _, ref in mechanism.refs()}
    for at, example in _each(file, parsed, Example, faults):
        for name in example.facts:
            if name not in kinds:
                faults.append(Fault(file, parsed.line((at, "facts", name)), f"事实 {name} 不在 facts.yaml 中"))
        for ref in example.standings:
            if ref not in cited:
                faults.append(Fault(file, parsed.line((at, "standings", ref)), f"这个机制没有引用条款 {ref}"))
        yield example


def _overlaps(folder: Path, mechanisms: Mapping[str, Mechanism]) -> Iterator[Fault]:
    key: Callable[[Mechanism], tuple[str, date]] = lambda one: (one.name, one.in_force.from_)  # noqa: E731 typed
    for before, after in pairwise(sorted(mechanisms.values(), key=key)):
        until = before.in_force.until
        if before.name == after.name and (until is None or until >= after.in_force.from_):
            yield Fault(folder / after.id / "criteria.yaml", 1, f"与 {before.id} 的施行时间重叠")
