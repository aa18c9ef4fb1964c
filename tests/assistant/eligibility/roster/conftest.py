from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from assistant.eligibility.roster import Roster, RosterRow, check_roster, columns_of, read_table
from assistant.eligibility.ruling import Rulebook
from knowledge.library import Library, load_library
from tests.assistant.eligibility.roster.making import csv_of

DAY = date(2026, 11, 24)
Check = Callable[..., Roster]


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def check(library: Library) -> Check:
    """Check a .csv of these lines by the bundled rules."""

    def checked(*lines: Sequence[str], as_of: date = DAY, jurisdiction: str | None = "衡东县") -> Roster:
        table = read_table(csv_of(*lines), "花名册.csv")
        columns = columns_of(table, library.rules.facts.values())
        book = Rulebook(library.rules, library.clause)
        return check_roster(
            table,
            columns,
            book,
            library.vocabulary,
            as_of=as_of,
            jurisdiction=jurisdiction,
            editions=library.editions,
        )

    return checked


@pytest.fixture(scope="session")
def one(check: Check) -> Callable[..., RosterRow]:
    """Check one person of 衡东县 by title and start."""

    def checked(title: str, start: str, unit: str = "衡东县财政局", as_of: date = DAY) -> RosterRow:
        roster = check(("姓名", "单位", "现任职务", "任现职时间"), ("张三", unit, title, start), as_of=as_of)
        return roster.rows[0]

    return checked
