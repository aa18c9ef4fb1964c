"""The typefaces of official papers, and what stands in for them where they are not installed."""

from __future__ import annotations

from typing import Any

from assistant.eligibility.opinion.word.xml import element

TITLE, HEADING, PART, BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
LATIN = "Times New Roman"
SIZES = {"二号": 22.0, "三号": 16.0, "小三": 15.0, "四号": 14.0, "小四": 12.0, "五号": 10.5, "小五": 9.0}
"""Chinese type sizes in points."""
_INSTEAD = {
    TITLE: "华文中宋,宋体,SimSun,Noto Serif CJK SC",
    HEADING: "SimHei,Noto Sans CJK SC",
    PART: "楷体,KaiTi,华文楷体,Noto Serif CJK SC",
    BODY: "仿宋,FangSong,华文仿宋,Noto Serif CJK SC",
}
_FAMILY = {TITLE: "roman", HEADING: "modern", PART: "modern", BODY: "modern"}
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def set_fonts(properties: Any, east: str) -> None:
    """Chinese in `east`, the rest in Times New Roman; takes the place of fonts a theme would give."""
    fonts = element("w:rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=east, cs=LATIN, hint="eastAsia")
    for old in properties.findall(fonts.tag):
        properties.remove(old)
    style = properties.find(f"{{{_NAMESPACE}}}rStyle")
    properties.insert(0 if style is None else 1, fonts)


def font_table() -> bytes:
    """The font table: for each typeface the ones to take instead."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{_FAMILY[name]}"/><w:pitch w:val="variable"/></w:font>'
        for name, instead in _INSTEAD.items()
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{_NAMESPACE}">{fonts}{latin}</w:fonts>'.encode()
