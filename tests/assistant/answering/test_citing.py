from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.answering.answer import Statement
from assistant.answering.assistant import Assistant
from assistant.answering.citing import Cited, cite, unsupported, without
from assistant.answering.selection import Chosen
from assistant.answering.sentences import sentences
from knowledge.clauses import ClauseRef, Validity, Verified

TEN_YEARS = ClauseRef("hengdong-2024@2024-02", "9.1")


def cited(assistant: Assistant, *, day: date = date(2026, 1, 1)) -> Cited:
    clause = assistant.index.clause(TEN_YEARS)
    return cite([Chosen(clause, s, 1.0) for s in sentences(clause.text)], assistant.index.editions, day)


def test_a_clause_cited_twice_keeps_its_number(assistant: Assistant) -> None:
    made = cited(assistant)
    assert len(made.statements) == 2
    assert [statement.citations for statement in made.statements] == [(1,), (1,)]
    assert made.citations[0].quote == assistant.index.clause(TEN_YEARS).text
    assert made.citations[0].validity is Validity.IN_FORCE
    assert cited(assistant, day=date(2000, 1, 1)).citations[0].validity is Validity.NOT_YET


def test_what_is_unverified_is_marked(assistant: Assistant) -> None:
    clause = replace(assistant.index.clause(TEN_YEARS), verified=Verified.UNVERIFIED)
    made = cite([Chosen(clause, clause.text, 1.0)], assistant.index.editions, date(2026, 1, 1))
    assert made.statements[0].text.endswith("（待核）")


def test_a_number_or_modal_word_without_a_clause_is_caught(assistant: Assistant) -> None:
    good = cited(assistant)
    assert unsupported(good) == []
    for wrong in ("单位正职满8年的，应当换岗交流。", "单位正职满10年的，可以换岗交流。", "单位正职必须换岗交流。"):
        made = Cited((Statement(wrong, (1,), "衡东县"),), good.citations)
        (fault,) = unsupported(made)
        assert fault.words
        assert without(made, [fault]).statements[0].text == good.citations[0].clause.text


def test_a_statement_without_a_clause_is_dropped() -> None:
    made = Cited((Statement("干部应当轮岗。", (), None),), ())
    assert without(made, unsupported(made)).statements == ()


def test_a_quote_that_is_not_verbatim_is_caught(assistant: Assistant) -> None:
    good = cited(assistant)
    made = Cited(good.statements, (replace(good.citations[0], quote="满12年"),))
    assert unsupported(made)


def test_what_the_asker_said_may_be_repeated(assistant: Assistant) -> None:
    good = cited(assistant)
    made = Cited((Statement("您说的11年已满10年。", (1,), "衡东县"),), good.citations)
    assert unsupported(made, said="我干了11年") == []
    assert unsupported(made)
