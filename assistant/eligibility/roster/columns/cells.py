"""A cell → the value of a fact, by the fact's type."""

from __future__ import annotations

import re
import unicodedata

from assistant.eligibility.case import Amount, Value
from assistant.eligibility.reading.language.durations import lengths
from assistant.eligibility.roster.columns.dates import UnreadableCell, day_in
from assistant.eligibility.roster.columns.titles import option_in
from assistant.eligibility.roster.tables import Cell, shown
from knowledge.facts import FactKind, FactType

_YES = frozenset({"是", "有", "√", "✓", "y", "yes", "true", "对", "1"})
_NO = frozenset({"否", "无", "没有", "×", "✗", "x", "n", "no", "false", "不是", "0"})
_BLANK = frozenset({"-", "--", "—", "——", "/", "\\", "不详", "不清楚", "未知", "待核", "待查", "空"})


def value_in(kind: FactKind, cell: Cell) -> Value | None:
    """None for a cell that states nothing; raises UnreadableCell."""
    if cell is None or shown(cell) in _BLANK:
        return None
    match kind.type:
        case FactType.DATE:
            return day_in(cell)
        case FactType.CHOICE:
            return _chosen(kind, shown(cell))
        case FactType.BOOL:
            return _bool(kind, cell)
        case FactType.YEARS:
            return _years(kind, cell)
        case _:
            return _number(kind, cell)


def _chosen(kind: FactKind, text: str) -> str:
    option = option_in(kind, text)
    if option is None:
        allowed = "、".join(option.value for option in kind.options)
        raise UnreadableCell(f"“{text}”不是“{kind.label}”的选项（{allowed}）")
    return option


def _bool(kind: FactKind, cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    text = unicodedata.normalize("NFKC", shown(cell)).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise UnreadableCell(f"“{shown(cell)}”不是“是”或“否”（{kind.label}）")


def _years(kind: FactKind, cell: Cell) -> Amount:
    """11 and 11年 say that eleven years are full; 11.5 is taken as it stands."""
    if isinstance(cell, float):
        text = ""
    else:
        text = unicodedata.normalize("NFKC", shown(cell)).replace(" ", "")
        text += "年" if re.fullmatch(r"\d+", text) else ""
    found = [one for one in lengths(text) if one.end - one.start == len(text)]
    if len(found) == 1:
        return found[0].years
    return _number(kind, cell)


def _number(kind: FactKind, cell: Cell) -> Amount:
    text = unicodedata.normalize("NFKC", shown(cell)).replace(",", "").strip()
    try:
        number = float(text.removesuffix(kind.measure) if kind.measure else text)
    except ValueError:
        raise UnreadableCell(f"“{shown(cell)}”不是数字（{kind.label}）") from None
    if isinstance(cell, bool) or not 0 <= number < 1e9:
        raise UnreadableCell(f"“{shown(cell)}”不像是{kind.label}")
    return Amount.exactly(number)
