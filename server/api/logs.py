"""What the server writes down, and where: never a word of a question."""

from __future__ import annotations

import logging
import sys
import traceback
from asyncio import CancelledError

access = logging.getLogger("cadre.access")
faults = logging.getLogger("cadre.faults")


def log_fault(request_id: str, error: BaseException) -> None:
    """Log an unforeseen error: its kinds and places, causes included, but not what it says.

    The words of an error may quote the question; file, line and function never do.
    """
    kinds: list[str] = []
    places: list[str] = []
    at: BaseException | None = error
    while at is not None and len(kinds) < 5:
        kinds.append(type(at).__qualname__)
        places += traceback.format_tb(at.__traceback__)
        at = at.__cause__ or at.__context__
    faults.error("request %s: %s\n%s", request_id, " ← ".join(kinds), "".join(places))


def log_to_stderr() -> None:
    """One line a request, and what goes wrong, on stderr; other libraries only from warnings on."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr)
    logging.getLogger("cadre").setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").addFilter(_worth_telling)


def _worth_telling(record: logging.LogRecord) -> bool:
    """All but the requests cut off when the server is told to stop, as those of a page left open always are."""
    cut_off = record.exc_info and isinstance(record.exc_info[1], CancelledError)
    return not cut_off and not str(record.msg).startswith("Cancel ")
