"""The files that are handed on."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.eligibility.roster import DISCLAIMER, Roster, as_csv, as_xlsx

Check = Callable[..., Roster]
EVIL = '=HYPERLINK("http://example.org","x")'


@pytest.fixture(scope="module")
def roster(check: Check) -> Roster:
    return check(
        ("姓名", "单位", "现任职务", "任现职时间", "备注", "结果"),
        ("张三", "衡东县财政局", "副局长", "2014-05-09", EVIL, "+1"),
        ("李四", "衡东县财政局", "股长", "2022.3-", "@SUM(A1)", "-1"),
        ("王五", "衡东县财政局", "局长", "看档案", "\x07#N/A", "＝1"),
        ("赵六", "衡东县财政局", "主任", "2010.3", "", ""),
    )


@pytest.fixture(scope="module")
def book(roster: Roster) -> Any:
    return load_workbook(io.BytesIO(as_xlsx(roster)))


def rows(sheet: Any) -> list[dict[str, Any]]:
    lines = list(sheet.iter_rows(values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_the_sheets(book: Any) -> None:
    assert book.sheetnames == ["核查结果", "汇总", "问题行", "依据", "说明"]
    sheet = book["核查结果"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:R5"
    assert sheet.column_dimensions["H"].width > 10
    assert len(sheet.conditional_formatting) == 1


def test_every_row_keeps_its_columns_and_says_what_was_found(book: Any) -> None:
    first, second, third, fourth = rows(book["核查结果"])
    assert (first["姓名"], first["表中行号"], first["核查情况"]) == ("张三", 2, "已到期")
    assert (first["结果（系统）"], first["条款用语"]) == ("应当交流轮岗", "应当")
    assert first["到期日"] == datetime(2024, 5, 9)
    assert first["依据条款"] == "hengdong-2024@2024-02#9.1"
    assert first["例外情形"] == "原文用词是“应”，未载明不交流的例外情形。［hengdong-2024@2024-02#9.5］"
    assert second["到期日"] == datetime(2027, 3, 1)
    assert second["结果（系统）"] == "届时：应当交流轮岗"
    assert third["核查情况"] == "问题行"
    assert "看档案" in third["核查说明"]
    assert fourth["核查情况"] == "信息不足"


def test_dates_are_dates_shown_as_far_as_they_are_known(book: Any) -> None:
    cells = [row[10] for row in book["核查结果"].iter_rows(min_row=2, max_row=3)]
    assert [cell.number_format for cell in cells] == ["yyyy-mm-dd", "yyyy-mm"]
    assert all(cell.is_date for cell in cells)


def test_no_text_becomes_a_formula(book: Any) -> None:
    assert all(cell.data_type not in {"f", "e"} for sheet in book for row in sheet.iter_rows() for cell in row)
    cell = book["核查结果"]["E2"]
    assert (cell.value, cell.quotePrefix) == (EVIL, True)
    assert book["核查结果"]["E4"].value == "#N/A"


def test_the_counts_the_problems_and_the_basis(book: Any) -> None:
    counts = {(row["项目"], row["类别"]): row["人数"] for row in rows(book["汇总"])}
    assert counts["总计", "核查的行数"] == 4
    assert counts["已到期的结果", "应当交流轮岗"] == 1
    assert counts["到期年份", "2024年"] == 1
    assert [(row["表中行号"], row["姓名"]) for row in rows(book["问题行"])] == [(4, "王五")]
    basis = {row["条款"]: row for row in rows(book["依据"])}
    assert "满10年" in basis["hengdong-2024@2024-02#9.1"]["条款文字"]
    assert "衡东县" in basis["hengdong-2024@2024-02#9.5"]["文件"]
    assert "hxw.gov.cn" in basis["hengdong-2024@2024-02#9.1"]["来源"]


def test_what_it_was_made_with(book: Any, roster: Roster) -> None:
    about = list(book["说明"].iter_rows(min_row=2, values_only=True))
    assert ("声明", DISCLAIMER) in about
    assert ("核查日期", datetime(2026, 11, 24)) in about
    assert ("规定指纹", roster.fingerprint) in about
    assert any(item == "列对应" and "任现职时间" in text for item, text in about)
    assert ("未使用的列", "备注、结果") in about


def test_the_csv_says_the_same_and_holds_no_formula(roster: Roster) -> None:
    data = as_csv(roster)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [line["核查情况"] for line in lines] == ["已到期", "12个月内到期", "问题行", "信息不足"]
    assert [line["到期日"] for line in lines[:2]] == ["2024-05-09", "2027-03"]
    assert [line["备注"] for line in lines] == [f"'{EVIL}", "'@SUM(A1)", "#N/A", ""]
    assert [line["结果"] for line in lines] == ["'+1", "'-1", "'＝1", ""]


def test_the_result_can_be_checked_again(roster: Roster, check: Check) -> None:
    from assistant.eligibility.roster import columns_of, read_table

    again = read_table(as_xlsx(roster), "结果.xlsx")
    assert again.sheet == "核查结果"
    assert len(again.rows) == len(roster.rows)
    found = columns_of(again, ())
    assert found.of("post_start") == found.columns[3]
    assert roster.as_of == date(2026, 11, 24)
    assert check is not None
