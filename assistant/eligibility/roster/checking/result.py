"""What a checked roster says: for each row where the person stands under each rule, and the counts of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from assistant.eligibility.roster.columns import Columns
from assistant.eligibility.roster.tables import Row, Table
from assistant.eligibility.ruling import Due, Verdict
from knowledge.clauses import Clause, ClauseRef, Edition, Modality
from knowledge.criteria import Mechanism


class Stage(Enum):
    """Where a person stands under a rule, what asks for action first; the value names it for people."""

    REACHED = "已到期"
    SOON = "12个月内到期"
    BODY = "需组织认定"
    OPEN = "信息不足"
    BARRED = "不得适用"
    DEFERRED = "暂缓"
    LATER = "未到期"
    OUTSIDE = "目前不适用"
    PROBLEM = "问题行"


_ORDER = {stage: at for at, stage in enumerate(Stage)}
_STRENGTH = {
    Modality.MUST: 0,
    Modality.SHALL: 1,
    Modality.MUST_NOT: 1,
    Modality.IN_PRINCIPLE: 2,
    None: 3,
    Modality.MAY: 4,
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a person stands under one rule.

    `outcome` and `modality` are those reached, or those that come due; `due` is when, None where no length of time
    leads to it. `later` is the next outcome that time alone will bring. `missing` says what would settle it, and from
    which column. `text` is the finding in one sentence.
    """

    mechanism: Mechanism
    verdict: Verdict
    stage: Stage
    outcome: str | None
    modality: Modality | None
    clauses: tuple[ClauseRef, ...]
    due: Due | None
    later: Due | None
    missing: tuple[str, ...]
    text: str

    @property
    def urgency(self) -> tuple[int, int, date]:
        """Sorts the most pressing first: stage, how strongly the clause binds, day."""
        return _ORDER[self.stage], _STRENGTH[self.modality], self.due.on.first if self.due is not None else date.max


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row of the roster: `outlooks` most pressing first, none where `problems` kept it from being checked.

    `notes` say what could not be read and did not keep it from being checked.
    """

    row: Row
    place: str | None
    outlooks: tuple[Outlook, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def leading(self) -> Outlook | None:
        """The most pressing of what the rules say."""
        return self.outlooks[0] if self.outlooks else None

    @property
    def stage(self) -> Stage:
        return self.outlooks[0].stage if self.outlooks else Stage.PROBLEM


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause the result rests on, with the edition it stands in (None where the caller gave none)."""

    ref: ClauseRef
    clause: Clause
    edition: Edition | None
    mechanism: Mechanism


@dataclass(frozen=True)
class Summary:
    """Counts of rows. `by_outcome` counts outcomes reached; `by_due_year` rows by the year they came or come due."""

    total: int
    by_stage: tuple[tuple[Stage, int], ...]
    by_outcome: tuple[tuple[str, int], ...]
    by_due_year: tuple[tuple[int, int], ...]
    by_place: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Roster:
    """A checked roster. `fingerprint` is that of the rules it was checked by."""

    table: Table
    columns: Columns
    as_of: date
    places: tuple[str, ...]
    mechanisms: tuple[Mechanism, ...]
    rows: tuple[RosterRow, ...]
    basis: tuple[Basis, ...]
    fingerprint: str
    remarks: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[RosterRow, ...]:
        """Rows that could not be checked, and rows of which something could not be read."""
        return tuple(one for one in self.rows if one.problems or one.notes)

    @cached_property
    def summary(self) -> Summary:
        stages = Counter(row.stage for row in self.rows)
        leading = [row.leading for row in self.rows if row.leading is not None]
        outcomes = Counter(one.outcome or "" for one in leading if one.stage is Stage.REACHED)
        years = Counter(one.due.on.first.year for one in leading if one.due is not None)
        places = Counter(row.place or "未写明" for row in self.rows)
        return Summary(
            len(self.rows),
            tuple((stage, stages[stage]) for stage in Stage if stages[stage]),
            _most(outcomes.items()),
            tuple(sorted(years.items())),
            _most(places.items()),
        )


def _most(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))
