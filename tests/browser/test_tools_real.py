"""The tools over the real assistant, and their pictures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import serving, visiting

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    """The page over the real assistant."""
    with serving("real") as address:
        yield address


def test_the_real_assistant_checks_a_rotation_and_asks_for_the_place(browser: Browser, real: str) -> None:
    with visiting(browser, real) as visit:
        visit.check_case("衡东县某局副局长，2014年3月任现职至今，一直没有换过岗位。是否应当轮岗？")
        expect(visit.verdict).to_have_text("适用")
        visit.at("fact:post_start").fill("2024-03")
        visit.at("fact:post_start").press("Enter")
        expect(visit.verdict).to_have_text("不适用")
        visit.check_case("某局副局长，2014年3月任现职至今，是否应当轮岗？")
        visit.page.get_by_role("button", name="按衡东县核查").click()
        expect(visit.verdict).to_have_text("适用")


@pytest.mark.skipif(os.environ.get("CADRE_PICTURES") != "1", reason="set CADRE_PICTURES=1 to take pictures")
def test_picture_of_a_case(browser: Browser, real: str) -> None:
    with visiting(browser, real, height=1180) as visit:
        visit.check_case("黄石市某局副局长，市管干部，据反映工作中有令不行，去年受到诫勉谈话，能不能召回？")
        visit.open(visit.page.locator(".next [data-ref]").first)
        visit.page.wait_for_timeout(500)
        visit.page.screenshot(path=PICTURES / "case.png")


def test_the_real_assistant_checks_a_roster(browser: Browser, real: str, roster: Path) -> None:
    with visiting(browser, real) as visit:
        visit.check_roster(roster)
        expect(visit.page.locator(".counts")).to_contain_text("已到期")


@pytest.mark.skipif(os.environ.get("CADRE_PICTURES") != "1", reason="set CADRE_PICTURES=1 to take pictures")
def test_picture_of_a_roster(browser: Browser, real: str, roster: Path) -> None:
    with visiting(browser, real, height=1000) as visit:
        visit.check_roster(roster)
        visit.page.wait_for_timeout(300)
        visit.page.screenshot(path=PICTURES / "roster.png")
