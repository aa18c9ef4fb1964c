"""Check a roster: every row by every rule on rotation of its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.roster.checking.facts import RowReader
from assistant.eligibility.roster.checking.outlook import Looker, kinds_used
from assistant.eligibility.roster.checking.places import PlaceRules, rules_of
from assistant.eligibility.roster.checking.result import Basis, Roster, RosterRow
from assistant.eligibility.roster.columns import Columns
from assistant.eligibility.roster.errors import AmbiguousColumns, MissingColumns, PlaceNotGiven
from assistant.eligibility.roster.fields import NAME, PLACE
from assistant.eligibility.roster.tables import Row, Table, shown
from assistant.eligibility.ruling import Rulebook
from assistant.errors import CallerError
from knowledge.clauses import ClauseRef, Edition
from knowledge.criteria import Mechanism
from knowledge.vocabulary import Vocabulary

Progress = Callable[[int, int], None]
_EVERY = 500


def check_roster(
    table: Table,
    columns: Columns,
    book: Rulebook,
    vocabulary: Vocabulary,
    *,
    as_of: date,
    jurisdiction: str | None = None,
    editions: Mapping[str, Edition] | None = None,
    progress: Progress | None = None,
) -> Roster:
    """The roster with what the rules say of each row on the day `as_of`.

    A column of places decides row by row, `jurisdiction` where it is empty. `editions` name the documents of clauses.
    `progress` is told rows done and rows in all. Raises AmbiguousColumns, MissingColumns, PlaceNotGiven; and
    NoRotationRules or NotInForce where that concerns `jurisdiction`: of a row it is that row's problem.
    """
    if columns.ambiguous:
        raise AmbiguousColumns([(field.label, tuple(c.name for c in some)) for field, some in columns.ambiguous])
    if columns.missing:
        raise MissingColumns(columns.missing, [one.name for one in columns.columns])
    if jurisdiction is None and columns.of(PLACE) is None:
        raise PlaceNotGiven
    checker = _Checker(columns, book, vocabulary, as_of, jurisdiction)
    rows: list[RosterRow] = []
    for row in table.rows:
        rows.append(checker.check(row))
        if progress is not None and len(rows) % _EVERY == 0:
            progress(len(rows), len(table.rows))
    if progress is not None:
        progress(len(rows), len(table.rows))
    mechanisms = checker.mechanisms
    basis = tuple(_basis(rows, mechanisms, book, editions or {}))
    return Roster(
        table,
        columns,
        as_of,
        checker.places,
        mechanisms,
        tuple(rows),
        basis,
        book.rules.fingerprint,
        table.remarks,
    )


@dataclass(frozen=True)
class _Ready:
    """What is needed to check people of one place."""

    rules: PlaceRules
    reader: RowReader
    lookers: tuple[Looker, ...]


class _Checker:
    """Checks row after row; what a place needs is made ready once."""

    def __init__(
        self, columns: Columns, book: Rulebook, vocabulary: Vocabulary, as_of: date, jurisdiction: str | None
    ) -> None:
        self._columns = columns
        self._book = book
        self._vocabulary = vocabulary
        self._as_of = as_of
        self._lookers: dict[str, Looker] = {}
        self._places: dict[str, _Ready | CallerError] = {}
        self._of_place: dict[str, _Ready] = {}
        self._default = self._ready(jurisdiction) if jurisdiction is not None else None
        name, place = columns.of(NAME), columns.of(PLACE)
        self._name = name.index if name is not None else None
        self._place = place.index if place is not None else None

    @property
    def places(self) -> tuple[str, ...]:
        """Places whose rules were used."""
        return tuple(self._of_place)

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        return tuple(one.mechanism for one in self._lookers.values())

    def check(self, row: Row) -> RosterRow:
        written = shown(row.cell(self._place)) if self._place is not None else ""
        ready = self._for(written)
        if ready is None:
            return RosterRow(row, None, (), ("没有写明地区",))
        if isinstance(ready, CallerError):
            return RosterRow(row, written or None, (), (str(ready),))
        read = ready.reader.read(row)
        nameless = ("没有写姓名",) if self._name is not None and row.cell(self._name) is None else ()
        if read.problems or nameless:
            return RosterRow(row, ready.rules.place, (), (*nameless, *read.problems), read.notes)
        outlooks = sorted((one.look(read.facts) for one in ready.lookers), key=lambda one: one.urgency)
        return RosterRow(row, ready.rules.place, tuple(outlooks), (), read.notes)

    def _for(self, written: str) -> _Ready | CallerError | None:
        if not written:
            return self._default
        if written not in self._places:
            try:
                self._places[written] = self._ready(written)
            except CallerError as error:
                self._places[written] = error
        return self._places[written]

    def _ready(self, name: str) -> _Ready:
        rules = rules_of(name, self._book.rules, self._vocabulary, self._as_of)
        if rules.place not in self._of_place:
            kinds = kinds_used(self._book.rules.facts, *rules.mechanisms)
            reader = RowReader(kinds, self._columns, self._as_of)
            self._of_place[rules.place] = _Ready(rules, reader, tuple(self._looker(one) for one in rules.mechanisms))
        return self._of_place[rules.place]

    def _looker(self, mechanism: Mechanism) -> Looker:
        if mechanism.id not in self._lookers:
            self._lookers[mechanism.id] = Looker(self._book, mechanism, self._columns, self._as_of)
        return self._lookers[mechanism.id]


def _basis(
    rows: Iterable[RosterRow], mechanisms: Iterable[Mechanism], book: Rulebook, editions: Mapping[str, Edition]
) -> Iterable[Basis]:
    """Every clause a finding cites, then what each source leaves open."""
    cited = {
        (look.mechanism.id, ref)
        for look in {id(o): o for row in rows for o in row.outlooks}.values()
        for ref in look.clauses
    }
    for mechanism in mechanisms:
        refs: dict[ClauseRef, None] = dict.fromkeys(
            sorted((ref for name, ref in cited if name == mechanism.id), key=lambda ref: ref.order)
        )
        refs |= dict.fromkeys(said.clause for said in mechanism.left_open)
        for ref in refs:
            yield Basis(ref, book.clauses(ref), editions.get(ref.edition), mechanism)
