from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.eligibility.case import Amount, By, Day, Fact, Quote, Value
from assistant.eligibility.opinion import Opinion
from assistant.eligibility.opinion.wording import answer_lead, dated, fact_text
from assistant.eligibility.ruling import Verdict
from knowledge.criteria import Kind
from knowledge.facts import FactKind
from tests.assistant.eligibility.opinion import making
from tests.assistant.eligibility.opinion.making import case_of, checked, opinion, stated


def verdict_of(*facts: Fact, mechanism: str = making.ROTATION["id"], text: str = making.TEXT) -> Opinion:
    return opinion(checked(case_of(*facts), mechanism, text=text))


def said(name: str, value: Value) -> Fact:
    return Fact(name, value, By.PERSON, found=True)


def test_what_is_needed_to_file_it_is_all_there() -> None:
    made = making.rotation_opinion()
    part = made.parts[0]
    assert (made.title, made.number) == ("干部政策适用预审意见", part.number)
    assert (made.as_of, made.issued, made.place) == (making.AS_OF, making.ISSUED, "衡东县")
    assert made.description == making.TEXT
    assert part.mechanism == "衡东县领导干部交流任职（轮岗）"
    assert "系统预审不代替组织认定" in made.disclaimer
    assert made.digest_notice is not None
    assert made.signatures == ("承办人", "审核人")
    assert part.procedure.body.text == "未载明由哪个机关决定"
    assert [one.text for one in part.procedure.left_open] == ["不交流的例外情形", "满年限后多长时间内完成交流"]
    assert (part.hashes.mechanism, part.hashes.engine) == ("rotation-hengdong@2024", "1")
    assert all((part.hashes.rules, part.hashes.facts, part.hashes.clauses))


def test_facts_say_where_they_come_from() -> None:
    facts = {one.label: one for one in making.rotation_opinion().facts}
    assert facts["任现职时间"].value == "2013年3月12日"
    assert facts["任现职时间"].source == "原文读出"
    assert facts["任现职时间"].quotes == ("2013年3月12日起任现职",)
    assert facts["在现职岗位连续任职年限"].source == "由“任现职时间”推算"
    made = verdict_of(said("post_kind", "单位副职"))
    assert [(one.label, one.source, one.quotes) for one in made.facts] == [("现任职务类别", "人工确认", ())]


def test_a_competent_bodys_finding_is_named() -> None:
    made = verdict_of(said("listed_case", True), mechanism=making.TOLERANCE["id"])
    assert made.facts[0].source == "人工确认，经有权机关认定"


def test_what_a_person_does_not_know_is_said_and_not_taken_for_unsaid() -> None:
    check = checked(case_of(making.DEPUTY), given={"continuous": None})
    made = opinion(check)
    assert ("在现职岗位任职没有中断", "不清楚", "人工填写") in [(o.label, o.value, o.source) for o in made.facts]
    rows = {row.criterion: row.fact for row in made.parts[0].routes[0].rows}
    assert rows["在现职岗位任职没有中断"] == "不清楚"
    assert rows["在现职岗位连续任职年限达到10年"] == "未说明"


def test_doubts_keep_their_reason_and_words_and_unused_ones_come_last() -> None:
    doubt, proposal = making.rotation_opinion().unsettled
    assert (doubt.reason, doubt.value, doubt.used) == ("只是听说，没有说明是否属实", "否", True)
    assert doubt.quotes == ("据反映，他曾因病离岗半年",)
    assert "未经人工确认" in proposal.reason
    assert not proposal.used


def test_no_quote_that_is_not_in_the_description() -> None:
    for made in (making.rotation_opinion(), making.tolerance_opinion(), making.open_opinion()):
        quotes = [quote for fact in made.facts for quote in fact.quotes]
        quotes += [quote for doubt in made.unsettled for quote in doubt.quotes]
        assert quotes
        assert all(quote in made.description for quote in quotes)
    wrong = Fact("post_kind", "单位副职", By.RULE, (Quote("局长同志", 0, 4),))
    with pytest.raises(ValueError, match="局长同志"):
        opinion(checked(case_of(wrong)))


