"""`cadre check`, `cadre recheck` and `cadre mechanisms`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from server.running import BAD_INPUT, FAULTY, fail, settings_read, troubles_told
from server.terminal import print_json, progress_bar

if TYPE_CHECKING:
    from assistant.answering.assistant import Assistant
    from assistant.eligibility.checker import CaseCheck, CaseChecker
    from assistant.eligibility.ruling import Receipt

STILL_OPEN = CHANGED = 1

CHECK_HELP = """核查一个情况：从标准输入（或 --file）读取描述，逐项对照规定的条件。

\b
例：
  echo "衡东县某局副局长，2014年3月任现职至今，是否应当轮岗？" | cadre check
  cadre check --file 情况.txt --as-of 2024-06-01 --jurisdiction 衡东县 --save
  cadre check --mechanism rotation-hengdong@2024 --facts '{"post_kind": "单位副职", "years_in_post": 11}' < /dev/null
  cadre check --file 情况.txt --opinion 预审意见.docx

\b
退出码：
  0  有结论
  1  事实不足或需组织认定，先要弄清列出的问题
  2  描述、地区、日期、机制或事实有误
  3  知识库或索引有误
"""

RECHECK_HELP = """按凭证重新核查：结论依据的规则、条款有没有变，结论是否还一样。

\b
凭证是保存时的编号，或文件（cadre check --json 的输出、保存的凭证）。
例：
  cadre recheck YS20240601-0123456789AB
  cadre recheck 结论.json

\b
退出码：
  0  与原结论一致
  1  有变化，逐条列出
  2  没有这个凭证，或文件里没有凭证
  3  知识库或索引有误
"""


def check_command(
    file: Annotated[
        Path | None, typer.Option(metavar="文件", exists=True, dir_okay=False, help="从文件读取描述")
    ] = None,
    jurisdiction: Annotated[str | None, typer.Option(metavar="地区", help="按哪个地区的规定核查")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="日期", help="按哪一天的规定核查，如 2024-06-01")] = None,
    mechanism: Annotated[str | None, typer.Option(metavar="编号", help="按哪个机制核查，见 cadre mechanisms")] = None,
    facts: Annotated[str | None, typer.Option(metavar="JSON", help="确认或更正的事实；不清楚写 null")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出与 POST /v1/cases/check 相同的 JSON")] = False,
    save: Annotated[bool, typer.Option("--save", help="保存凭证（不含描述的文字），供 cadre recheck 使用")] = False,
    opinion: Annotated[
        Path | None, typer.Option(metavar="文件", dir_okay=False, help="写出预审意见（.docx 或 .html），并保存凭证")
    ] = None,
) -> None:
    """Check one case on the terminal."""
    if opinion is not None and opinion.suffix not in {".docx", ".html"}:
        fail("预审意见的文件名应以 .docx 或 .html 结尾。", BAD_INPUT)
    given = _facts(facts)
    text = _text(file)
    with troubles_told():
        from assistant.eligibility.asked import ask_case

        assistant = _assembled()
        cases = _cases(assistant)
        asked = ask_case(
            text, cases.rules.facts, as_of=as_of, jurisdiction=jurisdiction, mechanism=mechanism, facts=given
        )
        check = cases.check(asked)
    if opinion is not None:
        _write_opinion(check, assistant, opinion)
    if as_json:
        from server.api.cases.showing import shown_case

        print_json(shown_case(check, assistant.index))
    else:
        from server.cases_terminal import print_case

        print_case(check, assistant.index)
    if save or opinion is not None:
        _keep([ruling.receipt for ruling in check.rulings[: 1 if check.leading else None]])
    if not check.verdict.definite:
        raise typer.Exit(STILL_OPEN)


def recheck_command(
    receipt: Annotated[str, typer.Argument(metavar="凭证", help="凭证的编号或文件")],
) -> None:
    """Run a ruling again by its receipt."""
    from assistant.eligibility.ruling import recheck
    from knowledge.errors import UnknownMechanism

    with troubles_told():
        given = _receipt(receipt)
        cases = _cases(_assembled())
        try:
            changed = recheck(cases.book, given)
        except UnknownMechanism as error:
            changed = (str(error),)
    if not changed:
        typer.echo(f"{given.number}：与原结论一致。")
        return
    typer.echo(f"{given.number}：有 {len(changed)} 处变化。")
    for line in changed:
        typer.echo(f"  {line}")
    raise typer.Exit(CHANGED)


def mechanisms_command() -> None:
    """List what can be checked."""
    from server.cases_terminal import print_mechanisms

    with troubles_told():
        cases = _cases(_assembled())
    print_mechanisms(cases.rules.mechanisms.values())


def _assembled() -> Assistant:
    from assistant.assembly import assemble

    with progress_bar() as progress:
        return assemble(settings_read(), progress)


def _cases(assistant: Assistant) -> CaseChecker:
    if assistant.cases is None:
        fail("规则没有载入，不能核查。请运行：cadre index", FAULTY)
    return assistant.cases


def _text(file: Path | None) -> str:
    if file is None and sys.stdin.isatty():
        typer.echo("请输入情况描述，结束时按 Ctrl-D：", err=True)
    try:
        return sys.stdin.read() if file is None else file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        fail("描述不是 UTF-8 文本。", BAD_INPUT)
    except OSError as error:
        fail(f"不能读取“{file}”：{error.strerror}。", BAD_INPUT)


def _facts(text: str | None) -> dict[str, Any]:
    try:
        facts = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        facts = None
    if not isinstance(facts, dict):
        fail('--facts 应为 JSON 对象，例如 {"post_kind": "单位副职", "years_in_post": 11}', BAD_INPUT)
    return facts


def _receipt(named: str) -> Receipt:
    """From the file of that name, or from those kept."""
    from assistant.eligibility.ruling.receipts_kept import kept, receipt_in

    try:
        if Path(named).is_file():
            return receipt_in(Path(named).read_bytes())
        return kept(named, _folder())
    except OSError as error:
        fail(f"不能读取“{named}”：{error.strerror}。", BAD_INPUT)


def _folder() -> Path:
    return settings_read().data_dir / "receipts"


def _keep(receipts: list[Receipt]) -> None:
    from assistant.eligibility.ruling.receipts_kept import keep

    for receipt in receipts:
        try:
            place = keep(receipt, _folder())
        except OSError as error:
            fail(f"不能保存凭证：{error.strerror}。", BAD_INPUT)
        typer.echo(f"凭证已保存：{place}", err=True)


def _write_opinion(check: CaseCheck, assistant: Assistant, place: Path) -> None:
    from datetime import date

    from assistant.eligibility.opinion import as_docx, as_page, opinion_of

    opinion = opinion_of(check, assistant.index.clause, assistant.index.editions, issued=date.today())
    content = as_docx(opinion) if place.suffix == ".docx" else as_page(opinion).encode()
    try:
        place.write_bytes(content)
    except OSError as error:
        fail(f"不能写入“{place}”：{error.strerror}。", BAD_INPUT)
    typer.echo(f"预审意见已写入：{place}", err=True)
