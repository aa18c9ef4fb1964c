from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import visiting
from tests.browser.driving import Visit
from tests.browser.standin import NASTY

HERE = Path(__file__).parent


def test_from_a_file_to_a_result(browser: Browser, site: str, roster: Path, tmp_path: Path) -> None:
    with visiting(browser, site) as visit:
        page = visit.page
        page.get_by_role("tab", name="名册核查").click()
        page.set_input_files("#cadre-roster-file", roster)
        expect(page.locator("#cadre-roster-chosen")).to_contain_text("名册<b>.xlsx")
        expect(page.locator("#cadre-roster-chosen")).to_contain_text("KB")
        expect(page.locator(".mapping")).to_contain_text("共 260 行数据")
        expect(page.locator(".mapping")).to_contain_text(NASTY[:30])
        page.locator('[data-column="E列"]').select_option("post_start")
        page.locator("#cadre-roster-how .send").click()
        expect(page.locator("#cadre-roster-trouble")).to_contain_text("不知道按哪里的规定核查")
        visit.check_roster(roster)
        assert visit.focused() == "cadre-roster-counts"
        expect(page.locator("#cadre-roster-said")).to_contain_text("共 260 行")
        expect(page.locator("#cadre-roster-rows tr")).to_have_count(200)
        expect(page.locator("#cadre-roster-found")).to_contain_text("显示前 200 行")
        expect(page.locator("#cadre-roster-result .more")).to_contain_text("第3行")
        clause = visit.open(page.locator("#cadre-roster-rows .basis").first)
        expect(clause.locator("blockquote")).to_contain_text("连续任职满10年的，应当交流")
        page.keyboard.press("Escape")
        expect(page.locator("#cadre-panel")).to_be_hidden()
        with page.expect_download() as downloading:
            page.get_by_role("button", name="下载结果（Excel）").click()
        file = tmp_path / "result.xlsx"
        downloading.value.save_as(file)
        assert len(list(openpyxl.load_workbook(file).worksheets[0].rows)) == 261
        with page.expect_download() as downloading:
            page.get_by_role("button", name="下载结果（CSV）").click()
        assert downloading.value.suggested_filename.endswith(".csv")
        assert page.evaluate("window.hacked") is None
        assert all("upload" not in url and "%E5%B9%B2" not in url for url in visit.requested)


def test_rows_are_sorted_and_filtered(visit: Visit, roster: Path) -> None:
    page = visit.page
    visit.check_roster(roster)
    column = page.locator("#cadre-roster-rows tr > :nth-child(7)")
    page.get_by_role("button", name="到期", exact=True).click()
    expect(page.locator('th[aria-sort="ascending"]')).to_have_count(1)
    first = column.first.text_content()
    page.get_by_role("button", name="到期", exact=True).click()
    expect(page.locator('th[aria-sort="descending"]')).to_have_count(1)
    assert (column.first.text_content() or "") > (first or "")
    page.locator('[data-filter="outcome"]').select_option("问题行")
    expect(page.locator("#cadre-roster-rows tr")).to_have_count(1)
    page.locator('[data-filter="outcome"]').select_option("")
    page.locator('[data-filter="text"]').fill("干部26")
    expect(page.locator("#cadre-roster-rows tr")).to_have_count(2)
    page.locator('[data-filter="text"]').fill("")
    page.locator('[data-filter="year"]').select_option(index=1)
    years = set(column.all_text_contents())
    assert len({year[:4] for year in years}) == 1


def test_a_file_that_is_no_table_is_told_and_can_be_removed(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.get_by_role("tab", name="名册核查").click()
    for name, content, said in (
        ("空.csv", b"", "没有数据"),
        ("图.xlsx", b"\x89PNG....", "不是可以读取的表格"),
        ("坏.xlsx", b"PK\x03\x04....", "已损坏"),
    ):
        (tmp_path / name).write_bytes(content)
        page.set_input_files("#cadre-roster-file", tmp_path / name)
        expect(page.locator("#cadre-roster-trouble")).to_contain_text(said)
        expect(page.locator("#cadre-roster-how")).to_be_hidden()
    page.get_by_role("button", name="移除").click()
    expect(page.locator("#cadre-roster-trouble")).to_be_empty()
    expect(page.locator("#cadre-roster-chosen")).to_be_hidden()
    assert visit.focused() == "cadre-roster-file"


def test_a_file_can_be_dropped(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("tab", name="名册核查").click()
    transfer = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["姓名,职务类别,任现职时间\\n甲,单位正职,2014-03\\n"], "拖.csv"));
            return transfer;
        }"""
    )
    page.dispatch_event("#cadre-roster-drop", "drop", {"dataTransfer": transfer})
    expect(page.locator(".mapping")).to_contain_text("共 1 行数据")


@pytest.mark.parametrize("width", [320, 640, 768, 1280])
def test_nothing_scrolls_sideways(browser: Browser, site: str, roster: Path, width: int) -> None:
    with visiting(browser, site, width=width, height=640) as visit:
        visit.check_roster(roster)
        sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not visit.page.evaluate(sideways)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_and_controls_have_names(browser: Browser, site: str, roster: Path, scheme: str) -> None:
    with visiting(browser, site, color_scheme=scheme) as visit:
        visit.check_roster(roster)
        for script in ("contrast.js", "nameless.js"):
            assert visit.page.evaluate((HERE / script).read_text(encoding="utf-8")) == []
