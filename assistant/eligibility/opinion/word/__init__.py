"""How a document of ours looks in Word: page and styles, paragraphs and tables, and the package as fixed bytes."""

from assistant.eligibility.opinion.word.fonts import HEADING
from assistant.eligibility.opinion.word.package import packed
from assistant.eligibility.opinion.word.paragraphs import Look, write_line
from assistant.eligibility.opinion.word.sheet import empty_sheet
from assistant.eligibility.opinion.word.tables import write_form, write_grid, write_signing

__all__ = ["HEADING", "Look", "empty_sheet", "packed", "write_form", "write_grid", "write_line", "write_signing"]
