from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numerals import article_numbers, chinese, parse_numeral


@given(st.integers(1, 9999))
def test_what_is_written_is_read_back(number: int) -> None:
    assert parse_numeral(chinese(number)) == number


@given(st.integers(1, 1999), st.integers(1, 10))
def test_articles_are_read_with_what_comes_after(article: int, after: int) -> None:
    assert article_numbers(f"依照第{chinese(article)}条之{chinese(after)}办理") == [(f"{article}-{after}",)]
    assert article_numbers(f"第 {article} 条") == [(str(article),)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二〇一八", 2018),
        ("廿三", 23),
        ("两千零五", 2005),
        ("一百〇三", 103),
        ("１２", 12),
        ("十", 10),
        (" 三 十 ", 30),
    ],
)
def test_numerals_people_write(text: str, number: int) -> None:
    assert parse_numeral(text) == number


@pytest.mark.parametrize("text", ["", "条", "三x", "-1"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是数字"):
        parse_numeral(text)


def test_paragraph_and_item_are_read() -> None:
    assert article_numbers("公务员法第四十五条第二款第（三）项") == [("45", "2", "3")]
    assert article_numbers("公务员法45条") == [("45",)]


@pytest.mark.parametrize("text", ["一条也没有", "20条措施", "有九条规定"])
def test_a_count_is_no_article(text: str) -> None:
    assert article_numbers(text) == []
