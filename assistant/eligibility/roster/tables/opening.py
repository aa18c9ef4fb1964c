"""What kind of file it is, by its content; and whether a workbook is safe to open at all."""

from __future__ import annotations

import io
import zipfile
import zlib
from enum import Enum
from pathlib import PurePath
from typing import IO
from xml.parsers import expat

from assistant.eligibility.roster.errors import (
    DamagedWorkbook,
    EncryptedWorkbook,
    EntitiesInside,
    InflatedWorkbook,
    MacroWorkbook,
    MisnamedFile,
    NotATable,
    OldWorkbook,
    RosterError,
)

MAX_UNPACKED = 300 << 20
MAX_RATIO = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
}
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")
_CHUNK = 1 << 16


class FileKind(Enum):
    """What can be read; the value names it for people."""

    WORKBOOK = "Excel 工作簿（.xlsx）"
    TEXT = "文本表格（.csv）"


_NAMED = {".xlsx": FileKind.WORKBOOK, ".csv": FileKind.TEXT, ".txt": FileKind.TEXT, ".tsv": FileKind.TEXT}


def kind_of(data: bytes, name: str) -> FileKind:
    """What the content is, whatever the name says.

    Raises NotATable, OldWorkbook, EncryptedWorkbook, MacroWorkbook, DamagedWorkbook, and MisnamedFile where the name
    says something else.
    """
    if data.startswith(_OLE):
        raise EncryptedWorkbook if "EncryptedPackage".encode("utf-16-le") in data else OldWorkbook
    found = _packed(data) if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) else _text(data)
    suffix = PurePath(name).suffix.lower()
    if suffix in {".xlsm", ".xltm"}:
        raise MacroWorkbook if found is FileKind.WORKBOOK else MisnamedFile(name, found.value)
    if suffix and _NAMED.get(suffix, None if suffix in {".xls", ".xlsb", ".et"} else found) is not found:
        raise MisnamedFile(name, found.value)
    return found


def _text(data: bytes) -> FileKind:
    for mark, what in _OTHERS.items():
        if data.startswith(mark):
            raise NotATable(what)
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise NotATable("网页（HTML）或 XML")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotATable("二进制数据")
    return FileKind.TEXT


def _packed(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise EncryptedWorkbook
            refuse_inflated(archive, len(data))
            names = set(archive.namelist())
            if "[Content_Types].xml" not in names:
                raise NotATable("压缩包")
            types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
            macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    except RosterError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError):
        raise DamagedWorkbook from None
    if "spreadsheetml" not in types and "ms-excel" not in types:
        raise NotATable("其他办公文档")
    if macros or "macroEnabled.main" in types:
        raise MacroWorkbook
    if "sheet.main+xml" not in types:
        raise NotATable("二进制工作簿（.xlsb）或模板")
    return FileKind.WORKBOOK


def refuse_inflated(archive: zipfile.ZipFile, packed: int) -> None:
    """Raises InflatedWorkbook. The sizes are those the archive states: more than it states is never unpacked."""
    size = sum(entry.file_size for entry in archive.infolist())
    if size > MAX_UNPACKED or (size > 1 << 20 and size > MAX_RATIO * packed):
        raise InflatedWorkbook(size, MAX_UNPACKED)


def refuse_entities(archive: zipfile.ZipFile) -> None:
    """Raises EntitiesInside for a document type in any XML part, DamagedWorkbook for what is no XML."""
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(name) as part:
                _prolog(part)


def _prolog(part: IO[bytes]) -> None:
    """A document type stands before the first element: no more has to be read."""
    begun = False

    def declared(*_: object) -> None:
        raise EntitiesInside

    def begins(*_: object) -> None:
        nonlocal begun
        begun = True

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = begins
    try:
        while not begun and (chunk := part.read(_CHUNK)):
            parser.Parse(chunk)
    except expat.ExpatError:
        raise DamagedWorkbook from None
