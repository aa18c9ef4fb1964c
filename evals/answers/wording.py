"""When two wordings count as the same: width, blanks and the script of plain numbers do not matter."""

from __future__ import annotations

import re
import unicodedata

from knowledge.numerals import NUMERAL, parse_numeral

_MARK = re.compile(r"\[\d{1,3}\]")
_PERCENT = re.compile(rf"百分之({NUMERAL})(?:点({NUMERAL}))?")
_NUMERAL = re.compile(NUMERAL)
_BLANK = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_NUMBER_OR_NUMERAL = re.compile(rf"{_NUMBER.pattern}|{NUMERAL}")
_UNITS = frozenset("年月日天周岁个种项类名次条款章级倍")
_UNITS_OF_ONE = frozenset("年月日天周岁条款章")


def normalized(text: str) -> str:
    """NFKC without blanks and citation marks, Chinese numerals in figures: `工作满十 年[1]` → `工作满10年`."""
    return _BLANK.sub("", _NUMERAL.sub(lambda m: _figures(m[0]), _plain(text)))


def occurs(wording: str, text: str) -> bool:
    """Whether `wording` stands in `text`; `5年` does not stand in `15年`, nor `2` in `2.5`."""
    wanted = normalized(wording)
    before = r"(?<!\d)(?<!\d\.)" if wanted[:1].isdigit() else ""
    after = r"(?!\d|\.\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, normalized(text)) is not None


def numbers_stated(text: str) -> frozenset[str]:
    """The numbers a statement asserts, in figures.

    A Chinese numeral counts when it has several characters or a unit follows it: 一般 and 一个 state no 1.
    """
    plain = _plain(text)
    stated = set()
    for match in _NUMBER_OR_NUMERAL.finditer(plain):
        units = _UNITS_OF_ONE if match[0] == "一" else _UNITS
        if match[0][0].isascii() or len(match[0]) > 1 or plain[match.end() : match.end() + 1] in units:
            stated.add(_canonical(_figures(match[0])))
    return frozenset(stated)


def numbers_in(text: str) -> frozenset[str]:
    """Every number that could be read in `text`, in figures: what a statement about it may assert."""
    return frozenset(_canonical(number) for number in _NUMBER.findall(normalized(text)))


def _plain(text: str) -> str:
    plain = _MARK.sub("", unicodedata.normalize("NFKC", text))
    return _PERCENT.sub(lambda m: _figures(m[1]) + (f".{_figures(m[2])}" if m[2] else "") + "%", plain)


def _figures(numeral: str) -> str:
    """Figures stay as written (`05` is not `5`); Chinese numerals become figures."""
    return numeral if numeral.isascii() else str(parse_numeral(numeral))


def _canonical(number: str) -> str:
    """`02` and `2` are one number; `0.5` stays."""
    whole = number.lstrip("0")
    return whole if whole[:1].isdigit() else f"0{whole}"
