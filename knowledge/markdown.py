"""One edition in Markdown (docs/knowledge-format.md) → its metadata, its clauses, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.clauses import Clause, ClauseRef, Edition, Gap, Modality, Verified
from knowledge.errors import Fault
from knowledge.strict_yaml import Yaml, validation_faults, yaml_line, yaml_problem

_HEADING = re.compile(r"^(?P<marks>#+)\s+(?P<number>\S+)\s+(?P<heading>.+?)\s*$")
_LINE_BREAK = re.compile(r"(?<!\n)[ \t]*\n[ \t]*(?!\n)")


class _Attributes(BaseModel):
    """The attribute paragraph under a clause heading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    locator: str
    modality: Modality | None = None
    verified: Verified | None = None
    gap: Gap | None = None
    topics: tuple[str, ...] | None = None
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadEdition:
    """What one file gave: None where its metadata could not be read; `lines` are where clauses begin."""

    file: Path
    edition: Edition | None
    clauses: tuple[Clause, ...]
    lines: dict[ClauseRef, int]
    faults: tuple[Fault, ...]


@dataclass
class _Section:
    line: int
    marks: str
    number: str
    heading: str
    body: list[str]


def read_edition(file: Path) -> ReadEdition:
    """Read one file; nothing is raised for its content, all faults are returned."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return ReadEdition(file, None, (), {}, (Fault(file, 0, f"无法读取：{error}"),))
    faults: list[Fault] = []
    edition, body_at = _front_matter(file, lines, faults)
    sections = _sections(file, lines, body_at, faults)
    clauses: list[Clause] = []
    where: dict[ClauseRef, int] = {}
    if edition is not None:
        for section in sections:
            clause = _clause(file, section, edition, {c.ref: c for c in clauses}, faults)
            if clause is not None:
                clauses.append(clause)
                where[clause.ref] = section.line
        _in_order(file, clauses, where, faults)
        if not clauses:
            faults.append(Fault(file, 0, "没有任何条款"))
    return ReadEdition(file, edition, tuple(clauses), where, tuple(faults))


def _front_matter(file: Path, lines: list[str], faults: list[Fault]) -> tuple[Edition | None, int]:
    ends = [at for at, line in enumerate(lines) if line.strip() == "---"][:2]
    if len(ends) < 2 or ends[0] != 0:
        faults.append(Fault(file, 1, "缺少 --- 包围的文件信息"))
        return None, 0
    body_at = ends[1] + 1
    parsed = _yaml(file, lines[1 : ends[1]], 2, faults)
    if parsed is None:
        return None, body_at
    if not isinstance(parsed.data, dict):
        faults.append(Fault(file, 2, "文件信息应为 键: 值"))
        return None, body_at
    try:
        return Edition.model_validate({"id": file.stem, **parsed.data}), body_at
    except ValidationError as error:
        faults.extend(validation_faults(file, parsed, error))
        return None, body_at


def _yaml(file: Path, lines: list[str], first_line: int, faults: list[Fault]) -> Yaml | None:
    try:
        return Yaml("\n".join(lines), first_line)
    except yaml.YAMLError as error:
        faults.append(Fault(file, yaml_line(error, first_line), f"不是合法的 YAML：{yaml_problem(error)}"))
        return None


def _sections(file: Path, lines: list[str], body_at: int, faults: list[Fault]) -> list[_Section]:
    sections: list[_Section] = []
    for at in range(body_at, len(lines)):
        line = lines[at]
        match = _HEADING.match(line)
        if match:
            sections.append(_Section(at + 1, match["marks"], match["number"], match["heading"], []))
        elif line.startswith("#"):
            faults.append(Fault(file, at + 1, "标题应为“## 编号 标题”"))
        elif sections:
            sections[-1].body.append(line)
        elif line.strip():
            faults.append(Fault(file, at + 1, "第一个条款之前有正文"))
    return sections


def _clause(
    file: Path, section: _Section, edition: Edition, before: dict[ClauseRef, Clause], faults: list[Fault]
) -> Clause | None:
    try:
        ref = ClauseRef(edition.id, section.number)
    except ValueError as error:
        faults.append(Fault(file, section.line, str(error)))
        return None
    if len(section.marks) != ref.depth + 1:
        faults.append(Fault(file, section.line, f"{section.number} 应为 {ref.depth + 1} 级标题"))
    above = before.get(ref.parent) if ref.parent else None
    if ref.parent and above is None:
        faults.append(Fault(file, section.line, f"{section.number} 的上一级条款不在它之前"))
    attributes, text = _attributes(file, section, faults)
    if not text:
        faults.append(Fault(file, section.line, f"{section.number} 没有正文"))
    if attributes is None or not text:
        return None
    refers_to = []
    for written in attributes.refers_to:
        try:
            refers_to.append(ClauseRef.parse(written))
        except ValueError as error:
            faults.append(Fault(file, section.line, str(error)))
    return Clause(
        ref=ref,
        heading=section.heading,
        text=_LINE_BREAK.sub("", text),
        locator=attributes.locator,
        modality=attributes.modality,
        verified=attributes.verified or edition.verified,
        gap=attributes.gap,
        topics=attributes.topics or (above.topics if above else edition.topics),
        refers_to=tuple(refers_to),
        headings=(*above.headings, above.heading) if above else (),
    )


def _attributes(file: Path, section: _Section, faults: list[Fault]) -> tuple[_Attributes | None, str]:
    body = "\n".join(section.body).strip("\n")
    skipped = len(section.body) - len("\n".join(section.body).lstrip("\n").split("\n"))
    head, _, text = body.partition("\n\n")
    first_line = section.line + 1 + max(skipped, 0)
    parsed = _yaml(file, head.split("\n"), first_line, faults)
    if parsed is None:
        return None, text.strip()
    data: Any = parsed.data
    if not isinstance(data, dict):
        faults.append(Fault(file, section.line, f"{section.number} 缺少属性段（至少要有 locator）"))
        return None, text.strip()
    try:
        return _Attributes.model_validate(data), text.strip()
    except ValidationError as error:
        faults.extend(validation_faults(file, parsed, error))
        return None, text.strip()


def _in_order(file: Path, clauses: list[Clause], where: dict[ClauseRef, int], faults: list[Fault]) -> None:
    for before, after in pairwise(clauses):
        if after.ref.order == before.ref.order:
            faults.append(Fault(file, where[after.ref], f"{after.ref.number} 出现了两次"))
        elif after.ref.order < before.ref.order:
            faults.append(Fault(file, where[after.ref], f"{after.ref.number} 排在 {before.ref.number} 之后"))
