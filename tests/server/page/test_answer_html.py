from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from assistant.answering.answer import Answer, Clarify, Route, Statement, Status, Understood
from assistant.answering.question import ask
from server.page import labels
from server.page.answer_html import exchange_html, marked_text, plain_copy
from server.page.conversation import Exchange, history, streamed
from tests.browser.standin import NASTY, StandIn

DAY = date(2026, 3, 1)


def asked(text: str, serial: int = 1) -> Exchange:
    *_, last = streamed(Exchange(serial, text, DAY), StandIn().events(ask(text, as_of=DAY)))
    return last


def opened_refs(html: str) -> list[str]:
    return re.findall(r'class="mark" data-ref="([^"]+)"', html)


def test_every_sentence_has_marks_that_carry_their_own_clause() -> None:
    html = exchange_html(asked("各地交流任职怎么规定？"))
    assert opened_refs(html) == ["hengdong@2024#9.1", "hengdong@2024#9.2", "huangshi@2018#3"]
    assert html.count('<section class="place">') == 2
    assert "黄石市 <span>市级</span> <span>2018年1月发布</span>" in html
    assert 'data-places="2"' in html


def test_a_mark_that_is_in_the_text_is_not_repeated() -> None:
    exchange = asked("交流任职")
    assert exchange.answer is not None
    inside = replace(exchange.answer.statements[0], text="单位正职[1]应当交流。")
    html = exchange_html(replace(exchange, answer=replace(exchange.answer, statements=(inside,))))
    assert len(opened_refs(html)) == 1


def test_two_sentences_of_one_clause_open_it_each_at_its_own_words() -> None:
    exchange = asked("交流任职")
    assert exchange.answer is not None
    second = Statement("单位副职连续任职满10年的，应当交流。", (1,), "衡东县")
    loose = Statement("单位正副职都是10年。", (1,), "衡东县")
    answer = replace(exchange.answer, statements=(exchange.answer.statements[0], second, loose))
    quotes = re.findall(r'class="mark"[^>]* data-quote="([^"]+)"', exchange_html(replace(exchange, answer=answer)))
    assert quotes == [
        "单位正职连续任职满10年的，应当交流。",
        "单位副职连续任职满10年的，应当交流。",
        exchange.answer.citations[0].quote,
    ]


def test_a_number_without_a_citation_stays_text() -> None:
    assert marked_text("见附表[7]", {}, DAY) == "见附表[7]"


def test_text_from_outside_is_escaped_everywhere() -> None:
    exchange = asked(f"年轻干部{NASTY}")
    html = exchange_html(exchange)
    assert exchange.answer is not None
    assert "<script" not in html
    assert "<img" not in html
    assert "</textarea" not in html
    assert 'onerror="' not in html
    assert NASTY in unescape(html)


def test_a_torn_mark_is_not_shown_while_the_answer_streams() -> None:
    states = list(streamed(Exchange(1, "交流任职", DAY), StandIn().events(ask("交流任职"))))
    assert any(re.search(r"\[\d*$", state.text) for state in states)
    for state in states:
        shown = re.sub(r"<[^>]+>", "", exchange_html(state))
        assert not re.search(r"\[(\D|$)", shown)
    assert "检索到 2 条依据" in exchange_html(states[1])
    assert [state.state for state in states][-2:] == ["busy", "done"]


def test_status_route_places_day_and_what_was_carried_are_shown() -> None:
    exchange = asked("交流任职")
    assert exchange.answer is not None
    understood = Understood(Route.CASE, ("衡东县",), ("衡东县", "交流任职"))
    html = exchange_html(replace(exchange, understood=understood))
    for said in ("有依据", "个案核查", "<li>衡东县</li>", "承接上文：衡东县、交流任职", "按2026年3月1日有效的规定"):
        assert said in html


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_label_and_shows_its_note(status: Status) -> None:
    answer = Answer(status, "说明文字", (), (), Understood(Route.POLICY), "说明文字")
    html = exchange_html(Exchange(1, "问", DAY, understood=answer.understood, answer=answer))
    assert labels.STATUS[status] in html
    assert html.count("说明文字</p>") == 1


def test_options_of_a_counter_question_ask_again() -> None:
    answer = Answer(
        Status.CLARIFY, "哪里？", (), (), Understood(Route.POLICY), "哪里？", Clarify("哪里？", ('"衡东"', "黄石市"))
    )
    html = exchange_html(Exchange(1, "问", DAY, understood=answer.understood, answer=answer))
    assert 'data-ask="&quot;衡东&quot;"' in html
    assert html.count("哪里？</p>") == 1


def test_trouble_is_told_and_keeps_the_question() -> None:
    html = exchange_html(Exchange(2, "问", DAY, trouble="“昨天”不是有效日期。"))
    assert 'data-state="error"' in html
    assert "“昨天”不是有效日期。" in html
    assert "问</h2>" in html


def test_the_frame_of_an_answer_is_the_same_in_every_state() -> None:
    """Gradio patches nodes in place: the live region must stay the same node from the empty page to the last word."""

    def skeleton(exchange: Exchange | None) -> list[str]:
        return re.findall(r"<(article|div class=\"(?:asked|reply))", exchange_html(exchange))

    exchanges = [None, Exchange(1, "问", DAY), asked("交流任职"), Exchange(1, "问", DAY, trouble="不行")]
    assert {tuple(skeleton(exchange)) for exchange in exchanges} == {
        ("article", 'div class="asked', 'div class="reply')
    }


def test_the_copy_has_the_answer_and_a_numbered_list_of_citations() -> None:
    exchange = asked("各地交流任职怎么规定？")
    assert exchange.answer is not None
    copied = plain_copy(exchange, exchange.answer)
    assert "单位正职连续任职满10年的，应当交流。[1]" in copied
    assert "[1] 《衡东县干部交流做法》第9.1段（衡东县 · 县级，现行，应当，摘编）：单位正职" in copied
    assert "[3] 《黄石市召回管理做法》（测发〔2018〕1号）第3段（黄石市 · 市级，已废止（有效至2023年12月31日）" in copied
    assert "不作组织认定" in copied


def test_history_leaves_out_what_failed() -> None:
    turns = history([asked("交流任职"), Exchange(2, "坏", DAY, trouble="坏"), asked("召回", 3)])
    assert [(turn.role, turn.content[:4]) for turn in turns] == [
        ("user", "交流任职"),
        ("assistant", "单位正职"),
        ("user", "召回"),
        ("assistant", "召回情形"),
    ]


def test_replaying_a_conversation_with_an_error_in_the_middle_keeps_each_answers_citations() -> None:
    conversation = [asked("交流任职", 1), Exchange(2, "坏", DAY, trouble="坏"), asked("召回", 3)]
    first = [exchange_html(exchange) for exchange in conversation]
    assert opened_refs(first[0]) == ["hengdong@2024#9.1", "hengdong@2024#9.2"]
    assert opened_refs(first[1]) == []
    assert opened_refs(first[2]) == ["huangshi@2018#3", "huangshi@2018#4"]
    assert [exchange_html(exchange) for exchange in conversation] == first
