import pytest

from evals.answers.wording import normalized, numbers_in, numbers_stated, occurs


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("十年", "任满10年的交流"),
        ("10年", "任满十 年的交流"),
        ("１０年", "任满10年"),
        ("25%", "占比不低于百分之二十五"),
        ("百分之二十五", "占比25％"),
        ("2个月", "两个月内"),
        ("第十二条", "第12条"),
        ("二〇一八年", "2018年9月"),
        ("XX市(县)", "XX市（县）"),
        ("交流轮岗", "交流[1]轮岗"),
        ("单位 正职", "单位正职"),
    ],
)
def test_same_wording(wording: str, text: str) -> None:
    assert occurs(wording, text)


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("5年", "任满15年"),
        ("1", "任满11年"),
        ("2", "得2.5分"),
        ("5分", "得2.5分"),
        ("3", "任满十年[3]"),
        ("百分之五", "25%"),
    ],
)
def test_other_wording(wording: str, text: str) -> None:
    assert not occurs(wording, text)


def test_figures_stay_as_written() -> None:
    assert normalized("0.05 和 2018 2019") == "0.05和2018 2019"


def test_numbers_a_statement_asserts() -> None:
    assert numbers_stated("一般任满十年、第三条、15种情形、百分之二十五、2024年02月、一个单位[4]") == {
        "10",
        "3",
        "15",
        "25%",
        "2024",
        "2",
    }
    assert numbers_stated("统一管理，万一有失") == frozenset()


def test_a_clause_covers_every_reading_of_its_numbers() -> None:
    assert numbers_stated("十五种") <= numbers_in("分为15种")
    assert numbers_stated("15种") <= numbers_in("分为十五种")
    assert not numbers_stated("16种") <= numbers_in("分为十五种")
