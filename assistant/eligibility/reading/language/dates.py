"""Dates as people write them: 2015年3月, 2015.3, 二〇一五年三月, 去年底, 三年前; each as far as it is known."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.eligibility.case import Day
from knowledge.numerals import parse_numeral

_N = r"[0-9零一二三四五六七八九十两]"
_YEAR = r"(?:(?:19|20)\d\d|[一二][零九][零一二三四五六七八九]{2})"
_PART = (
    r"(?P<part>年?(?:初|底|末|中)|上半年|下半年|春节前后?|春节|国庆节?(?:前后|前|后)?|元旦(?:前后|前|后)?"
    r"|五一(?:前后|前|后)?|中秋节?(?:前后|前|后)?|春天?|夏天?|秋天?|冬天?)"
)
_TENTH = r"(?P<tenth>上旬|中旬|下旬|月初|初|底|末|中)"
_DATE = re.compile(
    rf"(?<![0-9.])(?P<dotted>(?:19|20)\d\d)\s*[.\-/]\s*(?P<dmonth>1[0-2]|0?[1-9])(?:\s*[.\-/]\s*(?P<dday>3[01]"
    rf"|[12]\d|0?[1-9]))?(?:月|日)?(?![0-9])"
    rf"|(?P<run>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)(?![0-9])"
    rf"|(?P<year>{_YEAR})\s*年(?:\s*(?P<month>{_N}{{1,3}})\s*月(?:份)?(?:\s*(?P<day>{_N}{{1,3}})\s*[日号]"
    rf"|{_TENTH})?|{_PART})?"
    rf"|(?<![0-9第])(?P<short>零[0-9零一二三四五六七八九]|0\d)年(?!龄|代|来|的|内|后)"
    rf"|(?P<relative>大前年|前年|去年|上年|今年|本年"
    rf"|当年)(?:\s*(?P<rmonth>{_N}{{1,3}})\s*月(?:份)?(?:\s*(?P<rday>{_N}{{1,3}})\s*[日号]"
    rf"|{_TENTH.replace('tenth', 'rtenth')})?|{_PART.replace('part', 'rpart')})?"
    rf"|(?P<lastmonth>上个?月|本月|这个月)"
    rf"|(?P<ago>{_N}{{1,3}})(?P<agounit>年|个月)(?:以?前)(?!后)"
)
_BACK = {"大前年": 3, "前年": 2, "去年": 1, "上年": 1, "今年": 0, "本年": 0}


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in the text with its place; `whole` when a year was given, not only counted from the day of the check."""

    day: Day
    start: int
    end: int


def dates(text: str, as_of: date) -> Iterator[DateFound]:
    """Every date of `text` in reading order; what is no day of the calendar is left out."""
    for match in _DATE.finditer(text):
        try:
            day = _day(match, as_of)
        except ValueError:
            continue
        if day is not None:
            yield DateFound(day, match.start(), match.end())


def _day(match: re.Match[str], as_of: date) -> Day | None:
    if match["dotted"]:
        return Day.parse("-".join(part for part in (match["dotted"], match["dmonth"], match["dday"]) if part))
    if match["run"]:
        run = match["run"]
        return Day.parse("-".join(part for part in (run[:4], run[4:6], run[6:]) if part))
    if match["year"]:
        year = parse_numeral(match["year"])
        return _within(year, match["month"], match["day"], match["tenth"], match["part"])
    if match["short"]:
        return _within(2000 + parse_numeral(match["short"]), None, None, None, None)
    if match["relative"]:
        back = _BACK.get(match["relative"])
        if back is None:
            return None
        return _within(as_of.year - back, match["rmonth"], match["rday"], match["rtenth"], match["rpart"])
    if match["lastmonth"]:
        first = as_of.replace(day=1)
        first = (first - timedelta(1)).replace(day=1) if match["lastmonth"].startswith("上") else first
        return Day(first, first.replace(day=monthrange(first.year, first.month)[1]))
    return _ago(parse_numeral(match["ago"]), match["agounit"], as_of)


def _ago(count: int, unit: str, as_of: date) -> Day:
    if unit == "个月":
        months = as_of.year * 12 + as_of.month - 1 - count
        first = date(months // 12, months % 12 + 1, 1)
        return Day(first, first.replace(day=monthrange(first.year, first.month)[1]))
    return Day(date(as_of.year - count, 1, 1), date(as_of.year - count, 12, 31))


def _within(year: int, month: str | None, day: str | None, tenth: str | None, part: str | None) -> Day:
    if month is None:
        first, last = _part(part)
        return Day(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
    at = parse_numeral(month)
    if day is not None:
        return Day.parse(f"{year}-{at}-{parse_numeral(day)}")
    end = monthrange(year, at)[1]
    low, high = {"上": (1, 10), "初": (1, 10), "中": (11, 20), "下": (21, end), "底": (21, end), "末": (21, end)}.get(
        (tenth or " ").removeprefix("月")[0], (1, end)
    )
    return Day(date(year, at, low), date(year, at, high))


def _part(part: str | None) -> tuple[int, int]:
    """First and last month."""
    named = (part or "").removeprefix("年")
    for key, months in {
        "初": (1, 2),
        "底": (12, 12),
        "末": (12, 12),
        "中": (6, 7),
        "上半": (1, 6),
        "下半": (7, 12),
        "春节": (1, 2),
        "国庆": (9, 10),
        "元旦": (1, 1),
        "五一": (4, 5),
        "中秋": (9, 10),
        "春": (3, 5),
        "夏": (6, 8),
        "秋": (9, 11),
        "冬": (11, 12),
    }.items():
        if named.startswith(key):
            return months
    return (1, 12)
