"""预审意见: a check as a document that can be filed, as Word and as a page to print."""

from assistant.eligibility.opinion.content import opinion_of
from assistant.eligibility.opinion.docx import as_docx
from assistant.eligibility.opinion.opinion import Opinion
from assistant.eligibility.opinion.page import as_page

__all__ = ["Opinion", "as_docx", "as_page", "opinion_of"]
