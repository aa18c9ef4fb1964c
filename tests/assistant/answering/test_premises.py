from __future__ import annotations

import pytest

from assistant.answering.premises import compared, corrected, stated, thresholds
from assistant.answering.selection import Chosen
from knowledge.clauses import Clause, ClauseRef


def chosen(text: str) -> list[Chosen]:
    return [Chosen(Clause(ClauseRef("x@1", "1"), "交流", text, "第一段"), text, 1.0)]


@pytest.mark.parametrize("text", ["我在局长岗位干了11年", "任职满十一年了", "已经十一年了", "副职当了11年要动吗"])
def test_what_the_asker_states_is_told_from_what_he_asks(text: str) -> None:
    assert [figure.value for figure in stated(text)] == [11]


@pytest.mark.parametrize("text", ["副职是不是满8年就要轮岗", "8年以上的副职要交流吗", "29种情形有哪些"])
def test_a_figure_of_the_rule_is_no_stated_fact(text: str) -> None:
    assert stated(text) == []


def test_thresholds_are_figures_from_which_something_follows() -> None:
    assert [f.value for f in thresholds("满10年的应当交流，已有3批，8年以上原则上交流")] == [10, 8]


@pytest.mark.parametrize(
    ("said", "words"), [("干了十一年", "已经达到"), ("干了10年", "已经达到"), ("干了九年", "还没有达到")]
)
def test_a_stated_figure_is_held_against_the_threshold(said: str, words: str) -> None:
    (remark,) = compared(said, chosen("单位正职满10年的，应当换岗交流。"))
    assert words in remark.text


def test_other_units_are_not_compared() -> None:
    assert compared("干了11年", chosen("比例不低于20%。")) == []


def test_a_wrong_premise_is_named_with_what_is_written() -> None:
    (remark,) = corrected("副职是不是满8年就要轮岗", chosen("单位副职满10年的，应当换岗交流。"))
    assert "“8年”" in remark.text
    assert "“10年”" in remark.text
    assert corrected("副职是不是满十年就要轮岗", chosen("单位副职满10年的，应当换岗交流。")) == []
