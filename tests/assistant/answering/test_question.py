from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.question import Turn, ask, cleaned
from assistant.errors import CallerError, EmptyQuestion, ImpossibleDate, NotChinese, QuestionTooLong


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x01", "？？？", "……", "\u200b\ufeff"])
def test_nothing_asked_is_said_so(text: str) -> None:
    with pytest.raises(EmptyQuestion, match="问题是空的"):
        ask(text)


def test_a_long_question_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionTooLong, match="20000 字"):
        ask("问" * 20_000)
    assert ask("问" * 4000).text


@pytest.mark.parametrize("text", ["how often must I rotate?", "12345", "привет"])
def test_other_languages_are_asked_for_in_chinese(text: str) -> None:
    with pytest.raises(NotChinese, match="请用中文"):
        ask(text)


@pytest.mark.parametrize("day", ["2024-02-30", "2024-13-01", "昨天", "1900-01-01", "9999-12-31", "2024/1/1"])
def test_an_impossible_date_is_named(day: str) -> None:
    with pytest.raises(ImpossibleDate, match="不是有效日期"):
        ask("轮岗几年", as_of=day)


def test_a_question_keeps_what_was_said() -> None:
    question = ask(
        "  轮岗\x00几年\n？ ", history=[Turn("user", "衡东\x07呢")], jurisdiction=" 衡东 ", as_of="2024-03-01"
    )
    assert question.text == "轮岗几年 ？"
    assert question.history == (Turn("user", "衡东呢"),)
    assert (question.jurisdiction, question.as_of) == ("衡东", date(2024, 3, 1))
    assert ask("轮岗几年", jurisdiction=" ").jurisdiction is None


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused_by_type(text: str) -> None:
    try:
        question = ask(text)
    except CallerError as error:
        refused = error
        assert refused.code != CallerError.code
    else:
        assert question.text == cleaned(question.text)
