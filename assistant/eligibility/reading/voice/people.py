"""Whose facts they are: the person a description is about, and the stretches that speak of somebody else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from assistant.eligibility.reading.language.description import Description, Piece
from assistant.errors import SeveralCases
from knowledge.numerals import parse_numeral

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟"
    "卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦"
    "阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚屈葛范岳齐殷翁祝祁倪章鲁房包单屠柴蒙颜左欧麦关游甘卓焦耿"
    "古詹闫涂符霍温牟卞谷岑"
)
_NO_NAME = "在到因对有由被的任某从为至向以和与是等及该这那个一兼按经据了给让替把将跟同找请于市州县区省镇乡村局里下上中"
_NOT_PERSON = (
    "区|县|市|镇|乡|村|街道|园区|企业|公司|社区|局|单位|部门|项目|学校|医院|中心|些|种|个|年|月|日|地|省|类|科"
    "|处|室|股|办"
)
_PERSON = re.compile(
    rf"(?P<name>(?:欧阳|上官|司马|诸葛|[^{_NO_NAME}\W\d_a-zA-Z])某(?:某|[甲乙丙丁])?(?!{_NOT_PERSON})"
    rf"|[{_SURNAMES}](?:×+|\*+|[Xx]{{1,2}})"
    rf"|[小老](?![房单关成包左古温])[{_SURNAMES}](?![年家伙])|[{_SURNAMES}](?=同志)"
    rf"|(?<![某甲乙丙丁])[甲乙丙丁](?=[，,是任为在的、可能应该经：:]|$))"
    r"|(?P<other>另(?:外|有)?[一两二三几]?(?:名|位|人|个)(?:人|干部|同志)?|其他(?:人|干部|同志|成员)|其余(?:人员"
    r"|干部|同志|成员|[一两二三几]名)|(?:我|本人|他|她|其)的?(?:领导|前任|继任|后任|上级|下属|上司)|(?:我|本人|他"
    r"|她|其)?的?(?:同事|爱人|妻子|丈夫|老公|老婆|儿子|女儿|父亲|母亲|亲戚|朋友|搭档|家属|弟弟|哥哥|姐姐|妹妹"
    r"|表弟|表哥|堂弟|同学|战友))"
    r"|(?P<self>我(?!们|县|市|省|区|镇|乡|局|国|单位|党|委|院|校|办|处|科|家|想|问|要问|来问|听|看|觉得|认为"
    r"|手[上头]|这里|这边|方|负责核|帮))"
    r"|(?P<own>本人)"
    r"|(?P<pronoun>该(?:同志|干部|人|员|局长|主任|书记|领导|副局长|副镇长|镇长)|当事人|被举报人|申请人|其本人|他|她)"
)
_GIVEN = re.compile(
    r"(?:局长|主任|书记|镇长|乡长|科长|股长|部长|所长|站长|校长|院长|处长|县长|区长|队长|园长|委员|干部|会计|职工|同志"
    r"|股负责人|当事人[：:]?|申请人[：:]?|举报人[：:]?|姓名[：:])"
    rf"(?P<name>(?![任方常于万包成温黄高])[{_SURNAMES}][一-龥]{{1,2}})"
    r"(?=[，,。；;：:、（(\s]|在|因|于|被|自|从|称|说|对|和|与|同志|任|是|的|收|没|未|曾|已|能|要|应|为|把|将|向)"
)
"""Full names, told from other words by the post before them."""

_OBJECT = re.compile(
    r"(?:被|由|对|向|与|和|跟|同|经|让|请|给|找|受|替|为|据|将|把|比|以及|及|关于|举报人|反映人|检举人)$"
)
_ASKS_OF = re.compile(
    r"(?:是否|要不要|该不该|能否|能不能|可否|应否|应不应|应当|应该|会不会|算不算|符合|需要|用不用|怎么|还能|可以"
    r"|够不够|在不在|是不是)"
)
_OWN = "本人"
_LABELLED = re.compile(r"第(?P<n>[一二三四五六七八九十\d]+)(?:人|个|位|名|行|条|项)[：:]")
_ANOTHER = "别人"
_NOBODY = {"我", "他人", _ANOTHER}
_ORDINAL = re.compile(
    r"(?:只看|请看|只问|就问|问的是|看|只?判断|只?核查?)第\s*(?P<n>[一二三四五六七八九十\d]+)\s*(?:人|个|位|名|行|条|项)"
)
_SPEAKS = re.compile(r"(?:说|称|表示|写道?|讲|答|回答|检讨|陈述|解释|强调|辩解|承认|反问|问)$")
_POINTED = re.compile(
    r"(?:(?:想|要|来)?问的(?:是|就是)|请?只?看第?[^，,。；;]{0,8}?|想问的?|核(?:实|查)的?是?"
    r"|只问|就问|只?判断|就)(?P<who>[^，,。；;\W]某某?|[小老][^\W]|[甲乙丙丁])"
)
_NUMBERED = re.compile(
    r"(?:案例|案情|个案|情况|事例|案)\s*(?:[一1]|之一)\s*[：:、.。]?.{4,2000}?(?:案例|案情|个案|情况|事例"
    r"|案)\s*(?:[二2]|之二)\s*[：:、.。]?",
    re.S,
)
_BOTH = re.compile(
    r"(?:两人|二人|俩人|两位|两名|三人|三位|他们|各自|分别)[^，,。；;]{0,10}?(?:是否|要不要|该不该|能否|能不能"
    r"|应当|应该|都要|谁|怎么|会不会|需要|可否)|谁(?:该|要|应|需)"
)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A person as mentioned: a name, `我` for who writes, `他人` for a relative or colleague, `别人` for one more."""

    who: str
    start: int
    end: int
    subject: bool


