"""The date in a cell: a real date, 2015.03, 2015年3月, 201503, 20150301, 二〇一五年三月, `2015.3-`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from assistant.eligibility.case import Day
from assistant.eligibility.roster.tables import Cell, shown
from knowledge.numerals import parse_numeral

_YEARS = range(1949, 2101)
_N = r"[0-9〇○零一二三四五六七八九]"
_UP_TO_31 = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_PARTED = re.compile(
    rf"(?P<year>{_N}{{4}})(?:[.\-/年](?:(?P<month>{_UP_TO_31})(?:[.\-/月](?:(?P<day>{_UP_TO_31})[日号]?)?)?)?)?"
    r"(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?"
)
_RUN = re.compile(r"(?P<year>\d{4})(?P<month>0[1-9]|1[0-2])(?P<day>\d{2})?")
_SINCE = re.compile(r"(?:[\-~至到]+(?:今|现在|目前)?|起|开始|以来|任职?|任现职)+$")
_SAME = str.maketrans({"。": ".", "，": ".", ",": ".", "—": "-", "–": "-", "－": "-", "～": "~", "―": "-"})
_SERIALS = range(18_000, 80_000)


class UnreadableCell(ValueError):
    """A cell that does not hold what its column should; the message says, in Chinese, why."""


def day_in(cell: Cell) -> Day:
    """As far as it is known: the month for 2015.03. Raises UnreadableCell."""
    day = _day(cell)
    if day.first.year not in _YEARS:
        raise UnreadableCell(f"“{shown(cell)}”不像是这里的日期（应在 1949 至 2100 年）")
    return day


def _day(cell: Cell) -> Day:
    match cell:
        case Day():
            return cell
        case datetime():
            return Day(cell.date(), cell.date())
        case date():
            return Day(cell, cell)
        case bool() | None:
            raise UnreadableCell(f"“{shown(cell)}”不是日期")
        case int():
            return _whole(cell)
        case float():
            return _typed(cell)
        case _:
            return _written(cell)


def _whole(number: int) -> Day:
    if number in _YEARS:
        return Day.parse(str(number))
    if number in _SERIALS:
        raise UnreadableCell(f"“{number}”像是没有设为日期格式的日期，请把这一列设为日期格式")
    return _parted(_RUN.fullmatch(str(number)), str(number))


def _typed(number: float) -> Day:
    """2015.03 typed as a number. 2015.1 may have been 2015.10: programs drop the zero."""
    text = f"{number:.6f}".rstrip("0")
    day = _written(text)
    if text.endswith(".1"):
        return Day(day.first, Day.parse(f"{day.first.year}-10").last)
    return day


def _written(text: str) -> Day:
    short = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME))
    for form in dict.fromkeys((short, _SINCE.sub("", short))):
        match = _RUN.fullmatch(form) or _PARTED.fullmatch(form)
        if match is not None:
            return _parted(match, text)
    if re.fullmatch(r".*\d{4}.*[\-~至到].*\d{4}.*", short):
        raise UnreadableCell(f"“{text}”是起止两个时间，请只写任职开始的时间")
    raise UnreadableCell(f"“{text}”读不成日期，请写成 2015-03 或 2015-03-10")


def _parted(match: re.Match[str] | None, text: str) -> Day:
    try:
        if match is None:
            raise ValueError(text)
        parts = [parse_numeral(part) for part in match.group("year", "month", "day") if part is not None]
        return Day.parse("-".join(map(str, parts)))
    except ValueError:
        raise UnreadableCell(f"“{text}”不是日历上的日期，请写成 2015-03 或 2015-03-10") from None
