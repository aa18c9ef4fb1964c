"""Nothing of a question or a case reaches a log, whatever happens to it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.answering.answer import Answer
from assistant.answering.events import Event, Meta
from assistant.answering.question import Question
from assistant.eligibility.asked import CaseAsked
from assistant.eligibility.checker import CaseCheck, CaseChecker
from server.app import make_app
from tests.server.standin import StandIn

SECRET = "张三丰局长任职满十一年"
STREAM = {"Accept": "text/event-stream"}


class Breaking(StandIn):
    def answer(self, question: Question) -> Answer:
        try:
            raise KeyError(question.text)
        except KeyError:
            raise RuntimeError(f"no answer to {question.text}") from None

    def events(self, question: Question) -> Iterator[Event]:
        yield Meta(super().answer(question).understood)
        self.answer(question)


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """Every log line but those of the test's own HTTP client, messages and tracebacks alike."""
    lines = [
        logging.Formatter().format(one)
        for one in caplog.records
        if one.name.partition(".")[0] not in {"httpx", "httpx2"}
    ]
    return "\n".join(lines)


def test_logs_say_method_path_status_and_time(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post(f"/v1/ask?q={SECRET}", json={"question": SECRET, "as_of": SECRET})
        client.post("/v1/ask", json={"question": SECRET})
        client.post("/v1/ask", json={"question": SECRET}, headers=STREAM)
        client.get(f"/v1/{SECRET}")
        client.get(f"/v1/ask/{SECRET}")
        client.get(f"/{SECRET}")
        client.post(f"/v1/clauses/{SECRET}/1")
    logged = ours(caplog)
    assert "POST /v1/ask 422" in logged
    assert "POST /v1/ask 200" in logged
    assert_says_nothing(logged)


@pytest.mark.parametrize("headers", [{}, STREAM])
def test_an_unforeseen_error_is_logged_by_place_and_id_alone(
    caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    client = TestClient(make_app(Breaking()))
    with caplog.at_level(logging.DEBUG):
        response = client.post("/v1/ask", json={"question": SECRET}, headers=headers)
    assert response.status_code == (200 if headers else 500)
    assert "internal_error" in response.text
    assert "Traceback" not in response.text
    logged = ours(caplog)
    assert response.headers["x-request-id"] in logged
    assert "RuntimeError" in logged
    assert "test_privacy.py" in logged
    assert_says_nothing(logged)
    assert_says_nothing(response.text)


def test_a_path_cannot_forge_a_log_line(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/v1/documents/a%0AGET%20/forged%20200")
    assert all("\n" not in one.getMessage() for one in caplog.records if one.name == "cadre.access")


CASE = f"衡东县某局副局长{SECRET}，2014年3月任现职，因工作特殊需要，要不要轮岗？"
PLACES = ("check", "opinion")


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_a_case_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture, place: str) -> None:
    path = f"/v1/cases/{place}"
    with caplog.at_level(logging.DEBUG):
        assert client.post(path, json={"text": CASE, "as_of": "2024-06-01"}).status_code == 200
        assert client.post("/v1/ask", json={"question": CASE}).json()["ruling"]
        for wrong in (
            {"as_of": SECRET},
            {"jurisdiction": SECRET},
            {"facts": {SECRET: True}},
            {"facts": {"post_kind": SECRET}},
            {"mechanism": SECRET},
            {SECRET: SECRET},
        ):
            assert client.post(path, json={"text": CASE} | wrong).status_code in {404, 422}
        client.get(f"/v1/mechanisms/{SECRET}")
    logged = ours(caplog)
    assert f"POST {path} 200" in logged
    assert f"POST {path} 422" in logged
    assert_says_nothing(logged)
    assert "副局长" not in logged


@pytest.mark.parametrize("place", PLACES)
def test_an_unforeseen_error_in_a_check_is_logged_by_place_alone(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def broken(_: object, asked: CaseAsked) -> CaseCheck:
        raise KeyError(asked.text)

    monkeypatch.setattr(CaseChecker, "check", broken)
    client = TestClient(make_app(StandIn()))
    with caplog.at_level(logging.DEBUG):
        response = client.post(f"/v1/cases/{place}", json={"text": CASE})
    assert response.status_code == 500
    assert "KeyError" in ours(caplog)
    assert_says_nothing(ours(caplog))
    assert_says_nothing(response.text)


def test_a_receipt_holds_no_words_of_the_case(client: TestClient) -> None:
    body = client.post("/v1/cases/check", json={"text": CASE, "as_of": "2024-06-01"}).json()
    assert any(fact["quote"] for fact in body["facts"])
    assert body["doubts"]
    receipt = json.dumps(body["receipt"], ensure_ascii=False)
    assert_says_nothing(receipt)
    for words in ("副局长", "2014年", "特殊需要"):
        assert words in CASE
        assert words not in receipt
    name = client.post("/v1/cases/opinion", json={"text": CASE}).headers["content-disposition"]
    assert_says_nothing(name)


def assert_says_nothing(text: str) -> None:
    from urllib.parse import quote

    for words in (SECRET, SECRET[:4], quote(SECRET), quote(SECRET[:4])):
        assert words not in text
