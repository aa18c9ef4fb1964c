"""The order of what is found: learned for the built-in encoder, the plain blend for any other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.answering.assistant import Assistant
from assistant.answering.question import ask
from assistant.answering.retrieval import Query, blended, dense, lexical, ranked, reordered
from knowledge.encoder import load_encoder
from knowledge.index import ANYWHERE
from knowledge.ranking import Ranking

QUESTION = Query(("提拔后多久要轮岗", "任职满多少年应当交流"), ANYWHERE, limit=12)


def ranking(dimensions: int, document: float = 0.0, asked: float = 0.0) -> Ranking:
    direction = tuple(np.linspace(-1, 1, dimensions).tolist())
    return Ranking(encoder="any", words=0.25, rank=0.0, document=document, asked=asked, direction=direction, offset=0.0)


def test_the_first_keeps_its_score_and_the_others_fall_below(assistant: Assistant) -> None:
    index, encoder = assistant.index, load_encoder(None)
    blend = blended(index, encoder, dense(index), lexical(index))
    plain = blend(QUESTION)
    learned = reordered(index, blend, ranking(encoder.dimensions, document=0.5, asked=1.0))(QUESTION)
    assert learned.rows == plain.rows
    first = int(np.argmax(learned.score))
    assert learned.score[first] == pytest.approx(plain.score[first])
    assert np.sort(learned.score)[-2] <= learned.score[first]


def test_without_weights_for_documents_the_blend_stays(assistant: Assistant) -> None:
    index, encoder = assistant.index, load_encoder(None)
    blend = blended(index, encoder, dense(index), lexical(index))
    same = reordered(index, blend, ranking(encoder.dimensions))
    assert same(QUESTION).score == pytest.approx(blend(QUESTION).score, abs=1e-5)
    assert [one.clause for one in ranked(index, same)(QUESTION)] == [
        one.clause for one in ranked(index, blend)(QUESTION)
    ]


def test_a_document_lifts_its_clauses(assistant: Assistant) -> None:
    index, encoder = assistant.index, load_encoder(None)
    blend = blended(index, encoder, dense(index), lexical(index))
    lifted = reordered(index, blend, ranking(encoder.dimensions, document=50.0))
    found = ranked(index, lifted)(replace(QUESTION, limit=5))
    assert len({one.clause.ref.edition for one in found}) == 1


def test_nothing_found_is_nothing_to_order(assistant: Assistant) -> None:
    index, encoder = assistant.index, load_encoder(None)
    blend = blended(index, encoder, dense(index), lexical(index))
    nowhere = replace(QUESTION, scope=replace(ANYWHERE, jurisdictions=frozenset({"无此地"})))
    assert reordered(index, blend, ranking(encoder.dimensions))(nowhere).rows == []


def test_places_are_compared_by_likeness_and_words_alone(assistant: Assistant) -> None:
    for one in assistant.search(QUESTION):
        assert one.blend == pytest.approx(one.similarity + 0.25 * one.lexical)
    answer = assistant.answer(ask("被人瞎告了组织上咋给我正名"))
    assert {"XX市", "衡东县"} <= {statement.place for statement in answer.statements}
