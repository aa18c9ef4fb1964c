"""The page as a Gradio app: four pieces of HTML, one event for a question, one for a new conversation."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import uuid4

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.answering.question import ask
from assistant.errors import CallerError
from server.api.logs import log_fault
from server.api.seam import Answering
from server.page.answer_html import exchange_html
from server.page.case.form_html import case_html, unavailable_html
from server.page.case.tab import LIMIT as CASE_LIMIT
from server.page.case.tab import case_functions
from server.page.conversation import Exchange, history, streamed
from server.page.frame_html import form_html, header_html, shelf_html, welcome_html
from server.page.index_page import OurIndex
from server.page.open_clause import opened_html
from server.page.roster.form_html import roster_html
from server.page.roster.tab import LIMIT as ROSTER_LIMIT
from server.page.roster.tab import roster_functions
from server.page.telling import UNAVAILABLE

_HERE = Path(__file__).parent
_FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "system-ui", "sans-serif")
_KEPT = 100
"""Exchanges of a conversation that are kept and shown."""

Built = TypeVar("Built")
Conversation = tuple[Exchange, ...]
Shown = tuple[Any, str, Conversation]


def build_page(assistant: Answering, *, question_limit: int = 4000) -> gr.Blocks:
    """The page over `assistant`; nothing of a conversation outlives the visitor's session."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    editions = tuple(assistant.index.editions.values())
    welcome = welcome_html(editions)

    def asked(conversation: Conversation, event: gr.EventData) -> Iterator[Shown]:
        past = "".join(exchange_html(exchange, assistant.index) for exchange in conversation)
        for now in _answered(assistant, conversation, event._data or {}, question_limit):
            yield past, exchange_html(now, assistant.index), (*conversation, now)[-_KEPT:]
            past = gr.skip()

    def begun_anew() -> Shown:
        return welcome, exchange_html(None), ()

    def open_clause(sent: object) -> str:
        return opened_html(assistant.index, sent)

    with gr.Blocks(title="干部政策助手", analytics_enabled=False, fill_width=True) as page:
        conversation = gr.State(())
        _html(header_html(), "cadre-header", head=_look(), script=_script("tabs.js"))
        with gr.Column(elem_id="cadre-chat"):
            past = _html(welcome, "cadre-past")
            live = _html(exchange_html(None), "cadre-live")
            form = _html(
                form_html(editions, question_limit),
                "cadre-form",
                script=_script("page.js"),
                server_functions=[open_clause],
            )
        _tools(assistant)
        _html(shelf_html(editions), "cadre-panel")
        quietly: dict[str, Any] = {
            "outputs": [past, live, conversation],
            "show_progress": "hidden",
            "concurrency_limit": None,
            "api_visibility": "private",
        }
        form.ask(asked, inputs=[conversation], trigger_mode="once", **quietly)
        form.begin(begun_anew, **quietly)
    return cast(gr.Blocks, page)


def mount_page(app: FastAPI, assistant: Answering, *, path: str = "/", question_limit: int = 4000) -> FastAPI:
    """Mount the page: local fonts, no footer, no record of questions in the browser.

    Mount it after every other route: at `/` it answers whatever the others leave.
    """

    def mounted() -> FastAPI:
        page = build_page(assistant, question_limit=question_limit)
        site = gr.mount_gradio_app(
            app,
            page,
            path=path,
            app_kwargs={"middleware": [Middleware(OurIndex)]},
            theme=_theme(),
            footer_links=[],
            run_history=False,
            show_error=False,
            ssr_mode=False,
            mcp_server=False,
            pwa=False,
            enable_monitoring=False,
        )
        return cast(FastAPI, site)

    return _in_a_loop(mounted)


def _answered(assistant: Answering, conversation: Conversation, sent: dict[str, Any], limit: int) -> Iterator[Exchange]:
    """The exchange as it grows; a question that cannot be taken ends in its message."""
    text, day = str(sent.get("text", "")), str(sent.get("day", ""))
    serial = conversation[-1].serial + 1 if conversation else 1
    now = Exchange(serial, text.strip()[:limit], date.today())
    try:
        question = ask(
            text, history=history(conversation), jurisdiction=str(sent.get("place", "")), as_of=day, limit=limit
        )
        taken = Exchange(now.serial, question.text, question.as_of or now.day)
        yield taken
        yield from streamed(taken, assistant.events(question))
    except CallerError as error:
        yield Exchange(now.serial, now.question, now.day, trouble=str(error))
    except Exception as error:
        log_fault(f"page-{uuid4()}", error)
        yield Exchange(now.serial, now.question, now.day, trouble=UNAVAILABLE)


def _in_a_loop(build: Callable[[], Built]) -> Built:
    """Build with an event loop running: without one Gradio opens several and never closes them."""

    async def built() -> Built:
        return build()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(built())
    return build()


def _theme() -> gr.themes.Base:
    """Local fonts; the colours of the page before its style has come."""
    theme = gr.themes.Base(font=_FONTS, font_mono=("ui-monospace", "Consolas", "monospace"))
    return theme.set(body_background_fill="#f6f3ed", body_background_fill_dark="#15171a")


def _look() -> str:
    """What goes into the document's head: the page carries its style itself, however it is mounted."""
    sheets = ("page.css", "tabs.css", "case/case.css", "roster/roster.css")
    return f"<style>{''.join((_HERE / sheet).read_text(encoding='utf-8') for sheet in sheets)}</style>"


def _script(*names: str) -> str:
    return "".join((_HERE / name).read_text(encoding="utf-8") for name in names)


def _tools(assistant: Answering) -> None:
    """The tabs beside the chat; without rules they say so."""
    cases = assistant.cases
    case, roster = unavailable_html("个案预审"), unavailable_html("名册核查")
    case_calls: list[Any] = []
    roster_calls: list[Any] = []
    if cases is not None:
        case, case_calls = case_html(cases.rules.mechanisms, CASE_LIMIT), case_functions(cases, assistant.index)
        roster, roster_calls = (
            roster_html(cases.rules.mechanisms, ROSTER_LIMIT),
            roster_functions(cases, assistant.index.editions),
        )
    _html(
        case,
        "cadre-case",
        script=_script("saving.js", "case/pointing.js", "case/folding.js", "case/case.js"),
        server_functions=case_calls,
    )
    _html(roster, "cadre-roster", script=_script("saving.js", "roster/roster.js"), server_functions=roster_calls)


def _html(
    value: str,
    elem_id: str,
    *,
    head: str | None = None,
    script: str | None = None,
    server_functions: list[Any] | None = None,
) -> gr.HTML:
    return gr.HTML(
        value,
        elem_id=elem_id,
        head=head,
        js_on_load=script,
        server_functions=server_functions,
        apply_default_css=False,
        padding=False,
    )
