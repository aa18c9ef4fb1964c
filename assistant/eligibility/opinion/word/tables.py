"""Tables and forms with fixed widths, heads that repeat, and rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from assistant.eligibility.opinion.layout import WIDTH, Field, Form, Grid, GridRow, Line, Signing
from assistant.eligibility.opinion.word.fonts import HEADING
from assistant.eligibility.opinion.word.paragraphs import Look, write_line
from assistant.eligibility.opinion.word.xml import element, put

_CELL, _GROUP = Look("小四"), Look("小四", HEADING, keep_next=True)
_HEAD, _LABEL = Look("小四", HEADING, center=True, keep_next=True), Look("小四", HEADING, center=True)
_STRONG = Look("四号", HEADING)
_FORM = (25, 66, 25, 40)
_SIGN_HEIGHT = 38
_SPLITS = 600
"""Characters from which a row may be broken across pages: it would not fit on one in its column."""


def write_grid(document: WordDocument, grid: Grid) -> None:
    """A table of records."""
    widths = [width for _, width in grid.columns]
    table = _table(document, widths)
    head = _row(table)
    put(head._tr.get_or_add_trPr(), element("w:tblHeader"))
    for cell, (title, _) in zip(head.cells, grid.columns, strict=True):
        _fill(cell, (Line(title),), _HEAD)
    for row in grid.rows:
        _write_row(table, row)
    _close(document)


def _write_row(table: Table, row: GridRow) -> None:
    made = _row(table, whole=_length(row.cells) < _SPLITS)
    cells: Sequence[_Cell] = made.cells
    if row.group:
        cells = [cells[0].merge(cells[1]), *cells[2:]]
        for cell in cells:
            put(cell._tc.get_or_add_tcPr(), element("w:shd", val="clear", color="auto", fill="F2F2F2"), "w:vAlign")
    for cell, lines in zip(cells, row.cells, strict=True):
        _fill(cell, lines, _GROUP if row.group else _CELL)


def write_form(document: WordDocument, form: Form) -> None:
    """Labelled boxes, two a row or one across."""
    table = _table(document, _FORM)
    for fields in form.rows:
        cells = _row(table).cells
        if len(fields) == 1:
            boxes = [(cells[0], cells[1].merge(cells[3]))]
        else:
            boxes = [(cells[0], cells[1]), (cells[2], cells[3])]
        for (label, box), field in zip(boxes, fields, strict=True):
            _write_field(label, box, field)
    _close(document)


def _write_field(label: _Cell, box: _Cell, field: Field) -> None:
    _fill(label, (Line(field.label),), _LABEL)
    _fill(box, field.lines, _STRONG if field.strong else _CELL)


def write_signing(document: WordDocument, signing: Signing) -> None:
    """Boxes to write in and to sign."""
    table = _table(document, (26, WIDTH - 26))
    for at, who in enumerate(signing.who, 1):
        row, keep = _row(table), at < len(signing.who)
        row.height = Mm(_SIGN_HEIGHT)
        _fill(row.cells[0], (Line(f"{who}意见"),), replace(_LABEL, keep_next=keep))
        lines = (Line(f"{who}（签名）："), Line("日期：　　　　年　　月　　日"))
        _fill(row.cells[1], lines, Look("小四", exact=24, keep_next=keep))
        for paragraph in row.cells[1].paragraphs:
            paragraph.paragraph_format.left_indent = Mm(58)
        row.cells[1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    _close(document)


def _table(document: WordDocument, widths: Sequence[int]) -> Table:
    table: Table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    properties = table._tbl.tblPr
    put(properties, element("w:tblW", w=_twips(sum(widths)), type="dxa"), "w:jc", "w:tblLayout", "w:tblLook")
    margins: Any = element("w:tblCellMar")
    for side, twips in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
        margins.append(element(f"w:{side}", w=twips, type="dxa"))
    put(properties, margins, "w:tblLook")
    return table


def _row(table: Table, *, whole: bool = True) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it unannotated
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if whole:
        put(row._tr.get_or_add_trPr(), element("w:cantSplit"), "w:tblHeader", "w:trHeight")
    return row


def _fill(cell: _Cell, lines: Sequence[Line], look: Look) -> None:
    for at, line in enumerate(lines):
        write_line(cell.paragraphs[0] if at == 0 else cell.add_paragraph(), line, look)


def _length(cells: Sequence[Sequence[Line]]) -> int:
    return max(sum(len(line.text) + len(line.lead) for line in cell) for cell in cells)


def _close(document: WordDocument) -> None:
    """Word runs tables into each other unless a paragraph stands between them."""
    paragraph = document.add_paragraph()
    write_line(paragraph, Line(""), Look("小五", exact=6))


def _twips(millimetres: int) -> int:
    return round(millimetres / 25.4 * 1440)