def test_every_criterion_has_its_row_fact_standing_and_clause() -> None:
    made = making.rotation_opinion()
    (route,) = made.parts[0].routes
    rows = [(row.depth, row.criterion, row.fact, row.standing) for row in route.rows]
    assert rows[:5] == [
        (0, "符合以下任一项", None, "未知"),
        (1, "以下各项都要符合", None, "未知"),
        (2, "现任职务类别：单位正职、单位副职", "单位副职", "符合"),
        (2, "在现职岗位连续任职年限达到10年", "11年2个月", "符合"),
        (2, "在现职岗位任职没有中断", "否（待核实）", "未知"),
    ]
    assert rows[5][3] == "不符合"
    assert route.reached == "尚不能确定"


def test_a_bare_no_is_never_put_beside_a_negative_criterion() -> None:
    rows = [row for route in making.tolerance_opinion().parts[0].routes for row in route.rows]
    assert [row.fact for row in rows if row.criterion == "为个人、他人或者单位谋取私利"] == ["否", "否"]
    mechanism = {
        **making.ROTATION,
        "routes": [{**making.ROTATION["routes"][0], "when": making._is("private_gain", False, making._ROTATION + "9")}],
    }
    check = checked(case_of(said("private_gain", False)), rules=making.book(mechanisms=[mechanism]))
    assert opinion(check).parts[0].routes[0].rows[0].fact == "为个人、他人或者单位谋取私利：否"


def test_bars_come_first_and_say_whether_they_are_touched() -> None:
    routes = making.tolerance_opinion().parts[0].routes
    assert [(one.kind, one.reached) for one in routes] == [
        (Kind.BARRED, "不属于该情形"),
        (Kind.MAY_APPLY, "条件具备"),
    ]


def test_a_clause_that_is_unverified_is_shown_as_pending() -> None:
    rules = making.book(making.unverified)
    made = opinion(checked(case_of(making.DEPUTY), rules=rules), making.unverified)
    assert {row.standing for row in made.parts[0].routes[0].rows} == {"待核"}
    assert made.parts[0].routes[0].reached == "待核"
    assert all("待核" in one.marks for one in made.basis)


def test_every_clause_cited_is_in_the_list_once_with_its_text() -> None:
    for made in (making.rotation_opinion(), making.tolerance_opinion(), making.open_opinion()):
        assert [one.number for one in made.basis] == list(range(1, len(made.basis) + 1))
        assert len({one.ref for one in made.basis}) == len(made.basis)
        for one in made.basis:
            clause = making.clause(one.ref)
            assert (one.text, one.locator, one.heading) == (clause.text, clause.locator, clause.heading)
        used = {row.basis for part in made.parts for route in part.routes for row in route.rows}
        used |= {one.basis for part in made.parts for one in (part.procedure.body, *part.procedure.left_open)}
        assert used <= {one.number for one in made.basis}


@pytest.mark.parametrize(
    ("verdict", "conclusion", "facts", "mechanism"),
    [
        (
            Verdict.APPLIES,
            "适用：应当交流轮岗",
            {"post_kind": "单位副职", "years_in_post": Amount.exactly(11), "continuous": True},
            making.ROTATION,
        ),
        (
            Verdict.DOES_NOT_APPLY,
            "不适用：不符合这项规定的适用条件",
            {"post_kind": "一般干部"},
            making.ROTATION,
        ),
        (Verdict.INSUFFICIENT, "事实不足：是否“应当交流轮岗”，还不能下结论", {}, making.ROTATION),
        (Verdict.BARRED, "不得适用：谋取私利的不予容错", {"private_gain": True}, making.TOLERANCE),
        (
            Verdict.MAY_APPLY,
            "可以适用：可以免责或者减责",
            {"reform": True, "collective_decision": True, "private_gain": False, "remedied": True},
            making.TOLERANCE,
        ),
    ],
)
def test_every_verdict_has_its_sentence(
    verdict: Verdict, conclusion: str, facts: dict[str, Value], mechanism: dict[str, str]
) -> None:
    made = verdict_of(*(said(name, value) for name, value in facts.items()), mechanism=mechanism["id"])
    assert (made.parts[0].verdict, made.conclusion) == (verdict, conclusion)


