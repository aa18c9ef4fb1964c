from __future__ import annotations

import re
from datetime import date
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from server.page.clause_html import highlighted
from server.page.open_clause import opened_html
from tests.browser.standin import NASTY, StandInIndex

DAY = "2026-03-01"


def shown(ref: str, quote: str = "", day: str = DAY) -> str:
    return opened_html(StandInIndex(), {"ref": ref, "quote": quote, "day": day})


def test_the_whole_clause_with_the_quoted_words_marked() -> None:
    html = shown("hengdong@2024#9.1", "单位副职连续任职满10年的，应当交流。")
    assert "<p>单位正职连续任职满10年的，应当交流。</p>" in html
    assert "<mark>单位副职连续任职满10年的，应当交流。</mark>" in html


def test_citation_badges_and_source() -> None:
    html = shown("huangshi@2018#3")
    assert "《黄石市召回管理做法》（测发〔2018〕1号）" in html
    for badge in ("黄石市 · 市级", "已废止（有效至2023年12月31日）", "摘编", "原文未列全"):
        assert f">{badge}</li>" in html
    assert 'href="https://example.org/source"' in html
    assert "测试报" in html


def test_validity_is_that_of_the_day_asked_for() -> None:
    assert ">现行</li>" in shown("huangshi@2018#3", day="2020-01-01")
    assert ">尚未施行（2018年1月5日起施行）</li>" in shown("huangshi@2018#3", day="2017-01-01")


def test_what_is_not_verified_or_not_stated_says_so() -> None:
    assert ">待核</li>" in shown("hengdong@2024#10")
    assert ">原文未载明</li>" in shown("hengdong@2024#9.3")


def test_neighbours_can_be_opened_and_the_clause_itself_cannot() -> None:
    html = shown("hengdong@2024#9.1")
    assert re.findall(r'class="neighbour" data-ref="([^"]+)"', html) == [
        "hengdong@2024#9",
        "hengdong@2024#9.2",
        "hengdong@2024#9.3",
    ]
    assert '<span aria-current="true">单位正职、副职满10年</span>' in html
    assert 'data-ref="hengdong@2024#9.2"' in shown("hengdong@2024#9")
    assert 'data-ref="hengdong@2024#8"' in shown("hengdong@2024#9")


def test_text_of_a_clause_is_escaped() -> None:
    html = shown("hengdong@2024#10", NASTY)
    assert "<script" not in html
    assert "<img" not in html
    assert f"<mark>{NASTY}</mark>" in unescape(html)


def test_whatever_the_browser_sends_gets_a_message() -> None:
    refs: list[object] = ["<script>", "hengdong@2024#99", {"a": 1}, "nowhere@2020#1", None]
    everything: list[object] = [None, [], "x", {}, *({"ref": ref, "day": "x"} for ref in refs)]
    for sent in everything:
        html = opened_html(StandInIndex(), sent)
        assert "无法显示条款" in html
        assert "<script" not in html
    assert "单位正职" in opened_html(StandInIndex(), {"ref": "hengdong@2024#9.1", "day": "gestern", "quote": 5})


@given(st.text("应当交流\n<&", max_size=30), st.text("应当交流\n<&", max_size=6))
def test_highlighting_never_changes_the_text(text: str, quote: str) -> None:
    html = highlighted(text, quote)
    plain = unescape(re.sub(r"</?(p|mark)>", "", html))
    assert plain == "".join(line for line in text.split("\n") if line.strip())
    if quote.strip() and quote in text:
        marked = unescape("".join(re.findall(r"<mark>(.*?)</mark>", html)))
        assert marked == quote.replace("\n", "")
    else:
        assert "<mark>" not in html


def test_a_default_day_is_today() -> None:
    today = date.today()
    assert ("现行" in shown("hengdong@2024#9", day="")) == (today >= date(2024, 2, 2))
