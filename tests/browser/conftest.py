from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driving import Visit
from tests.browser.standin import NASTY

_POSTS = (("副局长", "单位副职"), ("局长", "单位正职"), ("科长", "内设机构正职"))
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """A server process of its own; yields its address and ends it by its pid."""
    root = Path(__file__).parents[2]
    command = [sys.executable, str(root / "tests" / "browser" / "serving.py"), *arguments]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, env=os.environ) as server:
        try:
            assert server.stdout is not None
            port = server.stdout.readline().strip()
            assert port.isdigit(), "the server did not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The page over the stand-in assistant."""
    with serving("standin") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("chromium is not installed at /usr/bin/chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of 260 made-up people; the second row names nobody a date can be read of."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["姓名", "单位", "职务", "职务类别", "任职", "正在接受审查调查", "备注"])
    for n in range(260):
        title, kind = _POSTS[n % 3]
        since = "不详细" if n == 1 else f"{2008 + n % 16}-0{1 + n % 9}"
        sheet.append([f"干部{n + 1}", f"某局{n % 7}", title, kind, since, "否", NASTY if n == 0 else None])
    file = tmp_path_factory.mktemp("rosters") / f"名册{'<b>'}.xlsx"
    book.save(file)
    return file


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """A visitor on the open page. At the end: no request went elsewhere, nothing was said on the console."""
    with visiting(browser, site) as visitor:
        yield visitor


@contextmanager
def visiting(
    browser: Browser, address: str, *, width: int = 1280, height: int = 860, **options: object
) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    page: Page = context.new_page()
    visitor = Visit(page, address)
    page.on("request", lambda request: visitor.requested.append(request.url))
    page.on("response", lambda response: visitor.failed.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: visitor.console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: visitor.console.append(f"error: {error}"))
    page.goto(f"{address}/")
    page.wait_for_selector("#cadre-question")
    yield visitor
    visitor.check_quiet()
    context.close()
