"""The `python -m evals` command: the only module here that prints."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from evals.errors import EvalError
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from evals.report.page import Page, Table

FAULTY = 3

main = typer.Typer(
    name="evals",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="测量：问答质量、个案核查、条文检索、服务性能、名册核查、限定范围的检索。结果写到标准输出，并生成一份网页报告。",
)

AsJson = Annotated[bool, typer.Option("--json", help="标准输出只写 JSON")]
Folder = Annotated[Path | None, typer.Option("--report", metavar="目录", help="报告写到这个目录，默认 reports/")]


@main.command("answers", help="问答质量：要点、引用、拒答、有无没有依据的话。保留题只出计数。")
def answers_command(
    dataset: Annotated[Path | None, typer.Option(metavar="文件", help="评测题，每行一个 JSON；默认为自带的题")] = None,
    half: Annotated[Literal["tuning", "held-out", "both"], typer.Option(help="问哪一半")] = "both",
    show_misses: Annotated[int, typer.Option(metavar="N", min=0, help="列出调试用题中未达预期的前 N 题")] = 0,
    as_json: AsJson = False,
    report: Folder = None,
) -> None:
    """Measure answers."""
    with troubles_told(), _output_apart():
        from assistant.assembly import assemble
        from assistant.settings import Settings
        from evals.answers import rows, run, shown
        from evals.progress import counted

        assistant = assemble(Settings(), _silent)
        file = dataset or rows.BUNDLED
        index = assistant.index
        known = {clause.ref for edition in index.editions for clause in index.edition_clauses(edition)}
        halves = tuple(rows.Half) if half == "both" else (rows.Half(half),)
        result = run.measure(
            file.name, rows.read_rows(file, known), assistant.answer, halves, lambda some, n: counted(some, n, "提问")
        )
        page = shown.page(result, show_misses)
        tables = [*shown.tables(result), *shown.missed_table(result.misses, show_misses)]
    _give(page, tables, run.as_json(result), as_json, report)


@main.command("cases", help="个案核查：结论、关键条件、读出的事实、追问是否有用。保留题只出计数。")
def cases_command(
    dataset: Annotated[Path | None, typer.Option(metavar="文件", help="评测题，每行一个 JSON；默认为自带的题")] = None,
    half: Annotated[Literal["tuning", "held-out", "both"], typer.Option(help="核查哪一半")] = "both",
    show_misses: Annotated[int, typer.Option(metavar="N", min=0, help="列出调试用题中未达预期的前 N 题")] = 0,
    as_json: AsJson = False,
    report: Folder = None,
) -> None:
    """Measure case checks."""
    with troubles_told(), _output_apart():
        from assistant.assembly import assemble
        from assistant.eligibility.checker import CaseChecker
        from assistant.settings import Settings
        from evals.answers.rows import Half
        from evals.cases import rows, run, shown
        from evals.errors import NothingToMeasure
        from evals.progress import counted

        assistant = assemble(Settings(), _silent)
        checker = assistant.cases
        if not isinstance(checker, CaseChecker):
            raise NothingToMeasure("没有可以核查的规定")
        file = dataset or rows.BUNDLED
        index = assistant.index
        known = {clause.ref for edition in index.editions for clause in index.edition_clauses(edition)}
        read = rows.read_rows(file, checker.rules, known)
        for warning in shown.unknown_keys(dict(read.unknown_keys)):
            typer.echo(warning, err=True)
        halves = tuple(Half) if half == "both" else (Half(half),)
        result = run.measure(
            file.name,
            read,
            checker.rules,
            checker.check,
            halves,
            lambda some, n: counted(some, n, "核查"),
        )
        page = shown.page(result, show_misses)
        tables = [*shown.tables(result), *shown.missed_table(result.misses, show_misses)]
    _give(page, tables, run.as_json(result), as_json, report)


@main.command("retrieval", help="条文检索：召回率、排序质量、用时和内存，与只用句向量、只用 BM25 和四个常用库并列。")
def retrieval_command(
    dataset: Annotated[Path, typer.Option(metavar="目录", help="BEIR 格式的数据")],
    split: Annotated[
        str | None,
        typer.Option(metavar="名称", help="默认 test；没有 test 时为 validation，即 train 中编码器没有学过的问题"),
    ] = None,
    systems: Annotated[
        str | None,
        typer.Option(
            metavar="名称,…",
            help="只测这些方法，以英文逗号分开：ours、encoder、bm25，langchain、llamaindex、txtai、haystack，"
            "后四个加 -minilm 为改用 all-MiniLM-L6-v2；默认全部",
        ),
    ] = None,
    as_json: AsJson = False,
    report: Folder = None,
) -> None:
    """Measure retrieval."""
    with troubles_told(), _output_apart():
        from evals.retrieval import run, shown

        result = run.measure(dataset, split, run.chosen(systems))
        page = shown.page(result)
    _give(page, shown.tables(result), result.as_json(), as_json, report)


@main.command("load", help="服务性能：启动一个真正的服务进程，经本机端口提问，与设计标准对照。")
def load_command(
    clauses: Annotated[Literal["bundled", "59k"], typer.Option(help="只用自带知识库，或再加法条全库")] = "bundled",
    dataset: Annotated[Path | None, typer.Option(metavar="文件", help="问自带知识库时用哪些题；默认为自带的题")] = None,
    clients: Annotated[int, typer.Option(min=1, max=64, help="同时提问的客户端数")] = 16,
    seconds: Annotated[float, typer.Option(min=1, max=120, help="每一阶段最多用几秒")] = 20,
    as_json: AsJson = False,
    report: Folder = None,
) -> None:
    """Measure a server process."""
    with troubles_told(), _output_apart(), tempfile.TemporaryDirectory(prefix="cadre-load-") as scratch:
        from evals.load import run, shown
        from evals.load.bars import Scale
        from evals.load.prepare import plan

        planned = plan(Scale(clauses), Path(scratch), clients, seconds, dataset=dataset)
        result = run.run(planned, Path(scratch), _say)
        page = shown.page(result)
    _give(page, shown.tables(result), result.as_json(), as_json, report)


@main.command("roster", help="名册核查：造一份大名册，在单独的进程中读取、核查、写出，测各步用时和内存。")
def roster_command(
    rows: Annotated[int, typer.Option(metavar="N", min=1, max=200_000, help="名册的行数")] = 100_000,
    as_json: AsJson = False,
    report: Folder = None,
) -> None:
    """Measure the check of a roster."""
    with troubles_told(), _output_apart(), tempfile.TemporaryDirectory(prefix="cadre-roster-") as scratch:
        from evals.roster import run, shown

        result = run.run(rows, Path(scratch), _say)
        page = shown.page(result)
    _give(page, shown.tables(result), result.as_json(), as_json, report)


@main.command("filters", help="限定范围的检索：按地区、日期保留从万分之一到全部条款，测用时，并与逐条计算的结果核对。")
def filters_command(
    clauses: Annotated[int, typer.Option(metavar="N", min=1_000, max=200_000, help="条款数")] = 100_000,
    questions: Annotated[int, typer.Option(metavar="N", min=1, max=1_000, help="每种范围问多少题")] = 200,
    as_json: AsJson = False,
    report: Folder = None,
) -> None:
    """Measure restricted searches."""
    with troubles_told(), _output_apart(), tempfile.TemporaryDirectory(prefix="cadre-filters-") as scratch:
        from evals.filters import run, shown

        result = run.run(clauses, questions, Path(scratch), _say)
        page = shown.page(result)
    _give(page, shown.tables(result), result.as_json(), as_json, report)


def _give(page: Page, tables: Sequence[Table], data: dict[str, Any], as_json: bool, folder: Path | None) -> None:
    """Write the report, print the result, and say on stderr where the report is."""
    from evals.report.page import FOLDER, written

    file = written(page, folder or FOLDER, datetime.now())
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _print(page, tables)
    typer.echo(f"报告：{file}", err=True)


def _print(page: Page, tables: Sequence[Table]) -> None:
    from rich.console import Console
    from rich.table import Table as Grid

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    for line in (page.title, *page.about, *page.findings):
        console.print(line, markup=False, soft_wrap=True)
    for table in tables:
        grid = Grid(title=table.title, title_justify="left", caption=table.note or None, caption_justify="left")
        for at, column in enumerate(table.columns):
            grid.add_column(column, justify="left" if table.wide or at == 0 else "right", overflow="fold")
        for row in table.rows:
            grid.add_row(*(cell.replace("[", r"\[") for cell in row))
        console.print(grid)


@contextmanager
def _output_apart() -> Iterator[None]:
    """While measuring, whatever a library writes to stdout goes to stderr: stdout is for the result."""
    with redirect_stdout(sys.stderr):
        yield


@contextmanager
def troubles_told() -> Iterator[None]:
    """What went wrong, in Chinese on stderr; no traceback for faults of data."""
    try:
        yield
    except (EvalError, KnowledgeError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAULTY) from None


def _say(stage: str) -> None:
    typer.echo(f"… {stage}", err=True)


def _silent(stage: str, done: int, total: int) -> None:
    """Building the bundled index takes a moment: no bar."""
