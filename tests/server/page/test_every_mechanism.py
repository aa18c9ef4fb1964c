from __future__ import annotations

from html.parser import HTMLParser

from assistant.eligibility.asked import CaseAsked, ask_case
from server.api.seam import Answering
from server.page.case.card_html import ruling_card_html
from server.page.case.form_html import EXAMPLES
from server.page.case.result_html import result_html, said_of

_VOID = {"input", "br"}


class Nesting(HTMLParser):
    """Raises AssertionError where a tag is closed that is not the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check_nesting(html: str) -> None:
    parser = Nesting()
    parser.feed(html)
    assert parser.open == []


def test_every_example_of_every_mechanism_can_be_drawn(assistant: Answering) -> None:
    cases = assistant.cases
    assert cases is not None
    drawn = 0
    for name, examples in cases.rules.examples.items():
        for example in examples:
            text = example.text or "案情"
            asked = ask_case(
                text, cases.rules.facts, as_of=str(example.as_of), mechanism=name, facts=dict(example.facts) or None
            )
            check = cases.check(asked)
            check_nesting(result_html(check, assistant.index))
            check_nesting(ruling_card_html(check, assistant.index))
            assert said_of(check).startswith("核查完成")
            drawn += 1
    assert drawn >= len(cases.rules.mechanisms)


def test_the_examples_of_the_form_come_to_something(assistant: Answering) -> None:
    cases = assistant.cases
    assert cases is not None
    for example in EXAMPLES:
        asked = ask_case(example.text, cases.rules.facts)
        assert isinstance(asked, CaseAsked)
        check = cases.check(asked)
        assert check.place == example.place
        assert check.leading is not None
        assert check.leading.mechanism.topic == {"轮岗": "rotation", "容错": "tolerance"}[example.kind]
