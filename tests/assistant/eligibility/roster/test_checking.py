"""Who is due, by which clause, and what a bad row does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.case import By, Case, Day, Fact
from assistant.eligibility.roster import Columns, Roster, RosterRow, Stage, check_roster, columns_of, errors, read_table
from assistant.eligibility.roster.checking.outlook import Looker
from assistant.eligibility.ruling import Rulebook, Verdict, rule
from assistant.errors import NotInForce
from knowledge.clauses import Modality
from knowledge.library import Library
from tests.assistant.eligibility.roster.making import csv_of

HEADER = ("姓名", "单位", "现任职务", "任现职时间")
One = Callable[..., RosterRow]
Check = Callable[..., Roster]


@pytest.mark.parametrize(
    ("title", "start", "stage", "due", "clause"),
    [
        ("副局长", "2014-05-09", Stage.REACHED, "2024-05-09", "9.1"),
        ("副局长", "2016-11-24", Stage.REACHED, "2026-11-24", "9.1"),
        ("副局长", "2016-11-25", Stage.SOON, "2026-11-25", "9.1"),
        ("局长", "2017-11-24", Stage.SOON, "2027-11-24", "9.1"),
        ("局长", "2017-11-25", Stage.LATER, "2027-11-25", "9.1"),
        ("人事股股长", "2021-11-24", Stage.REACHED, "2026-11-24", "9.2"),
        ("副股长", "2022.3-", Stage.SOON, "2027-03", "9.2"),
        ("副股长", "2020-02-29", Stage.REACHED, "2025-02-28", "9.2"),
    ],
)
def test_who_is_due_and_when(one: One, title: str, start: str, stage: Stage, due: str, clause: str) -> None:
    look = one(title, start).leading
    assert look is not None
    assert (look.stage, str(look.due.on) if look.due else None) == (stage, due)
    assert [ref.number for ref in look.clauses] == [clause]
    assert (look.outcome, look.modality) == ("应当交流轮岗", Modality.SHALL)
    assert due in look.text
    assert look.later is None


def test_staff_without_a_post_are_outside(one: One) -> None:
    look = one("科员", "2001.5").leading
    assert look is not None
    assert (look.stage, look.verdict, look.due, look.outcome) == (Stage.OUTSIDE, Verdict.DOES_NOT_APPLY, None, None)


def test_within_the_month_it_is_open_and_the_month_is_said(one: One) -> None:
    look = one("副局长", "2016.11").leading
    assert look is not None
    assert (look.stage, str(look.due.on) if look.due else None) == (Stage.OPEN, "2026-11")
    assert look.missing == ("任现职时间（要更精确）",)


def test_what_is_missing_names_its_column(one: One, check: Check) -> None:
    look = one("四级调研员", "2010.3").leading
    assert look is not None
    assert (look.stage, look.missing) == (Stage.OPEN, ("现任职务类别（从“现任职务”列读不出）",))
    look = one("副局长", "").leading
    assert look is not None
    assert look.missing == ("任现职时间（“任现职时间”列没有写明）",)
    row = check(("姓名", "现任职务", "任现职时间"), ("张三", "副局长", "2008.3"), jurisdiction="黄石市").rows[0]
    assert row.leading is not None
    assert row.leading.missing == ("干部级别（表中没有这一列）", "所在单位类别（从“现任职务”列读不出）")


def test_an_unreadable_title_leaves_the_row_open_and_is_noted(one: One) -> None:
    row = one("副局长兼办公室主任", "2010.3")
    assert row.stage is Stage.OPEN
    assert "单位副职" in row.notes[0]


def test_unit_and_title_that_say_different_things_are_not_decided(one: One) -> None:
    for title, unit in (("副主任", "衡东县财政局办公室"), ("主任", "衡东县财政局办公室")):
        row = one(title, "2010.3", unit=unit)
        assert row.stage is Stage.OPEN
        assert "可能是" in row.notes[0]


def test_bad_rows_are_told_by_number_and_the_rest_goes_on(check: Check) -> None:
    roster = check(
        HEADER,
        ("张三", "某局", "副局长", "2010.13"),
        ("李四", "某局", "副局长", "2030.1"),
        ("", "某局", "副局长", "2010.1"),
        ("王五", "某局", "副局长", "2010.1"),
    )
    assert [(row.row.number, row.stage) for row in roster.rows] == [
        (2, Stage.PROBLEM),
        (3, Stage.PROBLEM),
        (4, Stage.PROBLEM),
        (5, Stage.REACHED),
    ]
    assert "2010.13" in roster.rows[0].problems[0]
    assert "晚于核查日期" in roster.rows[1].problems[0]
    assert roster.rows[2].problems == ("没有写姓名",)
    assert len(roster.problems) == 3


def test_the_column_of_places_decides_row_by_row(check: Check) -> None:
    roster = check(
        ("地区", "姓名", "单位", "职务", "任现职时间", "级别", "单位性质"),
        ("衡东县", "张三", "某局", "副局长", "2010.3", "", ""),
        ("湖北省黄石市", "李四", "某局", "副局长", "2010.3", "副处级", "市直单位"),
        ("长沙市", "王五", "某局", "副局长", "2010.3", "", ""),
        ("温州", "赵六", "某局", "副局长", "2010.3", "", ""),
        ("", "钱七", "某局", "副局长", "2010.3", "", ""),
        jurisdiction=None,
    )
    assert [row.place for row in roster.rows] == ["衡东县", "黄石市", "长沙市", "温州", None]
    first, second = roster.rows[0].leading, roster.rows[1].leading
    assert first is not None
    assert second is not None
    assert (first.outcome, second.outcome) == ("应当交流轮岗", "纳入分批交流任职")
    assert [row.stage for row in roster.rows[2:]] == [Stage.PROBLEM] * 3
    assert roster.places == ("衡东县", "黄石市")


def test_principle_and_total_years(check: Check) -> None:
    header = ("姓名", "单位", "职务", "任现职时间", "任副职年限", "单位性质")
    roster = check(
        header,
        ("张三", "某县财政局", "副局长", "2018.3", "", "县直机关"),
        ("李四", "某县财政局", "副局长", "2022.3", "9", "县直机关"),
        ("王五", "某县水利局", "副局长", "2025.3", "1", "县直机关"),
        ("赵六", "某县财政局", "局长", "2010.3", "", "县直机关"),
        jurisdiction="某县",
    )
    looks = [row.leading for row in roster.rows if row.leading is not None]
    assert [look.stage for look in looks] == [Stage.REACHED, Stage.BODY, Stage.REACHED, Stage.BODY]
    assert looks[0].modality is Modality.IN_PRINCIPLE
    assert looks[1].later is not None
    assert str(looks[1].later.on) == "2030-03"
    assert looks[2].due is None
    assert "须由有权机关认定" in looks[3].missing[0]


def test_years_without_a_date_give_an_estimate(check: Check) -> None:
    roster = check(
        ("姓名", "职务类别", "任现职年限"),
        ("张三", "单位副职", "7"),
        ("李四", "内设机构正职", "7"),
        ("王五", "单位副职", "9年半"),
    )
    first, second, third = (row.leading for row in roster.rows)
    assert first is not None
    assert second is not None
    assert third is not None
    assert (first.stage, first.due is not None and first.due.estimated) == (Stage.LATER, True)
    assert (second.stage, second.due, second.later) == (Stage.REACHED, None, None)
    assert third.stage is Stage.SOON
    assert "约" in first.text


def test_a_date_goes_before_a_length(check: Check) -> None:
    row = check((*HEADER, "任现职年限"), ("张三", "某局", "副局长", "2010.3", "3")).rows[0]
    assert row.stage is Stage.REACHED


def test_the_counts(check: Check) -> None:
    lines = [
        ("张三", "某局", title, start) for title, start in (("局长", "2010.3"), ("股长", "2010.3"), ("局长", "2020.3"))
    ]
    summary = check(HEADER, *lines, ("李四", "某局", "局长", "?")).summary
    assert summary.total == 4
    assert summary.by_stage == ((Stage.REACHED, 2), (Stage.LATER, 1), (Stage.PROBLEM, 1))
    assert summary.by_outcome == (("应当交流轮岗", 2),)
    assert summary.by_due_year == ((2015, 1), (2020, 1), (2030, 1))


def test_before_the_rule_nothing_is_checked(check: Check) -> None:
    with pytest.raises(NotInForce):
        check(HEADER, ("张三", "某局", "局长", "2010.3"), as_of=date(2024, 2, 1))


def test_what_is_needed_before_checking(check: Check, library: Library) -> None:
    row = ("张三", "某局", "局长", "2010.3")
    with pytest.raises(errors.PlaceNotGiven):
        check(HEADER, row, jurisdiction=None)
    with pytest.raises(errors.NoRotationRules):
        check(HEADER, row, jurisdiction="温州市")
    with pytest.raises(errors.NoRotationRules):
        check(HEADER, row, jurisdiction="长沙市")
    with pytest.raises(errors.MissingColumns) as told:
        check(("姓名", "单位"), ("张三", "某局"))
    assert len(told.value.labels) == 2
    with pytest.raises(errors.AmbiguousColumns):
        check((*HEADER, "职务"), (*row, "局长"))
    assert library.rules.facts


def test_progress_is_told_to_the_end(library: Library) -> None:
    table = read_table(csv_of(HEADER, *[("张三", "某局", "局长", "2010.3")] * 1001), "a.csv")
    columns = columns_of(table, library.rules.facts.values())
    book = Rulebook(library.rules, library.clause)
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))

    day = date(2026, 11, 24)
    check_roster(table, columns, book, library.vocabulary, as_of=day, jurisdiction="衡东县", progress=progress)
    assert seen == [(500, 1001), (1000, 1001), (1001, 1001)]


def test_every_clause_found_is_in_the_basis_with_its_edition(check: Check) -> None:
    roster = check(HEADER, ("张三", "某局", "局长", "2010.3"), ("李四", "某局", "科员", "2020.3"))
    refs = {one.ref for one in roster.basis}
    assert {ref for row in roster.rows for look in row.outlooks for ref in look.clauses} <= refs
    assert all(one.edition is not None and one.clause.text for one in roster.basis)
    assert any(one.clause.gap for one in roster.basis)


POSTS = st.sampled_from(["单位正职", "单位副职", "内设机构正职", "内设机构副职", "一般干部", None])
UNITS = st.sampled_from(["县直机关", "市直单位", "教科系统", "乡镇（街道）", None])
RANKS = st.sampled_from(["县级", "科级", None])
BUREAUS = st.sampled_from(["水利局", "其他单位", None])
MONTHS = st.dates(date(2005, 1, 1), date(2026, 10, 31)).map(lambda day: Day.parse(f"{day:%Y-%m}"))
DAYS = st.dates(date(2005, 1, 1), date(2026, 11, 24)).map(lambda day: Day(day, day))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_looking_once_for_all_alike_says_what_ruling_on_each_says(library: Library, data: st.DataObject) -> None:
    """The shortcut must not change a verdict, an outcome or a day."""
    book = Rulebook(library.rules, library.clause)
    day = date(2026, 11, 24)
    empty = Columns((), ())
    lookers = [Looker(book, one, empty, day) for one in library.rules.mechanisms.values() if one.topic == "rotation"]
    for _ in range(4):
        values = {
            "post_kind": data.draw(POSTS),
            "unit_kind": data.draw(UNITS),
            "rank_level": data.draw(RANKS),
            "bureau": data.draw(BUREAUS),
            "post_start": data.draw(DAYS | MONTHS | st.none()),
        }
        facts = tuple(Fact(name, value, By.RULE) for name, value in values.items() if value is not None)
        for looker in lookers:
            look = looker.look(facts)
            ruling = rule(book, looker.mechanism, Case(day, {fact.name: fact for fact in facts}))
            assert look.verdict is ruling.verdict
            if look.stage in {Stage.REACHED, Stage.BODY}:
                assert look.outcome == ruling.outcome
            known = {(due.outcome, due.on, due.passed) for due in ruling.due}
            mine = [due for due in (look.due, look.later) if due is not None]
            assert {(due.outcome, due.on, due.passed) for due in mine} <= known
            if look.stage in {Stage.SOON, Stage.LATER}:
                assert look.due is not None
                assert look.due.on.first == min(due.on.first for due in ruling.due)
            assert (replace(look, text="").stage is Stage.OUTSIDE) == (
                look.verdict is Verdict.DOES_NOT_APPLY and not ruling.due
            )
