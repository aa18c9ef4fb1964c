"""`cadre roster`: a list of cadres on the disk → who is due to rotate, written beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server.running import BAD_INPUT, fail, settings_read, troubles_told

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.eligibility.roster import Columns, Roster

SUFFIX = "-核查结果"

ROSTER_HELP = """核查一份干部花名册：谁应当、原则上或可以交流轮岗，何时到期，依据哪一条。

\b
文件是 .xlsx 或 .csv，表头写明 姓名、单位、职务、任现职时间 等列。
结果写在花名册旁边（…-核查结果.xlsx）；--out 以 .csv 结尾时写成 .csv。

\b
例：
  cadre roster 花名册.xlsx --jurisdiction 衡东县
  cadre roster 花名册.csv --as-of 2026-12-31 --out 结果.xlsx --yes
  cadre roster 花名册.xlsx --columns 姓名=名单,任现职时间=F列

\b
退出码：
  0  已核查
  1  没有继续
  2  文件、列、地区或日期有误
  3  知识库有误
"""


def roster_command(
    file: Annotated[Path, typer.Argument(metavar="文件", help="花名册，.xlsx 或 .csv")],
    jurisdiction: Annotated[
        str | None, typer.Option(metavar="地区", help="按哪个地区的规定核查；表中有“地区”列时按各行的地区")
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="日期", help="按哪一天核查，如 2026-12-31；默认今天")] = None,
    out: Annotated[Path | None, typer.Option(metavar="文件", help="结果写到哪里，.xlsx 或 .csv")] = None,
    columns: Annotated[
        str | None, typer.Option(metavar="对应", help="指定列，如 姓名=名单,任现职时间=F列；写“项目=”为不用")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="不询问，直接核查")] = False,
) -> None:
    """Check a roster and write the result."""
    with troubles_told():
        from datetime import date

        from assistant.answering.question import day_asked
        from assistant.eligibility.roster import as_csv, as_xlsx, check_roster, columns_of, read_table
        from assistant.eligibility.ruling import Rulebook
        from knowledge.library import load_library

        day = day_asked(as_of) or date.today()
        target = out or _beside(file)
        library = load_library(settings_read().documents)
        table = read_table(_read(file), file.name)
        mapping = columns_of(table, library.rules.facts.values())
        mapping = mapping.changed(_choices(columns)) if columns else mapping
        for remark in table.remarks:
            typer.echo(remark, err=True)
        _show(mapping)
        if not yes and is_interactive() and not typer.confirm("按以上对应核查？", default=True, err=True):
            typer.echo("没有核查。可以用 --columns 指定列。", err=True)
            raise typer.Exit(1)
        book = Rulebook(library.rules, library.clause)
        with _bar("核查") as progress:
            roster = check_roster(
                table,
                mapping,
                book,
                library.vocabulary,
                as_of=day,
                jurisdiction=jurisdiction,
                editions=library.editions,
                progress=progress,
            )
        _write(target, as_csv(roster) if target.suffix.lower() == ".csv" else as_xlsx(roster))
    _summarise(roster, target)


def is_interactive() -> bool:
    """Whether someone can be asked."""
    return sys.stdin.isatty()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        fail(f"不能读取“{file}”：{error.strerror}。", BAD_INPUT)


def _write(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as error:
        fail(f"不能写入“{target}”：{error.strerror}。", BAD_INPUT)


def _beside(file: Path) -> Path:
    """`花名册-核查结果.xlsx`, numbered where that is there already: no result is overwritten unasked."""
    names = (f"{file.stem}{SUFFIX}{f'-{number}' if number > 1 else ''}.xlsx" for number in range(1, 10_000))
    return next(path for name in names if not (path := file.with_name(name)).exists())


def _choices(text: str) -> dict[str, str | None]:
    """`姓名=名单,任现职时间=F列`; nothing after = takes the column away."""
    chosen: dict[str, str | None] = {}
    for part in text.replace("，", ",").replace("＝", "=").split(","):
        name, mark, column = part.partition("=")
        if not mark or not name.strip():
            fail(f"“{part}”不是列的对应。请写成 姓名=名单,任现职时间=F列 这样的形式。", BAD_INPUT)
        chosen[name.strip()] = column.strip() or None
    return chosen


def _show(columns: Columns) -> None:
    """The mapping as a table: what is read from where, with samples."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table("项目", "读取的列", "列中的内容", title="列的对应", title_justify="left")
    for one in columns.used:
        label = one.field.label if one.field is not None else ""
        shown.add_row(Text(label), Text(f"{one.letter}列 {one.name}"), Text("、".join(one.samples)))
    for field, some in columns.ambiguous:
        shown.add_row(Text(field.label, "yellow"), Text("要指定：" + "、".join(one.name for one in some), "yellow"), "")
    for label in columns.missing:
        shown.add_row(Text(label, "red"), Text("没有找到", "red"), "")
    console = Console(stderr=True)
    console.print(shown)
    unused = [one.name for one in columns.columns if one.field is None]
    if unused:
        console.print(Text(f"没有用到的列：{'、'.join(unused)}", "dim"))


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar of rows on a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*parts, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield progress


def _summarise(roster: Roster, target: Path) -> None:
    from assistant.eligibility.roster import DISCLAIMER

    summary = roster.summary
    typer.echo(f"核查了 {summary.total} 行（{roster.as_of}，{'、'.join(roster.places) or '没有可核查的地区'}）：")
    for stage, count in summary.by_stage:
        typer.echo(f"  {stage.value}：{count}")
    for outcome, reached in summary.by_outcome:
        typer.echo(f"  已到期的结果“{outcome}”：{reached}")
    upcoming = [(year, count) for year, count in summary.by_due_year if year >= roster.as_of.year]
    if upcoming:
        typer.echo("  到期年份：" + "，".join(f"{year}年 {count}" for year, count in upcoming))
    for row in [one for one in roster.rows if one.problems][:5]:
        typer.echo(f"  第 {row.row.number} 行：{'；'.join(row.problems)}")
    typer.echo(f"结果：{target}\n{DISCLAIMER}")
