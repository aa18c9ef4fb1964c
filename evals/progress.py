"""Progress bars, to stderr only: stdout is for results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Item = TypeVar("Item")


def counted(items: Iterable[Item], total: int, label: str) -> Iterator[Item]:
    """`items`, with a bar while they are taken."""
    yield from track(items, label, total=total, console=Console(stderr=True), transient=True)
