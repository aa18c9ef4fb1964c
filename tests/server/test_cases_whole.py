"""Cases checked by the bundled rules, over the server with the real assistant."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.eligibility.ruling import recheck
from assistant.eligibility.ruling.receipts_kept import receipt_in
from server.api.cases.wire import CaseResponse, RulingShown
from server.api.mechanisms.wire import MechanismResponse
from server.api.seam import Answering
from tests.server.sse import received
from tests.server.test_bad_input import JSON, JSON_VALUES

DAY = "2026-11-24"
CASES = [
    "衡东县某局副局长，2014年3月任现职至今，一直没有换过岗位，是否应当轮岗？",
    "在同一个岗位干了好多年，要不要轮岗？",
    "温州市某局副局长，在改革创新中出现失误，没有谋私，能不能容错？",
    "XX市某镇干部，在先行先试中出现失误，经集体研究决定，没有谋私，损失已经挽回，能不能容错？",
    "黄石市某局在推进项目中出现失误，能不能容错？",
]


def check(client: TestClient, **sent: Any) -> CaseResponse:
    response = client.post("/v1/cases/check", json={"as_of": DAY} | sent)
    assert response.status_code == 200, response.text
    return CaseResponse.model_validate_json(response.content)


def test_every_documented_example_is_checked_by_the_rules(whole: TestClient) -> None:
    document = whole.get("/v1/openapi.json").json()
    body = document["paths"]["/cases/check"]["post"]["requestBody"]["content"]["application/json"]
    for name, example in body["examples"].items():
        checked = check(whole, **example["value"])
        assert (checked.verdict, checked.outcome) == ("applies", "应当交流轮岗"), name


@pytest.mark.parametrize("text", CASES)
def test_a_check_is_whole(whole: TestClient, assistant: Answering, text: str) -> None:
    body = check(whole, text=text)
    assert body.place.name or body.place.open
    for fact in body.facts:
        assert all(text[one.start : one.end] == one.text for one in fact.quotes)
        assert fact.quotes or fact.by == "person"
    rulings: list[CaseResponse | RulingShown] = [*body.rulings]
    for ruling in [body, *rulings] if body.mechanism else rulings:
        cited = {citation.ref for citation in ruling.citations}
        assert {question.clause for question in ruling.open_questions} <= cited
        assert {finding.clause for finding in ruling.findings} <= cited
        assert ruling.receipt is not None
        assert assistant.cases is not None
        receipt = receipt_in(ruling.receipt.model_dump_json().encode())
        assert recheck(assistant.cases.book, receipt) == ()


@pytest.mark.parametrize("text", CASES)
def test_every_answer_offered_is_taken_back_and_leads_where_it_says(whole: TestClient, text: str) -> None:
    body = check(whole, text=text)
    for asked in body.open_questions[:4]:
        for answer in asked.answers:
            value = answer.model_dump(mode="json")["value"]
            sent = {"text": text, "facts": {asked.fact: value}}
            then = check(whole, **sent, **({"mechanism": body.mechanism} if body.mechanism else {}))
            assert (then.verdict, then.outcome) == (answer.verdict, answer.outcome), (asked.fact, answer.label)


@pytest.mark.parametrize("text", CASES)
@pytest.mark.parametrize("kind", ["docx", "html"])
def test_an_opinion_comes_of_every_case(whole: TestClient, text: str, kind: str) -> None:
    response = whole.post("/v1/cases/opinion", json={"text": text, "as_of": DAY, "format": kind})
    assert response.status_code == 200, response.text
    if kind == "docx":
        assert Document(BytesIO(response.content)).paragraphs
    else:
        assert "unsafe" not in response.headers["content-security-policy"]
        assert " style=" not in response.text


def test_every_mechanism_is_shown_with_the_clauses_it_cites(whole: TestClient) -> None:
    listed = whole.get("/v1/mechanisms").json()["mechanisms"]
    assert len(listed) >= 7
    for one in listed:
        response = whole.get(f"/v1/mechanisms/{one['id']}")
        shown = MechanismResponse.model_validate_json(response.content)
        cited = {citation.ref for citation in shown.citations}
        assert {said.clause for said in (*shown.procedure, *shown.left_open, shown.competent_body)} <= cited
        assert shown.examples
        for example in shown.examples:
            sent = {"text": example.text or "如题。", "facts": example.facts, "mechanism": shown.id}
            checked = check(whole, **sent, as_of=str(example.as_of))
            assert checked.verdict == example.verdict, (shown.id, example.name)


def test_a_question_that_states_a_case_is_answered_with_the_rule_and_its_application(whole: TestClient) -> None:
    sent = {"question": "我在衡东县某局当副局长11年了，要不要轮岗？", "as_of": DAY}
    body = whole.post("/v1/ask", json=sent).json()
    assert body["citations"]
    assert (body["ruling"]["mechanism"], body["ruling"]["verdict"]) == ("rotation-hengdong@2024", "applies")
    events = received(whole.post("/v1/ask", json=sent, headers={"Accept": "text/event-stream"}).content)
    assert [event.event for event in events[-2:]] == ["ruling", "done"]


@pytest.mark.parametrize("question", ["衡东县单位正职任职满几年要交流？", "你好", "今天天气怎么样？", "我是谁？"])
def test_a_question_that_states_none_has_no_ruling(whole: TestClient, question: str) -> None:
    assert whole.post("/v1/ask", json={"question": question}).json()["ruling"] is None


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"text": CASES[0], "mechanism": "no-such@2020"}, 404, "unknown_mechanism"),
        ({"text": "衡东县某局副局长，要不要轮岗？", "as_of": "1999-01-01"}, 422, "not_in_force"),
        ({"text": CASES[0], "jurisdiction": "火星"}, 422, "unknown_place"),
        ({"text": CASES[0], "as_of": "2013-01-01"}, 422, "date_ahead"),
        ({"text": "今天天气很好"}, 422, "no_case"),
        ({"text": CASES[0], "facts": {"post_kind": "省长"}}, 422, "wrong_fact_value"),
    ],
)
def test_what_cannot_be_checked_is_told(whole: TestClient, sent: dict[str, Any], status: int, code: str) -> None:
    response = whole.post("/v1/cases/check", json=sent)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code


SENT = st.fixed_dictionaries(
    {"text": st.sampled_from(CASES) | st.text("，。0123456789年月干部局长副交流轮岗容错没有是失误", max_size=60)},
    optional={"as_of": st.dates().map(str), "facts": st.dictionaries(st.sampled_from(["post_kind"]), JSON_VALUES)},
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=JSON_VALUES | SENT)
def test_no_json_makes_the_real_check_fail(whole: TestClient, body: Any) -> None:
    response = whole.post("/v1/cases/check", content=json.dumps(body).encode(), headers=JSON)
    assert response.status_code in {200, 404, 422}, response.text
