from __future__ import annotations

from datetime import date

import pytest

from knowledge.index import Hit, Scope
from knowledge.index.lexical import LONGEST_QUESTION
from tests.knowledge.index.conftest import Built

HOSTILE = [
    "",
    " \t\n",
    '"',
    "'; DROP TABLE clauses; --",
    "AND OR NOT",
    "words:* OR text:[* TO *]",
    "(干部 AND (交流",
    "+干部 -交流 ^2 ~3 \\",
    "*" * 5_000,
    "干部交流轮岗满十年怎么办？" * 1_600,
    "😀👩‍👩‍👧‍👦🇨🇳",
    "\x00\x01\x1b[31m\x7f\u202e\ufeff",
    "\ud83d 干部 \udfff",
    "a" * 20_000,
    "字" * 20_000,
    "ﷺ" * 4_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_no_question_raises(built: Built, text: str) -> None:
    for scope in (Scope(), Scope(frozenset({"衡东县"}), date(2015, 1, 1))):
        hits = built.index.lexical(text, 10, scope)
        assert len(hits) <= 10


def test_a_clause_is_found_first_by_its_own_text(built: Built) -> None:
    found = [built.index.lexical(built.library.clauses[row].text, 1)[0].row for row in range(0, 1_000, 50)]
    texts = [built.library.clauses[row].text for row in found]
    assert texts == [built.library.clauses[row].text for row in range(0, 1_000, 50)]


def test_operators_are_words_like_others(built: Built) -> None:
    plain = built.index.lexical("干部交流", 20)
    assert built.index.lexical('"干部" AND +交流* OR -', 20)[0].score <= plain[0].score * 1.5
    assert built.index.lexical("AND OR NOT", 20) == []


SCOPES = [
    Scope(frozenset({"全国"})),
    Scope(frozenset({"全国", "湖南省"}), date(2012, 6, 1)),
    Scope(frozenset({"湖南省"})),
    Scope(frozenset({"衡东县"}), date(2018, 1, 1)),
    Scope(frozenset({"黄石市"})),
    Scope(as_of=date(2001, 1, 1)),
    Scope(as_of=date(1990, 1, 1)),
]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("limit", [1, 10, 200])
def test_a_scope_gives_what_filtering_everything_gives(built: Built, scope: Scope, limit: int) -> None:
    given_what_filtering_gives(built, "干部交流轮岗容错纠错", limit, scope)


def test_a_wide_scope_is_searched_itself_when_what_is_best_lies_outside(built: Built) -> None:
    editions, clauses = built.library.editions, built.library.clauses
    outside = [clause.heading for clause in clauses if editions[clause.ref.edition].jurisdiction == "全国"]
    question = "，".join(outside[-100::3])
    best = {clause.ref.edition for clause in built.index.clauses([h.row for h in built.index.lexical(question, 25)])}
    assert {editions[edition].jurisdiction for edition in best} == {"全国"}
    given_what_filtering_gives(built, question, 1, Scope(frozenset({"湖南省"})))


def given_what_filtering_gives(built: Built, question: str, limit: int, scope: Scope) -> None:
    everything = built.index.lexical(question, len(built.index))
    editions = [built.index.editions[clause.ref.edition] for clause in built.library.clauses]

    def counts(hit: Hit) -> bool:
        edition = editions[hit.row]
        here = scope.jurisdictions is None or edition.jurisdiction in scope.jurisdictions
        now = scope.as_of is None or edition.in_force.on(scope.as_of) == "现行"
        return here and now

    expected = [hit for hit in everything if counts(hit)][:limit]
    found = built.index.lexical(question, limit, scope)
    assert [round(hit.score, 3) for hit in found] == [round(hit.score, 3) for hit in expected]
    assert bool(found) == any(map(counts, everything))
    assert all(counts(hit) for hit in found)


def test_a_long_question_is_bounded_to_its_rarest_terms(built: Built) -> None:
    row = 500
    rare = built.library.clauses[row].heading  # 第…条标题: its number occurs nowhere else
    question = "干部交流轮岗" * 600 + rare
    assert len(question) < LONGEST_QUESTION
    assert row in [hit.row for hit in built.index.lexical(question, 20)]
