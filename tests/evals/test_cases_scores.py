from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.eligibility.asked import CaseAsked
from assistant.eligibility.case import Amount, By, Case, Doubt, Fact, Proposal, Quote
from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.evaluating import Finding, Standing
from evals.cases.matching import Asked, contained, covers, dice, pairs, same_words, standing_given
from evals.cases.quoting import stray_quotes, unquoted_facts
from evals.cases.rows import KeyCriterion
from evals.cases.scores import RowScore, checked, meant_by, scored
from evals.counts import Rate
from knowledge.criteria import Condition
from knowledge.facts import FactKind
from tests.evals.cases_making import BOOK, KINDS, MECHANISM, OTHER, RULES, check, read, ref, row


def _score(**fields: Any) -> RowScore:
    one = row(**fields)
    free = checked(one, check, KINDS, None) if one.mechanism else None
    return scored(one, RULES, checked(one, check, KINDS, one.mechanism), free)


def test_a_right_case() -> None:
    score = _score(
        expected_words=["局长", "2010年3月任现职", "没有串通"],
        key_criteria=[
            {"clause": "demo@2024#9", "expected": "met"},
            {"clause": "demo@2024#9.1", "expected": "met"},
            {"clause": "demo@2024#9.2", "expected": "met"},
            {"words": "任现职满10年", "expected": "met"},
        ],
    )
    assert (score.verdict, score.right, score.definite) == ("applies", True, True)
    assert score.standings == Rate(4, 4)
    assert (score.recall, score.precision) == (Rate(3, 3), Rate(3, 3))
    assert (score.quotes, score.unquoted) == (Rate(0, 4), Rate(0, 3))
    assert score.free_first == Rate(1, 1)
    assert score.mechanism == MECHANISM.id
    assert (score.covered, score.changing, score.chosen) == (Rate(0, 0), Rate(0, 0), Rate(0, 0))


def test_another_acceptable_verdict_is_right() -> None:
    assert not _score(expected_verdict="may_apply").right
    assert _score(expected_verdict="may_apply", also_acceptable=["barred", "applies"]).right


def test_an_error_is_a_wrong_verdict_and_its_criteria_are_not_scored() -> None:
    score = _score(
        text="没有可读的情况。",
        expected_words=["情况"],
        key_criteria=[{"clause": "demo@2024#9.1", "expected": "unknown"}],
        expected_verdict="insufficient",
        missing_facts=["何时任现职"],
        mechanism=None,
    )
    assert (score.verdict, score.right, score.definite, score.refused) == ("error:no_case", False, False, True)
    assert score.standings == Rate(0, 0)
    assert score.criteria[0].given is None
    assert (score.recall, score.precision) == (Rate(0, 1), Rate(0, 0))
    assert (score.covered, score.changing) == (Rate(0, 1), Rate(0, 0))
    assert (score.chosen, score.quotes) == (Rate(0, 1), Rate(0, 0))


def test_a_text_that_is_no_chinese_is_an_error_too() -> None:
    assert _score(text="ten years", mechanism=None).verdict == "error:not_chinese"


def test_facts_given_beside_the_text_count() -> None:
    score = _score(text="某局局长，没有串通。", facts={"years_in_post": 12})
    assert score.verdict == "applies"
    assert score.unquoted == Rate(0, 2)


def test_an_open_place_counts_the_verdict_of_the_check_and_the_criteria_of_the_first_ruling() -> None:
    score = _score(
        mechanism=None,
        jurisdiction=None,
        text="某局局长，没有串通。",
        expected_verdict="insufficient",
        key_criteria=[{"clause": "demo@2024#9.1", "expected": "unknown"}, {"clause": "far@2024#9", "expected": "met"}],
        missing_facts=["现任岗位干了几年"],
    )
    assert score.verdict == "insufficient"
    assert [one.given for one in score.criteria] == [Standing.MET, None]
    assert score.questions[0].sentence == "按哪里的规定核查？"
    assert score.covered == Rate(1, 1)
    assert score.changing == Rate(1, 1)


def test_only_the_first_questions_count() -> None:
    asked = {"expected_verdict": "insufficient", "text": "某人涉嫌串通。"}
    assert _score(**asked, missing_facts=["职务的类别"]).covered == Rate(1, 1)
    assert _score(**asked, missing_facts=["损失的金额"]).covered == Rate(0, 1)
    assert _score(**{**asked, "expected_verdict": "needs_determination"}, missing_facts=["职务"]).covered == Rate(0, 0)


def test_a_choice_among_mechanisms() -> None:
    """A row that names none is about the mechanism that cites most of its clauses."""
    key = [{"clause": "far@2024#9.1", "expected": "met"}]
    named = row(mechanism="rotation-demo")
    assert meant_by(named, RULES) == {MECHANISM.id}
    assert meant_by(row(mechanism=None), RULES) == frozenset()
    assert meant_by(row(mechanism=None, key_criteria=key), RULES) == {OTHER.id}
    assert _score(mechanism=None, key_criteria=key).chosen == Rate(0, 1)
    assert _score(mechanism=None, key_criteria=key, jurisdiction="黄石市").chosen == Rate(1, 1)
    assert _score(mechanism=None).chosen == Rate(0, 0)
    free = _score(jurisdiction=None, mechanism=OTHER.id)
    assert (free.free_first, free.free_listed) == (Rate(0, 1), Rate(1, 1))


