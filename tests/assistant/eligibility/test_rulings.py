from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from assistant.eligibility.case import Amount, Case, Day, Doubt
from assistant.eligibility.evaluating import Standing
from assistant.eligibility.ruling import Receipt, Verdict, recheck, rule
from assistant.errors import NotInForce
from knowledge.criteria import Mechanism
from tests.assistant.eligibility.cases import AS_OF, bundled, cases, settled, values

BOOK = bundled()
HENGDONG = BOOK.rules.mechanism("rotation-hengdong")


def deputy(**facts: object) -> Case:
    known = {"post_kind": "单位副职", **facts}
    return Case(AS_OF).learning(*(settled(name, value) for name, value in known.items()))  # type: ignore[arg-type]


@given(cases())
@settings(max_examples=150, deadline=None)
def test_learning_a_fact_never_turns_met_into_unmet(given_case: tuple[Mechanism, Case]) -> None:
    mechanism, case = given_case
    before = BOOK.decide(mechanism, case)
    for name in before.open_facts(mechanism):
        for value in values(mechanism, name):
            after = BOOK.decide(mechanism, case.learning(settled(name, value)))
            pairs = zip(before.findings, after.findings, strict=True)
            trees = (zip(old.walk(), new.walk(), strict=True) for old, new in pairs)
            for old, new in (pair for tree in trees for pair in tree):
                assert old.standing is Standing.UNKNOWN or new.standing is old.standing


@given(cases())
@settings(max_examples=100, deadline=None)
def test_every_open_question_answered_each_way_changes_something(given_case: tuple[Mechanism, Case]) -> None:
    mechanism, case = given_case
    before = rule(BOOK, mechanism, case)
    for question in before.open_questions:
        for followed in question.answers:
            after = BOOK.decide(mechanism, case.learning(followed.answer.fact(question.kind.name)))
            now = [[one.standing for one in tree.walk()] for tree in before.findings]
            then = [[one.standing for one in tree.walk()] for tree in after.findings]
            assert now != then
            assert question.kind.name not in after.open_facts(mechanism)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_a_flip_does_what_it_says_and_no_part_of_it_does(given_case: tuple[Mechanism, Case]) -> None:
    mechanism, case = given_case
    ruling = rule(BOOK, mechanism, case)
    for flip in ruling.flips:
        facts = [change.then.fact(change.kind.name) for change in flip.changes]
        assert BOOK.decide(mechanism, case.learning(*facts)).verdict is flip.verdict is not ruling.verdict
        if len(facts) > 1:
            alone = {BOOK.decide(mechanism, case.learning(fact)).verdict for fact in facts}
            assert flip.verdict not in alone


@given(cases())
@settings(max_examples=60, deadline=None)
def test_a_receipt_is_reproduced(given_case: tuple[Mechanism, Case]) -> None:
    mechanism, case = given_case
    receipt = rule(BOOK, mechanism, case).receipt
    assert recheck(BOOK, Receipt.model_validate_json(receipt.model_dump_json())) == ()


def test_a_receipt_names_what_changed() -> None:
    receipt = rule(BOOK, HENGDONG, deputy(years_in_post=Amount.exactly(11))).receipt
    ref = "hengdong-2024@2024-02#9.1"
    older = receipt.model_copy(update={"clauses": {**receipt.clauses, ref: "0" * 12}, "verdict": "does_not_apply"})
    changed = recheck(BOOK, older)
    assert any(ref in line for line in changed)
    assert any("结论由" in line for line in changed)


def test_the_same_case_has_the_same_number_and_another_has_another() -> None:
    one = rule(BOOK, HENGDONG, deputy(years_in_post=Amount.exactly(11))).receipt.number
    assert one == rule(BOOK, HENGDONG, deputy(years_in_post=Amount.exactly(11))).receipt.number
    assert one != rule(BOOK, HENGDONG, deputy(years_in_post=Amount.exactly(9))).receipt.number


def test_a_definite_verdict_is_reached_with_facts_unknown_that_cannot_change_it() -> None:
    ruling = rule(BOOK, HENGDONG, Case(AS_OF).learning(settled("years_in_post", Amount.exactly(3))))
    assert ruling.verdict is Verdict.DOES_NOT_APPLY
    assert ruling.open_questions == ()


def test_of_the_changes_of_a_number_the_smallest_is_named() -> None:
    ruling = rule(BOOK, HENGDONG, deputy(years_in_post=Amount.exactly(13)))
    assert any("变为“满5年、不到10年”，则不适用" in flip.text for flip in ruling.flips)


def test_silence_is_unknown_and_asked_for() -> None:
    ruling = rule(BOOK, HENGDONG, deputy())
    assert ruling.verdict is Verdict.INSUFFICIENT
    (question,) = ruling.open_questions
    assert question.kind.name == "years_in_post"
    assert "应当交流轮岗" in question.if_yes
    assert "不适用" in question.if_no


def test_a_start_falls_due_on_its_anniversary() -> None:
    ruling = rule(BOOK, HENGDONG, deputy(post_start=Day.parse("2017-03")))
    assert ruling.verdict is Verdict.DOES_NOT_APPLY
    (due,) = ruling.due
    assert (str(due.on), due.passed, due.estimated) == ("2027-03", False, False)
    assert due.outcome == "应当交流轮岗"


@pytest.mark.parametrize(
    ("start", "verdict"),
    [
        ("2014-06-01", Verdict.APPLIES),
        ("2014-06-02", Verdict.DOES_NOT_APPLY),
        ("2014-05", Verdict.APPLIES),
        ("2014-06", Verdict.INSUFFICIENT),
        ("2014-07", Verdict.DOES_NOT_APPLY),
        ("2014", Verdict.INSUFFICIENT),
    ],
)
def test_ten_years_are_full_on_the_day_and_unknown_where_the_day_matters(start: str, verdict: Verdict) -> None:
    assert rule(BOOK, HENGDONG, deputy(post_start=Day.parse(start))).verdict is verdict


def test_a_mechanism_that_was_not_in_force_is_not_replaced_by_another() -> None:
    with pytest.raises(NotInForce, match="2024-02-02"):
        rule(BOOK, HENGDONG, replace(deputy(), as_of=date(2023, 1, 1)))


def test_discretion_is_settled_by_a_body_only() -> None:
    mechanism = BOOK.rules.mechanism("tolerance-xx")
    at_work = Case(AS_OF).learning(settled("fault_in_work", True))
    said = replace(at_work, doubts={"exploratory_fault": Doubt("exploratory_fault", "文中有此说法", (), True)})
    found = at_work.learning(settled("exploratory_fault", True))
    assert rule(BOOK, mechanism, at_work).verdict is Verdict.INSUFFICIENT
    assert rule(BOOK, mechanism, said).verdict is Verdict.NEEDS_DETERMINATION
    assert rule(BOOK, mechanism, found).verdict is Verdict.MAY_APPLY
