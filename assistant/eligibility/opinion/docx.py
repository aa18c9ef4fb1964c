"""An 预审意见 as a Word document in the form of official papers (GB/T 9704)."""

from __future__ import annotations

from docx.document import Document as WordDocument

from assistant.eligibility.opinion.layout import (
    Block,
    Entries,
    Entry,
    Form,
    Grid,
    Line,
    Section,
    Signing,
    Text,
    Tone,
    numbered,
    sheet_of,
)
from assistant.eligibility.opinion.opinion import Opinion
from assistant.eligibility.opinion.word import (
    HEADING,
    Look,
    empty_sheet,
    packed,
    write_form,
    write_grid,
    write_line,
    write_signing,
)

_TONES = {
    Tone.BODY: Look("三号", exact=28, indent=2, justify=True),
    Tone.GIVEN: Look("三号", exact=28, indent=2, justify=True),
    Tone.NOTE: Look("五号", exact=16),
}
_ENTRY_HEAD = Look("小四", HEADING, exact=20, keep_next=True)
_ENTRY_TEXT = Look("小四", exact=20, indent=2, justify=True, after=6)
_ENTRY_NOTE = Look("小五", exact=14, keep_next=True)


def as_docx(opinion: Opinion) -> bytes:
    """The file's bytes; equal for equal opinions."""
    sheet = sheet_of(opinion)
    document = empty_sheet(sheet.title, sheet.number)
    document.add_paragraph(sheet.title, style="Title")
    write_form(document, sheet.form)
    _write_text(document, tuple(Line(one) for one in sheet.notices), _TONES[Tone.NOTE])
    for at, section in enumerate(sheet.sections, 1):
        _write_section(document, section, at, 0)
    return packed(document, sheet.title, opinion.issued)


def _write_section(document: WordDocument, section: Section, at: int, depth: int) -> None:
    document.add_paragraph(f"{numbered(at, depth)}{section.title}", style=f"Heading {depth + 1}")
    for block in section.blocks:
        _write_block(document, block)
    for inner, part in enumerate(section.parts, 1):
        _write_section(document, part, inner, depth + 1)


def _write_block(document: WordDocument, block: Block) -> None:
    match block:
        case Text(lines=lines, tone=tone):
            _write_text(document, lines, _TONES[tone])
        case Grid():
            write_grid(document, block)
        case Form():
            write_form(document, block)
        case Entries(entries=entries):
            for entry in entries:
                _write_entry(document, entry)
        case Signing():
            write_signing(document, block)


def _write_text(document: WordDocument, lines: tuple[Line, ...], look: Look) -> None:
    for line in lines:
        write_line(document.add_paragraph(), line, look)


def _write_entry(document: WordDocument, entry: Entry) -> None:
    write_line(document.add_paragraph(), Line(f"[{entry.number}] {entry.head}"), _ENTRY_HEAD)
    write_line(document.add_paragraph(), Line("；".join(entry.notes)), _ENTRY_NOTE)
    for paragraph in entry.text.split("\n"):
        if paragraph.strip():
            write_line(document.add_paragraph(), Line(paragraph), _ENTRY_TEXT)
