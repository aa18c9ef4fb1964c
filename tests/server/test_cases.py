from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from server.api.cases.wire import CaseResponse
from server.app import make_app
from tests.server.casebook import TOLD
from tests.server.sse import received
from tests.server.standin import StandIn
from tests.server.test_bad_input import JSON, JSON_VALUES

DAY = "2024-06-01"
OPEN = "在同一个岗位好多年，要不要轮岗？"


def check(client: TestClient, **sent: Any) -> dict[str, Any]:
    response = client.post("/v1/cases/check", json=sent)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    body = response.json()
    assert isinstance(body, dict)
    CaseResponse.model_validate_json(response.content)
    return body


def refused(client: TestClient, status: int = 422, path: str = "check", **sent: Any) -> dict[str, str]:
    response = client.post(f"/v1/cases/{path}", content=json.dumps(sent).encode(), headers=JSON)
    assert response.status_code == status, response.text
    error = response.json()["error"]
    assert set(error) <= {"code", "message", "hint", "request_id"}
    assert any("\u4e00" <= c <= "\u9fff" for c in error["message"])
    assert isinstance(error, dict)
    return error


def test_a_check_is_the_json_of_the_design(client: TestClient) -> None:
    body = check(client, text=TOLD, as_of=DAY, facts={"needed": False})
    assert {key: body[key] for key in ("mechanism", "title", "verdict", "verdict_label", "outcome", "modality")} == {
        "mechanism": "rotation-hengdong@2024",
        "title": "衡东县交流轮岗",
        "verdict": "applies",
        "verdict_label": "适用",
        "outcome": "应当交流轮岗",
        "modality": "应当",
    }
    assert body["place"] == {"name": "衡东县", "open": None}
    assert body["as_of"] == DAY
    assert body["receipt"]["number"].startswith("YS20240601-")
    assert body["open_questions"] == body["rulings"] == body["other_mechanisms"] == []
    assert body["next_steps"] == [{"text": "核对任职时间。", "clause": "hengdong-2024@2024-02#9.1"}]
    assert body["due"] == [
        {
            "text": "2024-03已任现职年限满10年：应当交流轮岗",
            "on": "2024-03",
            "outcome": "应当交流轮岗",
            "clause": "hengdong-2024@2024-02#9.1",
            "passed": True,
            "estimated": False,
        }
    ]
    assert body["flips"][0]["changes"][0]["fact"] == "needed"
    assert "不是组织决定" in body["disclaimer"]


def test_facts_keep_the_very_words_and_where_they_come_from(client: TestClient) -> None:
    facts = {fact["name"]: fact for fact in check(client, text=TOLD, as_of=DAY, facts={"needed": False})["facts"]}
    assert {name: (fact["value"], fact["by"], fact["found"]) for name, fact in facts.items()} == {
        "post_kind": ("单位副职", "rule", False),
        "post_start": ("2014-03", "rule", False),
        "needed": (False, "person", True),
        "years_in_post": (facts["years_in_post"]["value"], "derived", False),
    }
    assert facts["years_in_post"]["value"]["low"] >= 10
    for fact in facts.values():
        assert all(TOLD[one["start"] : one["end"]] == one["text"] for one in fact["quotes"])
    assert TOLD[facts["post_kind"]["start"] : facts["post_kind"]["end"]] == facts["post_kind"]["quote"] == "副局长"
    assert facts["needed"]["quote"] is facts["needed"]["start"] is None


def test_every_finding_cites_a_clause_that_is_there(client: TestClient) -> None:
    body = check(client, text=TOLD, as_of=DAY)
    cited = {citation["ref"] for citation in body["citations"]}
    first, second = body["findings"]
    assert (first["outcome"], first["kind"], first["standing"]) == ("因工作特殊需要暂缓交流", "deferred", "unknown")
    assert (second["outcome"], second["kind"], second["standing"], second["modality"]) == (
        "应当交流轮岗",
        "applies",
        "met",
        "应当",
    )
    assert [one["facts"] for one in second["of"]] == [["post_kind"], ["years_in_post"]]

    def clauses(finding: dict[str, Any]) -> set[str]:
        return {finding["clause"]}.union(*(clauses(one) for one in finding["of"]))

    assert clauses(first) | clauses(second) <= cited
    assert [one["n"] for one in body["citations"]] == list(range(1, len(cited) + 1))
    assert {(one["validity"], one["quote"] == one["text"]) for one in body["citations"]} == {("现行", True)}


def test_a_question_says_what_follows_from_each_answer(client: TestClient) -> None:
    [asked] = check(client, text=TOLD, as_of=DAY)["open_questions"]
    assert (asked["fact"], asked["settled_by"], asked["settled_by_label"]) == ("needed", "body", "须由有权机关认定")
    assert [(one["label"], one["value"], one["verdict"]) for one in asked["answers"]] == [
        ("是", True, "deferred"),
        ("否", False, "applies"),
    ]
    assert asked["if_yes"] == "暂缓：因工作特殊需要暂缓交流"
    assert asked["if_no"] == "结论为“应当交流轮岗”"


