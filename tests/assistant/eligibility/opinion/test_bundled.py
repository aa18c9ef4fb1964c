"""Opinions on real descriptions by the bundled rules."""

from __future__ import annotations

import io

import pytest
from docx import Document

from assistant.answering.assistant import Assistant
from assistant.eligibility.asked import ask_case
from assistant.eligibility.opinion import as_docx, as_page, opinion_of
from tests.assistant.eligibility.opinion.making import ISSUED, TEXT, TOLERANCE_TEXT


@pytest.mark.parametrize(
    ("text", "place"),
    [(TEXT, "衡东县"), (TOLERANCE_TEXT, "温州市"), (TOLERANCE_TEXT, "XX市"), (TOLERANCE_TEXT, None)],
)
def test_a_bundled_case_can_be_filed(assistant: Assistant, text: str, place: str | None) -> None:
    assert assistant.cases is not None
    asked = ask_case(text, assistant.cases.rules.facts, as_of="2024-06-01", jurisdiction=place)
    check = assistant.cases.check(asked)
    opinion = opinion_of(check, assistant.index.clause, assistant.index.editions, issued=ISSUED)
    assert (len(opinion.parts) > 1) == (check.place_open is not None)
    page = as_page(opinion)
    word = "\n".join(one.text for one in Document(io.BytesIO(as_docx(opinion))).paragraphs)
    for basis in opinion.basis:
        for line in basis.text.splitlines():
            assert line.strip() in word
            assert line.strip() in page
