"""Figures with their units, in Chinese or Arabic numerals, so that 十年 and 10年 are the same."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from knowledge.numerals import NUMERAL, parse_numeral

_UNITS = "个百分点|周岁|个月|小时|人次|个晚上|[年岁月日天周种名人项条个份家次类步道档级期批倍%万亿元]"
_FIGURE = re.compile(
    rf"(?<![第0-9.])(?:百分之(?P<percent>{NUMERAL}(?:\.\d+)?)|(?P<value>\d+(?:\.\d+)?|{NUMERAL})\s*(?P<half>多|来|余)?(?P<unit>{_UNITS})"
    r"(?P<and_half>半)?)"
)
_SAME_UNIT = {"个晚上": "晚", "周岁": "岁", "天": "日", "人": "名", "人次": "名"}
_CALENDAR = 1900


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, its unit and the words it was written in; a year of the calendar has the unit 年份."""

    value: float
    unit: str
    words: str

    def same(self, other: Figure) -> bool:
        """Equal value in the same unit."""
        return self.value == other.value and self.unit == other.unit


def figures(text: str) -> list[Figure]:
    """Every figure of `text` in reading order; an ordinal (第七批) is none."""
    found = []
    for match in _FIGURE.finditer(text):
        value = _number(match["percent"] or match["value"])
        if value is None:
            continue
        unit = "%" if match["percent"] else _SAME_UNIT.get(match["unit"], match["unit"])
        value += 0.5 if match["and_half"] else 0
        if unit == "年" and value >= _CALENDAR:
            unit = "年份"
        found.append(Figure(value, unit, match.group()))
    return found


def _number(text: str) -> float | None:
    """None for digits that are no numeral together, as in 1十."""
    with suppress(ValueError):
        return float(text)
    with suppress(ValueError):
        return float(parse_numeral(text))
    return None


_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


def numbers(text: str) -> set[float]:
    """Every number of `text`, whatever its unit: Arabic ones anywhere, Chinese ones where a unit follows."""
    return {float(n) for n in _NUMBERS.findall(text)} | {figure.value for figure in figures(text)}
