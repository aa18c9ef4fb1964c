"""Chinese numerals: the one place that reads 第一百二十条之一, 廿三, 两, 〇 and full-width digits."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30}
NUMERAL = r"[0-9０-９零〇○一二两兩三四五六七八九十百千廿卅]+"
"""Pattern of one numeral, Chinese or Arabic, without spaces."""


def parse_numeral(text: str) -> int:
    """`一百二十`, `二〇一八`, `１２`, `廿三`, `两千零五` → int; ValueError when it is no numeral."""
    compact = unicodedata.normalize("NFKC", re.sub(r"\s+", "", text))
    if compact.isascii() and compact.isdigit():
        return int(compact)
    if not compact or any(c not in _DIGITS and c not in _UNITS for c in compact):
        raise ValueError(f"“{text}”不是数字")
    if not any(c in _UNITS for c in compact):
        return int("".join(str(_DIGITS[c]) for c in compact))
    total = digit = 0
    seen = False
    for c in compact:
        if c in _DIGITS:
            digit, seen = _DIGITS[c], True
        elif c in "廿卅":
            total += _UNITS[c]
        else:
            total += (digit if seen else 1) * _UNITS[c]
            digit, seen = 0, False
    return total + digit


def chinese(number: int) -> str:
    """1 → 一, 10 → 十, 205 → 二百零五; for 1 … 9999, ValueError otherwise."""
    if not 1 <= number <= 9999:
        raise ValueError(f"{number} 不在 1 至 9999 之内")
    out, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit == 0:
            pending_zero = bool(out)
            continue
        out += ("零" if pending_zero else "") + "零一二三四五六七八九"[digit] + name
        pending_zero = False
    return out.removeprefix("一") if out.startswith("一十") else out


_ARTICLE = re.compile(
    rf"(?:第\s*|(?<=[法例定则见知则》])\s*)(?P<article>{NUMERAL})\s*条(?:\s*之\s*(?P<after>{NUMERAL}))?"
    rf"(?:\s*第?\s*(?P<paragraph>{NUMERAL})\s*款)?(?:\s*第?\s*[（(]?\s*(?P<item>{NUMERAL})\s*[）)]?\s*项)?"
)


def article_numbers(text: str) -> list[tuple[str, ...]]:
    """Every 第X条[之Y][第P款][第（I）项] in `text`, each as parts of a clause number: ("5-1", "2", "3").

    第 may be left out after a title (公务员法45条), nowhere else: 20条措施 names no article.
    """
    found = []
    for match in _ARTICLE.finditer(text):
        article = str(parse_numeral(match["article"]))
        if match["after"]:
            article += f"-{parse_numeral(match['after'])}"
        below = (match["paragraph"], match["item"])
        found.append((article, *(str(parse_numeral(part)) for part in below if part)))
    return found
