from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.asked import ask_case
from assistant.eligibility.case import By, Doubt, Fact, Quote
from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.ruling import Verdict
from server.page.case.basis import Basis
from server.page.case.card_html import ruling_card_html
from server.page.case.description_html import description_html
from server.page.case.entries import Entry, entries
from server.page.case.form_html import case_html, unavailable_html
from server.page.case.plain_text import check_text
from server.page.case.result_html import basis_of, result_html, said_of, trouble_html
from server.page.case.words import VERDICT_MARK, VERDICT_SAYS
from tests.browser.standin import NASTY, StandIn
from tests.browser.standin_cases import KINDS, RULES

DAY = "2026-03-01"
OPEN = "某局副局长两次黄牌，2014年3月任现职，要轮岗还是召回？"
ROTATION = "衡东县某局副局长，2014年3月任现职至今，本地人。据说被审查，去年在党校学习三个月。要不要轮岗？"
ASSISTANT = StandIn()


def check(text: str = ROTATION, **more: Any) -> CaseCheck:
    assert ASSISTANT.cases is not None
    return ASSISTANT.cases.check(ask_case(text, KINDS, as_of=DAY, **more))


def shown(text: str = ROTATION, **more: Any) -> str:
    return result_html(check(text, **more), ASSISTANT.index)


def part(html: str, begin: str, end: str) -> str:
    return html[html.index(begin) : html.index(end, html.index(begin))]


def test_the_band_names_verdict_outcome_modality_rule_place_day_and_receipt() -> None:
    html = shown(facts={"open_case": False})
    band = part(html, '<section class="verdict', "</section>")
    for said in ("适用", "应当交流轮岗", ">应当<", "衡东县领导干部交流任职（测试）", "衡东县 · 县级", "2026年3月1日"):
        assert said in band
    assert re.search(r"YS20260301-[0-9A-F]{12}", band)
    assert "系统预审不代替组织认定" in band
    assert "条件全部具备时" not in band


def test_an_outcome_that_is_not_reached_is_said_to_be_so() -> None:
    band = part(shown(), '<section class="verdict', "</section>")
    assert "事实不足" in band
    assert "条件全部具备时：</span>应当交流轮岗" in band


def test_every_verdict_has_a_sign_and_a_sentence() -> None:
    assert set(VERDICT_MARK) == set(VERDICT_SAYS) == set(Verdict)


@given(
    st.text("轮岗<&\n\"'", min_size=1, max_size=20),
    st.lists(st.tuples(st.integers(0, 22), st.integers(0, 22), st.booleans()), max_size=5),
)
def test_marking_never_changes_the_description(text: str, spans: list[tuple[int, int, bool]]) -> None:
    made = []
    for number, (start, end, known) in enumerate(spans, 1):
        quote = Quote(text[start:end], start, end)
        fact = Fact("open_case", True, By.RULE, (quote,)) if known else None
        doubt = None if known else Doubt("open_case", "听说", (quote,))
        made.append(Entry(KINDS["open_case"], number, used=True, given=False, fact=fact, doubt=doubt))
    html = description_html(text, made)
    plain = re.sub(r"<button.*?</button>|<[^>]+>", "", html, flags=re.DOTALL)
    assert unescape(plain) == text


def test_words_that_are_not_at_their_place_mark_nothing() -> None:
    fact = Fact("open_case", True, By.RULE, (Quote("审查", 0, 2),))
    assert "<mark" not in description_html("没有", [Entry(KINDS["open_case"], 1, True, False, fact)])


def test_each_mark_carries_the_number_of_its_fact() -> None:
    html = shown()
    numbers = {m[1]: m[0] for m in re.findall(r'id="cadre-fact-(\w+)" data-n="(\d+)"', html)}
    marks = dict(re.findall(r'<mark class="\w+" data-facts="(\d+)"[^>]*>([^<]+)</mark>', html))
    told = {numbers[n]: words for n, words in marks.items()}
    assert told == {
        "open_case": "据说被审查",
        "post_kind": "副局长",
        "post_start": "2014年3月",
        "in_training": "在党校学习",
        "hometown": "本地人",
    }


