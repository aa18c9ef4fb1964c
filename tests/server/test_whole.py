"""The server with the real assistant over the bundled documents."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from server.api.asking.wire import AskResponse
from server.api.wire import ClauseResponse, OutlineResponse
from tests.server.sse import received
from tests.server.test_bad_input import JSON, JSON_VALUES, NEARLY_RIGHT

QUESTIONS = [
    {"question": "单位正职任职满几年要交流？", "jurisdiction": "衡东县"},
    {"question": "容错要看哪些方面？"},
    {"question": "我在局长岗位干了11年，要不要轮岗"},
    {"question": "你好"},
    {"question": "今天天气怎么样？"},
    {"question": "那温州呢？", "history": [{"role": "user", "content": "衡东县怎样容错？"}]},
    {"question": "容错\x00要看\ud83d什么"},
]


def test_every_documented_example_is_answered_from_the_documents(whole: TestClient) -> None:
    document = whole.get("/v1/openapi.json").json()
    examples = document["paths"]["/ask"]["post"]["requestBody"]["content"]["application/json"]["examples"]
    for name, example in examples.items():
        body = whole.post("/v1/ask", json=example["value"]).json()
        assert body["status"] in {"answered", "partial"}, (name, body["status"])
        assert body["citations"]


def test_the_documented_answer_cites_what_the_document_says(whole: TestClient) -> None:
    document = whole.get("/v1/openapi.json").json()
    example = document["paths"]["/ask"]["post"]["responses"]["200"]["content"]["application/json"]["example"]
    [citation] = AskResponse.model_validate(example).citations
    found = ClauseResponse.model_validate_json(whole.get(f"/v1/clauses/{citation.ref.replace('#', '%23')}").content)
    assert (citation.text, citation.document, citation.locator) == (
        found.clause.text,
        found.edition.title,
        found.clause.locator,
    )
    assert citation.quote in citation.text


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda asked: asked["question"])
def test_an_answer_is_whole_and_its_stream_says_the_same(whole: TestClient, question: dict[str, Any]) -> None:
    content = json.dumps(question).encode()
    response = whole.post("/v1/ask", content=content, headers=JSON)
    assert response.status_code == 200
    body = AskResponse.model_validate(response.json())
    numbers = {citation.n for citation in body.citations}
    assert {n for statement in body.statements for n in statement.citations} == numbers
    assert {int(n) for n in re.findall(r"\[(\d+)\]", body.answer)} == numbers

    stream = whole.post("/v1/ask", content=content, headers=JSON | {"Accept": "text/event-stream"})
    events = received(stream.content)
    assert [events[0].event, events[1].event, events[-1].event] == ["meta", "clauses", "done"]
    rulings = [event.data for event in events if event.event == "ruling"]
    assert rulings == ([events[-1].data["ruling"]] if body.ruling else [])
    assert "".join(event.data["text"] for event in events if event.event == "delta") == body.answer
    assert [event.data["n"] for event in events if event.event == "citation"] == [one.n for one in body.citations]
    assert AskResponse.model_validate(events[-1].data) == body


def test_every_clause_of_every_document_can_be_opened(whole: TestClient) -> None:
    documents = whole.get("/v1/documents").json()["documents"]
    assert sum(document["clauses"] for document in documents) == whole.get("/readyz").json()["clauses"]
    for document in documents:
        response = whole.get(f"/v1/documents/{document['edition']}")
        outline = OutlineResponse.model_validate_json(response.content).outline
        assert len(outline) == document["clauses"]
        for entry in outline[:5] + outline[-5:]:
            path = f"/v1/clauses/{entry.ref.replace('#', '%23')}"
            around = ClauseResponse.model_validate_json(whole.get(path).content)
            assert (around.clause.ref, around.clause.heading) == (entry.ref, entry.heading)
            for near in (*around.ancestors, *around.children, around.before, around.after):
                assert near is None or near in outline


def test_an_unknown_place_and_an_unknown_clause(whole: TestClient) -> None:
    response = whole.post("/v1/ask", json={"question": "怎样容错？", "jurisdiction": "火星"})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "unknown_place")
    [first, *_] = whole.get("/v1/documents").json()["documents"]
    response = whole.get(f"/v1/clauses/{first['edition']}/999")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "unknown_clause")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=JSON_VALUES | NEARLY_RIGHT)
def test_no_json_makes_the_real_assistant_fail(whole: TestClient, body: Any) -> None:
    response = whole.post("/v1/ask", content=json.dumps(body).encode(), headers=JSON)
    assert response.status_code in {200, 422}, response.text
