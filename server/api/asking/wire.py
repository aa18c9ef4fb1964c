"""A question and its answer over the wire; `showing` makes these of our own values.

The docstrings here are Chinese: they are the descriptions people read in the OpenAPI document.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from server.api.cases.wire import CaseResponse
from server.api.wire import CitationShown, Text, Wire

HISTORY_USED = 20
"""The last turns of a conversation that are read; earlier ones are dropped."""


class TurnSent(Wire):
    """此前的一条消息。"""

    role: Literal["user", "assistant"] = Field(description="user 为提问者，assistant 为本助手")
    content: Text = Field(description="消息正文")


class AskRequest(Wire):
    """一次提问。"""

    question: Text = Field(description="问题，中文，最长 4000 字")
    history: tuple[TurnSent, ...] = Field(
        default=(), max_length=200, description=f"此前的对话，最早的在前；只用最后 {HISTORY_USED} 条"
    )
    jurisdiction: Text | None = Field(default=None, max_length=100, description="地区名或简称；不填则由问题判断")
    as_of: Text | None = Field(default=None, max_length=40, description="按哪一天的规定回答，如 2024-03-01；不填为今天")


class StatementShown(Wire):
    """回答中的一句话和它依据的引用编号；place 是这句话所属的地区。"""

    text: str
    citations: tuple[int, ...]
    place: str | None = None


class ClarifyShown(Wire):
    """需要先问清的一个问题和可选的回答。"""

    question: str
    options: tuple[str, ...]


class UnderstoodShown(Wire):
    """问题被理解成什么：类型、地区、从上文带入的内容。"""

    route: str
    places: tuple[str, ...]
    carried: tuple[str, ...]


class AskResponse(Wire):
    """一次回答；answer 中的 [1][2] 对应 citations 的 n。

    问题说的是个案时，ruling 是按规定逐项核查的结论，格式同 POST /v1/cases/check。
    """

    status: str
    answer: str
    note: str
    statements: tuple[StatementShown, ...]
    citations: tuple[CitationShown, ...]
    ruling: CaseResponse | None = None
    clarify: ClarifyShown | None = None
    understood: UnderstoodShown


class MetaSent(Wire):
    """事件 meta：问题被理解成什么。"""

    request_id: str
    understood: UnderstoodShown


class ClausesSent(Wire):
    """事件 clauses：回答将要依据的条款，先于文字到达。"""

    citations: tuple[CitationShown, ...]


class DeltaSent(Wire):
    """事件 delta：下一段文字；全部相连即 answer。"""

    text: str
