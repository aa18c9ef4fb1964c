"""Serves the page on a free loopback port and prints it: `python serving.py [standin|real] [root_path]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import socket

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.app import make_app
from server.page import mount_page


def _behind_a_proxy(app: ASGIApp, root_path: str) -> ASGIApp:
    """`app` as a proxy that strips `root_path` and `uvicorn --root-path` together show it."""

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if not scope["path"].startswith(f"{root_path}/"):
                await PlainTextResponse("elsewhere", 404)(scope, receive, send)
                return
            scope = {**scope, "root_path": root_path}
        await app(scope, receive, send)

    return served


def main(kind: str = "standin", root_path: str = "") -> None:
    """Serve until ended."""
    assistant: Any
    if kind == "real":
        from assistant.assembly import assemble
        from assistant.settings import Settings

        assistant = assemble(Settings())
    else:
        from tests.browser.standin import StandIn

        assistant = StandIn()
    app = make_app(assistant, page=lambda site: mount_page(site, assistant))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        sys.stdout.write(f"{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        behind = _behind_a_proxy(app, root_path) if root_path else app
        config = uvicorn.Config(behind, log_level="warning", timeout_graceful_shutdown=1)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
