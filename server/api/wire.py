"""What goes over the wire, field by field, but for answers and rulings; `showing` makes these of our own values.

The docstrings here are Chinese: they are the descriptions people read in the OpenAPI document.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_SURROGATES = re.compile("[\ud800-\udfff]")


class Wire(BaseModel):
    """A frozen value with no fields besides its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _whole_characters(value: Any) -> Any:
    """Drop halves of characters, which a browser leaves when it cuts text between two of them."""
    return _SURROGATES.sub("", value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_whole_characters)]


class SourceShown(Wire):
    """文件的公开出处。"""

    title: str
    publisher: str | None
    date: str | None
    url: str | None


class CitationShown(Wire):
    """回答引用的一个条款；quote 是 text 中被依据的原话。"""

    n: int
    ref: str
    edition: str
    document: str
    doc_number: str | None = None
    issuer: str
    locator: str
    heading: str
    text: str
    quote: str
    jurisdiction: str
    level: str
    issued: str
    validity: str
    text_kind: str
    modality: str | None = None
    verified: str
    gap: str | None = None
    source: SourceShown


class ClauseBrief(Wire):
    """目录里的一个条款。"""

    ref: str
    heading: str
    locator: str


class ClauseShown(ClauseBrief):
    """一个条款的全部内容。"""

    text: str
    modality: str | None
    verified: str
    gap: str | None
    topics: tuple[str, ...]
    refers_to: tuple[str, ...]


class InForceShown(Wire):
    """施行的首日和末日，均含当日；末日未知为 null。"""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    until: date | None


class EditionShown(Wire):
    """一份文件的一个版本；clauses 是条款数。"""

    edition: str
    title: str
    short_titles: tuple[str, ...]
    issuer: str
    doc_number: str | None
    level: str
    jurisdiction: str
    issued: str
    in_force: InForceShown
    validity: str
    replaced_by: str | None
    implements: tuple[str, ...]
    topics: tuple[str, ...]
    text_kind: str
    verified: str
    source: SourceShown
    clauses: int


class ClauseResponse(Wire):
    """一个条款和它周围：上级标题、下级、前后相邻的同级条款，以及所在文件。"""

    clause: ClauseShown
    ancestors: tuple[ClauseBrief, ...]
    children: tuple[ClauseBrief, ...]
    before: ClauseBrief | None
    after: ClauseBrief | None
    edition: EditionShown


class DocumentsResponse(Wire):
    """知识库中的全部文件版本。"""

    documents: tuple[EditionShown, ...]


class OutlineResponse(Wire):
    """一个文件版本和它的条款目录，按文中顺序。"""

    edition: EditionShown
    outline: tuple[ClauseBrief, ...]


class Alive(Wire):
    """进程在运行。"""

    status: Literal["ok"] = "ok"


class Ready(Wire):
    """索引已打开：代号、条款数、编码器。"""

    status: Literal["ready"] = "ready"
    generation: str
    clauses: int
    encoder: str | None


class ErrorShown(Wire):
    """code 供程序判断，message 和 hint 给人看，request_id 用于报修。"""

    code: str
    message: str
    hint: str | None = None
    request_id: str


class ErrorResponse(Wire):
    """所有错误的统一格式。"""

    error: ErrorShown
