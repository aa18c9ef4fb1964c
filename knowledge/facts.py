"""What can be known about a case: the vocabulary of facts, read from `vocabulary/facts.yaml`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class FactType(StrEnum):
    """What kind of value a fact has. `years` and `percent` are numbers with their unit fixed."""

    BOOL = "bool"
    NUMBER = "number"
    YEARS = "years"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"

    @property
    def is_number(self) -> bool:
        return self in {FactType.NUMBER, FactType.YEARS, FactType.PERCENT}


class SettledBy(StrEnum):
    """Who can settle a fact. What only a competent body may settle (需组织认定) stays open until it has."""

    ANYONE = "anyone"
    OFFICER = "officer"
    BODY = "body"

    @property
    def label(self) -> str:
        return {"anyone": "本人或知情人可以说明", "officer": "承办人员核实", "body": "须由有权机关认定"}[self.value]


class Phrases(BaseModel):
    """Words that state something.

    In a phrase, `…` stands for up to eight characters without a stop, `(a|b)` for one of several wordings and `(a|)`
    for a word that may be missing. `unless` are longer words in which a phrase means something else.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Option(Phrases):
    """One value of a choice and the words that name it; of two options the longer words win."""

    value: str = Field(min_length=1)


class Derivation(BaseModel):
    """How a fact follows from others; each way is one function in `assistant/eligibility/deriving.py`.

    `years_since`: calendar years from a date to the day of the check. `share_of`: [part, whole] in percent. `sum_of`:
    several counts together, at least those of them that are known.
    `above_share`: [part, whole, percent]: how many more than that share of the whole the part is, in whole or broken
    units. `below_share`: how many fewer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    years_since: FactName | None = None
    share_of: tuple[FactName, FactName] | None = None
    sum_of: tuple[FactName, ...] | None = Field(default=None, min_length=2)
    above_share: tuple[FactName, FactName, float] | None = None
    below_share: tuple[FactName, FactName, float] | None = None

    @model_validator(mode="after")
    def _one(self) -> Derivation:
        if len(self.model_fields_set) != 1:
            raise ValueError("derive 应恰有一种算法")
        return self

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the facts it follows from."""
        if self.years_since is not None:
            return (self.years_since,)
        if self.sum_of is not None:
            return self.sum_of
        part, whole = (self.share_of or self.above_share or self.below_share or ("", ""))[:2]
        return (part, whole)


class FactKind(Phrases):
    """One thing that can be known about a case.

    `label` names it in tables, `question` asks for it in plain words. `hints` are words that state it where nothing
    plainer speaks against it (改革 for “in a reform”). `noticed` are words that raise the matter without
    stating it. `residual` marks 其他情形（原文未列明）: what a source only counts. `materials` are papers that show it.
    `about_person` is false for what concerns the matter or the unit, whoever is spoken of. `about_report` is true for
    what is said of a report itself (线索具体), which being part of the report makes no hearsay. `denial_suffices` is
    true for a finding of a body of which anybody may say that it was not made (结论属实, 能够胜任).
    """

    name: FactName
    type: FactType
    label: str = Field(min_length=2)
    question: str = Field(min_length=4)
    unit: str | None = None
    settled_by: SettledBy = SettledBy.ANYONE
    residual: bool = False
    about_person: bool = True
    about_report: bool = False
    denial_suffices: bool = False
    hints: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    materials: tuple[str, ...] = ()
    derive: Derivation | None = None

    @model_validator(mode="after")
    def _fits(self) -> FactKind:
        if (self.type is FactType.CHOICE) != bool(self.options):
            raise ValueError("options 只用于 choice 类型，且不可为空")
        if self.type is FactType.NUMBER and not self.unit:
            raise ValueError("number 类型要写 unit")
        if (self.denies or self.hints) and self.type is not FactType.BOOL:
            raise ValueError("denies 和 hints 只用于 bool 类型")
        if self.residual and self.settled_by is not SettledBy.BODY:
            raise ValueError("residual 只能由有权机关认定（settled_by: body）")
        if self.denial_suffices and not self.discretion:
            raise ValueError("denial_suffices 只用于由有权机关认定的事实（settled_by: body）")
        values = [option.value for option in self.options]
        if len(set(values)) != len(values):
            raise ValueError("options 中有重复的 value")
        return self

    @property
    def discretion(self) -> bool:
        """Whether only a competent body may settle it (需组织认定)."""
        return self.settled_by is SettledBy.BODY

    @property
    def measure(self) -> str:
        """The unit its numbers are said in; empty for what is no number."""
        return {FactType.YEARS: "年", FactType.PERCENT: "%"}.get(self.type, self.unit or "")
