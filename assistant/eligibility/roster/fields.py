"""What a column can be: who, where, what post; and every fact people can state, by its label.

Names are matched whole. A part of a name proves nothing: 配偶姓名 is not 姓名, 拟任职务 not 职务.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.facts import FactKind

NAME, UNIT, TITLE, PLACE = "name", "unit", "title", "place"
POST_KIND = "post_kind"


@dataclass(frozen=True, slots=True)
class Field:
    """`id` is one of the four above or the name of a fact.

    `aliases` name it beyond doubt, `weak` ones only where no column bears one of the aliases.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


KNOWN = (
    Field(NAME, "姓名", ("姓名", "名字", "干部姓名", "人员姓名", "本人姓名"), ("人员", "干部")),
    Field(
        UNIT,
        "单位",
        ("单位", "单位名称", "工作单位", "所在单位", "现工作单位", "现单位", "任职单位", "现任单位"),
        ("部门", "所在部门", "工作部门", "机构", "机构名称"),
    ),
    Field(
        TITLE,
        "职务",
        (
            *("现任职务", "现职务", "现任职务名称", "职务", "职务名称", "担任职务", "行政职务", "现职"),
            *("单位及职务", "单位职务", "单位和职务", "工作单位及职务", "工作单位及现任职务", "现工作单位及职务"),
            *("现任单位及职务", "现单位及职务", "任职单位及职务"),
        ),
        ("岗位", "现岗位", "现任岗位", "职位", "现任职位", "岗位名称", "党政职务"),
    ),
    Field(
        PLACE,
        "地区",
        ("地区", "所在地区", "所属地区", "行政区划", "县市区", "县区", "区县", "所在县", "所属县", "市县"),
        ("属地", "区域", "所在地"),
    ),
    Field(
        POST_KIND,
        "职务类别",
        ("职务类别", "岗位类别", "职务类型", "岗位类型", "职务性质", "岗位性质", "任职类别", "职位类别", "正副职"),
        ("干部类别", "人员类别", "类别"),
    ),
    Field(
        "post_start",
        "任现职时间",
        (
            *("任现职时间", "任现职务时间", "任现职日期", "任现职务日期", "任现职年月", "任现职起始时间"),
            *("现任职务时间", "现任职时间", "现任职务任职时间", "现职务任职时间", "现职任职时间", "现职时间"),
            *("任现岗位时间", "现岗位时间", "现岗位任职时间", "现任岗位时间", "任现职务的时间", "任现职的时间"),
            *("现职务时间", "任现职位时间", "现职起始时间", "现任职务起始时间"),
        ),
        (
            *("任职时间", "任职日期", "任职年月", "任职起始时间", "任职开始时间", "到任时间", "到岗时间", "到任日期"),
            *("任命时间", "任现级别时间"),
        ),
    ),
    Field(
        "years_in_post",
        "任现职年限",
        ("任现职年限", "任现职务年限", "现职年限", "任现职年数", "现岗位年限", "任现岗位年限", "现任职务年限"),
        ("任职年限", "任职年数"),
    ),
    Field("years_as_deputy", "任副职年限", ("任副职年限", "副职年限", "担任副职年限", "副职任职年限")),
    Field(
        "rank_level",
        "级别",
        ("级别", "行政级别", "职务级别", "职务层次", "干部级别", "职务层级", "领导职务层次"),
        ("职级", "职级层次", "职务职级", "现职级"),
    ),
    Field(
        "unit_kind",
        "单位性质",
        ("单位性质", "单位类别", "单位类型", "单位层级", "机构性质", "机构类别", "机构类型", "系统"),
        ("所属系统", "单位分类"),
    ),
)
READ_FROM: Mapping[str, tuple[str, ...]] = {
    POST_KIND: (TITLE, UNIT),
    "unit_kind": (UNIT, TITLE),
    "bureau": (UNIT, TITLE),
    "education_post": (UNIT, TITLE),
}
"""Facts that the words of other columns tell where none of their own does, the first of them most of all."""

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NOISE = re.compile(r"[\s:：*★、,，.。/\\_\-–—·“”\"'《》]+")


def fields(kinds: Iterable[FactKind]) -> tuple[Field, ...]:
    """Every field a column can be, with those facts that people can state; what is derived may be stated as well."""
    known = {field.id: field for field in KNOWN}
    labelled = {kind.name: kind.label for kind in kinds if not kind.discretion}
    own = [
        Field(one.id, one.label, (*one.aliases, labelled[one.id]) if one.id in labelled else one.aliases, one.weak)
        for one in KNOWN
    ]
    return (*own, *(Field(name, label, (label,)) for name, label in labelled.items() if name not in known))


def field_named(header: str, among: Iterable[Field]) -> Field | None:
    """The field a header names, its brackets (格式、单位) aside if need be; None where it names none."""
    among = tuple(among)
    for name in _forms(header):
        for sure in (True, False):
            for field in among:
                if name in {plain(alias) for alias in (field.aliases if sure else field.weak)}:
                    return field
    return None


def is_sure(header: str, field: Field) -> bool:
    """Whether a header names the field beyond doubt."""
    names = {plain(alias) for alias in field.aliases}
    return any(name in names for name in _forms(header))


def plain(name: str) -> str:
    """A name without blanks, line breaks, marks and full-width forms."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()


def _forms(header: str) -> tuple[str, ...]:
    """As written, without what stands in brackets, and with 县(市、区) read as one name."""
    written = unicodedata.normalize("NFKC", header)
    forms = (plain(written), plain(_BRACKETED.sub("", written)), plain(re.sub(r"[()\[\]]", "", written)))
    return tuple(dict.fromkeys(form for form in forms if form))
