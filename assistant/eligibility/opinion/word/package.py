"""A Word document as bytes: the same for the same content, and with nothing of the machine that made it."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from docx.document import Document as WordDocument

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def packed(document: WordDocument, title: str, day: date) -> bytes:
    """The document's file. Its properties name no person; its dates are `day`."""
    properties = document.core_properties
    midnight = datetime(day.year, day.month, day.day)
    properties.title, properties.language = title, "zh-CN"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.subject = properties.category = ""
    properties.created = properties.modified = midnight
    properties.revision = 1
    for relation in document.part.package.rels.values():
        if relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _APPLICATION
    buffer = io.BytesIO()
    document.save(buffer)
    return _settled(buffer.getvalue())


def _settled(content: bytes) -> bytes:
    """The same package with its parts in order and without the time of day."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(settled, "w") as written:
        for name in sorted(made.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            written.writestr(entry, made.read(name))
    return settled.getvalue()
