"""Lengths of time as people say them: 十一年, 近10年, 七八年, 9年8个月, 差两个月满十年; each as far as it is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.eligibility.case import NO_LIMIT, Amount
from knowledge.numerals import parse_numeral

_N = r"(?:(?<!\d)\d{1,4}(?:\.\d{1,2})?|[零一二三四五六七八九十两百]{1,7})"
_BEFORE = (
    r"(?P<before>(?:(?:已经?|约摸|大约|大概|差不多|将近|接近|快要?|近|不到|不足|未满|没满|没到|还没满|不满|仅"
    r"|仅仅|才|刚刚?|正好|刚好|超过|超|逾|多达|至少|满|足足|整整|整)\s*){0,3})"
)
_LENGTH = re.compile(
    rf"(?:(?:还差|差|再过|再有|再等|还有)(?:了|着)?\s*(?P<short>{_N}|半)\s*个?(?P<shortunit>月|年|天)(?:左右"
    rf"|多)?(?:就|才|不)?(?:到|满|够)?\s*)?"
    rf"{_BEFORE}(?:一个)?"
    rf"(?:(?P<pair>[一二三四五六七八九两]{{2}}|十[一二三四五六七八九]{{2}}|十几|几十)(?P<pairunit>年|个月)"
    rf"|(?P<half>半)年"
    rf"|(?P<years>{_N})\s*(?P<more>多|余|来)?\s*(?:周年|年|载|个?春秋|个?寒暑)(?:(?:零|又|加)?\s*(?P<months>{_N})\s*个?月"
    rf"|(?P<andhalf>半))?"
    rf"|(?P<only>{_N})\s*(?P<monthsmore>多|余)?个月"
    r"|(?P<days>(?<!\d)\d{3,5}|[一二三四五六七八九两][一二三四五六七八九十零两]{0,6}?[百千][一二三四五六七八九十百零两]{0,6})\s*(?:多|余)?天)"
    rf"(?P<after>(?:\s*(?:有余|多|余|出头|以上|左右|上下|不到|整|挂零|了)){{0,2}})"
)
_NEARLY = ("将近", "接近", "快", "近", "不到", "没到")
_BELOW = ("不足", "未满", "没满", "不满")
_ABOUT = ("约", "大概", "差不多", "左右", "上下")
_OVER = ("超", "逾", "多达", "至少", "以上")
_MONTH = 1 / 12


@dataclass(frozen=True, slots=True)
class LengthFound:
    """A length in years with its place."""

    years: Amount
    start: int
    end: int


_WANTING = re.compile(
    rf"(?:离|距离?)(?:任满|干满|满)?\s*(?P<years>{_N})\s*年(?:整|的?线)?\s*(?:还|只|就|仅)*(?:差|欠|缺|有)\s*(?P<by>{_N}|半)\s*个?"
    r"(?P<unit>年|月|礼拜|星期|周|天|日)"
)
_UNITS = {"年": 1.0, "月": 1 / 12, "礼拜": 7 / 365, "星期": 7 / 365, "周": 7 / 365, "天": 1 / 365, "日": 1 / 365}


def wanting(text: str) -> Iterator[LengthFound]:
    """Lengths told by what they still want of a full number: 离满十年还差两个月."""
    for match in _WANTING.finditer(text):
        by = (0.5 if match["by"] == "半" else _number(match["by"])) * _UNITS[match["unit"]]
        full = _number(match["years"])
        if 0 < by < full:
            yield LengthFound(
                Amount(max(full - by - 1 / 12, 0.0), full - by / 2, below=True), match.start(), match.end()
            )


def lengths(text: str) -> Iterator[LengthFound]:
    """Every length of time in `text`; a year of the calendar (2015年) is none."""
    for match in _LENGTH.finditer(text):
        years = _years(match)
        if years is not None and _is_length(text, match):
            yield LengthFound(years, match.start(), match.end())


def _is_length(text: str, match: re.Match[str]) -> bool:
    """Whether no date or ordinal (2015年3月, 第三年, 一年一次) is meant."""
    written = match["years"]
    if written and len(written) == 4 and (written.isdigit() or not set(written) & set("十百")):
        return False
    if match["half"] and text[: match.start("half")].endswith(("上", "下", "大", "前", "后")):
        return False
    if written and match["months"] is None and re.match(r"\d{1,2}\s*月|[一二三四五六七八九十]+月", text[match.end() :]):
        return False
    return not text[: match.start()].endswith(("第", "零", "0"))


def _years(match: re.Match[str]) -> Amount | None:
    low, high = _span(match)
    if low is None or high is None:
        return None
    before, after = match["before"] or "", match["after"] or ""
    if match["short"]:
        by = 0.5 if match["short"] == "半" else float(_number(match["short"]))
        gap = {"月": by / 12, "年": by, "天": by / 365}[match["shortunit"]]
        return Amount.exactly(max(low - gap, 0.0))
    if any(word in before for word in _NEARLY) or "不到" in after:
        step = 10.0 if low >= 20 and low % 10 == 0 else 1.0
        return Amount(max(low - step, 0.0), low, below=True)
    if any(word in before for word in _BELOW):
        return Amount(0.0, low, below=True)
    if any(word in before for word in _OVER) or "以上" in after:
        return Amount(low, NO_LIMIT)
    if any(word in before or word in after for word in _ABOUT) or match["more"] == "来":
        return Amount(max(low - 1, 0.0), low + 1)
    return Amount(low, high, below=True)


def _span(match: re.Match[str]) -> tuple[float | None, float | None]:
    """From full `low` years to below `high`."""
    if match["pair"]:
        scale = 1.0 if match["pairunit"] == "年" else _MONTH
        low, high = _pair(match["pair"])
        return low * scale, high * scale
    if match["half"]:
        return 0.5, 0.5 + _MONTH
    try:
        if match["days"]:
            days = _number(match["days"])
            return days / 366, (days + 1) / 365
        if match["only"]:
            months = _number(match["only"])
            return months * _MONTH, (months + 1) * _MONTH
        years = _number(match["years"])
        months = _number(match["months"]) if match["months"] else 0.0
    except ValueError:
        return None, None
    if match["months"]:
        return years + months * _MONTH, years + (months + 1) * _MONTH
    if match["andhalf"]:
        return years + 0.5, years + 1
    if match["more"] in {"多", "余"} and years >= 10 and years % 10 == 0:
        return years, years + 10
    return years, float(int(years) + 1)


def _pair(text: str) -> tuple[float, float]:
    """七八 → 7 to 9; 十一二 → 11 to 13; 十几 → 11 to 20."""
    if text == "十几":
        return 11, 20
    if text == "几十":
        return 20, 100
    tens = 10 if text.startswith("十") and len(text) == 3 else 0
    first, second = (parse_numeral(c) for c in text[-2:])
    if second == first + 1:
        return tens + first, tens + second + 1
    return float(parse_numeral(text)), float(parse_numeral(text)) + 1


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float(parse_numeral(text))