def test_doubts_proposals_and_remarks_are_shown(client: TestClient) -> None:
    text = "衡东县某领导，同事说工作特殊需要，要不要轮岗？"
    body = check(client, text=text, as_of=DAY)
    [doubt], [proposal] = body["doubts"], body["proposals"]
    assert (doubt["name"], doubt["label"], doubt["reason"], doubt["value"], doubt["text"]) == (
        "needed",
        "工作特殊需要",
        "须由有权机关认定",
        True,
        "是",
    )
    assert [text[one["start"] : one["end"]] for one in doubt["quotes"]] == ["特殊需要"]
    assert (proposal["value"], proposal["question"], proposal["quote"]) == ("单位正职", "现任职务是哪一类？", "领导")
    assert text[proposal["start"] : proposal["end"]] == "领导"
    assert body["remarks"] == ["只核查本人的情况。"]
    assert [one["so_far"] for one in body["open_questions"] if one["fact"] == "needed"] == ["须由有权机关认定"]


def test_an_open_place_is_the_first_thing_asked_and_can_be_answered_as_a_fact(client: TestClient) -> None:
    body = check(client, text=OPEN, as_of=DAY)
    assert body["mechanism"] is body["outcome"] is body["receipt"] is body["place"]["name"] is None
    assert body["verdict"] == "insufficient"
    assert [one["jurisdiction"] for one in body["place"]["open"]["each"]] == ["衡东县", "温州市"]
    assert [ruling["mechanism"] for ruling in body["rulings"]] == ["rotation-hengdong@2024", "rotation-wenzhou@2020"]
    [asked] = body["open_questions"]
    assert (asked["fact"], asked["question"]) == ("jurisdiction", body["place"]["open"]["question"])
    assert asked["if_yes"] == "按衡东县的规定，事实不足，可能是：应当交流轮岗"
    for answer in asked["answers"]:
        then = check(client, text=OPEN, as_of=DAY, facts={"jurisdiction": answer["value"]})
        assert then["place"] == {"name": answer["label"], "open": None}
        assert (then["verdict"], then["outcome"]) == (answer["verdict"], answer["outcome"])
    assert check(client, text=OPEN, as_of=DAY, facts={"jurisdiction": None})["place"]["name"] is None


def test_every_answer_offered_is_taken_back_and_leads_where_it_says(client: TestClient) -> None:
    sent: dict[str, Any] = {"text": OPEN, "as_of": DAY, "jurisdiction": "衡东县"}
    body = check(client, **sent)
    tried = 0
    for asked in body["open_questions"]:
        for answer in asked["answers"]:
            then = check(client, **sent, facts={asked["fact"]: answer["value"]})
            assert (then["verdict"], then["outcome"]) == (answer["verdict"], answer["outcome"]), answer
            tried += 1
    assert tried >= 6


def test_facts_shown_can_be_sent_back_as_confirmed(client: TestClient) -> None:
    body = check(client, text=TOLD, as_of=DAY)
    again = check(client, text="", as_of=DAY, mechanism=body["mechanism"], facts=_values(body))
    assert (again["verdict"], again["outcome"]) == (body["verdict"], body["outcome"])
    assert {fact["name"]: fact["value"] for fact in again["facts"]} == _values(body)


def _values(body: dict[str, Any]) -> dict[str, Any]:
    return {fact["name"]: fact["value"] for fact in body["facts"]}


def test_what_a_person_does_not_know_does_not_count(client: TestClient) -> None:
    body = check(client, text=TOLD, as_of=DAY, facts={"post_kind": None})
    assert "post_kind" not in _values(body)
    assert body["verdict"] == "insufficient"


def test_the_same_case_on_another_day(client: TestClient) -> None:
    [today] = check(client, text=TOLD, as_of="2024-02-10", facts={"needed": False})["other_days"]
    assert (today["which"], today["day"], today["differs"]) == ("今天", "2026-03-01", True)