def test_a_doubt_stands_apart_with_its_reason_and_sets_no_answer() -> None:
    html = shown()
    assert re.search(r'<mark class="doubtful"[^>]*title="只是听说，未经核实">据说被审查', html)
    card = part(html, 'id="cadre-fact-open_case"', "</li>")
    assert "只是听说，未经核实" in card
    assert 'aria-pressed="true"' not in card


def test_a_proposal_is_asked_and_sent_only_on_yes() -> None:
    card = part(shown(), 'id="cadre-fact-in_training"', "</li>")
    assert "“在党校学习”是否指“正在参加长期培训”？" in card
    assert 'data-value="true" data-key="proposal:in_training:0:yes"' in card
    assert "是否指" not in part(shown(facts={"in_training": None}), 'id="cadre-fact-in_training"', "</li>")


def test_what_a_person_gave_is_shown_as_such_and_can_be_taken_back() -> None:
    card = part(shown(facts={"open_case": False}), 'id="cadre-fact-open_case"', "</li>")
    assert "您填写" in card
    assert 'data-value="false" data-key="fact:open_case:false" aria-pressed="true"' in card
    assert 'data-unset="open_case"' in card
    unclear = part(shown(facts={"post_kind": None}), 'id="cadre-fact-post_kind"', "</li>")
    assert "您填写：不清楚" in unclear


def test_facts_are_set_by_their_type_and_what_follows_from_others_is_not_set() -> None:
    html = shown()
    assert "<select" in part(html, 'id="cadre-fact-post_kind"', "</li>")
    assert 'value="2014-03"' in part(html, 'id="cadre-fact-post_start"', "</li>")
    derived = part(html, 'id="cadre-fact-years_in_post"', "</li>")
    assert "推算" in derived
    assert "<input" not in derived
    stated = part(shown("衡东县副局长干了11年要不要轮岗"), 'id="cadre-fact-years_in_post"', "</li>")
    assert "满11年、不到12年" in stated
    assert 'value=""' in stated


def test_the_table_has_bars_first_and_a_clause_in_every_row() -> None:
    html = shown()
    assert html.index("审查调查期间不交流</b>") < html.index("应当交流轮岗</b>")
    rows = re.findall(r"<tr role=\"row\" data-path.*?</tr>", html)
    assert len(rows) == 1 + 9
    for row in rows:
        assert 'class="basis" data-ref="hengdong@2024#' in row
        assert re.search(r'class="standing (met|unmet|unknown)"><span aria-hidden="true">.</span> \w+', row)
    assert "属于</span>" in shown(facts={"open_case": True})


def test_an_unverified_clause_is_pending() -> None:
    assert ASSISTANT.cases is not None
    html = shown(facts={"open_case": False})
    assert "待核" not in html


def test_the_next_question_says_why_by_whom_and_what_follows() -> None:
    html = part(shown(), '<section class="next"', "</section>")
    for said in ("是否正在接受审查调查？", "承办人员核实", "若是</b>，属于不得适用的情形", "若否</b>，结论为"):
        assert said in html
    assert "描述中“据说被审查”：只是听说，未经核实" in html
    assert "共 1 个问题" in html


def test_a_question_a_person_cannot_answer_comes_last() -> None:
    text = "衡东县干部要不要轮岗，2014年3月任现职"
    first = re.findall(r"<h3[^>]*>([^<]+？)</h3>", shown(text))
    name = next(kind.name for kind in KINDS.values() if kind.question == first[0])
    after = re.findall(r"<h3[^>]*>([^<]+？)</h3>", shown(text, facts={name: None}))
    assert len(first) > 1
    assert after[-1] == first[0]
    assert sorted(after) == sorted(first)


