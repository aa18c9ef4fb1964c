"""The vocabulary as values, read from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.clauses import Level
from knowledge.errors import Fault
from knowledge.strict_yaml import Yaml, validation_faults, yaml_line, yaml_problem

Entry = TypeVar("Entry", bound=BaseModel)


class Jurisdiction(BaseModel):
    """A place that has rules, with the place above it and the names people call it by."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=2)
    level: Level
    parent: str | None
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class Topic(BaseModel):
    """A field of policy and the words that point to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z_]+$")
    name: str
    terms: tuple[str, ...] = Field(min_length=1)


class Synonym(BaseModel):
    """What people say, the standard terms it stands for, and a question that needs it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    say: str = Field(min_length=2)
    means: tuple[str, ...] = Field(min_length=1)
    question: str


@dataclass(frozen=True)
class Vocabulary:
    """All words of the field.

    `lexicon` are those the tokenizer keeps whole; `instruments` are names of rules people ask for, held or not;
    `divisions` are provinces and prefectures by the short names people use, whether or not their rules are held.
    """

    jurisdictions: tuple[Jurisdiction, ...]
    topics: tuple[Topic, ...]
    synonyms: tuple[Synonym, ...]
    lexicon: tuple[str, ...]
    instruments: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Jurisdiction]:
        """Every name and alias → its jurisdiction."""
        return {name: place for place in self.jurisdictions for name in place.names}

    def with_parents(self, name: str) -> tuple[str, ...]:
        """The place and every place above it, nearest first; KeyError for an unknown name."""
        chain = [self.by_name[name]]
        while (above := chain[-1].parent) is not None:
            chain.append(self.by_name[above])
        return tuple(place.name for place in chain)


def load_vocabulary(folder: Path) -> tuple[Vocabulary, list[Fault]]:
    """The vocabulary of `folder`, as far as it could be read, and all its faults."""
    faults: list[Fault] = []
    jurisdictions = tuple(_entries(folder / "jurisdictions.yaml", Jurisdiction, faults))
    topics = tuple(_entries(folder / "topics.yaml", Topic, faults))
    synonyms = tuple(_entries(folder / "synonyms.yaml", Synonym, faults))
    _names_once(folder / "jurisdictions.yaml", jurisdictions, lambda place: place.names, faults)
    _names_once(folder / "topics.yaml", topics, lambda topic: (topic.id,), faults)
    _names_once(folder / "synonyms.yaml", synonyms, lambda synonym: (synonym.say,), faults)
    _parents_lead_up(folder / "jurisdictions.yaml", jurisdictions, faults)
    for synonym in synonyms:
        if synonym.say not in synonym.question:
            faults.append(Fault(folder / "synonyms.yaml", 0, f"“{synonym.say}”的例问里没有这个词"))
    lists = (tuple(_words(folder / f"{name}.txt", faults)) for name in ("lexicon", "instruments", "divisions"))
    return Vocabulary(jurisdictions, topics, synonyms, *lists), faults


def _entries(file: Path, kind: type[Entry], faults: list[Fault]) -> Iterator[Entry]:
    try:
        parsed = Yaml(file.read_text(encoding="utf-8"))
    except OSError as error:
        faults.append(Fault(file, 0, f"无法读取：{error.strerror}"))
        return
    except UnicodeDecodeError:
        faults.append(Fault(file, 0, "不是 UTF-8 文本"))
        return
    except yaml.YAMLError as error:
        faults.append(Fault(file, yaml_line(error), f"不是合法的 YAML：{yaml_problem(error)}"))
        return
    if not isinstance(parsed.data, list):
        faults.append(Fault(file, 1, "应为一个列表"))
        return
    for at, entry in enumerate(parsed.data):
        try:
            yield kind.model_validate(entry)
        except ValidationError as error:
            faults.extend(validation_faults(file, parsed, error, (at,)))


def _names_once(
    file: Path, entries: tuple[Entry, ...], names: Callable[[Entry], tuple[str, ...]], faults: list[Fault]
) -> None:
    seen: set[str] = set()
    for entry in entries:
        for name in names(entry):
            if name in seen:
                faults.append(Fault(file, 0, f"“{name}”出现了两次"))
            seen.add(name)


def _parents_lead_up(file: Path, places: tuple[Jurisdiction, ...], faults: list[Fault]) -> None:
    by_name = {place.name: place for place in places}
    order = list(Level)
    for place in places:
        if place.parent is None:
            continue
        above = by_name.get(place.parent)
        if above is None:
            faults.append(Fault(file, 0, f"“{place.name}”的上级“{place.parent}”不在表中"))
        elif order.index(above.level) >= order.index(place.level):
            faults.append(Fault(file, 0, f"“{place.name}”的上级“{place.parent}”级别不高于它"))


def _words(file: Path, faults: list[Fault]) -> Iterator[str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(file, 0, f"无法读取：{error}"))
        return
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        word = line.strip()
        if not word:
            continue
        if len(word) < 2 or word in seen or " " in word:
            faults.append(Fault(file, number, f"“{word}”重复、过短或含空格"))
            continue
        seen.add(word)
        yield word
