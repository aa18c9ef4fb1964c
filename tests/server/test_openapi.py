from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    document = client.get("/v1/openapi.json").json()
    assert isinstance(document, dict)
    return document


def _operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, item in document["paths"].items() for method, one in item.items()]


def test_every_operation_has_a_chinese_summary(document: dict[str, Any]) -> None:
    for path, _, operation in _operations(document):
        assert any("\u4e00" <= c <= "\u9fff" for c in operation["summary"]), path


def test_every_documented_example_works(client: TestClient, document: dict[str, Any]) -> None:
    [server] = document["servers"]
    posted = 0
    for path, method, operation in _operations(document):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        for example in body.get("examples", {}).values():
            response = client.request(method, server["url"] + path, json=example["value"])
            assert response.status_code == 200, (example, response.text)
            posted += 1
    assert posted >= 3


def test_every_error_is_documented_in_our_shape(document: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for path, _, operation in _operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                schema = response["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ErrorResponse"}, (path, status)
