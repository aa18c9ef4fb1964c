"""How the tools' functions answer the browser: what they made, or why they could not, in words people can act on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import uuid4

from assistant.errors import CallerError
from knowledge.errors import UnknownMechanism
from server.api.logs import log_fault

UNAVAILABLE = "服务暂时不可用，请稍后再试。"
Sent: TypeAlias = dict[str, Any]


def told(work: Callable[[], Sent]) -> Sent:
    """What `work` returns, or `{"state": "trouble", "message": …}`; an unforeseen error is logged without its words."""
    try:
        return work()
    except (CallerError, UnknownMechanism) as error:
        return {"state": "trouble", "message": str(error)}
    except Exception as error:
        log_fault(f"page-{uuid4()}", error)
        return {"state": "trouble", "message": UNAVAILABLE}
