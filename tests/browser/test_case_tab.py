from __future__ import annotations

from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import visiting
from tests.browser.driving import Visit
from tests.browser.standin import NASTY

HERE = Path(__file__).parent
ROTATION = "衡东县某局副局长，2014年3月任现职至今，本地人。据说被审查，去年在党校学习三个月。要不要轮岗？"
OPEN = "某局副局长两次黄牌，2014年3月任现职，要轮岗还是召回？"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_from_a_description_to_a_verdict_that_follows_the_facts(visit: Visit) -> None:
    visit.check_case(ROTATION)
    expect(visit.verdict).to_have_text("事实不足")
    visit.at("next:open_case:false").click()
    expect(visit.verdict).to_have_text("适用")
    visit.at("fact:open_case:true").click()
    expect(visit.verdict).to_have_text("不得适用")
    visit.at("undo:open_case").click()
    expect(visit.verdict).to_have_text("事实不足")
    visit.at("fact:open_case:null").click()
    expect(visit.at("fact:open_case:null")).to_have_attribute("aria-pressed", "true")
    visit.at("fact:post_kind").select_option("其他")
    expect(visit.verdict).to_have_text("不适用")
    assert visit.page.url.endswith("#case")


def test_a_wrong_value_is_told_beside_its_fact_and_the_result_stays(visit: Visit) -> None:
    page = visit.page
    visit.check_case(ROTATION)
    visit.at("next:open_case:false").click()
    expect(visit.verdict).to_have_text("适用")
    visit.at("fact:post_start").fill("2099-01")
    visit.at("fact:post_start").press("Enter")
    expect(page.locator("#cadre-fact-post_start .fact-wrong")).to_contain_text("晚于核查日期")
    expect(visit.verdict).to_have_text("适用")
    visit.at("fact:post_start").fill("2024年3月")
    visit.at("fact:post_start").press("Enter")
    expect(visit.verdict).to_have_text("不适用")


def test_the_focus_stays_where_a_fact_was_changed(visit: Visit) -> None:
    page = visit.page
    visit.check_case(ROTATION)
    assert visit.focused() == "cadre-verdict"
    visit.at("fact:open_case:false").focus()
    page.keyboard.press("Space")
    expect(visit.verdict).to_have_text("适用")
    assert page.evaluate("document.activeElement.dataset.key") == "fact:open_case:false"
    visit.at("undo:open_case").press("Enter")
    expect(visit.verdict).to_have_text("事实不足")
    assert visit.focused() == "cadre-fact-open_case"
    visit.at("next:open_case:false").press("Enter")
    expect(visit.verdict).to_have_text("适用")
    assert visit.focused() == "cadre-verdict"


def test_words_and_facts_point_at_each_other(visit: Visit) -> None:
    page = visit.page
    visit.check_case(ROTATION)
    page.locator("#cadre-fact-post_kind").hover()
    expect(page.locator(".told mark.lit")).to_have_text("副局长")
    page.locator(".told .no").first.click()
    expect(page.locator(".told mark.lit").first).to_be_visible()
    assert visit.focused().startswith("cadre-fact-")


def test_a_proposal_counts_once_it_is_confirmed(visit: Visit) -> None:
    visit.check_case(ROTATION)
    visit.at("proposal:in_training:0:yes").click()
    expect(visit.page.locator("#cadre-fact-in_training .by")).to_have_text("您填写")
    expect(visit.page.locator(".proposed")).to_have_count(0)


def test_the_place_is_asked_first_and_chosen_by_a_click(visit: Visit) -> None:
    visit.check_case(OPEN)
    expect(visit.page.locator("#cadre-verdict")).to_contain_text("按哪里的规定核查")
    visit.page.get_by_role("button", name="按黄石市核查").click()
    expect(visit.verdict).to_be_visible()
    expect(visit.page.locator(".under")).to_contain_text("黄石市")
    assert visit.page.input_value("#cadre-case-place") == "黄石市"


def test_a_clause_opens_from_the_table_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit.page
    visit.check_case(ROTATION)
    clause = visit.open(page.locator('.conditions [data-ref="hengdong@2024#9.1"]').first)
    expect(clause.locator("blockquote")).to_contain_text("单位正职连续任职满10年的")
    page.keyboard.press("Escape")
    expect(clause).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.ref") == "hengdong@2024#9.1"


def test_groups_of_conditions_fold(visit: Visit) -> None:
    page = visit.page
    visit.check_case(ROTATION)
    rows = page.locator("details.leads tr[data-path]:visible")
    expect(rows).to_have_count(9)
    page.locator("details.leads .fold").first.press("Enter")
    expect(rows).to_have_count(1)
    visit.at("fact:open_case:false").click()
    expect(visit.verdict).to_have_text("适用")
    expect(rows).to_have_count(1)


