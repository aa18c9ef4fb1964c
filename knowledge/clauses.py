"""The clause: the unit of retrieval and citation, and the edition it stands in."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

_NUMBER = re.compile(r"\d+(-\d+)?(\.\d+(-\d+)?)*")
_EDITION = re.compile(r"[a-z0-9][a-z0-9-]*@[0-9][0-9a-z-]*")


class Level(StrEnum):
    """Who made the rule, highest first."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"

    @property
    def label(self) -> str:
        return {"national": "中央", "province": "省级", "city": "市级", "county": "县级"}[self.value]


class Modality(StrEnum):
    """How strongly a clause binds: never merged, never weakened or strengthened."""

    MUST = "必须"
    SHALL = "应当"
    IN_PRINCIPLE = "原则上"
    MAY = "可以"
    MUST_NOT = "不得"


class TextKind(StrEnum):
    """`original`: verbatim, loaded by a deployment; `digest`: our own words."""

    ORIGINAL = "original"
    DIGEST = "digest"


class Verified(StrEnum):
    """Whether the source was seen. Nothing `unverified` is stated as certain: it is shown as 待核."""

    SEEN = "seen"
    PARTLY = "partly"
    UNVERIFIED = "unverified"


class Gap(StrEnum):
    """What a source leaves open: items only counted, a contradiction, or silence on a point."""

    COUNTED = "counted"
    CONFLICT = "conflict"
    SILENT = "silent"


class Validity(StrEnum):
    """Whether an edition is in force on a day."""

    IN_FORCE = "现行"
    ENDED = "已废止"
    NOT_YET = "尚未施行"


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """`hengdong-2024@2024-02#9.1`: an edition id and the number of a clause in it."""

    edition: str
    number: str

    def __post_init__(self) -> None:
        if not _EDITION.fullmatch(self.edition):
            raise ValueError(f"版本编号“{self.edition}”不合格式，应如 up-down@2022")
        if not _NUMBER.fullmatch(self.number):
            raise ValueError(f"条款号“{self.number}”不合格式，应如 5、5.6 或 5-1")

    @classmethod
    def parse(cls, text: str) -> ClauseRef:
        """`edition#number`; ValueError when it is not of that form."""
        edition, mark, number = text.partition("#")
        if not mark:
            raise ValueError(f"“{text}”缺少 # 号，应如 up-down@2022#5.6")
        return cls(edition, number)

    def __str__(self) -> str:
        return f"{self.edition}#{self.number}"

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1

    @property
    def parent(self) -> ClauseRef | None:
        head, dot, _ = self.number.rpartition(".")
        return ClauseRef(self.edition, head) if dot else None

    @property
    def order(self) -> tuple[tuple[int, int], ...]:
        """Sorts clauses of one edition as they stand in it: 5 < 5-1 < 5.1 of 5-1 < 6."""
        parts = (part.partition("-") for part in self.number.split("."))
        return tuple((int(head), int(tail or 0)) for head, _, tail in parts)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of one edition: what is indexed, found, cited and shown.

    `headings` are those of its ancestors, outermost first, without its own.
    """

    ref: ClauseRef
    heading: str
    text: str
    locator: str
    modality: Modality | None = None
    verified: Verified = Verified.SEEN
    gap: Gap | None = None
    topics: tuple[str, ...] = ()
    refers_to: tuple[ClauseRef, ...] = ()
    headings: tuple[str, ...] = ()


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else value


PartialDate = Annotated[
    str, BeforeValidator(_text), Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
]
"""A date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""


def _first_day(value: Any) -> Any:
    written = str(_text(value))
    return written + "-01-01"[len(written) - 4 :] if re.fullmatch(r"\d{4}(-\d\d)?", written) else value


def _last_day(value: Any) -> Any:
    written = str(_text(value))
    if re.fullmatch(r"\d{4}", written):
        return f"{written}-12-31"
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", written):
        year, month = int(written[:4]), int(written[5:])
        return f"{written}-{monthrange(year, month)[1]:02}"
    return value


class InForce(BaseModel):
    """From its first day to its last, both included; `until` is None while no end is known.

    Written as precisely as it is known: `from: 2021` begins on its first day, `until: 2021` ends on its last.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    from_: Annotated[date, BeforeValidator(_first_day)] = Field(alias="from")
    until: Annotated[date | None, BeforeValidator(_last_day)] = None

    @model_validator(mode="after")
    def _ordered(self) -> InForce:
        if self.until is not None and self.until < self.from_:
            raise ValueError("until 早于 from")
        return self

    def on(self, day: date) -> Validity:
        if day < self.from_:
            return Validity.NOT_YET
        if self.until is not None and day > self.until:
            return Validity.ENDED
        return Validity.IN_FORCE


class Source(BaseModel):
    """Where the text was published."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    publisher: str | None = None
    date: PartialDate | None = None
    url: str | None = None


class Edition(BaseModel):
    """A document's text between two dates: everything about it except its clauses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=rf"^{_EDITION.pattern}$")
    title: str = Field(min_length=2)
    short_titles: tuple[str, ...] = ()
    issuer: str
    doc_number: str | None
    level: Level
    jurisdiction: str
    issued: PartialDate
    in_force: InForce
    replaced_by: str | None = None
    implements: tuple[str, ...] = ()
    topics: tuple[str, ...] = Field(min_length=1)
    text_kind: TextKind
    source: Source
    verified: Verified

    @property
    def document(self) -> str:
        """The document's id, the same for all its editions."""
        return self.id.partition("@")[0]
