"""Around every command: settings read, and what went wrong told in Chinese with its exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings

BAD_INPUT, FAULTY, INTERRUPTED = 2, 3, 130


def settings_read() -> Settings:
    """The settings; ends the command when one is wrong."""
    from pydantic import ValidationError

    from assistant.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        names = "、".join(f"CADRE_{'_'.join(map(str, one['loc'])).upper()}" for one in error.errors())
        fail(f"设置有误，请检查环境变量或 .env 文件中的 {names}。", BAD_INPUT)


@contextmanager
def troubles_told() -> Iterator[None]:
    """What went wrong, in Chinese on stderr, with its exit code; no traceback."""
    from assistant.errors import CallerError
    from knowledge.errors import KnowledgeError, UnknownMechanism

    try:
        yield
    except CallerError as error:
        fail(str(error), BAD_INPUT)
    except UnknownMechanism as error:
        fail(f"{error}。可用的机制见 cadre mechanisms", BAD_INPUT)
    except KnowledgeError as error:
        fail(str(error), FAULTY)
    except KeyboardInterrupt:
        fail("已中断。", INTERRUPTED)


def fail(message: str, code: int) -> NoReturn:
    """Say why on stderr and end the command."""
    typer.echo(message, err=True)
    raise typer.Exit(code)
