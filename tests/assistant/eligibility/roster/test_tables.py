"""What is read of a good file."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from assistant.eligibility.case import Day
from assistant.eligibility.roster import read_table
from tests.assistant.eligibility.roster.making import HEADER, ROW, csv_of, dated_1904, in_sheet, saved, with_parts, xlsx


def test_the_header_may_stand_below_titles() -> None:
    read = read_table(xlsx(("衡东县干部花名册",), ("2026年11月", None, "单位：人"), (), HEADER, (), ROW), "名单.xlsx")
    assert (read.sheet, read.header_row, read.headers) == ("花名册", 4, HEADER)
    assert [row.number for row in read.rows] == [6]
    assert read.rows[0].cells == ROW


def test_the_first_sheet_with_a_header_is_taken_and_said() -> None:
    book = Workbook()
    first: Any = book.active
    first.append(["填表说明"])
    for name in ("名册", "另一份"):
        sheet: Any = book.create_sheet(name)
        sheet.append(list(HEADER))
        sheet.append([name, *ROW[1:]])
    read = read_table(saved(book), "a.xlsx")
    assert read.sheet == "名册"
    assert read.rows[0].cells[0] == "名册"
    assert read.remarks == ("文件有 3 个工作表，读取的是“名册”。",)


def test_dates_of_the_1904_system_are_the_same_days() -> None:
    assert read_table(dated_1904(HEADER, ROW), "a.xlsx").rows[0].cells == ROW


@pytest.mark.parametrize("code", ['yyyy"年"m"月"', "yyyy.mm", "yyyy-mm", "mmm-yy", '[$-804]yyyy"年"m"月";@'])
def test_a_date_shown_by_its_month_is_known_by_its_month(code: str) -> None:
    def shape(sheet: Any, _: Workbook) -> None:
        sheet["D2"].number_format = code

    data = xlsx(HEADER, ("张三", "某局", "局长", date(2015, 3, 1)), before=shape)
    assert read_table(data, "a.xlsx").rows[0].cells[3] == Day.parse("2015-03")


@pytest.mark.parametrize(
    ("number", "want"), [(31, date(2015, 3, 1)), (57, Day.parse("2015-03")), (14, date(2015, 3, 1))]
)
def test_chinese_date_formats_known_by_number_alone(number: int, want: object) -> None:
    """Excel and WPS write numFmtId 31 (2015年3月1日) and 57 (2015年3月) without saying what they mean."""
    data = xlsx(HEADER, ("张三", "某局", "局长", date(2015, 3, 1)))

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/styles.xml":
            return content
        assert b'numFmtId="164"' in content
        return content.replace(b'<xf numFmtId="164"', b'<xf numFmtId="%d"' % number)

    assert read_table(with_parts(data, change), "a.xlsx").rows[0].cells[3] == want


def test_cells_of_every_kind() -> None:
    row = (" 张三\n", True, 12, 12.5, datetime(2015, 3, 1, 8, 30), time(8, 30), "", None, "尾")
    read = read_table(xlsx((*HEADER, "甲", "乙", "丙", "丁", "戊"), row), "a.xlsx")
    assert read.rows[0].cells == (
        *("张三", True, 12, 12.5),
        *(datetime(2015, 3, 1, 8, 30), "08:30:00", None, None, "尾"),
    )


def test_shared_text_reads_like_text_in_place() -> None:
    """Excel shares texts, and writes the sound of Chinese and Japanese names beside them."""
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1">'
        '<si><r><t>副</t></r><r><t>局长</t></r><rPh sb="0" eb="1"><t>fu</t></rPh></si></sst>'
    ).encode()
    data = xlsx(HEADER, ("张三", "某局", 7777, "2015.3"))
    data = in_sheet(data, b'<c r="C2" t="n"><v>7777</v></c>', b'<c r="C2" t="s"><v>0</v></c>')
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</Types>", override) if name == "[Content_Types].xml" else part

    data = with_parts(data, change, [("xl/sharedStrings.xml", shared)])
    assert read_table(data, "a.xlsx").rows[0].cells == ("张三", "某局", "副局长", "2015.3")


def test_wrong_dimensions_hide_nothing() -> None:
    data = in_sheet(xlsx(HEADER, ROW), b'ref="A1:D2"', b'ref="A1"')
    assert read_table(data, "a.xlsx").rows[0].cells == ROW


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_csv_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    lines = (("花名册",), HEADER, ("张三", "", "副局长", "2015.03"), ("", ""), ("李四", "某局", "局长", "2016.1"))
    read = read_table(csv_of(*lines, encoding=encoding, delimiter=delimiter), "名单.csv")
    assert read.headers == HEADER
    assert read.sheet is None
    assert [row.number for row in read.rows] == [3, 5]
    assert read.rows[0].cells == ("张三", None, "副局长", "2015.03")


def test_csv_keeps_line_breaks_within_quotes() -> None:
    data = '姓名,"现任\n职务",任现职时间\n张三,"党组成员、\n副局长",2015.3\n李四,局长,2016.3\n'.encode()
    read = read_table(data, "a.csv")
    assert [row.number for row in read.rows] == [2, 3]
    assert read.rows[0].cells[1] == "党组成员、\n副局长"


def test_a_name_without_a_suffix_is_no_reason_to_refuse() -> None:
    assert read_table(xlsx(HEADER, ROW), "upload").rows
    assert read_table(csv_of(HEADER, ("张三", "某局", "局长", "2015.3")), "upload").rows
