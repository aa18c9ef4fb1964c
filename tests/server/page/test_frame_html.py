from __future__ import annotations

from server.page.frame_html import EXAMPLES, TABS, form_html, header_html, shelf_html, welcome_html
from tests.browser.standin import HENGDONG, HUANGSHI


def test_the_place_chooser_has_every_place_with_documents_under_its_level() -> None:
    html = form_html([HENGDONG, HUANGSHI], 4000)
    assert html.index('<option value="">不限') < html.index('label="市级"') < html.index('label="县级"')
    assert '<option value="衡东县">' in html
    assert "温州市" not in html


def test_examples_span_five_places_a_comparison_and_a_case() -> None:
    assert len(EXAMPLES) >= 6
    assert {place for example in EXAMPLES for place in example.places} == {"衡东县", "黄石市", "温州市", "*县", "XX市"}
    assert {"比较", "个案"} <= {example.kind for example in EXAMPLES}


def test_only_examples_whose_places_have_documents_are_offered() -> None:
    html = welcome_html([HENGDONG])
    assert "衡东县单位正职" in html
    assert "黄石市" not in html
    assert "可以这样问" not in welcome_html([])


def test_the_welcome_says_what_it_rests_on_and_what_it_does_not_do() -> None:
    html = welcome_html([HENGDONG])
    for said in ("答案只来自所列文件", "系统不作组织认定", "请勿输入姓名、身份证号"):
        assert said in html


def test_the_shelf_lists_every_document() -> None:
    html = shelf_html([HENGDONG, HUANGSHI])
    assert "2 份" in html
    assert "《衡东县干部交流做法》" in html
    assert "黄石市 · 市级 · 2018年1月发布" in html


def test_the_tabs_name_their_panels_and_the_chat_is_chosen() -> None:
    html = header_html()
    assert html.count('role="tab"') == len(TABS) == 3
    for name, title in TABS:
        assert f'aria-controls="cadre-{name}"' in html
        assert f">{title}</button>" in html
    assert html.count('aria-selected="true"') == 1
    assert html.count('tabindex="0"') == 1