def test_a_day_to_come_can_be_asked_for(client: TestClient) -> None:
    body = check(client, text=TOLD, as_of="2030-01-01", facts={"needed": False})
    assert (body["verdict"], body["as_of"]) == ("applies", "2030-01-01")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "empty_question"),
        ({"text": " \u3000？"}, "empty_question"),
        ({"text": "\ud800"}, "empty_question"),
        ({"text": "an officer"}, "not_chinese"),
        ({"text": "轮" * 20_001}, "question_too_long"),
        ({"text": "今天天气很好"}, "no_case"),
        ({"text": TOLD, "as_of": "2024-02-30"}, "impossible_date"),
        ({"text": TOLD, "as_of": "3000-01-01"}, "impossible_date"),
        ({"text": TOLD, "as_of": "2020-01-01"}, "not_in_force"),
        ({"text": TOLD, "jurisdiction": "火星"}, "unknown_place"),
        ({"text": TOLD, "facts": {"jurisdiction": "火星"}}, "unknown_place"),
        ({"text": TOLD, "facts": {"jurisdiction": 3}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"no_such": True}}, "unknown_fact"),
        ({"text": TOLD, "facts": {"needed": "是"}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"needed": 1}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"post_kind": "省长"}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"years_in_post": -1}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"years_in_post": 1e10}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"years_in_post": True}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"years_in_post": {"low": 3}}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"years_in_post": {"low": 3, "high": 2, "below": False}}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"years_in_post": {"low": "3", "high": None, "below": False}}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"post_start": "去年"}}, "wrong_fact_value"),
        ({"text": TOLD, "facts": {"post_start": "2015/2014"}}, "wrong_fact_value"),
        ({"text": TOLD, "as_of": DAY, "facts": {"post_start": "2025-01"}}, "date_ahead"),
        ({"text": TOLD, "facts": [1]}, "invalid_request"),
        ({"text": TOLD, "facts": {"长" * 65: True}}, "invalid_request"),
        ({"text": 3}, "invalid_request"),
        ({"text": TOLD, "extra": 3}, "invalid_request"),
        ({"text": TOLD, "mechanism": "x" * 101}, "invalid_request"),
    ],
)
def test_cases_that_cannot_be_taken(client: TestClient, sent: dict[str, Any], code: str) -> None:
    for path in ("check", "opinion"):
        assert refused(client, path=path, **sent)["code"] == code


@pytest.mark.parametrize("mechanism", ["no-such@2020", "../etc", "rotation"])
def test_an_unknown_mechanism_is_404(client: TestClient, mechanism: str) -> None:
    error = refused(client, 404, text=TOLD, mechanism=mechanism)
    assert error["code"] == "unknown_mechanism"
    assert "GET /v1/mechanisms" in error["hint"]


def test_a_mechanism_can_be_named_without_its_edition(client: TestClient) -> None:
    assert check(client, text=OPEN, as_of=DAY, mechanism="rotation-wenzhou")["mechanism"] == "rotation-wenzhou@2020"


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'{"text": "\xff"}', b"NaN"])
def test_what_is_no_json_object_is_told(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/cases/check", content=body, headers=JSON)
    assert response.status_code == 422
    assert response.json()["error"]["code"] in {"malformed_json", "invalid_request"}


def test_too_many_bytes_are_413(client: TestClient) -> None:
    assert refused(client, 413, text="轮" * 60_000)["code"] == "body_too_large"


def test_without_rules_there_is_nothing_to_check_by() -> None:
    client = TestClient(make_app(StandIn(cases=None)))
    for response in (client.post("/v1/cases/check", json={"text": TOLD}), client.get("/v1/mechanisms")):
        assert (response.status_code, response.json()["error"]["code"]) == (503, "not_ready")
    assert client.post("/v1/ask", json={"question": TOLD}).json()["ruling"] is None


def test_an_answer_to_a_case_holds_the_ruling_and_streams_it_before_the_end(client: TestClient) -> None:
    sent = {"question": TOLD, "as_of": DAY}
    body = client.post("/v1/ask", json=sent).json()
    assert body["ruling"] == check(client, text=TOLD, as_of=DAY)
    events = received(client.post("/v1/ask", json=sent, headers={"Accept": "text/event-stream"}).content)
    assert [event.event for event in events[-2:]] == ["ruling", "done"]
    assert events[-2].data == events[-1].data["ruling"] == body["ruling"]


CLIENT = TestClient(make_app(StandIn()))
SENT = st.fixed_dictionaries(
    {},
    optional={
        "text": st.just(TOLD) | JSON_VALUES,
        "as_of": st.dates().map(str) | JSON_VALUES,
        "jurisdiction": st.sampled_from(["衡东县", "火星"]) | JSON_VALUES,
        "mechanism": st.sampled_from(["rotation-hengdong@2024"]) | JSON_VALUES,
        "facts": JSON_VALUES
        | st.dictionaries(
            st.sampled_from(["post_kind", "post_start", "years_in_post", "needed", "jurisdiction"]),
            JSON_VALUES
            | st.integers(-(10**400), 10**400)
            | st.fixed_dictionaries({"low": JSON_VALUES, "high": JSON_VALUES, "below": JSON_VALUES})
            | st.fixed_dictionaries({"low": st.floats(), "high": st.none() | st.floats(), "below": st.booleans()}),
        ),
    },
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=JSON_VALUES | SENT)
def test_no_json_makes_a_check_fail(body: Any) -> None:
    response = CLIENT.post("/v1/cases/check", content=json.dumps(body).encode(), headers=JSON)
    assert response.status_code in {200, 404, 422}, response.text
