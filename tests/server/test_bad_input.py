from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from server.app import make_app
from tests.server.standin import StandIn

JSON = {"Content-Type": "application/json"}


def refused(
    client: TestClient, body: bytes, status: int = 422, headers: dict[str, str] | None = None
) -> dict[str, str]:
    response = client.post("/v1/ask", content=body, headers=JSON if headers is None else headers)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    shape = response.json()
    assert set(shape) == {"error"}
    error = shape["error"]
    assert set(error) <= {"code", "message", "hint", "request_id"}
    assert error["request_id"] == response.headers["x-request-id"]
    assert any("\u4e00" <= c <= "\u9fff" for c in error["message"])
    assert isinstance(error, dict)
    return error


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("", "empty_question"),
        (" \u3000\n", "empty_question"),
        ("？！。", "empty_question"),
        ("\x00\x01\x1b", "empty_question"),
        ("\ud800", "empty_question"),
        ("容" * 20_000, "question_too_long"),
        ("What are the rules?", "not_chinese"),
        ("12345", "not_chinese"),
    ],
)
def test_questions_that_cannot_be_taken(client: TestClient, question: str, code: str) -> None:
    assert refused(client, json.dumps({"question": question}).encode())["code"] == code


@pytest.mark.parametrize(
    "text", ["容错\x00要看什么", "容错\ud83d要看什么", "容错\u202e要看什么", "‮容错", "容错" + "\u0301" * 500]
)
def test_stray_characters_do_not_keep_a_question_from_being_answered(client: TestClient, text: str) -> None:
    assert client.post("/v1/ask", content=json.dumps({"question": text}).encode(), headers=JSON).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"question": ',
        b"\xff\xfe",
        b'{"question": "\xff"}',
        b"[" * 100_000,
        b'{"question":' * 20_000,
        b'{"question": ' + b"9" * 5_000 + b"}",
        b"null",
        b"[]",
        b'"\xe5\xae\xb9"',
        b"NaN",
        b'{"question": null}',
        b'{"question": 3}',
        b'{"question": ["a"]}',
        b'{"question": NaN}',
        b"{}",
        b'{"question": "\xe5\xae\xb9", "\\ud800": 1}',
        b'{"question": "\xe5\xae\xb9", "history": "x"}',
        b'{"question": "\xe5\xae\xb9", "history": [3]}',
        b'{"question": "\xe5\xae\xb9", "history": {"role": "user"}}',
        b'{"question": "\xe5\xae\xb9", "jurisdiction": 5}',
        b'{"question": "\xe5\xae\xb9", "as_of": 20240301}',
    ],
)
def test_bodies_of_the_wrong_form(client: TestClient, body: bytes) -> None:
    assert refused(client, body)["code"] in {"malformed_json", "invalid_request"}


@pytest.mark.parametrize("day", ["2024-02-30", "0000-00-00", "昨天", "9999-12-31", "\x00", "2024-03-01T00:00"])
def test_days_that_do_not_exist(client: TestClient, day: str) -> None:
    assert refused(client, json.dumps({"question": "容错？", "as_of": day}).encode())["code"] == "impossible_date"


def test_an_unknown_place_is_told_with_those_that_are_known(client: TestClient) -> None:
    error = refused(client, json.dumps({"question": "容错？", "jurisdiction": "火星"}).encode())
    assert error["code"] == "unknown_place"
    assert "衡东县" in error["message"]


def test_wrong_fields_are_named(client: TestClient) -> None:
    body = {"history": [{"role": "user", "content": "x"}, {"role": "system", "content": 1}], "x": 1}
    message = refused(client, json.dumps(body).encode())["message"]
    assert "question 必须填写" in message
    assert "history[1].role 只能是 'user' 或 'assistant'" in message
    assert "history[1].content 应为字符串" in message
    assert "x 不是可用的字段" in message


def test_a_thousand_turns_are_too_many(client: TestClient) -> None:
    history = [{"role": "user", "content": "问"}] * 1000
    error = refused(client, json.dumps({"question": "容错？", "history": history}).encode())
    assert "history 过长，最多 200 项" in error["message"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"])
def test_another_content_type_is_told(client: TestClient, kind: str) -> None:
    error = refused(client, '{"question": "容错？"}'.encode(), headers={"Content-Type": kind})
    assert "Content-Type: application/json" in error["message"]


def test_a_body_over_the_limit_is_413_whether_its_length_is_told_or_not(client: TestClient) -> None:
    body = json.dumps({"question": "容" * 60_000}).encode()
    assert refused(client, body, 413)["code"] == "body_too_large"
    pieces = (body[at : at + 4096] for at in range(0, len(body), 4096))
    assert client.post("/v1/ask", content=pieces, headers=JSON).status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/ask", 405),
        ("DELETE", "/v1/ask", 405),
        ("POST", "/v1/documents", 405),
        ("POST", "/v1/clauses/a/b", 405),
        ("GET", "/v1/", 404),
        ("GET", "/v1/ask/", 404),
        ("POST", "/v1/ask/", 404),
        ("GET", "/v1/nowhere", 404),
        ("PUT", "/v1/%00", 404),
    ],
)
def test_wrong_addresses_and_methods(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.json()["error"]["code"] == {404: "unknown_path", 405: "wrong_method"}[status]
    assert ("allow" in response.headers) is (status == 405)


JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
NEARLY_RIGHT = st.fixed_dictionaries(
    {},
    optional={
        "question": JSON_VALUES | st.just("容错？"),
        "history": JSON_VALUES | st.lists(st.fixed_dictionaries({"role": JSON_VALUES, "content": JSON_VALUES})),
        "jurisdiction": JSON_VALUES,
        "as_of": JSON_VALUES | st.dates().map(str),
    },
)
CLIENT = TestClient(make_app(StandIn()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=JSON_VALUES | NEARLY_RIGHT, stream=st.booleans())
def test_no_json_makes_the_server_fail(body: Any, stream: bool) -> None:
    headers = JSON | {"Accept": "text/event-stream" if stream else "application/json"}
    response = CLIENT.post("/v1/ask", content=json.dumps(body).encode(), headers=headers)
    assert response.status_code in {200, 422}, response.text
    if response.status_code == 422:
        assert response.json()["error"]["message"]


@settings(max_examples=100, deadline=None)
@given(body=st.binary(max_size=200))
def test_no_bytes_make_the_server_fail(body: bytes) -> None:
    assert CLIENT.post("/v1/ask", content=body, headers=JSON).status_code in {200, 422}


@settings(max_examples=100, deadline=None)
@given(path=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_path_makes_the_server_fail(path: str) -> None:
    from urllib.parse import quote

    assert CLIENT.get(f"/v1/clauses/{quote(path, safe='')}").status_code in {200, 404}
    assert CLIENT.get(f"/v1/documents/{quote(path, safe='')}").status_code in {200, 404}
