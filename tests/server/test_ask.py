from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.server.sse import received
from tests.server.standin import StandIn

STREAM = {"Accept": "text/event-stream"}


def test_an_answer_is_the_json_of_the_design(client: TestClient) -> None:
    body = client.post("/v1/ask", json={"question": "单位正职满几年要交流？"}).json()
    assert list(body) == [
        "status",
        "answer",
        "note",
        "statements",
        "citations",
        "ruling",
        "clarify",
        "understood",
    ]
    assert body["status"] == "answered"
    assert body["ruling"] is None
    assert body["clarify"] is None
    assert body["understood"] == {"route": "政策问答", "places": ["衡东县"], "carried": []}
    [citation] = body["citations"]
    assert {name: citation[name] for name in ("n", "ref", "locator", "level", "validity", "text_kind", "modality")} == {
        "n": 1,
        "ref": "hengdong-2024@2024-02#9.1",
        "locator": "第9.1段",
        "level": "county",
        "validity": "现行",
        "text_kind": "digest",
        "modality": "应当",
    }
    assert citation["quote"] in citation["text"]
    assert citation["source"]["url"] == "https://example.org/1"
    assert body["statements"][0]["citations"] == [1]


def test_a_question_back_comes_with_its_options(client: TestClient) -> None:
    body = client.post("/v1/ask", json={"question": "哪里的规定？"}).json()
    assert body["clarify"] == {"question": "您问的是哪个地区？", "options": ["衡东县", "温州市"]}


def test_only_the_last_turns_are_read(client: TestClient, standin: StandIn) -> None:
    history = [{"role": "user", "content": f"第{n}问"} for n in range(200)]
    assert client.post("/v1/ask", json={"question": "满几年？", "history": history}).status_code == 200
    assert [turn.content for turn in standin.asked[-1].history] == [f"第{n}问" for n in range(180, 200)]


def test_place_and_day_reach_the_assistant(client: TestClient, standin: StandIn) -> None:
    client.post("/v1/ask", json={"question": "满几年？", "jurisdiction": "温州市", "as_of": "2024-03-01"})
    asked = standin.asked[-1]
    assert (asked.jurisdiction, str(asked.as_of)) == ("温州市", "2024-03-01")


def test_the_stream_has_its_events_in_order_and_ends_in_the_whole_answer(client: TestClient) -> None:
    question = {"question": "单位正职满几年要交流？"}
    whole = client.post("/v1/ask", json=question).json()
    response = client.post("/v1/ask", json=question, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    assert response.headers["cache-control"] == "no-transform, no-store"
    events = received(response.content)
    kinds = [event.event for event in events]
    assert kinds == ["meta", "clauses", *["delta"] * (len(kinds) - 4), "citation", "done"]
    assert [event.id for event in events] == [str(n + 1) for n in range(len(events))]
    assert events[0].data["request_id"] == response.headers["x-request-id"]
    assert events[1].data["citations"] == whole["citations"]
    assert "".join(event.data["text"] for event in events if event.event == "delta") == whole["answer"]
    assert events[-1].data == whole


@pytest.mark.parametrize("accept", ["application/json", "*/*", ""])
def test_without_the_accept_header_an_answer_comes_whole(client: TestClient, accept: str) -> None:
    response = client.post("/v1/ask", json={"question": "满几年？"}, headers={"Accept": accept})
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"


def test_a_question_that_cannot_be_taken_is_an_error_response_even_when_streaming(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "满几年？", "jurisdiction": "火星"}, headers=STREAM)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "unknown_place"


def test_every_response_has_its_own_id_and_safe_headers(client: TestClient) -> None:
    responses = [client.get("/healthz"), client.get("/v1/nowhere"), client.post("/v1/ask", content=b"{")]
    assert len({response.headers["x-request-id"] for response in responses}) == 3
    for response in responses:
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["content-security-policy"] == "frame-ancestors 'self'"
