"""The order of what was found: what the weights mean, and that they are learned from examples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import load_encoder
from knowledge.encoder.training.sources import Article
from knowledge.errors import KnowledgeError
from knowledge.ranking import Ranking, features, load_ranking
from knowledge.ranking.laws import editions_of
from knowledge.ranking.training import Candidates, asked_direction, fitted, scored

RANKING = Ranking(encoder="e@1", words=0.1, rank=2.0, document=0.5, asked=0.2, direction=(1.0, 0.0), offset=-0.5)


def test_features_are_likeness_words_rank_and_document() -> None:
    similarity = np.array([0.5, 0.9, 0.4], dtype=np.float32)
    words = np.array([1.0, 0.0, 0.6], dtype=np.float32)
    standing = np.array([0.3, -0.2], dtype=np.float32)
    known = features(similarity, words, np.array([0, 0, 1], dtype=np.int32), standing)
    assert known.tolist() == pytest.approx(
        np.array([[0.5, 1.0, 0.1, 0.9, 0.3], [0.9, 0.0, 0.0, 0.9, 0.3], [0.4, 0.6, 1 / 11, 0.4, -0.2]])
    )
    assert RANKING.scores(known)[0] == pytest.approx(0.5 + 0.1 + 0.2 + 0.45 + 0.06)


def test_standing_is_read_off_the_mean_of_a_document() -> None:
    means = np.array([[1.0, 7.0], [0.0, 7.0]], dtype=np.float32)
    assert RANKING.standing(means).tolist() == [0.5, -0.5]


def test_a_ranking_is_only_for_its_encoder(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    assert load_ranking("e@1", file) is None
    file.write_text(RANKING.model_dump_json(), encoding="utf-8")
    assert load_ranking("e@1", file) == RANKING
    assert load_ranking("e@2", file) is None
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"weights\.json"):
        load_ranking("e@1", file)


def test_the_shipped_ranking_is_for_the_shipped_encoder() -> None:
    encoder = load_encoder(None)
    ranking = load_ranking(encoder.identity)
    assert ranking is not None
    assert len(ranking.direction) == encoder.dimensions


def test_what_tells_right_from_wrong_gets_the_weight() -> None:
    rng = np.random.default_rng(0)
    candidates = []
    for _ in range(40):
        known = rng.random((50, 5)).astype(np.float32)
        right = np.argsort(-(known[:, 0] + 2 * known[:, 3]))[:2]
        flags = np.isin(np.arange(50), right)
        candidates.append(Candidates(np.arange(50), known, flags, tuple(right.tolist())))
    weights = fitted(candidates)
    assert weights[0] == 1
    assert weights[3] == pytest.approx(2, abs=0.4)
    assert np.abs(weights[[1, 2, 4]]).max() < 0.3
    alone = scored(candidates, np.array([1, 0, 0, 0, 0], dtype=np.float32))
    assert scored(candidates, weights).mrr_10 > alone.mrr_10


def test_the_direction_points_from_what_nobody_asks_to_what_is_asked() -> None:
    from knowledge.encoder.training.sources import Question

    vectors = np.random.default_rng(1).standard_normal((200, 8)).astype(np.float32)
    vectors[:20, 2] += 3
    direction, offset = asked_direction(vectors, [Question("问", tuple(range(20)), "")])
    standing = vectors @ direction + offset
    assert np.argmax(direction) == 2
    assert standing[:20].mean() > 0 > standing[20:].mean()


def test_articles_of_a_law_are_one_edition() -> None:
    editions, clauses = editions_of(
        [
            Article("甲法 第一条", "第一章", "为了甲。"),
            Article("乙条例 第二条", "", "为了乙。"),
            Article("甲法 第二条", "第一章", "甲应当。"),
            Article("无号的文", "", "别的。"),
        ]
    )
    assert [edition.title for edition in editions.values()] == ["甲法", "乙条例", "——"]
    assert [str(clause.ref) for clause in clauses] == ["law1@2000#1", "law2@2000#1", "law1@2000#2", "law3@2000#1"]
    assert clauses[3].heading == "无号的文"
