import pytest

from assistant.answering.answer import Statement, Status
from evals.answers.scores import NOT_SCORED, Reply, scored
from evals.counts import Rate
from tests.evals.making import citation, reply, row

YES, NO = Rate(1, 1), Rate(0, 1)


def test_an_expected_clause_among_the_citations() -> None:
    score = scored(row(expected_clauses=["hengdong@2024#9.1"]), reply(citation(1, "hengdong@2024#9.1")))
    assert (score.document, score.clause, score.near) == (YES, YES, NO)
    assert (score.precision, score.recall) == (YES, YES)


@pytest.mark.parametrize(
    ("expected", "cited", "near"),
    [
        ("9", "9.1", YES),
        ("9.1", "9", YES),
        ("9", "9.1.2", YES),
        ("9.1", "9.2", NO),
        ("9", "19.1", NO),
        ("5", "5-1.1", NO),
        ("5-1", "5-1.1", YES),
    ],
)
def test_right_article_wrong_paragraph_is_near_and_no_hit(expected: str, cited: str, near: Rate) -> None:
    score = scored(row(expected_clauses=[f"hengdong@2024#{expected}"]), reply(citation(1, f"hengdong@2024#{cited}")))
    assert score.clause == NO
    assert score.near == near


def test_another_edition_is_the_right_document_and_the_wrong_clause() -> None:
    score = scored(row(expected_clauses=["hengdong@2024#9"]), reply(citation(1, "hengdong@2020#9")))
    assert (score.document, score.clause, score.near) == (YES, NO, NO)


def test_the_document_counts_among_the_first_three_clauses_only() -> None:
    others = [citation(n, f"other@2020#{n}") for n in (1, 2, 3)]
    expected = row(expected_clauses=["hengdong@2024#9"])
    assert scored(expected, reply(*others, citation(4, "hengdong@2024#9"))).document == NO
    assert scored(expected, reply(*others[:2], citation(3, "hengdong@2024#9"))).document == YES


def test_a_clause_cited_twice_counts_once() -> None:
    twice = reply(citation(1, "hengdong@2024#9"), citation(2, "hengdong@2024#9", quote="任满10年"))
    assert scored(row(expected_clauses=["hengdong@2024#9"]), twice).precision == YES


def test_without_expected_clauses_citations_are_not_scored() -> None:
    score = scored(row(), reply(citation(1, "hengdong@2024#9")))
    assert {score.document, score.clause, score.near, score.precision, score.recall} == {NOT_SCORED}
    assert (score.strings, score.complete, score.violated) == (NOT_SCORED, NOT_SCORED, NOT_SCORED)


def test_wordings() -> None:
    asked = row(must_include=["10年", ["调动", "交流"], "保留待遇"], must_not_include=["5年", "轮岗"])
    score = scored(asked, reply(citation(1, "hengdong@2024#9")))
    assert (score.strings, score.complete) == (Rate(2, 3), NO)
    assert score.missing == (("保留待遇",),)
    assert (score.violated, score.forbidden) == (YES, ("轮岗",))


def test_statements_without_cover() -> None:
    statements = (
        Statement("任满10年的交流。", (1,)),
        Statement("没有引用。", ()),
        Statement("引用不存在。", (7,)),
        Statement("你任职11年，超过12年。", (1,)),
    )
    asked = row(question="我干了11年，要交流吗？")
    coverage = scored(asked, reply(citation(1, "hengdong@2024#9"), statements=statements)).coverage
    assert coverage.uncited == Rate(2, 4)
    assert coverage.foreign_numbers == Rate(1, 3)
    assert coverage.asked_numbers == Rate(1, 3)


@pytest.mark.parametrize(("quote", "wrong"), [("任满10年", 0), ("任满十年", 1), ("", 1)])
def test_a_quote_is_verbatim_or_wrong(quote: str, wrong: int) -> None:
    assert scored(row(), reply(citation(1, "hengdong@2024#9", quote=quote))).coverage.not_verbatim == Rate(wrong, 1)


def test_dates_of_the_edition_cover_numbers() -> None:
    statements = (Statement("自2024年2月2日起施行。", (1,)),)
    coverage = scored(row(), reply(citation(1, "hengdong@2024#9"), statements=statements)).coverage
    assert coverage.foreign_numbers == Rate(0, 2)


def test_an_error_is_a_reply_without_statements() -> None:
    score = scored(row(expected_clauses=["hengdong@2024#9"], must_include=["x"]), Reply(None, "unknown_place", 0.0))
    assert score.status == "error:unknown_place"
    assert (score.clause, score.complete, score.characters) == (NO, NO, 0)
    assert score.coverage.uncited == NOT_SCORED
    assert scored(row(), reply(status=Status.PARTIAL)).status == "partial"
