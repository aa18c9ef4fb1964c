from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import serving, visiting
from tests.browser.driving import Visit
from tests.browser.standin import NASTY

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def test_ask_open_a_citation_and_see_the_quoted_words(visit: Visit) -> None:
    turn = visit.ask("各地交流任职怎么规定？")
    expect(turn.locator(".status")).to_have_text("有依据")
    expect(turn.locator(".place")).to_have_count(2)
    clause = visit.open(turn.locator(".body .mark").nth(1))
    expect(clause.locator("mark")).to_have_text("内设机构正职、副职连续任职满5年的，应当交流。")
    expect(clause.locator("h2")).to_contain_text("《衡东县干部交流做法》")
    expect(clause.locator(".badges")).to_contain_text("现行")
    clause = visit.open(clause.locator(".neighbour").first)
    expect(clause.locator(".path")).to_have_text("交流任职")
    clause = visit.open(clause.get_by_text("返回上一条"))
    expect(clause.locator("mark")).to_have_count(1)


@pytest.mark.skipif(os.environ.get("CADRE_PICTURES") != "1", reason="set CADRE_PICTURES=1 to take pictures")
def test_pictures_for_the_documentation(browser: Browser) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with serving("real") as address, visiting(browser, address) as visit:
        turn = visit.ask("衡东县和黄石市的能上能下有什么不同？")
        visit.open(turn.locator(".body .mark").nth(1))
        visit.page.wait_for_timeout(300)
        visit.page.screenshot(path=PICTURES / "chat.png")