class People:
    """Who is spoken of where."""

    def __init__(self, description: Description) -> None:
        self._text = description
        given = _given(description.plain)
        named = bool(given) or any(match["name"] for match in _PERSON.finditer(description.plain))
        spoken = _spoken(description) if named else set()
        self._mentions = {
            piece.start: [
                one
                for m in sorted(_mentions(piece, given), key=attrgetter("start"))
                if (one := _resolved(m, named, piece.start in spoken)) is not None
            ]
            for piece in description.pieces
        }
        self._entry = _entry(description.plain)
        self.principal = self._principal()
        self._subjects = dict(self._by_piece())

    def check_single(self) -> None:
        """Raises SeveralCases for a text that states cases side by side and asks about all of them."""
        if _NUMBERED.search(self._text.plain):
            raise SeveralCases(("案例一", "案例二"))
        named = list(dict.fromkeys(m.who for found in self._mentions.values() for m in found if m.who not in _NOBODY))
        if len(named) > 1 and _BOTH.search(self._text.plain):
            raise SeveralCases(tuple(named[:3]))

    def is_principal(self, start: int, end: int) -> bool:
        """Whether words speak of the person the case is about.

        A name right after them (副局长李某) goes before the subject of their piece; in a numbered list of which one
        entry is asked about, that entry alone does.
        """
        if self._entry is not None:
            return self._entry[0] <= start < self._entry[1]
        piece = self._text.piece_at(start)
        for mention in self._mentions[piece.start]:
            if mention.start == end and mention.who != "我":
                return mention.who == self.principal
        earlier = [m for m in self._mentions[piece.start] if m.end <= start and m.subject]
        who = earlier[-1].who if earlier else self._subjects[piece.start]
        return who == self.principal

    def others(self) -> tuple[str, ...]:
        """Everybody named besides the principal."""
        named = (m.who for found in self._mentions.values() for m in found)
        return tuple(dict.fromkeys(who for who in named if who not in {self.principal, *_NOBODY}))

    def _principal(self) -> str:
        ordinal = _ORDINAL.search(self._text.plain)
        if ordinal is not None:
            named = list(dict.fromkeys(m.who for ms in self._mentions.values() for m in ms if m.who not in _NOBODY))
            at = parse_numeral(ordinal["n"]) - 1
            if 0 <= at < len(named):
                return named[at]
        pointed = _POINTED.search(self._text.plain)
        if pointed is not None:
            who = next((m.who for ms in self._mentions.values() for m in ms if m.start == pointed.start("who")), None)
            if who is not None:
                return who
        found = [m for piece in self._text.pieces for m in self._mentions[piece.start]]
        asked = self._asked_of()
        if asked is not None:
            return asked
        if any(m.who == "我" and m.subject for m in found):
            return "我"
        told = self._told()
        if told:
            return min(told, key=lambda who: (-told[who], who))
        return "他人" if any(m.who == "他人" and m.subject for m in found) else "我"

    def _told(self) -> Counter[str]:
        """How many characters are told of everybody named: from a mention to the next, or to the sentence's end."""
        told: Counter[str] = Counter()
        who, sentence = "他人", -1
        for piece in self._text.pieces:
            who = "他人" if piece.sentence != sentence else who
            sentence = piece.sentence
            subjects = [m for m in self._mentions[piece.start] if m.subject]
            who = subjects[-1].who if subjects else who
            told[who] += len(piece.text)
        del told["他人"], told[_ANOTHER]
        return told

    def _asked_of(self) -> str | None:
        """The person a question names: 李某是否应当轮岗."""
        for piece in reversed(self._text.pieces):
            ask = _ASKS_OF.search(piece.text)
            if ask is None:
                continue
            before = [m for m in self._mentions[piece.start] if m.end - piece.start <= ask.start() and m.subject]
            if before:
                return before[-1].who
        return None

    def _by_piece(self) -> Iterator[tuple[int, str]]:
        """The subject of every piece: the one named in it, else that of the piece before in the same sentence."""
        who, sentence = self.principal, -1
        for piece in self._text.pieces:
            if piece.sentence != sentence:
                who, sentence = self.principal, piece.sentence
            subjects = [m for m in self._mentions[piece.start] if m.subject]
            yield piece.start, subjects[0].who if subjects else who
            if subjects:
                who = subjects[-1].who


