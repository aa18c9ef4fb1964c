"""What a caller is told when a request cannot be answered; one shape for every error.

UnknownEdition            the caller named an edition that does not exist (404)
BodyTooLarge              more bytes than a request may have (413)
MalformedColumns          a choice of columns that is no JSON object of texts (422)
RulesMissing              there are no rules to check cases by (503)

Everything else comes from the layers below, from the framework, or is unforeseen; `problem_of` puts all in words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from assistant.errors import CallerError
from knowledge.errors import KnowledgeError, UnknownClause, UnknownMechanism


class UnknownEdition(LookupError):
    """No edition has this id."""

    def __init__(self, edition: str) -> None:
        self.edition = edition
        super().__init__(f"没有编号为“{edition}”的文件版本")


class BodyTooLarge(HTTPException):
    """The request body is longer than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        kib = limit // 1024
        super().__init__(413, f"请求体超过 {f'{kib // 1024} MiB' if kib >= 1024 else f'{kib} KiB'} 的上限")


class MalformedColumns(CallerError):
    """The choice of columns is no JSON object from fields to columns."""

    code = "malformed_columns"

    def __init__(self) -> None:
        super().__init__('columns 应为 JSON 对象，例如 {"任现职时间": "F列", "姓名": null}。')


class RulesMissing(KnowledgeError):
    """The rules could not be loaded, so that no case can be checked."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a caller sees it: `code` is for programs, `message` and `hint` are Chinese sentences for people."""

    status: int
    code: str
    message: str
    hint: str | None = None

    def body(self, request_id: str) -> dict[str, dict[str, str]]:
        error = {"code": self.code, "message": self.message}
        if self.hint is not None:
            error["hint"] = self.hint
        return {"error": error | {"request_id": request_id}}

    def content(self, request_id: str) -> bytes:
        """The body as JSON; half characters (lone surrogates), which UTF-8 cannot hold, become `?`."""
        return json.dumps(self.body(request_id), ensure_ascii=False).encode("utf-8", errors="replace")


UNFORESEEN = Problem(500, "internal_error", "服务内部出错，请稍后再试。", "如果一直出现，请把 request_id 告诉管理员。")
NOT_READY = Problem(503, "not_ready", "知识库暂时不可用，请稍后再试。", "管理员可运行 cadre index 检查并重建索引。")
MALFORMED = Problem(
    422,
    "malformed_json",
    "请求体不是合法的 JSON。",
    '应为 UTF-8 编码的 JSON 对象，例如 {"question": "容错要看哪些方面？"}',
)
MALFORMED_FORM = Problem(
    422,
    "malformed_form",
    "上传的表单不完整或格式不对。",
    "应为 multipart/form-data，文件放在 file 字段中。",
)

_HTTP = {
    404: Problem(404, "unknown_path", "没有这个地址。", "接口一览见 GET /v1/openapi.json"),
    405: Problem(405, "wrong_method", "这个地址不接受此请求方法。", "允许的方法见响应头 Allow"),
    400: MALFORMED,
}


def problem_of(error: Exception) -> Problem:
    """What to tell the caller. Words of an unforeseen error, or of one about our own files, are never passed on."""
    match error:
        case CallerError():
            return Problem(422, error.code, str(error))
        case UnknownClause():
            return Problem(404, "unknown_clause", f"{error}。", "条款目录见 GET /v1/documents/{edition}")
        case UnknownMechanism():
            return Problem(404, "unknown_mechanism", f"{error}。", "机制一览见 GET /v1/mechanisms")
        case UnknownEdition():
            return Problem(404, "unknown_edition", f"{error}。", "文件版本一览见 GET /v1/documents")
        case KnowledgeError():
            return NOT_READY
        case BodyTooLarge():
            return Problem(413, "body_too_large", f"{error.detail}。", "长材料请分段提交。")
        case HTTPException():
            return _HTTP.get(error.status_code, Problem(error.status_code, "http_error", "请求没有被接受。"))
        case _:
            return UNFORESEEN