@pytest.mark.parametrize(
    ("standings", "told"),
    [
        ("met unmet", Standing.MET),
        ("unknown unmet", Standing.UNKNOWN),
        ("unmet unmet", Standing.UNMET),
        ("unknown met unmet", Standing.MET),
        ("", None),
    ],
)
def test_several_outermost_findings_of_a_clause(standings: str, told: Standing | None) -> None:
    leaf = Condition.model_validate({"fact": "misled", "is": True, "clause": "demo@2024#9.1"})
    inner = Finding(leaf, Standing.MET, ref("9.1"))
    outer = [Finding(leaf, Standing(one), ref("9.1"), (), (inner,)) for one in standings.split()]
    root = Finding(leaf, Standing.MET, ref("9"), (), tuple(outer))
    wanted = KeyCriterion(clause="demo@2024#9.1", expected="met")
    assert standing_given(wanted, [root], KINDS) is told


def test_words_stand_for_the_most_alike_criterion_or_for_none() -> None:
    findings = BOOK.decide(MECHANISM, read("某局局长，2020年3月任现职。", date(2024, 6, 1))).findings

    def said(words: str) -> Standing | None:
        return standing_given(KeyCriterion(words=words, expected="met"), findings, KINDS)

    assert said("任现职年限达到十年") is Standing.UNMET
    assert said("职务类别为单位正职") is Standing.MET
    assert said("不属于恶意串通") is Standing.UNKNOWN
    assert said("损失已经挽回") is None


def test_pairs_of_characters() -> None:
    assert pairs("是否任现职？") == pairs("任现职") == {"任现", "现职"}
    assert pairs("任满十年") == pairs("任满10年")
    assert pairs("") == pairs("。？") == pairs("是否") == frozenset()
    assert dice("任现职", "") == contained("", "任现职") == 0
    assert dice("任现职", "任现职务") == pytest.approx(0.8)
    assert contained("任现职", "何时任现职务的") == 1


def test_a_question_covers_a_fact_by_its_label_or_its_sentence() -> None:
    asked = Asked("任现职起始日", "什么时候开始任现职？")
    assert covers(asked, "任现职的起始时间")
    assert covers(asked, "何时开始担任现职")
    assert not covers(asked, "是否造成重大损失")


def test_a_question_covers_a_fact_by_the_phrases_of_its_kind() -> None:
    kind = FactKind(
        name="met",
        type="bool",
        label="经集体研究",
        question="是否经集体研究？",
        says=("班子会…定",),
        unless=("班子会上定",),
    )
    assert covers(Asked.of(kind), "是不是班子会上讨论定的")
    assert not covers(Asked.of(kind), "是不是班子会上定调子")
    assert covers(Asked.of(KINDS["post_kind"]), "他是单位副职吗")


def test_a_quote_and_a_passage_share_half_of_the_shorter() -> None:
    text = "局长甲，局长乙任现职十二年。"
    assert same_words(Quote("局长乙", 4, 7), "局长", text)
    assert same_words(Quote("任现职十二年", 7, 13), "十二年", text)
    assert same_words(Quote("长乙", 5, 7), "局长", text)
    assert not same_words(Quote("甲", 2, 3), "局长", text)
    assert not same_words(Quote("职十二年", 9, 13), "局长乙任现", text)


def test_quotes_that_are_not_the_text_at_their_place() -> None:
    text = "某局局长，没有串通。"
    case = Case(
        date(2024, 6, 1),
        {
            "post_kind": Fact("post_kind", "单位正职", By.RULE, (Quote("局长", 2, 4), Quote("局长", 3, 5))),
            "post_start": Fact("post_start", "…", By.RULE),
            "years_in_post": Fact("years_in_post", Amount.exactly(3), By.PERSON),
        },
        {"misled": Doubt("misled", "…", (Quote("", 1, 1),))},
        (Proposal("misled", True, Quote("没有串通", -5, -1), 0.9),),
    )
    stray, rate = stray_quotes(case, text)
    assert [(one.fact, one.quote.start) for one in stray] == [("post_kind", 3), ("misled", 1), ("misled", -5)]
    assert rate == Rate(3, 4)
    assert unquoted_facts(case) == Rate(1, 2)


def test_stray_quotes_reach_the_score() -> None:
    def shifted(asked: CaseAsked) -> CaseCheck:
        made = check(asked)
        moved = Fact("post_kind", "单位正职", By.RULE, (Quote("局长", 0, 2),))
        return replace(made, case=made.case.learning(moved))

    one = row()
    score = scored(one, RULES, checked(one, shifted, KINDS, one.mechanism))
    assert [stray.fact for stray in score.stray] == ["post_kind"]
    assert score.quotes.hits == 1