def _entry(plain: str) -> tuple[int, int] | None:
    """The stretch of the entry asked about: 请只判断第三人。第一人：……；第三人：……。"""
    ordinal = _ORDINAL.search(plain)
    if ordinal is None:
        return None
    labels = [(parse_numeral(m["n"]), m.start()) for m in _LABELLED.finditer(plain)]
    wanted = parse_numeral(ordinal["n"])
    for at, (number, start) in enumerate(labels):
        if number == wanted:
            return start, labels[at + 1][1] if at + 1 < len(labels) else len(plain)
    return None


def _called(name: str | None) -> str | None:
    """老屈, 小屈 and 屈某 are one person of a description."""
    if name is None or len(name) != 2 or name[0] not in "小老":
        return name
    return f"{name[1]}某"


def _spoken(text: Description) -> set[int]:
    """Pieces that are somebody's own words (她说：我……): the 我 in them is who speaks, not who writes."""
    told: set[int] = set()
    for before, piece in pairwise(text.pieces):
        goes_on = before.start in told and before.sentence == piece.sentence
        if goes_on or _SPEAKS.search(before.text):
            told.add(piece.start)
    return told


def _resolved(mention: Mentioned, named: bool, spoken: bool) -> Mentioned | None:
    """本人 is who writes, or nobody new where somebody is named; 我 in somebody's words is nobody new either."""
    if mention.who == "我" and spoken:
        return None
    if mention.who != _OWN:
        return mention
    return None if named else replace(mention, who="我")


def _given(plain: str) -> tuple[str, ...]:
    """Full names where there are several: one alone is the person the case is about anyway."""
    names = tuple(dict.fromkeys(match["name"] for match in _GIVEN.finditer(plain)))
    return names if len(names) > 1 else ()


def _mentions(piece: Piece, given: tuple[str, ...]) -> Iterator[Mentioned]:
    for name in given:
        for at in (m.start() for m in re.finditer(re.escape(name), piece.text)):
            subject = not _OBJECT.search(piece.text[:at])
            yield Mentioned(name, piece.start + at, piece.start + at + len(name), subject)
    for match in _PERSON.finditer(piece.text):
        if match["pronoun"]:
            continue
        other = _ANOTHER if match.group().startswith(("另", "其他", "其余")) else "他人"
        who = _called(match["name"]) or ("我" if match["self"] else _OWN if match["own"] else other)
        before = piece.text[: match.start()]
        leads = before in {"", "但", "而", "其中", "可", "据", "因", "说", "称"} or before.endswith("的")
        subject = not _OBJECT.search(before) and (who not in {"他人", _ANOTHER} or leads)
        yield Mentioned(who, piece.start + match.start(), piece.start + match.end(), subject)
