"""Files as people send them, made in memory; and broken ones."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HEADER = ("姓名", "单位", "现任职务", "任现职时间")
ROW = ("张三", "衡东县财政局", "副局长", date(2015, 3, 10))


def xlsx(*rows: Sequence[Any], before: Callable[[Any, Workbook], None] | None = None) -> bytes:
    """A workbook with one sheet; `before` changes it before it is saved."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "花名册"
    for row in rows:
        sheet.append(list(row))
    if before is not None:
        before(sheet, book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def dated_1904(*rows: Sequence[Any]) -> bytes:
    def change(_: Any, book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    return xlsx(*rows, before=change)


def with_parts(data: bytes, change: Callable[[str, bytes], bytes], more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """The archive with its parts changed and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more:
            new.writestr(name, content)
    return out.getvalue()


def in_sheet(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with words of its sheet's XML replaced."""

    def change(name: str, content: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return content
        assert old in content
        return content.replace(old, new)

    return with_parts(data, change)


def csv_of(*rows: Sequence[str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)
