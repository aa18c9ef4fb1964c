"""What the `cadre` command shows on a terminal: an answer with its citations, and a bar while an index is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

    from assistant.answering.answer import Answer, Citation


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Shows the stage of building and how far it is, on a terminal; nothing at all until something is built."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("建立索引：{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:

        def progress(stage: str, done: int, total: int) -> None:
            if not bar.task_ids:
                bar.add_task(stage, total=total)
            bar.update(bar.task_ids[0], description=stage, completed=done, total=total)

        yield progress


def print_json(shown: BaseModel) -> None:
    """The same JSON as the API's."""
    typer.echo(shown.model_dump_json(indent=2))


def print_answer(answer: Answer) -> None:
    """The answer, then its citations; lines are left whole, so that they can be searched and copied."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    text = Text(answer.text)
    text.highlight_regex(r"\[\d+\]", "cyan")
    console.print(text)
    if answer.ruling is not None:
        from server.cases_terminal import print_ruled

        print_ruled(answer.ruling)
    if answer.clarify and answer.clarify.options:
        console.print(Text("可选：" + "、".join(answer.clarify.options), "yellow"))
    for citation in answer.citations:
        console.print()
        console.print(Text.assemble((f"[{citation.n}]", "cyan"), " ", (_named(citation), "bold")))
        console.print(Text(f"    “{citation.quote}”"))
        console.print(Text(f"    {_provenance(citation)}", "dim"))


def _named(citation: Citation) -> str:
    unsure = {"partly": "（部分待核）", "unverified": "（待核）"}.get(citation.clause.verified, "")
    return f"《{citation.edition.title}》{citation.clause.locator}{unsure}"


def _provenance(citation: Citation) -> str:
    edition = citation.edition
    kind = "摘编" if edition.text_kind == "digest" else "原文"
    parts = (edition.jurisdiction, edition.level.label, f"{edition.issued} 发布", citation.validity.value, kind)
    source = "，".join(part for part in (edition.source.publisher, edition.source.url) if part)
    return " · ".join(parts) + (f"；来源：{source}" if source else "")
