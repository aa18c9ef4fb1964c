"""What a check comes to while the place is not known."""

from __future__ import annotations

from assistant.answering.assistant import Assistant
from assistant.eligibility.asked import ask_case
from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.ruling import Verdict

NOWHERE = "县处级干部，市直单位，同一职位待了十二年多。要不要交流轮岗？"


def checked(assistant: Assistant, text: str, as_of: str) -> CaseCheck:
    assert assistant.cases is not None
    return assistant.cases.check(ask_case(text, assistant.cases.rules.facts, as_of=as_of))


def test_every_place_that_has_such_rules_says_what_it_would(assistant: Assistant) -> None:
    check = checked(assistant, NOWHERE, "2024-06-01")
    assert check.place is None
    assert check.place_open is not None
    assert len(check.place_open.each) > 1
    assert check.verdict is Verdict.INSUFFICIENT


def test_a_place_is_not_taken_because_its_rules_alone_stood_on_the_day(assistant: Assistant) -> None:
    check = checked(assistant, NOWHERE, "2018-12-12")
    assert check.place_open is not None
    (only,) = check.place_open.each
    assert (only.mechanism.jurisdiction, only.verdict) == ("黄石市", Verdict.APPLIES)
    assert "不在施行期内" in check.place_open.question
    assert check.verdict is Verdict.INSUFFICIENT
