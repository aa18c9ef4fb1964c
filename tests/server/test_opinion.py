from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote

import pytest
from docx import Document
from starlette.testclient import TestClient

from server.api.cases.routes import DOCX, page_policy
from server.api.downloads import attachment
from tests.server.casebook import TOLD

SENT = {"text": TOLD, "as_of": "2024-06-01", "facts": {"needed": False}}
OPEN = {"text": "在同一个岗位好多年，要不要轮岗？", "as_of": "2024-06-01"}


@pytest.mark.parametrize("sent", [SENT, OPEN], ids=["settled", "place open"])
def test_the_opinion_is_a_word_file_with_its_number_in_its_name(client: TestClient, sent: dict[str, object]) -> None:
    response = client.post("/v1/cases/opinion", json=sent)
    assert response.status_code == 200
    assert response.headers["content-type"] == DOCX
    assert response.headers["cache-control"] == "no-store"
    kind, plain, named = response.headers["content-disposition"].split("; ")
    assert kind == "attachment"
    assert plain.isascii()
    name = unquote(named.removeprefix("filename*=UTF-8''"))
    assert name.startswith("预审意见-")
    assert name.endswith(".docx")
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(response.content)).paragraphs)
    assert "预审意见" in words
    if sent is SENT:
        number = client.post("/v1/cases/check", json=SENT).json()["receipt"]["number"]
        assert name == f"预审意见-{number}.docx"


def test_the_page_to_print_may_load_and_run_nothing(client: TestClient) -> None:
    response = client.post("/v1/cases/opinion", json=SENT | {"format": "html"})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(rule.strip().split(" ", 1) for rule in response.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe" not in str(policy)
    style = response.text.partition("<style>")[2].partition("</style>")[0]
    assert policy["style-src"] == f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    assert "<script" not in response.text
    assert " style=" not in response.text
    assert "应当交流轮岗" in response.text


def test_text_from_outside_is_escaped_on_the_page(client: TestClient) -> None:
    nasty = '<script>alert(1)</script><img src=x onerror="alert(2)"></style>'
    page = client.post("/v1/cases/opinion", json=SENT | {"text": TOLD + nasty, "format": "html"}).text
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("kind", ["pdf", "", None, 3])
def test_another_format_is_refused(client: TestClient, kind: object) -> None:
    response = client.post("/v1/cases/opinion", json=SENT | {"format": kind})
    assert response.status_code == 422
    assert "format 只能是 'docx' 或 'html'" in response.json()["error"]["message"]


def test_a_name_cannot_break_out_of_its_header() -> None:
    header = attachment("预审意见", 'A"\r\nX: 1', "docx")
    assert "\r" not in header
    assert "\n" not in header
    assert header.isascii()
    assert header.count('"') == 2


def test_a_page_without_style_gets_none() -> None:
    assert "style-src" not in page_policy("<p>x</p>")
