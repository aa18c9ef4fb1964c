"""Files that cannot be taken, each with its own reason."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from assistant.eligibility.roster import errors, read_table
from assistant.eligibility.roster.tables import opening, table, workbook
from assistant.errors import CallerError
from tests.assistant.eligibility.roster.making import HEADER, ROW, csv_of, in_sheet, with_parts, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
GOOD = xlsx(HEADER, ROW)


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types>wordprocessingml</Types>")
    return out.getvalue()


def plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


def xlsb() -> bytes:
    return with_parts(GOOD, lambda _, part: part.replace(b"sheet.main+xml", b"ms-excel.sheet.binary"))


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (OLE, "a.xls", errors.OldWorkbook),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", errors.EncryptedWorkbook),
        (b"%PDF-1.7", "a.pdf", errors.NotATable),
        (b"\x89PNG\r\n", "a.xlsx", errors.NotATable),
        (b"<html><table></table></html>", "a.xls", errors.NotATable),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "a.xls", errors.NotATable),
        (b"a\0b", "a.csv", errors.NotATable),
        (docx(), "a.xlsx", errors.NotATable),
        (plain_zip(), "a.xlsx", errors.NotATable),
        (xlsb(), "a.xlsx", errors.NotATable),
        (GOOD, "a.csv", errors.MisnamedFile),
        (GOOD, "a.xls", errors.MisnamedFile),
        (csv_of(HEADER), "a.xlsx", errors.MisnamedFile),
        (csv_of(HEADER), "a.xls", errors.MisnamedFile),
        (csv_of(HEADER), "a.xlsm", errors.MisnamedFile),
        (GOOD, "a.xlsm", errors.MacroWorkbook),
        (with_parts(GOOD, lambda _, part: part, [("xl/vbaProject.bin", b"x")]), "a.xlsx", errors.MacroWorkbook),
        (GOOD[: len(GOOD) // 2], "a.xlsx", errors.DamagedWorkbook),
        (b"", "a.csv", errors.EmptyTable),
        (b" \r\n \r\n", "a.csv", errors.EmptyTable),
        (xlsx(), "a.xlsx", errors.EmptyTable),
        (xlsx(HEADER), "a.xlsx", errors.EmptyTable),
        (csv_of(HEADER), "a.csv", errors.EmptyTable),
        (xlsx(("甲", "乙"), ("1", "2")), "a.xlsx", errors.NoHeader),
        (csv_of(("甲", "乙"), ("1", "2")), "a.csv", errors.NoHeader),
        (b"\xff\xff\x81,\x80\x80\xff", "a.csv", errors.UnknownEncoding),
    ],
)
def test_each_bad_file_has_its_own_reason(data: bytes, name: str, error: type[CallerError]) -> None:
    with pytest.raises(error) as told:
        read_table(data, name)
    assert type(told.value) is error
    assert any("\u4e00" <= c <= "\u9fff" for c in str(told.value))


def test_every_reason_has_a_code_of_its_own() -> None:
    kinds = errors.RosterError.__subclasses__()
    assert len({kind.code for kind in kinds}) == len(kinds) == 21


def test_a_workbook_that_grows_out_of_all_proportion_is_not_unpacked() -> None:
    bomb = with_parts(GOOD, lambda _, part: part, [("xl/media/x.bin", bytes(30 << 20))])
    with pytest.raises(errors.InflatedWorkbook):
        read_table(bomb, "a.xlsx")


def test_a_workbook_too_large_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_UNPACKED", 1000)
    with pytest.raises(errors.InflatedWorkbook):
        read_table(GOOD, "a.xlsx")


def test_a_password_on_the_archive_is_told() -> None:
    data = bytearray(GOOD)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(errors.EncryptedWorkbook):
        read_table(bytes(data), "a.xlsx")


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]>',
        b'<!-- long --><!DOCTYPE a SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://example.org/p"> %p;]>',
    ],
)
def test_entities_are_refused_before_anything_is_parsed(part: str, declared: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        head, mark, rest = content.partition(b"?>") if content.startswith(b"<?xml") else (b"", b"", content)
        return head + mark + declared + rest

    with pytest.raises(errors.EntitiesInside):
        read_table(with_parts(GOOD, change), "a.xlsx")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b""),
        (b'<row r="2"', b'<row r="99999999999"'),
        (b'<row r="2"', b'<row r="1"'),
        (b'<row r="2"', b'<row r="x"'),
    ],
)
def test_broken_sheets_are_damaged_and_never_read_in_part(old: bytes, new: bytes) -> None:
    with pytest.raises(errors.DamagedWorkbook):
        read_table(in_sheet(GOOD, old, new), "a.xlsx")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_any_broken_part_is_damage(part: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content[: len(content) // 2] if name == part else content

    with pytest.raises(errors.DamagedWorkbook):
        read_table(with_parts(GOOD, change), "a.xlsx")


def test_a_formula_without_a_value_is_told_with_its_cell() -> None:
    data = xlsx(HEADER, ROW, ("李四", "某局", "局长", "=DATE(2015,3,1)"), ("王五", "某局", '=A1&"长"', "2015.3"))
    with pytest.raises(errors.UncalculatedFormulas) as told:
        read_table(data, "a.xlsx")
    assert told.value.cells == ("D3", "C4")


def test_a_formula_with_its_value_is_read() -> None:
    data = xlsx(HEADER, ("张三", "某局", "=B2", "2015.3"))
    read = read_table(in_sheet(data, b'<c r="C2"><f>B2</f><v></v>', b'<c r="C2" t="str"><f>B2</f><v>x</v>'), "a.xlsx")
    assert read.rows[0].cells[2] == "x"


def test_a_formula_above_the_header_does_no_harm() -> None:
    assert len(read_table(xlsx(("=NOW()",), HEADER, ROW), "a.xlsx").rows) == 1


def test_merged_cells_among_the_data_are_told() -> None:
    def merge(sheet: Any, _: Workbook) -> None:
        sheet.merge_cells("A1:D1")
        sheet.merge_cells("B3:B4")

    with pytest.raises(errors.MergedCells) as told:
        read_table(xlsx(("花名册",), HEADER, ROW, ROW, before=merge), "a.xlsx")
    assert told.value.ranges == ("B3:B4",)


def test_merged_titles_and_headers_do_no_harm() -> None:
    def merge(sheet: Any, _: Workbook) -> None:
        sheet.merge_cells("A1:D1")
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("C2:D2")
        sheet.merge_cells("A9:D9")

    rows = (("花名册",), ("姓名", "单位", "任职情况"), (None, None, "现任职务", "任现职时间"), ROW)
    read = read_table(xlsx(*rows, before=merge), "a.xlsx")
    assert read.headers == HEADER
    assert read.header_row == 3
    assert [row.number for row in read.rows] == [4]


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (workbook, table):
        monkeypatch.setattr(module, "MAX_ROWS", 2)
    assert len(read_table(xlsx(HEADER, ROW, ROW), "a.xlsx").rows) == 2
    with pytest.raises(errors.TooManyRows):
        read_table(xlsx(HEADER, ROW, ROW, ROW), "a.xlsx")


def test_too_many_columns() -> None:
    with pytest.raises(errors.TooManyColumns):
        read_table(xlsx(HEADER, (*ROW, *range(200))), "a.xlsx")
    with pytest.raises(errors.TooManyColumns):
        read_table(csv_of(HEADER, ("张三", *map(str, range(200)))), "a.csv")