def test_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("Tab")
    assert visit.focused() == "新对话"
    while visit.focused() != "cadre-question":
        page.keyboard.press("Tab")
    page.keyboard.type("交流任职")
    page.keyboard.press("Enter")
    visit.answered()
    assert visit.focused() == "cadre-question"
    while visit.focused() != "[1]":
        page.keyboard.press("Shift+Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_selector("#cadre-clause mark")
    assert visit.focused() == "cadre-clause-title"
    page.keyboard.press("Escape")
    expect(page.locator("#cadre-clause")).to_be_hidden()
    assert visit.focused() == "[1]"


def test_enter_that_ends_a_pinyin_word_does_not_send(visit: Visit) -> None:
    visit.page.fill("#cadre-question", "交流")
    visit.page.evaluate(
        """document.querySelector('#cadre-question').dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    visit.page.press("#cadre-question", "Shift+Enter")
    visit.page.wait_for_timeout(300)
    assert visit.page.locator(".turn[data-serial='1']").count() == 0
    assert visit.page.input_value("#cadre-question") == "交流\n"


def test_nothing_from_outside_becomes_markup(visit: Visit) -> None:
    turn = visit.ask(f"年轻干部{NASTY}")
    expect(turn.locator(".asked")).to_contain_text(NASTY)
    clause = visit.open(turn.locator(".body .mark").first)
    expect(clause.locator("blockquote")).to_contain_text(NASTY)
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator("img[src=x]").count() == 0


def test_clauses_are_there_before_the_text_and_the_live_region_stays_the_same(visit: Visit) -> None:
    page = visit.page
    page.evaluate("window.region = document.querySelector('#cadre-live .reply')")
    page.fill("#cadre-question", "慢慢说交流任职")
    page.press("#cadre-question", "Enter")
    expect(page.locator("#cadre-live .found")).to_have_text("检索到 2 条依据")
    expect(page.locator("#cadre-live .reply")).to_have_attribute("aria-busy", "true")
    assert page.locator("#cadre-live .source").count() == 2
    turn = visit.answered()
    expect(turn.locator(".reply")).to_have_attribute("aria-busy", "false")
    expect(turn.locator(".reply")).to_have_attribute("aria-live", "polite")
    assert page.evaluate("window.region === document.querySelector('#cadre-live .reply')")


def test_an_option_of_a_counter_question_asks_again(visit: Visit) -> None:
    turn = visit.ask("哪儿的规定？")
    expect(turn.locator(".status")).to_have_text("需要补充")
    turn.get_by_role("button", name="黄石市").click()
    turn = visit.answered()
    expect(turn.locator(".asked")).to_contain_text("黄石市")


def test_an_error_in_the_middle_changes_no_citation(visit: Visit) -> None:
    visit.ask("交流任职")
    turn = visit.ask("只有 English 的坏掉")
    expect(turn.locator(".trouble")).to_contain_text("服务暂时不可用")
    assert visit.page.input_value("#cadre-question") == "只有 English 的坏掉"
    turn = visit.ask("no Chinese at all")
    expect(turn.locator(".trouble")).to_contain_text("没有读到中文")
    visit.ask("召回")
    marks = visit.page.locator(".body .mark")
    assert marks.all_text_contents() == ["[1]", "[2]", "[1]", "[2]"]
    for at, words in enumerate(["单位正职", "内设机构正职", "十种", "训导班"]):
        expect(visit.open(marks.nth(at)).locator("mark")).to_contain_text(words)
    visit.page.reload()
    visit.page.wait_for_selector(".welcome")
    assert visit.page.locator(".body .mark").count() == 0


def test_the_copy_has_the_citations(browser: Browser, site: str) -> None:
    with visiting(browser, site, permissions=["clipboard-read", "clipboard-write"]) as visit:
        turn = visit.ask("交流任职")
        turn.locator("[data-copy]").click()
        expect(turn.locator("[data-copy]")).to_have_text("已复制")
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert "应当交流。[1]" in copied
        assert "[2] 《衡东县干部交流做法》第9.2段" in copied


def test_the_copy_works_without_the_clipboard_interface(visit: Visit) -> None:
    turn = visit.ask("交流任职")
    visit.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    turn.locator("[data-copy]").click()
    expect(turn.locator("[data-copy]")).to_have_text("已复制")


def test_the_place_and_the_day_change_the_answer(visit: Visit) -> None:
    page = visit.page
    expect(visit.ask("有什么规定？").locator(".place h3")).to_contain_text("衡东县")
    page.select_option("#cadre-place", "黄石市")
    page.fill("#cadre-day", "2020-05-06")
    turn = visit.ask("有什么规定？")
    expect(turn.locator(".place h3")).to_contain_text("黄石市")
    expect(turn.locator(".how")).to_contain_text("按2020年5月6日有效的规定")
    expect(visit.open(turn.locator(".body .mark").first).locator(".badges")).to_contain_text("现行")
    page.fill("#cadre-day", "0020-05-06")
    expect(visit.ask("有什么规定？").locator(".trouble")).to_contain_text("不是有效日期")


def test_examples_ask_and_a_new_conversation_begins_anew(visit: Visit) -> None:
    page = visit.page
    page.locator(".example").first.click()
    visit.answered()
    expect(page.locator(".welcome")).to_have_count(0)
    page.get_by_role("button", name="新对话").click()
    page.wait_for_selector(".welcome")
    assert page.locator(".turn:visible").count() == 0
    assert visit.focused() == "cadre-question"


def test_visitors_do_not_see_each_other(browser: Browser, site: str) -> None:
    with visiting(browser, site) as one, visiting(browser, site) as other:
        one.page.fill("#cadre-question", "慢慢说交流任职")
        one.page.press("#cadre-question", "Enter")
        other.ask("召回")
        one.answered()
        other.ask("召回呢")
        assert one.page.locator(".asked:visible").count() == 1
        assert other.page.locator(".asked:visible").count() == 2
        expect(other.turn(2).locator(".how")).to_contain_text("承接上文")


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_nothing_scrolls_sideways(browser: Browser, site: str, width: int) -> None:
    """640 px is a 1280 px window at 200 % zoom."""
    with visiting(browser, site, width=width, height=640) as visit:
        page = visit.page
        sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(sideways)
        turn = visit.ask("各地交流任职怎么规定？" + "长" * 120)
        assert not page.evaluate(sideways)
        clause = visit.open(turn.locator(".body .mark").first)
        assert not page.evaluate(sideways)
        assert clause.bounding_box()["width"] <= width  # type: ignore[index]


def test_on_a_phone_the_clause_is_a_dialog_over_the_page(browser: Browser, site: str) -> None:
    with visiting(browser, site, width=320, height=640) as visit:
        page = visit.page
        turn = visit.ask("交流任职")
        clause = visit.open(turn.locator(".body .mark").first)
        expect(clause).to_have_attribute("aria-modal", "true")
        assert page.locator("#cadre-live").evaluate("live => !!live.closest('[inert]')")
        clause.get_by_role("button", name="关闭").click()
        expect(clause).to_be_hidden()
        assert page.locator("#cadre-live").evaluate("live => !live.closest('[inert]')")
        assert visit.focused() == "[1]"


def test_names_and_language_for_assistive_technology(visit: Visit) -> None:
    visit.ask("交流任职")
    page = visit.page
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.title() == "干部政策助手"
    assert page.locator("h1").count() == 1
    nameless = page.evaluate(
        """[...document.querySelectorAll('button, a, input, select, textarea')]
            .filter((e) => e.checkVisibility())
            .filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))
            .map((e) => e.outerHTML)"""
    )
    assert nameless == []
    assert "gradio" not in page.inner_text("body").lower()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(browser: Browser, site: str, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for every piece of text."""
    with visiting(browser, site, color_scheme=scheme) as visit:
        script = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
        assert visit.page.evaluate(script) == []
        turn = visit.ask("各地交流任职怎么规定？")
        visit.open(turn.locator(".body .mark").nth(2))
        assert visit.page.evaluate(script) == []


def test_under_a_sub_path(browser: Browser) -> None:
    with serving("standin", "/a/b") as address, visiting(browser, f"{address}/a/b") as visit:
        turn = visit.ask("交流任职")
        expect(visit.open(turn.locator(".body .mark").first).locator("mark")).to_have_count(1)
        assert all("/a/b/" in url for url in visit.requested if not url.startswith("data:"))