def test_deferral_and_determination_have_their_sentences() -> None:
    deferred = {**making.TOLERANCE, "routes": [{**making.TOLERANCE["routes"][0], "kind": "deferred"}]}
    deferred["routes"].append(making.TOLERANCE["routes"][1])
    check = checked(case_of(said("private_gain", True)), TOLERANCE_ID, rules=making.book(mechanisms=[deferred]))
    assert opinion(check).conclusion == "暂缓：谋取私利的不予容错"
    ruling = replace(checked(case_of()).rulings[0], verdict=Verdict.NEEDS_DETERMINATION)
    check = replace(checked(case_of()), rulings=(ruling,))
    assert opinion(check).conclusion == "需组织认定：是否“应当交流轮岗”，由有权机关认定"


TOLERANCE_ID = making.TOLERANCE["id"]


def test_questions_say_who_settles_them_and_what_follows() -> None:
    (question,) = making.rotation_opinion().parts[0].questions
    assert question.settled_by == "承办人员核实"
    assert question.materials == ("考勤记录", "请假审批表")
    assert question.so_far is not None
    assert question.answers == (("若是", "结论为“应当交流轮岗”"), ("若否", "不适用这项规定"))


def test_a_question_that_settles_nothing_alone_says_so_once() -> None:
    made = verdict_of(mechanism=making.TOLERANCE["id"])
    assert ("不论怎样答复", "单凭这一项还不能下结论，还要弄清其他问题") in {
        answer for one in made.parts[0].questions for answer in one.answers
    }


def test_due_days_flips_and_materials() -> None:
    part = verdict_of(making.DEPUTY, making.START, making.UNBROKEN).parts[0]
    assert part.due[0].text == "2023年3月12日已满10年（在现职岗位连续任职年限）：应当交流轮岗"
    assert any("变为“一般干部”" in flip for flip in part.flips)
    assert {one.purpose for one in part.materials} == {"佐证已有的事实"}
    assert "任现职时间" in {one.label for one in part.materials}
    assert [one.text for one in part.next_steps] == ["列入交流任职的人选范围"]


def test_other_days_and_other_rulings_in_short() -> None:
    made = making.rotation_opinion()
    then, today = made.other_days
    assert (then.which, then.basis) == ("行为发生时（2013年3月12日）", None)
    assert then.conclusion == "规定2024年2月2日起施行，2013年3月12日没有施行的版本。"
    assert today.which == "今天（2026年11月22日）"
    (other,) = making.tolerance_opinion().other_rulings
    assert (other.which, other.mechanism) == ("温州市", "温州市容错纠错")


def test_an_open_place_gives_the_result_of_every_candidate() -> None:
    made = making.open_opinion()
    assert made.place == "适用地区待明确"
    assert made.conclusion == "事实不足：先要明确按哪里的规定核查"
    assert [one.which for one in made.places] == ["黄石市", "温州市"]
    assert [one.place for one in made.parts] == ["黄石市", "温州市"]
    assert made.number == f"{made.parts[0].number}等2个"
    assert made.other_rulings == ()


def test_places_that_agree_are_said_to_agree() -> None:
    case = case_of(stated("private_gain", True, "收受礼品", text=making.TOLERANCE_TEXT))
    ids = (making.TOLERANCE["id"], making.WENZHOU["id"])
    made = opinion(checked(case, *ids, text=making.TOLERANCE_TEXT, open_=True))
    assert made.conclusion == "不得适用（各地规定的核查结论相同）"


def test_equal_checks_give_equal_opinions() -> None:
    assert making.rotation_opinion() == making.rotation_opinion()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2015-03", "2015年3月"),
        ("早于2015-03-01", "早于2015年3月1日"),
        ("2015-03/2016-02", "2015年3月至2016年2月"),
        ("up-down@2022", "up-down@2022"),
    ],
)
def test_dates_of_ours_are_written_out(written: str, read: str) -> None:
    assert dated(written) == read


def test_a_bare_year_and_leads() -> None:
    kind = FactKind.model_validate(making.FACTS[1])
    assert fact_text(Day(date(2015, 1, 1), date(2015, 12, 31)), kind) == "2015年"
    assert answer_lead(["满10年"]) == "若满10年"
    assert answer_lead(["单位正职", "单位副职"]) == "若为“单位正职”或“单位副职”"
    assert answer_lead(["2015-03-01"]) == "若为2015年3月1日"
    assert answer_lead(["是", "否"]) == "不论怎样答复"
