"""Gradio's index page made ours: in Chinese, without its cards for link previews and its manifest."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOT_OURS = re.compile(r"""<link rel="manifest"[^>]*>|<meta\s+(?:property="og:|name="twitter:)[^>]*>""")


def our_index(html: str) -> str:
    """The page with its language and icon declared and everything about Gradio gone from its head."""
    head = (Path(__file__).parent / "head.html").read_text(encoding="utf-8")
    return _NOT_OURS.sub("", html).replace('lang="en"', 'lang="zh-CN"', 1).replace("</head>", f"{head}</head>", 1)


class OurIndex:
    """Passes HTML pages through `our_index`; everything else, streams among it, is left alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def sent(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
            elif start is not None and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _send_page(start, our_index(body.decode()).encode(), send)
            else:
                await send(message)

        await self._app(scope, receive, sent)


def _is_html(message: Message) -> bool:
    headers = {name.lower(): value for name, value in message["headers"]}
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers


async def _send_page(start: Message, page: bytes, send: Send) -> None:
    headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    await send({**start, "headers": [*headers, (b"content-length", str(len(page)).encode())]})
    await send({"type": "http.response.body", "body": page})
