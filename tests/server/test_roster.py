from __future__ import annotations

import json
import logging
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import Workbook, load_workbook
from starlette.testclient import TestClient

from server.api.roster.routes import XLSX
from server.api.roster.wire import ColumnsResponse, RosterResponse
from server.app import ROSTER_LIMIT, make_app
from tests.server.standin import StandIn
from tests.server.test_privacy import SECRET, assert_says_nothing, ours

HEADER = "姓名,单位,现任职务类别,任现职时间"
ROWS = (
    "张三,某局,单位副职,2014-03",
    "李四,某局,单位副职,2023-05",
    "王五,某局,一般干部,2010-01",
    "赵六,某局,单位正职,去年",
)
CSV = "\n".join((HEADER, *ROWS)).encode()
SENT: dict[str, Any] = {"jurisdiction": "衡东县", "as_of": "2024-06-01"}


def post(client: TestClient, data: bytes = CSV, name: str = "名册.csv", path: str = "check", **sent: Any) -> Any:
    return client.post(f"/v1/roster/{path}", files={"file": (name, data)}, data=sent)


def refused(response: Any, status: int = 422) -> dict[str, str]:
    assert response.status_code == status, response.text
    error = response.json()["error"]
    assert any("\u4e00" <= c <= "\u9fff" for c in error["message"])
    assert isinstance(error, dict)
    return error


def test_each_row_is_told_where_it_stands_and_by_which_clause(client: TestClient) -> None:
    response = post(client, out="json", **SENT)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    body = RosterResponse.model_validate_json(response.content)
    assert [row.number for row in body.rows] == [2, 3, 4, 5]
    assert body.summary.total == 4
    assert sum(one.rows for one in body.summary.by_stage) == 4
    cited = {citation.ref for citation in body.citations}
    for row in body.rows[:3]:
        [outlook] = row.outlooks
        assert outlook.mechanism == "rotation-hengdong@2024"
        assert set(outlook.clauses) <= cited
    assert body.rows[2].stage == "目前不适用"
    assert body.rows[3].problems
    assert "不是组织决定" in body.disclaimer


def test_the_result_is_a_workbook_unless_asked_otherwise(client: TestClient) -> None:
    response = post(client, **SENT)
    assert response.headers["content-type"] == XLSX
    named = response.headers["content-disposition"].rpartition("filename*=UTF-8''")[2]
    assert unquote(named) == "名册核查-2024-06-01.xlsx"
    words = {
        str(cell) for sheet in load_workbook(BytesIO(response.content)) for row in sheet.values for cell in row if cell
    }
    assert {"张三", "单位副职"} <= words


def test_the_result_can_be_csv(client: TestClient) -> None:
    response = post(client, out="csv", **SENT)
    assert response.headers["content-type"].startswith("text/csv")
    assert "张三" in response.content.decode("utf-8-sig")


def test_a_workbook_is_read_too(client: TestClient) -> None:
    book = Workbook()
    assert book.active is not None
    for line in (HEADER, *ROWS):
        book.active.append(line.split(","))
    saved = BytesIO()
    book.save(saved)
    response = post(client, saved.getvalue(), "名册.xlsx", out="json", **SENT)
    assert len(response.json()["rows"]) == 4


