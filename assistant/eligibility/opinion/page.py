"""An 预审意见 as a page that stands alone and prints on A4: no script, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from assistant.eligibility.opinion.layout import (
    WIDTH,
    Block,
    Cell,
    Entries,
    Entry,
    Field,
    Form,
    Grid,
    GridRow,
    Line,
    Section,
    Signing,
    Text,
    numbered,
    printable,
    sheet_of,
)
from assistant.eligibility.opinion.opinion import Opinion

_CSS = Path(__file__).with_name("opinion.css")


@cache
def _style() -> str:
    return _CSS.read_text(encoding="utf-8")


def as_page(opinion: Opinion) -> str:
    """A complete HTML document."""
    sheet = sheet_of(opinion)
    title = f"{sheet.title} {sheet.number}"
    notices = "".join(f"<p>{_text(one)}</p>" for one in sheet.notices)
    body = "".join(_section(one, at, 0) for at, one in enumerate(sheet.sections, 1))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{_text(sheet.title)}</h1>\n{_form(sheet.form)}\n"
        f'<div class="notices">{notices}</div>\n{body}</main>\n</body>\n</html>\n'
    )


def _text(text: str) -> str:
    return escape(printable(text)).replace("\n", "<br>")


def _section(section: Section, at: int, depth: int) -> str:
    tag = "h2" if depth == 0 else "h3"
    head = f"<{tag}>{numbered(at, depth)}{_text(section.title)}</{tag}>\n"
    blocks = "".join(f"{_block(block)}\n" for block in section.blocks)
    parts = "".join(_section(one, inner, depth + 1) for inner, one in enumerate(section.parts, 1))
    return f"<section>\n{head}{blocks}{parts}</section>\n"


def _block(block: Block) -> str:
    match block:
        case Text(lines=lines, tone=tone):
            return f'<div class="{tone}">{"".join(f"<p>{_line(line)}</p>" for line in lines)}</div>'
        case Grid():
            return _grid(block)
        case Form():
            return _form(block)
        case Entries(entries=entries):
            return f'<dl class="basis">{"".join(_entry(one) for one in entries)}</dl>'
        case Signing(who=who):
            return _signing(who)


def _line(line: Line) -> str:
    lead = f"<b>{_text(line.lead)}</b>" if line.lead else ""
    refs = "".join(f'<a class="ref" href="#b{ref}">[{ref}]</a>' for ref in line.refs)
    if line.place:
        return f'<span class="place">{refs} {_text(line.text)}</span>'
    text, stop = line.parted
    return f"{lead}{_text(text)}{refs}{stop}"


def _cell(lines: Cell) -> str:
    return "".join(f'<p class="d{min(line.depth, 6)}">{_line(line)}</p>' for line in lines)


def _grid(grid: Grid) -> str:
    widths = "".join(f'<col width="{100 * width / WIDTH:.1f}%">' for _, width in grid.columns)
    heads = "".join(f'<th scope="col">{_text(title)}</th>' for title, _ in grid.columns)
    rows = "".join(_row(row) for row in grid.rows)
    return (
        f'<div class="wide"><table class="grid"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: GridRow) -> str:
    spans = [' colspan="2"' if row.group and at == 0 else "" for at in range(len(row.cells))]
    cells = "".join(f"<td{span}>{_cell(cell)}</td>" for span, cell in zip(spans, row.cells, strict=True))
    return f'<tr class="group">{cells}</tr>' if row.group else f"<tr>{cells}</tr>"


def _form(form: Form) -> str:
    rows = "".join(f"<tr>{_fields(row)}</tr>" for row in form.rows)
    return f'<table class="form"><tbody>{rows}</tbody></table>'


def _fields(row: tuple[Field, ...]) -> str:
    span, strong = "" if len(row) == 2 else ' colspan="3"', ' class="strong"'
    return "".join(
        f'<th scope="row">{_text(field.label)}</th><td{span}{strong if field.strong else ""}>{_cell(field.lines)}</td>'
        for field in row
    )


def _entry(entry: Entry) -> str:
    notes = "；".join(entry.notes)
    return (
        f'<div class="entry" id="b{entry.number}"><dt>[{entry.number}] {_text(entry.head)}</dt>'
        f'<dd class="marks">{_text(notes)}</dd><dd>{_text(entry.text)}</dd></div>'
    )


def _signing(who: Iterable[str]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_text(one)}意见</th><td><p class="sign">{_text(one)}（签名）：</p>'
        '<p class="sign">日期：<span class="blank"></span>年<span class="blank"></span>月'
        '<span class="blank"></span>日</p></td></tr>'
        for one in who
    )
    return f'<table class="form signing"><tbody>{rows}</tbody></table>'
