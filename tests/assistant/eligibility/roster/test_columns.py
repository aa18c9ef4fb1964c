"""Which column is what, and what its cells say."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.case import Amount, Day
from assistant.eligibility.roster import Columns, columns_of, errors, read_table
from assistant.eligibility.roster.columns.cells import value_in
from assistant.eligibility.roster.columns.dates import UnreadableCell, day_in
from assistant.eligibility.roster.columns.titles import option_in
from assistant.eligibility.roster.fields import KNOWN, field_named
from assistant.eligibility.roster.tables import Cell
from knowledge.facts import FactKind, FactType, Option
from knowledge.library import Library
from tests.assistant.eligibility.roster.making import csv_of

KIND = FactKind(
    name="post_kind",
    type=FactType.CHOICE,
    label="职务类别",
    question="是什么职务？",
    options=(
        Option(value="单位正职", says=("局长", "(镇|乡)长")),
        Option(value="单位副职", says=("副局长", "副主任")),
        Option(value="内设机构正职", says=("办公室主任", "股长", "科室…负责人"), unless=("股长助理",)),
        Option(value="内设机构副职", says=("办公室副主任", "副股长")),
    ),
)
YEARS = FactKind(name="years_in_post", type=FactType.YEARS, label="年限", question="几年了？")
DONE = FactKind(name="done", type=FactType.BOOL, label="完成", question="完成了吗？")
SHARE = FactKind(name="share", type=FactType.PERCENT, label="比例", question="比例是多少？")


def columns(*headers: str, kinds: tuple[FactKind, ...] = (KIND,)) -> Columns:
    table = read_table(csv_of(("姓名", "任现职时间", *headers), ("张三", "2015.3", *("x",) * len(headers))), "a.csv")
    return columns_of(table, kinds)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("姓 名", "name"),
        ("姓\n名", "name"),
        ("　姓名＊", "name"),
        ("现任职务（全称）", "title"),
        ("工作单位及职务", "title"),
        ("任现职时间\n(年.月)", "post_start"),
        ("任现职时间：", "post_start"),
        ("县（市、区）", "place"),
        ("县(市区)", "place"),
        ("职务类别", "post_kind"),
        ("任职时间", "post_start"),
        ("职级", "rank_level"),
        ("配偶姓名", None),
        ("拟任职务", None),
        ("原任职务", None),
        ("出生年月", None),
        ("", None),
    ],
)
def test_names_of_columns(header: str, field: str | None) -> None:
    found = field_named(header, KNOWN)
    assert (found.id if found else None) == field


def test_no_name_means_two_fields() -> None:
    names = [name for field in KNOWN for name in (*field.aliases, *field.weak)]
    assert len(set(names)) == len(names)


def test_a_sure_name_goes_before_a_weak_one() -> None:
    found = columns("任职时间", "职务")
    assert found.of("post_start") == found.columns[1]
    assert not found.ambiguous


def test_two_sure_names_are_for_a_person_to_choose() -> None:
    found = columns("现任职务", "职务", "职务")
    assert [(field.id, [one.letter for one in some]) for field, some in found.ambiguous] == [("title", ["C", "D", "E"])]
    assert found.of("title") is None
    assert found.missing == ()
    chosen = found.changed({"职务": "E列"})
    assert (chosen.of("title"), chosen.ambiguous) == (chosen.columns[4], ())


def test_a_mapping_can_be_changed_and_taken_back() -> None:
    found = columns("职务", "备注")
    changed = found.changed({"单位": "备注", "title": None})
    assert changed.of("unit") == changed.columns[3]
    assert changed.of("title") is None
    assert changed.missing == ("职务（或职务类别）",)
    assert [one.header for one in changed.used] == ["姓名", "备注", "任现职时间"]
    moved = found.changed({"post_start": "备注"})
    assert moved.columns[1].field is None


def test_choices_that_fit_nothing() -> None:
    with pytest.raises(errors.UnknownField):
        columns().changed({"身高": "备注"})
    with pytest.raises(errors.UnknownColumn):
        columns().changed({"姓名": "备注"})
    with pytest.raises(errors.UnknownColumn):
        columns("备注", "备注").changed({"姓名": "备注"})


def test_samples_show_what_a_column_holds() -> None:
    table = read_table(
        csv_of(("姓名", "职务"), ("张三", "局长"), ("李四", "局长"), ("王五", ""), ("赵六", "股长")), "a.csv"
    )
    found = columns_of(table, ())
    assert found.columns[0].samples == ("张三", "李四", "王五")
    assert found.columns[1].samples == ("局长", "股长")


def test_a_fact_is_a_column_by_its_label() -> None:
    assert columns("完成", kinds=(DONE,)).of("done") is not None


def test_every_fact_that_columns_speak_of_is_in_the_vocabulary(library: Library) -> None:
    facts = {field.id for field in KNOWN} - {"name", "unit", "title", "place"}
    assert facts <= set(library.rules.facts)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2015, 3, 1), "2015-03-01"),
        (datetime(2015, 3, 1, 8), "2015-03-01"),
        (Day.parse("2015-03"), "2015-03"),
        *((text, "2015-03") for text in ("2015.03", "2015.3", "2015-3", "2015/03", "2015年3月", "２０１５．０３")),
        *(
            (text, "2015-03")
            for text in ("2015年03月起", "2015.3-", "2015.3—", "2015.03-至今", "2015.3至今", "2015 . 3")
        ),
        *(
            (text, "2015-03")
            for text in ("201503", "二〇一五年三月", "2015。3", "2015.3任现职", "2015.3-今", "2015.03.")
        ),
        *(
            (text, "2015-03-01")
            for text in ("2015.3.1", "2015-03-01", "2015年3月1日", "20150301", "2015-03-01 00:00:00")
        ),
        *((text, "2015") for text in ("2015", "2015年", 2015)),
        (201503, "2015-03"),
        (20150301, "2015-03-01"),
        (2015.03, "2015-03"),
        (2015.3, "2015-03"),
        (2015.12, "2015-12"),
        ("2015.10", "2015-10"),
        ("2015.1", "2015-01"),
    ],
)
def test_dates_as_people_write_them(cell: Cell, day: str) -> None:
    assert day_in(cell) == Day.parse(day)


def test_a_number_may_have_lost_its_zero() -> None:
    assert day_in(2015.1) == Day(date(2015, 1, 1), date(2015, 10, 31))


@pytest.mark.parametrize(
    "cell",
    ["2015.13", "2015.2.30", "15.3", "三月", "2015.3-2018.5", 42064, 201513, 12, True, "1900-01-01", date(1900, 1, 1)],
)
def test_what_is_no_date(cell: Cell) -> None:
    with pytest.raises(UnreadableCell):
        day_in(cell)


@given(st.text(max_size=12) | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_any_cell_is_a_date_or_is_told(cell: Cell) -> None:
    try:
        day = day_in(cell)
    except UnreadableCell:
        return
    assert date(1949, 1, 1) <= day.first <= day.last <= date(2100, 12, 31)


@pytest.mark.parametrize(
    ("title", "option"),
    [
        ("单位副职", "单位副职"),
        ("党组书记、局长", "单位正职"),
        ("党组成员、副局长", "单位副职"),
        ("副 局 长", "单位副职"),
        ("办公室副主任", "内设机构副职"),
        ("办公室主任", "内设机构正职"),
        ("镇长", "单位正职"),
        ("科室主要负责人", "内设机构正职"),
        ("科室主要负责人、副局长", "单位副职"),
        ("股长助理", None),
        ("四级调研员", None),
    ],
)
def test_titles_name_a_kind_of_post(title: str, option: str | None) -> None:
    assert option_in(KIND, title) == option


@pytest.mark.parametrize("title", ["副局长兼办公室主任", "局长、股长", "原任局长", "局长（拟任）"])
def test_a_title_that_could_be_either_is_not_decided(title: str) -> None:
    with pytest.raises(UnreadableCell):
        option_in(KIND, title)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (YEARS, 11, Amount(11, 12, below=True)),
        (YEARS, "11年", Amount(11, 12, below=True)),
        (YEARS, 11.5, Amount.exactly(11.5)),
        (YEARS, "-", None),
        (YEARS, "不详", None),
        (DONE, "是", True),
        (DONE, "×", False),
        (DONE, True, True),
        (SHARE, "20%", Amount.exactly(20)),
        (SHARE, 20, Amount.exactly(20)),
    ],
)
def test_cells_by_the_type_of_their_fact(kind: FactKind, cell: Cell, value: object) -> None:
    assert value_in(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"), [(YEARS, "很久"), (YEARS, -1), (DONE, "也许"), (SHARE, "多"), (KIND, "秘书")]
)
def test_cells_that_do_not_fit_their_fact(kind: FactKind, cell: Cell) -> None:
    with pytest.raises(UnreadableCell):
        value_in(kind, cell)