def test_the_columns_are_shown_and_can_be_chosen(client: TestClient) -> None:
    response = post(client, path="columns")
    body = ColumnsResponse.model_validate_json(response.content)
    assert [(one.letter, one.header, one.field and one.field.id) for one in body.columns] == [
        ("A", "姓名", "name"),
        ("B", "单位", "unit"),
        ("C", "现任职务类别", "post_kind"),
        ("D", "任现职时间", "post_start"),
    ]
    assert (body.rows, body.header_row, body.missing, body.ambiguous) == (4, 1, (), ())
    assert body.columns[0].samples == ("张三", "李四", "王五")
    other = CSV.replace("任现职时间".encode(), "到岗年月".encode())
    body = ColumnsResponse.model_validate_json(post(client, other, path="columns").content)
    assert body.missing
    chosen = json.dumps({"任现职时间": "D列", "姓名": None})
    body = ColumnsResponse.model_validate_json(post(client, other, path="columns", columns=chosen).content)
    assert [one.field and one.field.id for one in body.columns] == [None, "unit", "post_kind", "post_start"]
    assert refused(post(client, other, **SENT))["code"] == "missing_columns"
    assert post(client, other, columns=chosen, **SENT).status_code == 200


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "place_not_given"),
        ({"jurisdiction": "火星"}, "no_rotation_rules"),
        (SENT | {"as_of": "2024-02-30"}, "impossible_date"),
        (SENT | {"as_of": "2020-01-01"}, "not_in_force"),
        (SENT | {"columns": "{"}, "malformed_columns"),
        (SENT | {"columns": "[1]"}, "malformed_columns"),
        (SENT | {"columns": '{"姓名": 3}'}, "malformed_columns"),
        (SENT | {"columns": '{"没有的": "A列"}'}, "unknown_field"),
        (SENT | {"columns": '{"姓名": "Z列"}'}, "unknown_column"),
        (SENT | {"out": "pdf"}, "invalid_request"),
        (SENT | {"jurisdiction": "x" * 101}, "invalid_request"),
    ],
)
def test_fields_that_cannot_be_taken(client: TestClient, sent: dict[str, Any], code: str) -> None:
    assert refused(post(client, **sent))["code"] == code


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.csv", "empty_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.xls", "old_workbook"),
        (b"%PDF-1.4", "x.pdf", "not_a_table"),
        (b"PK\x03\x04broken", "x.xlsx", None),
    ],
)
def test_files_that_cannot_be_taken(client: TestClient, data: bytes, name: str, code: str | None) -> None:
    for path in ("check", "columns"):
        error = refused(post(client, data, name, path, **(SENT if path == "check" else {})))
        assert code in {None, error["code"]}


def test_a_form_without_a_file_is_told(client: TestClient) -> None:
    assert "file 必须填写" in refused(client.post("/v1/roster/check", data=SENT))["message"]
    assert refused(client.post("/v1/roster/check", json=SENT))["code"] == "invalid_request"
    torn = client.post(
        "/v1/roster/check", content=b"--x\r\nno", headers={"Content-Type": "multipart/form-data; boundary=y"}
    )
    assert refused(torn)["code"] in {"malformed_form", "invalid_request"}
    unbound = client.post("/v1/roster/check", content=b"--x", headers={"Content-Type": "multipart/form-data"})
    assert refused(unbound)["code"] == "malformed_form"


def test_only_a_roster_may_be_large(client: TestClient) -> None:
    large = CSV + b"\n" * (1 << 20)
    assert post(client, large, out="json", **SENT).status_code == 200
    response = client.post("/v1/cases/check", files={"file": ("x.csv", large)})
    assert response.status_code == 413
    assert "256 KiB" in refused(response, 413)["message"]


def test_a_roster_over_the_limit_is_413(client: TestClient) -> None:
    piece = b" " * (1 << 20)

    def endless() -> Any:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range((ROSTER_LIMIT >> 20) + 1):
            yield piece

    response = client.post(
        "/v1/roster/check", content=endless(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert "64 MiB" in refused(response, 413)["message"]


def test_without_rules_no_roster_is_checked() -> None:
    client = TestClient(make_app(StandIn(cases=None)))
    assert refused(post(client, **SENT), 503)["code"] == "not_ready"


def test_nothing_of_a_roster_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    data = CSV.replace("张三".encode(), SECRET.encode())
    with caplog.at_level(logging.DEBUG):
        for path in ("check", "columns"):
            assert post(client, data, f"{SECRET}.csv", path, **(SENT if path == "check" else {})).status_code == 200
            post(client, SECRET.encode(), f"{SECRET}.pdf", path, columns=SECRET)
        post(client, data, jurisdiction=SECRET)
    assert "POST /v1/roster/check 200" in ours(caplog)
    assert_says_nothing(ours(caplog))
