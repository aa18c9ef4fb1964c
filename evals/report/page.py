"""What a report shows, and how it becomes one HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parents[2] / "reports"
"""Where reports go unless told otherwise; git ignores it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a title; `note` says how to read them. The first column is words, the others figures."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """An SVG drawing and what it says in words, for those who cannot see it."""

    title: str
    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report: what was measured, the findings in sentences, then charts and tables."""

    name: str
    title: str
    about: Sequence[str]
    findings: Sequence[str]
    parts: Sequence[Table | Chart]


def html(page: Page, made: datetime) -> str:
    """The page as one HTML document without any outside resource; everything but the drawings is escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    parts = [("table", part) if isinstance(part, Table) else ("chart", part) for part in page.parts]
    template = environment.get_template("page.html")
    return template.render(page=page, parts=parts, made=f"{made:%Y年%m月%d日 %H:%M}")


def written(page: Page, folder: Path, made: datetime) -> Path:
    """Write the page into `folder`, named by kind and time; gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{page.name}-{made:%Y%m%d-%H%M%S}.html"
    file.write_text(html(page, made), encoding="utf-8")
    return file.resolve()


def percent(value: float | None) -> str:
    """`93.1 %`; a dash where nothing was scored."""
    return "未评分" if value is None else f"{value * 100:.1f}%"


def figure(value: float | None, digits: int = 1) -> str:
    """A number with `digits` decimals; a dash where there is none."""
    return "—" if value is None else f"{value:,.{digits}f}"
