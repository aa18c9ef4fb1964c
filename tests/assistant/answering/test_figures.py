from __future__ import annotations

import pytest

from assistant.answering.figures import figures, numbers


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("满十年", 10, "年"),
        ("满10年", 10, "年"),
        ("干了十一年", 11, "年"),
        ("三年半", 3.5, "年"),
        ("百分之五十", 50, "%"),
        ("50%", 50, "%"),
        ("29种情形", 29, "种"),
        ("二十九种", 29, "种"),
        ("71名干部", 71, "名"),
        ("71人", 71, "名"),
        ("2.3岁", 2.3, "岁"),
        ("６道程序", 6, "道"),
    ],
)
def test_a_figure_is_a_value_with_a_unit(text: str, value: float, unit: str) -> None:
    found = figures(text)
    assert [(figure.value, figure.unit) for figure in found] == [(value, unit)]


def test_chinese_and_arabic_figures_are_the_same() -> None:
    assert figures("十年")[0].same(figures("10年")[0])
    assert not figures("十年")[0].same(figures("10岁")[0])


def test_words_with_numerals_are_no_figures() -> None:
    assert figures("一把手三思而后行") == []


def test_every_number_counts_whatever_its_unit() -> None:
    assert numbers("1+4+1党校体系，满十年") == {1.0, 4.0, 10.0}


def test_digits_that_are_no_numeral_together_are_no_figure() -> None:
    assert figures("1十条和3条") == figures("和3条")
