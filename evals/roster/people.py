"""Invented people of three places, as rosters write them: the same posts and dates in many hands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

Entry = str | int | float | date | tuple[date, str] | None
"""What is put into a cell; a date with a number format is one shown by that format."""

HEADER = ("序号", "姓名", "地区", "单位", "现任职务", "级别", "任现职时间", "任副职年限", "出生年月", "备注")

AS_OF = date(2026, 11, 24)
"""The day they are checked for; nobody takes office after it, except where a row is spoilt so."""

SPOILT_EVERY = 200
"""One row in this many is spoilt so that it cannot be checked."""

_YEAR_AND_MONTH = 'yyyy"年"m"月"'
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国志玉海"
_OF_PLACES = "石大白草杨三新高吴蓬荣甘踏珍洣城霞南湾东泊莫塘冠泥南鲤双"
_ENDS = "湾浦市桥田坪塘岭源集河口店港山铺林溪洲"
_BUREAUS = (
    *("财政局", "审计局", "交通运输局", "水利局", "住房和城乡建设局", "应急管理局", "自然资源局", "农业农村局"),
    *("司法局", "民政局", "统计局", "林业局", "商务局", "信访局", "教育局", "卫健局", "发改局", "融媒体中心"),
)
_AT_BUREAUS = (
    *("局长", "党组书记、局长", "副局长", "党组成员、副局长", "党组成员", "总工程师", "办公室主任", "办公室副主任"),
    *("人事股股长", "财务股股长", "法规股副股长", "执法大队大队长", "一级科员", "主任科员", "副局长兼办公室主任"),
)
_AT_TOWNS = (
    *("党委书记", "镇长", "党委副书记、镇长", "副镇长", "党委委员、副镇长", "人大主席", "党政办主任", "财政所所长"),
    *("农技站站长", "宣传委员", "科员"),
)
_AT_SCHOOLS = ("校长", "副校长", "会计", "教导主任", "教师")
_RANKS = ("县处级", "正科级", "副科级", "科级", "股级", None)
_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Place:
    written: tuple[str, ...]
    name: str


_PLACES = (
    _Place(("衡东县", "衡东", "湖南省衡阳市衡东县"), "衡东县"),
    _Place(("黄石市", "黄石"), "黄石市"),
    _Place(("*县", "某县"), "县"),
)


def person(number: int, chance: Random) -> tuple[Entry, ...]:
    """The cells of the `number`-th row, from 1; one in SPOILT_EVERY is spoilt."""
    place = chance.choice(_PLACES)
    unit, title = _post(place, chance)
    start = AS_OF - timedelta(days=chance.randrange(1, 20 * 365))
    cells: list[Entry] = [
        number,
        chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2)))),
        chance.choice(place.written),
        unit,
        title,
        chance.choice(_RANKS),
        chance.choice(_DATES)(start),
        chance.choice((None, None, 3, 8, "9年", "6年3个月")),
        start - timedelta(days=chance.randrange(25 * 365, 38 * 365)),
        chance.choice((None, None, None, "挂职期满", "=见附件")),
    ]
    if is_spoilt(number):
        column, wrong = _SPOILT[number // SPOILT_EVERY % len(_SPOILT)]
        cells[column] = wrong
    return tuple(cells)


def is_spoilt(number: int) -> bool:
    """Whether the `number`-th row is one that cannot be checked."""
    return number % SPOILT_EVERY == SPOILT_EVERY // 20


def _post(place: _Place, chance: Random) -> tuple[str, str]:
    """A unit and a post in it; some units are written without their place, some posts with their unit."""
    titles: Sequence[str]
    kind = chance.random()
    town = chance.choice(_OF_PLACES) + chance.choice(_ENDS)
    if kind < 0.5:
        unit, titles = place.name + chance.choice(_BUREAUS), _AT_BUREAUS
    elif kind < 0.85:
        unit, titles = f"{place.name}{town}镇", _AT_TOWNS
    else:
        unit, titles = f"{town}镇中心学校", _AT_SCHOOLS
    title = chance.choice(titles)
    return unit, f"{unit}{title}" if chance.random() < 0.1 else title


def _numeral_date(day: date) -> str:
    year = "".join(_NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{'十' if day.month >= 10 else ''}{_NUMERALS[day.month % 10] if day.month != 10 else ''}月"


_DATES: Sequence[Callable[[date], Entry]] = (
    lambda day: day,
    lambda day: day,
    lambda day: (day.replace(day=1), _YEAR_AND_MONTH),
    lambda day: f"{day:%Y.%m}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.year}年{day.month}月",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y.%m}至今",
    lambda day: int(f"{day:%Y%m}"),
    lambda day: int(f"{day:%Y%m%d}"),
    _numeral_date,
)
_SPOILT: tuple[tuple[int, Entry], ...] = (
    (HEADER.index("任现职时间"), "2015.13"),
    (HEADER.index("任现职时间"), "待定"),
    (HEADER.index("任现职时间"), date(2031, 5, 1)),
    (HEADER.index("任现职时间"), "2012.03-2015.06"),
    (HEADER.index("姓名"), None),
    (HEADER.index("地区"), None),
    (HEADER.index("地区"), "不存在县"),
)
