"""`POST /v1/roster/columns`: how a roster is read. `POST /v1/roster/check`: every row held against the rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import Response

from assistant.answering.question import day_asked
from assistant.eligibility.roster import Columns, Table, as_csv, as_xlsx, check_roster, columns_of, read_table
from knowledge.facts import FactKind
from server.api.downloads import attachment
from server.api.roster.showing import shown_columns, shown_roster
from server.api.roster.wire import ColumnsResponse, RosterResponse
from server.api.seam import assistant_of, cases_of
from server.api.wire import ErrorResponse
from server.errors import MalformedColumns

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REFUSED: dict[int | str, dict[str, Any]] = {413: {"model": ErrorResponse, "description": "文件过大"}}
_FILE = {"schema": {"type": "string", "format": "binary"}}
_NO_STORE = {"Cache-Control": "no-store"}

Uploaded = Annotated[UploadFile, File(description="名册，.xlsx 或 .csv，最大 64 MiB；表头在同一行")]
Chosen = Annotated[
    str | None,
    Form(max_length=20_000, description='各项目读哪一列，JSON 对象，例如 {"任现职时间": "F列", "姓名": null}'),
]

roster = APIRouter(tags=["名册核查"], prefix="/roster", responses=_REFUSED)


class Out(StrEnum):
    """xlsx 和 csv 是在原表后加上结果的文件，json 供程序使用。"""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


@roster.post(
    "/columns",
    summary="名册的各列怎样读",
    description="只读表头和几行，说明各列会读作什么项目、缺少什么、哪些不能确定；用来在核查之前核对和指定。",
    response_model=ColumnsResponse,
)
def post_columns(request: Request, file: Uploaded, columns: Chosen = None) -> Response:
    """JSON, written out here: FastAPI would validate it once more."""
    table, mapped = _read(file, columns, cases_of(request).rules.facts)
    content = shown_columns(table, mapped).model_dump_json()
    return Response(content, headers=_NO_STORE, media_type="application/json")


@roster.post(
    "/check",
    summary="核查名册",
    description="按一个地区交流轮岗的规定逐行核查，说明谁已到期、谁将到期、依据哪一条。文件只用于这一次核查，不保存。",
    response_model=RosterResponse,
    responses={
        200: {
            "description": "核查结果",
            "content": {XLSX: _FILE, "text/csv": _FILE},
        }
    },
)
def post_roster(
    request: Request,
    file: Uploaded,
    jurisdiction: Annotated[
        str | None, Form(max_length=100, description="按哪个地区的规定；表中有地区列时可以不填")
    ] = None,
    as_of: Annotated[str | None, Form(max_length=40, description="按哪一天核查；不填为今天")] = None,
    columns: Chosen = None,
    out: Annotated[Out, Form(description="结果的格式")] = Out.XLSX,
) -> Response:
    """The table with its results, as the file or as JSON."""
    cases, shelf = cases_of(request), assistant_of(request).index
    table, mapped = _read(file, columns, cases.rules.facts)
    checked = check_roster(
        table,
        mapped,
        cases.book,
        cases.vocabulary,
        as_of=day_asked(as_of) or date.today(),
        jurisdiction=jurisdiction or None,
        editions=shelf.editions,
    )
    match out:
        case Out.JSON:
            return Response(
                shown_roster(checked, shelf).model_dump_json(), headers=_NO_STORE, media_type="application/json"
            )
        case Out.CSV:
            content, kind = as_csv(checked), "text/csv"
        case Out.XLSX:
            content, kind = as_xlsx(checked), XLSX
    named = {"Content-Disposition": attachment("名册核查", str(checked.as_of), out.value)}
    return Response(content, headers=_NO_STORE | named, media_type=kind)


def _read(file: UploadFile, chosen: str | None, kinds: Mapping[str, FactKind]) -> tuple[Table, Columns]:
    """The table, and its columns as proposed and then chosen; raises CallerError."""
    choices = _choices(chosen)
    table = read_table(file.file.read(), (file.filename or "")[:200])
    return table, columns_of(table, kinds.values()).changed(choices)


def _choices(text: str | None) -> dict[str, str | None]:
    """Raises MalformedColumns."""
    try:
        choices = json.loads(text) if text and text.strip() else {}
    except (ValueError, RecursionError):
        raise MalformedColumns from None
    if not isinstance(choices, dict) or not all(isinstance(one, str | None) for one in choices.values()):
        raise MalformedColumns
    return choices
