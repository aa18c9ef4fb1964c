from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.case import Amount, Day
from assistant.errors import FactAhead, SeveralCases, WrongOrder
from tests.assistant.eligibility.reading.reading import quotes, read, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("该事项经集体研究，没有谋取任何私利。", False),
        ("他并非为个人谋利，也没有收受好处。", False),
        ("他从中捞了好处。", True),
        ("不能说他没有谋取私利。", None),
        ("举报称其谋取私利。", None),
        ("举报称其谋取私利，经查不属实。", False),
        ("举报称其谋取私利，经查属实。", True),
        ("经查不属实。此前有人举报其谋取私利。", False),
        ("如果谋取私利，就不能容错。", None),
        ("他是否谋取私利？", None),
        ("能不能认定他没有谋取私利，还没有结论。", None),
    ],
)
def test_negation_allegation_and_finding(text: str, expected: bool | None) -> None:
    assert value(text, "personal_gain") is expected


def test_what_only_a_body_may_settle_is_settled_by_what_a_body_found() -> None:
    said = read("这次失误属于先行先试中的探索性失误。")
    assert "exploratory_fault" not in said.facts
    assert said.doubts["exploratory_fault"].value is True
    found = read("经市容错纠错领导小组认定，属于在先行先试中出现的探索性失误。")
    assert found.facts["exploratory_fault"].found
    still_open = read("是否属于先行先试中的探索性失误，领导小组还没有认定。")
    assert "exploratory_fault" not in still_open.facts


def test_anybody_may_deny_a_finding_that_is_marked_so() -> None:
    assert value("所举情况基本属实。", "report_untrue") is False
    said = read("本人没有过错。")
    assert "own_fault" not in said.facts, "a finding that was not made is the body's to tell of"


def test_hints_give_way_to_plain_words() -> None:
    assert value("有人说这事有油水，查下来他没有谋取私利。", "personal_gain") is False
    assert value("这事拖了两个月，是他收了回扣。", "fault_in_work") is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("——你自己有没有好处？——没有，账随便查。", False),
        ("问：是否收受好处？答：是的，收过一次。", True),
        ("有没有个人好处？没提到。", None),
    ],
)
def test_an_answer_settles_what_was_asked(text: str, expected: bool | None) -> None:
    assert value(text, "personal_gain") is expected


def test_an_answer_is_quoted_with_its_question() -> None:
    (quote,) = read("问：有没有收好处？答：没有。").facts["personal_gain"].quotes
    assert quote.text == "收好处？答：没有"


def test_every_entry_of_a_list_has_its_own_negation() -> None:
    case = read("核查组认定其非故意、未散布谣言、未干扰改革。")
    assert case.value("spread_rumours") is False
    assert case.value("disturbed_reform") is False


def test_one_more_person_is_not_the_one_the_case_is_about() -> None:
    case = read("市供销社监事会主任，县级干部，2006年10月上任；另有一名副主任是科级。")
    assert case.value("rank_level") == "县级"


@pytest.mark.parametrize(
    "text",
    [
        "收费时多收了三千元，属工作失误。",
        "出现工作差错，少收租金八百元。",
        "工作疏忽，没发现申请人提供的是假证。",
        "误将补贴打入他人个人账户，属工作差错。",
    ],
)
def test_a_mistake_with_money_is_no_misconduct(text: str) -> None:
    assert value(text, "fault_in_work") is True
    assert value(text, "personal_gain") is None


def test_a_title_that_several_posts_share_is_not_read() -> None:
    assert value("张某是财政局主任。", "post_kind") is None
    assert value("张某是财政局办公室主任。", "post_kind") == "内设机构正职"
    assert value("张某是县委巡察办主任。", "post_kind") == "单位正职"


def test_a_grade_people_talk_of_is_no_grade() -> None:
    assert value("群里有人讲他评了个优秀。", "comprehensive_grade") is None


def test_what_is_still_wanting_is_no_length_of_service() -> None:
    case = read("局长当了九年零十个月，离满十年还差两个月。")
    years = case.facts["years_in_post"].value
    assert isinstance(years, Amount)
    assert years.low < 10
    assert years.high <= 10


def test_both_words_of_a_contradiction_are_kept() -> None:
    case = read("张某没有谋取私利。张某收了好处。")
    doubt = case.doubts["personal_gain"]
    assert doubt.value is None
    assert [quote.text for quote in doubt.quotes] == ["没有谋取私利", "收了好处"]


