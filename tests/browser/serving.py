"""Serves the page on a free loopback port and prints it: `python serving.py [standin|real] [root_path]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import socket

import uvicorn

from server.app import make_app
from server.page import mount_page


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
        config = uvicorn.Config(app, log_level="warning", root_path=root_path, timeout_graceful_shutdown=1)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
