"""The `cadre` command. Heavy imports wait until a command needs them: `cadre --help` answers at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from server.cases_command import (
    CHECK_HELP,
    RECHECK_HELP,
    check_command,
    mechanisms_command,
    recheck_command,
)
from server.roster_command import ROSTER_HELP, roster_command
from server.running import fail, settings_read, troubles_told
from server.terminal import print_answer, print_json, progress_bar

if TYPE_CHECKING:
    import socket

    import uvicorn

    from assistant.answering.assistant import Assistant
    from knowledge.errors import FaultyLibrary

GAVE_NO_RULE = CANNOT_LISTEN = 1

main = typer.Typer(
    name="cadre",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="干部政策助手：回答干部激励、容错纠错和交流轮岗的政策问题，每句话都附条款依据。",
    epilog='例：cadre ask "温州市容错要看哪些方面？"；cadre check < 情况.txt；cadre serve --port 8080',
)

_ASK_HELP = """回答一个问题，列出依据的条款。

\b
例：
  cadre ask "单位正职任职满几年要交流？" --jurisdiction 衡东县
  cadre ask "容错要看哪些方面？" --as-of 2024-06-01 --json
  echo "怎样容错？" | cadre ask -

\b
退出码：
  0  已回答，或找到部分依据
  1  没有给出规定：需要补充信息、没有依据、不在范围内
  2  问题、地区或日期有误
  3  知识库或索引有误
"""


@main.command("ask", help=_ASK_HELP)
def ask_command(
    question: Annotated[str, typer.Argument(metavar="问题", help="要问的问题；- 表示从标准输入读取")],
    jurisdiction: Annotated[str | None, typer.Option(metavar="地区", help="按哪个地区的规定回答")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="日期", help="按哪一天的规定回答，如 2024-06-01")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出与 POST /v1/ask 相同的 JSON")] = False,
) -> None:
    """Answer one question on the terminal."""
    with troubles_told():
        from assistant.answering.answer import Status
        from assistant.answering.question import ask
        from assistant.assembly import assemble

        settings = settings_read()
        text = sys.stdin.read() if question == "-" else question
        asked = ask(text, jurisdiction=jurisdiction, as_of=as_of, limit=settings.question_limit)
        with progress_bar() as progress:
            assistant = assemble(settings, progress)
        answer = assistant.answer(asked)
    if as_json:
        from server.api.asking.showing import shown_answer

        print_json(shown_answer(answer, assistant.index))
    else:
        print_answer(answer)
    if answer.status not in {Status.ANSWERED, Status.PARTIAL, Status.GREETING}:
        raise typer.Exit(GAVE_NO_RULE)


@main.command("index", help="读取文件并建立索引。文件没有改动时几乎不用时间。\n\n例：cadre index --force")
def index_command(
    force: Annotated[bool, typer.Option("--force", help="即使没有改动也重新建立")] = False,
) -> None:
    """Build the index."""
    with troubles_told():
        from assistant.assembly import assemble, rebuild

        settings = settings_read()
        with progress_bar() as progress:
            if force:
                rebuild(settings, progress)
            index = assemble(settings, progress).index
    typer.echo(f"索引可用：{len(index.editions)} 份文件，{len(index)} 个条款。")


@main.command("serve", help="启动网页和接口；第一次启动时建立索引。按 Ctrl-C 停止。\n\n例：cadre serve --port 8080")
def serve_command(
    host: Annotated[str | None, typer.Option(metavar="地址", help="监听的地址，默认 127.0.0.1，只供本机访问")] = None,
    port: Annotated[
        int | None, typer.Option(metavar="端口", min=0, max=65535, help="监听的端口，默认 8000；0 为任选")
    ] = None,
) -> None:
    """Serve the page and the API."""
    with troubles_told():
        from assistant.assembly import assemble

        settings = settings_read()
        host, port = host or settings.host, settings.port if port is None else port
        with _listening_told(host, port):
            listener = _bound(host, port)
        with listener:
            with progress_bar() as progress:
                assistant = assemble(settings, progress, on_faults=_tell_faults)
            server = _server(assistant, settings.question_limit)
            with _listening_told(host, port):
                listener.listen(server.config.backlog)
            _announce(listener)
            with suppress(KeyboardInterrupt):
                server.run(sockets=[listener])
    typer.echo("已停止。")


def _tell_faults(faulty: FaultyLibrary) -> None:
    typer.echo(f"{faulty}\n仍按上次建立的索引提供服务；改正后请重新启动。", err=True)


def _server(assistant: Assistant, question_limit: int) -> uvicorn.Server:
    """The web server, not yet running."""
    from functools import partial

    import uvicorn

    from server.api.logs import log_to_stderr
    from server.app import make_app
    from server.page import mount_page

    log_to_stderr()
    page = partial(mount_page, assistant=assistant, question_limit=question_limit)
    app = make_app(assistant, page=page, question_limit=question_limit)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=3, ws="none"
    )
    return uvicorn.Server(config)


def _announce(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    own = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 an address to replace, not to bind
    site = f"http://[{own}]:{port}" if ":" in own else f"http://{own}:{port}"
    body = """'{"question": "温州市容错要看哪些方面？"}'"""
    typer.echo(f"已启动：{site}\n接口示例：\n  curl -s {site}/v1/ask -H 'Content-Type: application/json' -d {body}")
    typer.echo("按 Ctrl-C 停止。")


@contextmanager
def _listening_told(host: str, port: int) -> Iterator[None]:
    """Why the address cannot be listened on, in Chinese."""
    import errno
    import socket

    try:
        yield
    except socket.gaierror:
        fail(f"“{host}”不是可用的地址。", CANNOT_LISTEN)
    except OSError as error:
        says = {
            errno.EADDRINUSE: f"端口 {port} 已被占用。请先停止占用它的程序，或换一个端口，如 --port {port % 65535 + 1}",
            errno.EACCES: f"没有权限使用端口 {port}。请换一个 1024 以上的端口，如 --port 8000",
        }
        fail(says.get(error.errno or 0, f"不能在 {host}:{port} 上监听：{error.strerror}") + "。", CANNOT_LISTEN)


def _bound(host: str, port: int) -> socket.socket:
    """A socket on the address, not yet listening: until all is loaded callers are refused, not kept waiting."""
    import socket

    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener


main.command("check", help=CHECK_HELP)(check_command)
main.command("recheck", help=RECHECK_HELP)(recheck_command)
main.command("roster", help=ROSTER_HELP)(roster_command)
main.command("mechanisms", help="列出可以核查的机制。\n\n例：cadre mechanisms")(mechanisms_command)


if __name__ == "__main__":
    main()