def test_the_words_of_a_denial_are_quoted_with_it() -> None:
    (quote,) = read("他在此事中没有谋取私利。").facts["personal_gain"].quotes
    assert quote.text == "没有谋取私利"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("我在局长岗位干了11年", 11, 12),
        ("任副局长十一年多", 11, 12),
        ("在副局长任上，十一载未动", 11, 12),
        ("当副局长近10年了", 9, 10),
        ("任副局长十余年", 10, 20),
        ("在副局长岗位上干了七八年", 7, 9),
        ("连续担任副局长9年8个月", 9 + 8 / 12, 9 + 9 / 12),
        ("任副局长差两个月满十年", 10 - 2 / 12, 10 - 2 / 12),
        ("今年是当副局长的第11个年头", 10, 11),
    ],
)
def test_lengths_of_service(text: str, low: float, high: float) -> None:
    years = value(text, "years_in_post")
    assert isinstance(years, Amount)
    assert (years.low, years.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2015年3月起任县水利局副局长", "2015-03"),
        ("2015.3任县水利局副局长至今", "2015-03"),
        ("二〇一五年三月任副局长", "2015-03"),
        ("2012.05—2018.09任科长；2018.09至今任副局长", "2018-09"),
        ("去年底提任副局长", "2023-12"),
        ("现任副局长，任现职时间：2015-03-10", "2015-03-10"),
    ],
)
def test_starts_of_service(text: str, start: str) -> None:
    assert value(text, "post_start") == Day.parse(start)


@pytest.mark.parametrize(
    "text",
    [
        "参加工作25年，党龄20年",
        "1995年6月入党，1992年7月参加工作",
        "近三年考核优秀",
        "在乡镇工作8年",
    ],
)
def test_other_times_are_no_time_in_post(text: str) -> None:
    case = read(text)
    assert not {"years_in_post", "post_start"} & case.facts.keys()


def test_an_interruption_leaves_the_length_open() -> None:
    case = read("2012年11月任副局长，其间2016年3月至2018年4月借调省厅工作。")
    assert "years_in_post" not in case.facts
    assert "中断" in case.doubts["years_in_post"].reason


def test_another_persons_facts_are_left_aside() -> None:
    text = "副镇长李某在招商中出现失误。党政办主任王某收受好处，已被查处。请问李某能否申请容错？"
    case = read(text)
    assert "personal_gain" not in case.facts
    assert case.value("post_kind") == "单位副职"


def test_full_names_are_told_apart_by_the_posts_before_them() -> None:
    case = read("副镇长李建国在招商中出现失误。党政办主任王海收受好处，已被查处。请问李建国能否申请容错？")
    assert "personal_gain" not in case.facts
    assert case.value("post_kind") == "单位副职"
    two = read("县财政局副局长张伟，2020年3月任现职；办公室主任刘强任现职满十二年。张伟要不要换岗？")
    assert two.value("post_start") == Day.parse("2020-03")
    assert two.value("post_kind") == "单位副职"


def test_two_cases_are_refused() -> None:
    with pytest.raises(SeveralCases):
        read("案例一：张某任局长11年。案例二：李某任副局长3年。")
    with pytest.raises(SeveralCases, match="张某、李某"):
        read("张某任局长11年，李某任副局长3年，两人是否都要轮岗？")


def test_impossible_times_are_refused() -> None:
    with pytest.raises(FactAhead, match="2030年3月"):
        read("2030年3月任县水利局副局长")
    with pytest.raises(WrongOrder, match=r"2018\.09"):
        read("2018.09-2012.05任科长")


PARTS = [
    "张某，1980年生，2001年入党。",
    "张某现任县水利局副局长。",
    "2015年3月起任现职。",
    "有人举报张某在工程中收受好处。",
    "经县纪委核查，举报内容不属实。",
    "张某在推进水价改革时出现工作失误，造成损失12万元。",
    "单位年度绩效考核为良好。",
    "他的同事李某已退休。",
    "这件事经过党组会集体研究。",
    "经联席机构认定，可以容错。",
]


@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=len(PARTS), unique=True), st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_shuffling_sentences_changes_nothing(parts: list[str], seed: int) -> None:
    shuffled = random.Random(seed).sample(parts, len(parts))  # noqa: S311 no secret
    one, other = read("".join(parts)), read("".join(shuffled))
    assert {name: fact.value for name, fact in one.facts.items()} == {
        name: fact.value for name, fact in other.facts.items()
    }
    assert one.doubts.keys() == other.doubts.keys()


@given(st.lists(st.sampled_from([*PARTS, "“双引号”　全角 空格", "\n\n", "？", "没有"]), max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_fact_without_its_words(parts: list[str]) -> None:
    text = " ".join(parts)
    case = read(text)
    for fact in case.facts.values():
        assert fact.quotes
    for quote in quotes(case):
        assert text[quote.start : quote.end] == quote.text != ""


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    try:
        case = read(text)
    except (FactAhead, WrongOrder, SeveralCases):
        return
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes(case))
