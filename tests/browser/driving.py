"""What a visitor does on the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page


@dataclass
class Visit:
    """One visitor's browser page, and everything it asked for and complained about."""

    page: Page
    address: str
    requested: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    asked: int = 0

    def ask(self, question: str) -> Locator:
        """Type a question, press Enter, wait for the end of the answer; the turn."""
        self.page.fill("#cadre-question", question)
        self.page.press("#cadre-question", "Enter")
        return self.answered()

    def answered(self) -> Locator:
        """Wait for the end of the next answer; its turn."""
        self.asked += 1
        return self.turn(self.asked)

    def turn(self, serial: int) -> Locator:
        turn = self.page.locator(f'.turn[data-serial="{serial}"]:not([data-state="busy"])')
        turn.wait_for()
        return turn

    def open(self, mark: Locator) -> Locator:
        """Click a mark; the clause that opens."""
        before = self.page.locator("#cadre-clause-in").inner_html()
        mark.click()
        self.page.wait_for_function(
            "before => document.querySelector('#cadre-clause-in').innerHTML !== before", arg=before
        )
        return self.page.locator("#cadre-clause")

    def check_case(self, description: str) -> None:
        """Paste a description into the case tab, have it checked, wait for what comes of it."""
        self.page.get_by_role("tab", name="个案预审").click()
        self.page.fill("#cadre-case-text", description)
        self.page.locator("#cadre-case-result").evaluate("result => result.replaceChildren()")
        self.page.locator("#cadre-case-form .send").click()
        self.page.wait_for_selector("#cadre-verdict")

    @property
    def verdict(self) -> Locator:
        """The word of the verdict."""
        return self.page.locator(".verdict .word")

    def at(self, key: str) -> Locator:
        """The control that sets a fact: `fact:open_case:true`."""
        return self.page.locator(f'[data-key="{key}"]')

    def check_roster(self, roster: Path) -> None:
        """Have the roster of conftest checked by the rules of 衡东县; its fifth column is the day of taking office."""
        page = self.page
        page.get_by_role("tab", name="名册核查").click()
        page.set_input_files("#cadre-roster-file", roster)
        page.wait_for_selector(".mapping")
        page.locator('[data-column="E列"]').select_option("post_start")
        page.select_option("#cadre-roster-place", "衡东县")
        page.locator("#cadre-roster-how .send").click()
        page.wait_for_selector("#cadre-roster-rows tr")

    def focused(self) -> str:
        """The id or text of the element that has the focus."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.textContent"))

    def check_quiet(self) -> None:
        """Every request went to the server itself, none failed, and the console stayed empty."""
        home = urlsplit(self.address).netloc
        outside = [url for url in self.requested if not url.startswith("data:") and urlsplit(url).netloc != home]
        assert outside == []
        assert self.failed == []
        assert self.console == []
