from __future__ import annotations

import base64
import io
import logging
from collections.abc import Callable
from typing import Any

import docx
import pytest

from server.page.case.tab import case_functions
from tests.browser.standin import NASTY, StandIn

CASE = {"text": "衡东县某局副局长，2014年3月任现职，没有被审查。轮岗？", "day": "2026-03-01"}
Call = Callable[[object], dict[str, Any]]


@pytest.fixture
def calls() -> tuple[Call, Call]:
    assistant = StandIn()
    assert assistant.cases is not None
    check, opinion = case_functions(assistant.cases, assistant.index)
    return check, opinion


def test_a_case_comes_back_as_html_and_a_sentence(calls: tuple[Call, Call]) -> None:
    answer = calls[0](CASE)
    assert answer["state"] == "done"
    assert answer["said"] == "核查完成：适用，应当交流轮岗。"


def test_facts_of_a_person_count(calls: tuple[Call, Call]) -> None:
    assert "不得适用" in calls[0]({**CASE, "facts": {"open_case": True}})["said"]
    assert "事实不足" in calls[0]({**CASE, "facts": {"open_case": None}})["said"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (None, "请先粘贴或填写案情描述"),
        ([], "请先粘贴或填写案情描述"),
        ({"text": "   "}, "请先粘贴或填写案情描述"),
        ({"text": "gibberish"}, "没有读到中文"),
        ({"text": "今天天气不错"}, "没有读出可以核查的情况"),
        ({"text": "甲和乙都要轮岗"}, "不止一个人"),
        ({"text": "岗" * 20_001}, "20001 字"),
        ({**CASE, "day": "2026-13-01"}, "不是有效日期"),
        ({**CASE, "day": "2020-01-01"}, "不能按它核查"),
        ({**CASE, "place": "火星"}, "知识库里没有“火星”"),
        ({**CASE, "mechanism": "none@2020"}, "没有编号为"),
        ({**CASE, "facts": {"nothing": 1}}, "没有名为"),
        ({**CASE, "facts": {"post_start": "2030-01"}}, "晚于核查日期"),
        ({**CASE, "facts": {"open_case": "<b>"}}, "的值不对"),
    ],
)
def test_what_cannot_be_taken_is_told_in_words(calls: tuple[Call, Call], sent: object, said: str) -> None:
    answer = calls[0](sent)
    assert answer["state"] == "trouble"
    assert said in answer["message"]
    assert "<b>" not in answer["html"]


def test_an_unforeseen_error_is_logged_without_a_word_of_the_case(
    calls: tuple[Call, Call], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        answer = calls[0]({"text": "衡东县的张某坏掉了"})
    assert answer["message"] == "服务暂时不可用，请稍后再试。"
    assert "RuntimeError" in caplog.text
    assert "张某" not in caplog.text


def test_the_opinion_is_a_word_file_and_a_page(calls: tuple[Call, Call]) -> None:
    file = calls[1]({**CASE, "form": "docx"})
    assert file["name"].startswith("预审意见-YS20260301-")
    document = docx.Document(io.BytesIO(base64.b64decode(file["data"])))
    assert any("交流轮岗" in one.text for one in document.paragraphs) or document.tables
    page = calls[1]({**CASE, "form": "page"})
    assert "<html" in page["page"]
    hostile = calls[1]({**CASE, "text": CASE["text"] + NASTY, "form": "page"})["page"]
    assert "<script" not in hostile
    assert "<img" not in hostile
    assert calls[1]({"text": ""})["state"] == "trouble"
