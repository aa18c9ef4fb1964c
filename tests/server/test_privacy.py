"""Nothing of a question reaches a log, whatever happens to it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.answering.answer import Answer
from assistant.answering.events import Event, Meta
from assistant.answering.question import Question
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


def assert_says_nothing(text: str) -> None:
    from urllib.parse import quote

    for words in (SECRET, SECRET[:4], quote(SECRET), quote(SECRET[:4])):
        assert words not in text