def test_a_number_is_asked_for_and_not_guessed() -> None:
    html = shown("黄石市某干部的召回", facts={"found_unfit": True, "consented": True})
    question = part(html, '<section class="next"', "</section>")
    assert 'data-type="number"' in question
    assert "若不到2次" in question


def test_while_the_place_is_open_each_place_has_its_say() -> None:
    found = check(OPEN)
    html = result_html(found, ASSISTANT.index)
    assert 'data-place="衡东县"' in html
    assert 'data-place="黄石市"' in html
    assert "按哪里的规定核查" in said_of(found)
    assert 'class="verdict' not in html
    assert 'class="conditions"' not in html


def test_flips_due_dates_other_days_and_what_is_left_open_are_told() -> None:
    html = shown(facts={"open_case": False})
    assert "2024-03已任现职年限满10年" in html
    assert "什么会改变结论" in html
    assert "换一个日期" in html
    assert "今天" in html
    assert "原文未载明例外情形" in html
    assert "提出交流意见" in html


def test_text_from_outside_is_escaped_everywhere() -> None:
    text = f"黄石市干部{NASTY}两次黄牌，征得同意，召回"
    html = shown(text, jurisdiction="黄石市")
    assert "<script" not in html
    assert "<img" not in html
    assert "</textarea" not in html
    assert "<b>标签" not in html
    assert "<i>谈话" not in html
    assert NASTY in unescape(re.sub(r"<button.*?</button>|</?mark[^>]*>", "", html))
    assert "<script" not in trouble_html(NASTY) + ruling_card_html(check(text), ASSISTANT.index)


def test_the_text_copy_has_conditions_clauses_and_the_disclaimer() -> None:
    found = check(facts={"open_case": False})
    copied = check_text(found, basis_of(found, ASSISTANT.index))
    for said in (
        "预审结论：适用：应当交流轮岗（应当）",
        "《衡东县干部交流做法》第9.1段",
        "任现职年限达到10年",
        "系统预审不代替组织认定",
    ):
        assert said in copied
    assert "党校" not in copied


def test_a_clause_that_is_not_served_stays_text() -> None:
    assert "<button" not in Basis(ASSISTANT.index, date(2026, 1, 1)).button(_ref("nowhere@2020#1"))


def test_the_card_under_an_answer_is_short_and_leads_on() -> None:
    html = ruling_card_html(check(facts={"open_case": False}), ASSISTANT.index)
    assert "系统预审不代替组织认定" in html
    assert "内设机构" not in html
    assert f'data-open-case="{ROTATION}"' in html
    assert 'data-open-place="衡东县"' in html
    assert "先弄清" in ruling_card_html(check(), ASSISTANT.index)
    assert "按哪里的规定核查" in ruling_card_html(check(OPEN), ASSISTANT.index)


def test_every_fact_of_the_mechanism_is_among_the_entries_once() -> None:
    names = [entry.kind.name for entry in entries(check())]
    assert len(names) == len(set(names))
    assert {"post_kind", "post_start", "years_in_post", "open_case", "in_training", "hometown"} == set(names)


def test_the_form_offers_places_mechanisms_and_examples_that_name_nobody() -> None:
    html = case_html(RULES.mechanisms, 20_000)
    assert '<option value="黄石市">' in html
    assert '<option value="rotation-hengdong@2024">' in html
    assert "示例：轮岗" in html
    assert "示例：容错" not in html
    assert "暂时不能使用" in unavailable_html("个案预审")


@pytest.mark.parametrize("remark", ["文中还说到妻子，其情况不计入。"])
def test_what_was_left_aside_is_said(remark: str) -> None:
    assert remark in shown(f"{ROTATION}妻子也是干部")


def _ref(text: str) -> Any:
    from knowledge.clauses import ClauseRef

    return ClauseRef.parse(text)
