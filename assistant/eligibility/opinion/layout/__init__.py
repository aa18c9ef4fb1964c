"""An 预审意见 → sections of plain blocks in their order, so that Word and the page say the same."""

from assistant.eligibility.opinion.layout.blocks import (
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
    Tone,
    numbered,
    printable,
)
from assistant.eligibility.opinion.layout.sections import Sheet, sheet_of

__all__ = [
    "WIDTH",
    "Block",
    "Cell",
    "Entries",
    "Entry",
    "Field",
    "Form",
    "Grid",
    "GridRow",
    "Line",
    "Section",
    "Sheet",
    "Signing",
    "Text",
    "Tone",
    "numbered",
    "printable",
    "sheet_of",
]