def test_trouble_is_told_in_place_and_the_text_stays(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("tab", name="个案预审").click()
    page.get_by_role("button", name="开始核查").click()
    expect(page.locator("#cadre-case-trouble")).to_have_text("请先粘贴或填写案情描述。")
    assert visit.focused() == "cadre-case-text"
    visit.check_case("甲和乙要不要轮岗")
    expect(page.locator("#cadre-case-result")).to_contain_text("不止一个人的情况")
    assert page.input_value("#cadre-case-text") == "甲和乙要不要轮岗"
    expect(page.locator("#cadre-case-said")).to_contain_text("不止一个人")
    visit.check_case(f"{ROTATION}坏掉")
    expect(page.locator("#cadre-case-result")).to_contain_text("服务暂时不可用")


def test_facts_given_for_one_description_do_not_reach_the_next(visit: Visit) -> None:
    visit.check_case(ROTATION)
    visit.at("next:open_case:false").click()
    expect(visit.verdict).to_have_text("适用")
    visit.check_case(f"{ROTATION}补充：一直在岗。")
    expect(visit.verdict).to_have_text("适用")
    visit.check_case("衡东县某局副局长，2014年3月任现职，另一个人，要不要轮岗？")
    expect(visit.verdict).to_have_text("事实不足")
    expect(visit.page.locator("#cadre-case-trouble")).to_contain_text("没有带入")


def test_the_opinion_is_downloaded_printed_and_copied(browser: Browser, site: str, tmp_path: Path) -> None:
    with visiting(browser, site, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.page
        visit.check_case(ROTATION)
        with page.expect_download() as downloading:
            page.get_by_role("button", name="下载预审意见（Word）").click()
        file = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(file)
        assert file.name.startswith("预审意见-YS")
        assert file.suffix == ".docx"
        assert docx.Document(str(file)).paragraphs
        with page.expect_popup() as opening:
            page.get_by_role("button", name="打印版").click()
        expect(opening.value.locator("body")).to_contain_text("预审")
        opening.value.close()
        page.get_by_role("button", name="复制为文字").click()
        expect(page.get_by_text("已复制")).to_be_visible()
        assert "预审结论：事实不足" in page.evaluate("navigator.clipboard.readText()")


def test_nothing_from_outside_becomes_markup(visit: Visit) -> None:
    visit.check_case(f"黄石市干部{NASTY}两次黄牌，征得同意，能不能召回？")
    expect(visit.page.locator(".told")).to_contain_text(NASTY)
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator("#cadre-case img, #cadre-case script").count() == 0
    assert all("黄牌" not in url for url in visit.requested)


def test_tabs_by_keyboard_and_by_address_keep_what_was_typed(visit: Visit) -> None:
    page = visit.page
    visit.ask("交流任职")
    page.fill("#cadre-question", "还没问完")
    page.get_by_role("tab", name="问政策").focus()
    page.keyboard.press("ArrowRight")
    assert visit.focused() == "cadre-tab-case"
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    expect(page.get_by_role("tabpanel", name="个案预审")).to_be_visible()
    expect(page.locator("#cadre-chat")).to_be_hidden()
    page.keyboard.press("End")
    expect(page.get_by_role("tabpanel", name="名册核查")).to_be_visible()
    page.keyboard.press("Home")
    assert page.input_value("#cadre-question") == "还没问完"
    expect(page.locator(".turn:visible")).to_have_count(1)
    page.evaluate("location.hash = '#roster'")
    expect(page.get_by_role("tabpanel", name="名册核查")).to_be_visible()
    for address in ("?tab=case", "?x=1#case"):
        page.goto(f"{visit.address}/{address}")
        expect(page.get_by_role("tabpanel", name="个案预审")).to_be_visible()


def test_from_an_answer_to_the_case_tab(visit: Visit) -> None:
    turn = visit.ask("个案：衡东县某局副局长，2014年3月任现职，要不要轮岗？")
    card = turn.locator(".ruling-card")
    expect(card).to_contain_text("事实不足")
    expect(card).to_contain_text("先弄清：是否正在接受审查调查？")
    card.get_by_role("button", name="在个案预审中打开").click()
    expect(visit.verdict).to_have_text("事实不足")
    assert "副局长" in visit.page.input_value("#cadre-case-text")


@pytest.mark.parametrize("width", [320, 640, 768, 1280])
def test_nothing_scrolls_sideways(browser: Browser, site: str, width: int) -> None:
    with visiting(browser, site, width=width, height=640) as visit:
        visit.check_case(ROTATION + "长" * 200)
        visit.page.locator("#cadre-case-result details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        assert not visit.page.evaluate(SIDEWAYS)
        visit.check_case(OPEN)
        assert not visit.page.evaluate(SIDEWAYS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_and_controls_have_names(browser: Browser, site: str, scheme: str) -> None:
    contrast = (HERE / "contrast.js").read_text(encoding="utf-8")
    nameless = (HERE / "nameless.js").read_text(encoding="utf-8")
    with visiting(browser, site, color_scheme=scheme) as visit:
        for text in (ROTATION, OPEN, "甲和乙轮岗"):
            visit.check_case(text)
            visit.page.mouse.move(0, 0)
            assert visit.page.evaluate(contrast) == []
            assert visit.page.evaluate(nameless) == []
