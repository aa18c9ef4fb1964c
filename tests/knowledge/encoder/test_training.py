"""What training must not get wrong: the split, the pairs, the mask, and the model it writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import load_encoder
from knowledge.encoder.training.fit import Source, Stage, fit, other_answers
from knowledge.encoder.training.measure import figures, nearest
from knowledge.encoder.training.pairs import (
    Pair,
    among_strangers,
    cut,
    joined,
    plain_pairs,
    sentence_pairs,
    thinned,
    title_pairs,
)
from knowledge.encoder.training.pieces import LONGEST_PIECE, pieces_of, train_tokenizer, with_words
from knowledge.encoder.training.sources import Article
from knowledge.encoder.training.split import fold_of, is_held_out
from knowledge.encoder.training.table import PieceTable, encoded
from knowledge.encoder.training.weights import write_model

TEXTS = ["用人单位应当按时支付劳动报酬。", "拖欠工资怎么办？", "森林防火期内禁止野外用火。", "山上可以烧火吗？"] * 3
ARTICLE = Article("劳动法 第五十条", "第五章 工资", "工资应当以货币形式按月支付。\n不得克扣或者无故拖欠劳动者的工资。")


def test_the_split_is_the_question_s_own() -> None:
    questions = [f"第{number}个问题？" for number in range(2000)]
    held_out = [question for question in questions if is_held_out(question)]
    assert 0.10 < len(held_out) / len(questions) < 0.16
    assert held_out == [question for question in questions if is_held_out(f" {question}\n")]


def test_pieces_are_words_of_at_most_four_characters() -> None:
    tokenizer = train_tokenizer(TEXTS)
    assert max(len(piece) for piece in tokenizer.get_vocab() if piece != "<unk>") <= LONGEST_PIECE
    assert "劳动报酬" in tokenizer.get_vocab() or "劳动" in tokenizer.get_vocab()


def test_pieces_of_a_text_are_those_of_its_phrases() -> None:
    tokenizer = train_tokenizer(TEXTS)
    whole, first, second = pieces_of(tokenizer, ["拖欠工资，怎么办？", "拖欠工资", "怎么办"])
    assert np.array_equal(whole, joined([first, second]))


def test_a_sentence_is_paired_with_the_rest_and_not_with_itself() -> None:
    tokenizer = train_tokenizer([*TEXTS, ARTICLE.text] * 2)
    articles = cut(tokenizer, [ARTICLE], first_key=7)
    first, second = (joined(sentence) for sentence in articles[0].sentences)
    for seed in range(10):
        (pair,) = sentence_pairs(articles, np.random.default_rng(seed))
        assert pair.key == 7
        query, rest = (first, second) if np.array_equal(pair.query, first) else (second, first)
        assert np.array_equal(pair.query, query)
        assert np.array_equal(pair.document[-len(rest) :], rest)


def test_a_title_pair_starts_with_the_law() -> None:
    tokenizer = train_tokenizer([*TEXTS, ARTICLE.text] * 2)
    articles = cut(tokenizer, [ARTICLE], first_key=0)
    (pair,) = title_pairs(articles, np.random.default_rng(0))
    law = articles[0].law
    assert np.array_equal(pair.query[: len(law)], law)
    assert np.array_equal(pair.document[: len(law)], law)


def test_thinning_leaves_something() -> None:
    pieces = np.arange(3, dtype=np.int32)
    assert len(thinned(pieces, 1.0, np.random.default_rng(0))) == 3
    assert np.array_equal(thinned(pieces, 0.0, np.random.default_rng(0)), pieces)


def test_other_answers_are_no_negatives() -> None:
    pieces = np.zeros(1, dtype=np.int32)
    pairs = [Pair(pieces, pieces, 1, frozenset([1, 2])), Pair(pieces, pieces, 2, frozenset([1, 2]))]
    expected = [[False, True, False], [True, False, False]]
    assert other_answers(pairs, [1, 2, 9]).tolist() == expected


def test_a_piece_shares_the_vectors_of_the_pieces_inside_it() -> None:
    vocabulary = {"<unk>": 0, "侵": 1, "权": 2, "侵权": 3}
    table = PieceTable(vocabulary, 4, seed=0)
    own, rows = table.own.detach().numpy(), table.rows()
    assert rows[1] == pytest.approx(own[1])
    assert rows[3] == pytest.approx(own[3] + (own[1] + own[2]) / 2, abs=1e-6)


def test_a_text_is_encoded_alike_while_training_and_after() -> None:
    vocabulary = {"<unk>": 0, "侵": 1, "权": 2, "侵权": 3}
    glosses = np.eye(4, 3, dtype=np.float32)
    table = PieceTable(vocabulary, 4, seed=0, glosses=glosses)
    texts = [np.array([3, 1], dtype=np.int32), np.array([2], dtype=np.int32)]
    vectors = table.encode(texts)
    assert vectors.detach().numpy() == pytest.approx(encoded(table.rows(), texts), abs=1e-6)
    vectors.sum().backward()  # type: ignore[no-untyped-call]  # torch leaves Tensor.backward unannotated
    assert table.own.grad is not None
    assert table.own.grad[:, 0].any()
    assert table.turn.grad is not None
    assert table.turn.grad.any()


def test_words_become_pieces_after_the_others() -> None:
    tokenizer = train_tokenizer(TEXTS)
    more = with_words(tokenizer, {"老赖": -9.0, "跑路": -9.5})
    assert more.get_vocab_size() == tokenizer.get_vocab_size() + 2
    assert {**more.get_vocab(), **tokenizer.get_vocab()} == more.get_vocab()
    assert more.encode("老赖跑路").tokens == ["老赖", "跑路"]


def test_strangers_come_after_the_hard_negatives() -> None:
    pieces = [np.array([row], dtype=np.int32) for row in range(5)]
    pair = Pair(pieces[0], pieces[1], 1, frozenset([1]), ((2, pieces[2]),))
    (strange,) = among_strangers([pair], pieces, 3, np.random.default_rng(0))
    assert strange.negatives[0] == (2, pieces[2])
    assert len(strange.negatives) == 4
    assert all(pieces[row] is of_row for row, of_row in strange.negatives)


def test_folds_are_the_question_s_own() -> None:
    folds = [fold_of(f"第{number}个问题？", 3) for number in range(900)]
    assert {folds.count(fold) > 240 for fold in range(3)} == {True}
    assert fold_of(" 第1个问题？\n", 3) == folds[1]


def test_training_brings_pairs_together_and_repeats_itself(tmp_path: Path) -> None:
    tokenizer = train_tokenizer(TEXTS)
    answers = pieces_of(tokenizer, [TEXTS[0], TEXTS[2]])
    pairs = plain_pairs(pieces_of(tokenizer, [TEXTS[1], TEXTS[3]]), answers, [0, 1])
    tables = [PieceTable(tokenizer.get_vocab(), 512, seed=3) for _ in range(2)]
    for table in tables:
        fit(table, [Source(lambda _: pairs)], Stage(epochs=20, rate=0.05, drop=0.1, seed=3))
    rows = [table.rows() for table in tables]
    assert np.array_equal(rows[0], rows[1])
    write_model(tmp_path, tokenizer, rows[0])
    encoder = load_encoder(str(tmp_path))
    scores = encoder.encode([TEXTS[1], TEXTS[3]]) @ encoder.encode([TEXTS[0], TEXTS[2]]).T
    assert scores[0, 0] > scores[0, 1]
    assert scores[1, 1] > scores[1, 0]


def test_figures_count_what_they_say() -> None:
    vectors = np.eye(120, dtype=np.float32)
    found = nearest(vectors[:2] + vectors[[5, 6]] * 0.5, vectors, 100)
    scored = figures(found, [[0], [6, 119]])
    assert found[0, :2].tolist() == [0, 5]
    assert (scored.questions, scored.recall_10, scored.mrr_10) == (2, 0.75, 0.75)
