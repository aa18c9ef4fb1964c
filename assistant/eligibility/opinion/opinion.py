"""What an 预审意见 says, as a value that knows nothing of Word or of pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.eligibility.ruling import Verdict
from knowledge.clauses import ClauseRef, Modality
from knowledge.criteria import Kind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the clause behind it: `basis` is its number among the cited clauses."""

    text: str
    basis: int


@dataclass(frozen=True, slots=True)
class Basis:
    """One cited clause in full; `marks` are what a reader must know of it (摘编, 待核, 原文未列全).

    `hash` is its text's hash in the receipt, None for a clause no detailed ruling rests on.
    """

    number: int
    ref: ClauseRef
    document: str
    locator: str
    heading: str
    text: str
    modality: Modality | None
    in_force: str
    marks: tuple[str, ...]
    hash: str | None


@dataclass(frozen=True, slots=True)
class StatedFact:
    """One fact of the case: `quotes` are verbatim words of the description, `source` where it comes from.

    `used` says whether a ruling of the opinion speaks of it.
    """

    label: str
    value: str
    source: str
    quotes: tuple[str, ...]
    used: bool


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What was spoken of and is not settled (待核实): `value` is what the words would state, if one thing."""

    label: str
    value: str | None
    reason: str
    quotes: tuple[str, ...]
    used: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion: `fact` is the case's, in words; `standing` is 符合, 不符合, 未知 or 待核."""

    depth: int
    criterion: str
    fact: str | None
    standing: str
    basis: int
    locator: str


@dataclass(frozen=True, slots=True)
class RouteRows:
    """One route with its criteria; `reached` says in words whether the case has come to it."""

    kind: Kind
    outcome: str
    reached: str
    basis: int
    locator: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One open question; `answers` are (若是, what follows)."""

    question: str
    why: Sentence
    settled_by: str
    so_far: Unsettled | None
    answers: tuple[tuple[str, str], ...]
    materials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """Papers that show one fact; `purpose` says whether it is known already."""

    label: str
    papers: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """Who decides and how, as far as the source says; `left_open` is what it does not say."""

    body: Sentence
    steps: tuple[Sentence, ...]
    left_open: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Hashes:
    """What a ruling can be checked by again; from its receipt."""

    engine: str
    mechanism: str
    rules: str
    facts: str
    clauses: str


@dataclass(frozen=True, slots=True)
class RulingPart:
    """One ruling in full. `conclusion` is the verdict as a sentence; `also_met` are further outcomes reached."""

    number: str
    mechanism: str
    place: str
    in_force: str
    basis: int
    verdict: Verdict
    conclusion: str
    outcome: str | None
    modality: Modality | None
    grounds: Sentence | None
    also_met: tuple[Sentence, ...]
    routes: tuple[RouteRows, ...]
    consequences: tuple[Sentence, ...]
    next_steps: tuple[Sentence, ...]
    questions: tuple[Question, ...]
    flips: tuple[str, ...]
    due: tuple[Sentence, ...]
    materials: tuple[Material, ...]
    procedure: Procedure
    hashes: Hashes


@dataclass(frozen=True, slots=True)
class ShortRuling:
    """Another ruling in short: of another mechanism, place or day (`which`); `basis` is None where there is none."""

    which: str
    mechanism: str
    conclusion: str
    basis: int | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """An 预审意见. `parts` holds one ruling, or one for each candidate place while the place is open.

    `places` is each candidate place's result in short, empty once the place is known.
    """

    title: str
    number: str
    as_of: date
    issued: date
    place: str
    conclusion: str
    description: str
    facts: tuple[StatedFact, ...]
    unsettled: tuple[Unsettled, ...]
    remarks: tuple[str, ...]
    place_question: str | None
    places: tuple[ShortRuling, ...]
    parts: tuple[RulingPart, ...]
    other_days: tuple[ShortRuling, ...]
    other_rulings: tuple[ShortRuling, ...]
    basis: tuple[Basis, ...]
    signatures: tuple[str, ...]
    disclaimer: str
    digest_notice: str | None
