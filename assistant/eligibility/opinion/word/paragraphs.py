"""Lines of text as paragraphs of Word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from assistant.eligibility.opinion.layout import Line, printable
from assistant.eligibility.opinion.word.fonts import BODY, HEADING, SIZES, set_fonts
from assistant.eligibility.opinion.word.xml import element, put

_SMALL = "小五"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: `exact` is its line pitch in points, 0 for single; `indent` its first line's in ems."""

    size: str
    east: str = BODY
    exact: float = 0
    indent: int = 0
    after: float = 0
    center: bool = False
    justify: bool = False
    keep_next: bool = False


def write_line(paragraph: Paragraph, line: Line, look: Look) -> None:
    """Fill an empty paragraph."""
    size = SIZES[look.size]
    form = paragraph.paragraph_format
    if look.exact:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.exact)
    if look.after:
        form.space_after = Pt(look.after)
    if look.center or look.justify:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.center else WD_ALIGN_PARAGRAPH.JUSTIFY
    if look.keep_next:
        form.keep_with_next = True
    _indent(paragraph, look.indent, min(line.depth, 6), size)
    for text, east in _pieces(line, look.east):
        write_run(paragraph, text, east, SIZES[_SMALL] if line.place else size)


def _pieces(line: Line, east: str) -> Iterable[tuple[str, str]]:
    refs = "".join(f"[{ref}]" for ref in line.refs)
    if line.place:
        yield f"{refs} {line.text}", BODY
        return
    if line.lead:
        yield line.lead, HEADING
    text, stop = line.parted
    yield f"{text}{refs}{stop}", east


def write_run(paragraph: Paragraph, text: str, east: str, size: float) -> None:
    """Add text in a typeface and size; new lines of the text stay."""
    run = paragraph.add_run(printable(text))
    set_fonts(run._r.get_or_add_rPr(), east)
    run.font.size = Pt(size)


def _indent(paragraph: Paragraph, first: int, left: int, size: float) -> None:
    """In characters, as Chinese papers count, and in twips for readers that do not know characters."""
    if not first and not left:
        return
    twips = int(size * 20)
    attributes: dict[str, Any] = {}
    if left:
        attributes |= {"leftChars": 100 * left, "left": twips * left}
    if first:
        attributes |= {"firstLineChars": 100 * first, "firstLine": twips * first}
    put(paragraph._p.get_or_add_pPr(), element("w:ind", **attributes), "w:jc", "w:outlineLvl", "w:rPr")
