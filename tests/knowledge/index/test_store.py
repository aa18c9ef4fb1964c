from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.clauses import ClauseRef
from knowledge.errors import UnknownClause
from tests.knowledge.index.conftest import Built


def test_every_field_of_every_clause_and_edition_comes_back(built: Built) -> None:
    assert built.index.clauses(range(len(built.index))) == list(built.library.clauses)
    assert dict(built.index.editions) == built.library.editions
    assert len({(c.modality, c.verified, c.gap, c.topics, bool(c.refers_to)) for c in built.library.clauses}) > 20


def test_clauses_come_in_the_order_asked_for(built: Built) -> None:
    rows = [900, 3, 77, 3]
    assert built.index.clauses(rows) == [built.library.clauses[row] for row in rows]
    assert built.index.rows([built.library.clauses[row].ref for row in rows]) == rows
    assert built.index.clauses([]) == []
    assert built.index.rows([]) == []


def test_unknown_refs_and_rows_are_named(built: Built) -> None:
    missing = ClauseRef("rules-0@2000", "99")
    with pytest.raises(UnknownClause, match="rules-0@2000#99"):
        built.index.clause(missing)
    with pytest.raises(UnknownClause, match="rules-0@2000#99"):
        built.index.rows([built.library.clauses[0].ref, missing])
    with pytest.raises(IndexError):
        built.index.clauses([len(built.index)])


def test_children_and_articles_stand_in_reading_order(built: Built) -> None:
    first = ClauseRef("rules-0@2000", "1")
    assert [str(clause.ref) for clause in built.index.children(first)] == ["rules-0@2000#1.1", "rules-0@2000#1.2"]
    item = ClauseRef("rules-0@2000", "1.2")
    assert [clause.ref.number for clause in built.index.article(item)] == ["1", "1.1", "1.2"]
    assert built.index.children(item) == []
    assert [clause.ref.number for clause in built.index.article(ClauseRef("rules-0@2000", "4"))] == ["4"]
    whole = [clause.ref.number for clause in built.index.edition_clauses("rules-0@2000")]
    assert whole == ["1", "1.1", "1.2", "2", "3", "4", "4-1"]
    assert built.index.edition_clauses("nothing@2000") == []


@pytest.mark.parametrize("name", ["第7号干部管理规定", "《第7号干部管理规定》", "７号规定", " 7 号规定"])
def test_editions_are_found_by_title(built: Built, name: str) -> None:
    assert [edition.id for edition in built.index.titled(name)] == ["rules-7@2007"]
    assert built.index.titled("没有这个规定") == []


def test_threads_read_together(built: Built) -> None:
    def read(row: int) -> bool:
        clause = built.library.clauses[row]
        vector = built.encoder.encode_query(clause.text)
        return (
            built.index.clause(clause.ref) == clause
            and bool(built.index.lexical(clause.text, 5))
            and len(built.index.nearest(vector, 5)) == 5
        )

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(read, range(0, 1_500, 3)))
