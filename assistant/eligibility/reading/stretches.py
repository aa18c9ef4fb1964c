"""Stretches of service a description speaks of: since when, until when, or how long, and in which post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.case import Amount, Day
from assistant.eligibility.deriving import years_between
from assistant.eligibility.reading.choices import PAST, PRESENT, Named
from assistant.eligibility.reading.dates import DateFound, dates
from assistant.eligibility.reading.durations import lengths
from assistant.eligibility.reading.text import Description, Piece
from assistant.errors import WrongOrder
from knowledge.numerals import NUMERAL, parse_numeral

_APPOINTED = re.compile(
    r"(?:(?<![主责信离卸胜前])任(?!务|何|免|期|性|由|凭|意|职年限|职条件)|担任|出任|提任|调任|转任|升任|接任|就任"
    r"|到任|上任|任命|当选|选为|提拔|提为|提成|提到|升成|升到|当上|当了?|做了?|履新|走上|走马|主持|接手|接过|接了"
    r"|现职|现岗|上岗|的任|主政|提的|提了|转到|调到|调来|调至|来到|进班子|干到|干起|起步|算起|到岗|报到|就坐|坐这"
    r"|坐上|落款)"
)
_STAYED = re.compile(r"没动|没挪|没换|未动|未交流|到现在|至今|一直")
_NOT_SERVICE = re.compile(
    r"^[^，,。；;]{0,4}?(?:出生|生(?!产|态)|参加工作|入党|毕业|参军|入伍|退休|考入|考上|考录|结婚|加入|转正|退伍"
    r"|招录|入职|(?:就|已|已经|正好|刚好)?(?:是|满|整)(?!由|从)|进(?:入)?(?:机关|单位|系统|局|部队)|受(?:到"
    r"|过)?处分|被(?:处分|举报|免)|[^，,。；;]{0,4}(?:抽调|借调|挂职|考核|获|被?评|培训|学习|驻村|因|参加|牵头"
    r"|负责|完成|组织|申报|开展|实施|推进|发生|机构改革|研究(?!任|决定任|提任|任命)|讨论(?!任|决定任)|召开|部署"
    r"|考察|印发|出台|启动|公示|轮岗|换届))"
)
_UNTIL_NOW = re.compile(r"^\s*(?:起|以来|开始)?\s*(?:至|到|直到|直至|-|~)+\s*(?:今|现在|目前|如今|眼下|这会儿)")
_UNTIL = re.compile(r"^\s*(?:起|开始)?\s*(?:至|到|直到|直至|-|~)+\s*$")
_OPEN_DASH = re.compile(r"^\s*(?:-|~)+\s*(?=[^\d\s])")
_LABEL = re.compile(
    r"(?:任现职(?:的)?时间|任现职(?:的)?起始|任职时间|现职任职时间|任职起始|任现职|到岗时间|到任时间|任免文号"
    r"|任职文件落款|文件落款|落款时间|任命书日期)[^，,。；;\d]{0,8}$"
)
_SERVED_BEFORE = re.compile(
    r"(?:任|担任|当|干|做|待|呆|坐|蹲|守|熬|耗|扎|任职|现职|岗|岗位|职位|位子|位置|职务|在岗|连续|主政|履职|没动"
    r"|未动|没挪|没换|未交流|没交流|主持|分管|原地|管了?|同一个?(?:岗|职|地|单)|任期|位上|副职|正职|一把手|书记"
    r"|局长|主任|科长|股长|镇长|乡长)[^，,。；;]{0,16}$"
)
_SERVED_AFTER = re.compile(
    r"^\s*(?:了|的|都|就|时间|下来|过去了|过)*\s*(?:没|未|一直)?(?:动|挪|换|交流|轮岗|调整|岗位|职务|任职|局长"
    r"|副局长|的?任|副职|正职|科长|主任|股长|在(?:现|同一|这)|老)"
)
_NOT_LENGTH_BEFORE = re.compile(
    r"(?:参加工作|工作经[历验]|从警|从教|从医|参军|党龄|工龄|教龄|军龄|入党|最近|过去|今后|未来|影响期|处分期?"
    r"|有效期|试用期|服务期|年龄|距|离(?:退休|法定)|还有|再过|再干|合同|学制|规定|要求|不得少于|提前|相差|晚了?"
    r"|早了?|推迟|延长|基层(?:工作|锻炼)|机关工作|在(?:乡镇|企业|部队|学校|国企|村里?)(?:干|工作|待|呆)?(?:了"
    r"|过)?|连续(?=[^，,]{0,6}(?:考核|优秀|获)))[^，,。；;]{0,6}$"
)
_NOT_LENGTH_AFTER = re.compile(
    r"^\s*(?:内|之内|以?来(?:(?!.{0,12}(?:任|岗|职|没动))|考核)|前|之前|期(?!间没动)|规划|计划|处分|影响期|党龄"
    r"|工龄|教龄|工作经|基层|龄|考核|优秀|年度|一(?:次|届|轮|换|动)|制|的?(?:党|工)龄|多?前)"
)
_WORKED_ONLY = re.compile(r"工作(?:了|已经?|满|过)*$")
_AS_OF = re.compile(r"(?:截至|截止|截止到|到|至)\s*$")
_CONFIRMED_POST = re.compile(r"现职|现岗|现任职")
_OF_SEVERAL = re.compile(r"(?:均|都|分别)(?:为|是|系|于|在|自)?$")
_SHORT = 2
_AHEAD = re.compile(
    r"(?:到|等到?|待到?)?(?:明年|后年|下个?月|今年底|年底)[^，,。；;]{0,10}$|再过[^，,。；;]*$|届时[^，,。；;]*$"
    r"|(?:将|即将|就要)满?$"
)
_COUNTED_UP = re.compile(r"累计|加起来|合计|总共|一共|共计|前后|加在一起|算上|通算|合起来|加上")
_YEAR_NUMBER = re.compile(rf"第\s*(?P<n>{NUMERAL})\s*个?年头?(?!度)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch: `start` and `end` as days, or `length` in years; `title` is the post named with it.

    `past` and `present` say whether the words mark it so; `counted_up` that several posts are added together.
    """

    begin: int
    stop: int
    start: Day | None = None
    end: Day | None = None
    length: Amount | None = None
    title: Named | None = None
    past: bool = False
    present: bool = False
    counted_up: bool = False

    @property
    def closed(self) -> bool:
        return self.end is not None


def stretches(text: Description, titles: Sequence[Named], as_of: date) -> list[Stretch]:
    """Every stretch of service in reading order; raises WrongOrder for one that ends before it begins."""
    found = [*_dated(text, titles, as_of), *_long(text, titles, as_of)]
    return sorted(found, key=lambda one: one.begin)


def _dated(text: Description, titles: Sequence[Named], as_of: date) -> Iterator[Stretch]:
    every = list(dates(text.plain, as_of))
    used: set[int] = set()
    for at, one in enumerate(every):
        if at in used:
            continue
        piece = text.piece_at(one.start)
        after = text.plain[one.end : one.end + 40]
        following = every[at + 1] if at + 1 < len(every) else None
        if following is not None and _UNTIL.match(text.plain[one.end : following.start]):
            used.add(at + 1)
            if following.day.last < one.day.first:
                raise WrongOrder(text.quote(one.start, following.end).text)
            yield from _range(text, titles, one, following, as_of)
            continue
        if _NOT_SERVICE.match(after) or _AS_OF.search(text.plain[max(0, one.start - 4) : one.start]):
            continue
        limit = following.start if following is not None else len(text.plain)
        until_now = _UNTIL_NOW.match(after)
        dash = _OPEN_DASH.match(after)
        near = text.plain[one.end : min(limit, _sentence_stop(text, piece), one.end + 36)]
        verb = _APPOINTED.search(near) or _STAYED.search(near)
        own = text.plain[one.end : piece.end].strip(" ，,。；;")
        if verb and verb.start() >= piece.end - one.end and len(own) > _SHORT:
            verb = None  # 2023年机构名称微调，……连续任职
        label = _LABEL.search(text.plain[max(0, one.start - 16) : one.start])
        title = _title(titles, one.end, min(limit, _told_until(text, one.end, verb)), text, piece)
        if not (label or verb or until_now or (dash and title)):
            continue
        if not _CONFIRMED_POST.search(near):
            title = title or _earlier_title(titles, text, piece, one.start)
        if verb and verb.group() == "任" and not (title or until_now or _CONFIRMED_POST.search(near)):
            continue
        stop = max(one.end, title.end if title and title.start > one.end else one.end + (verb.end() if verb else 0))
        before = text.plain[max(piece.start, one.start - 12) : one.start]
        if _OF_SEVERAL.search(before):
            continue
        past = bool(re.search(r"(?:曾|原|此前|之前|历任|先后)[^，,。；;]{0,6}$", before))
        present = bool(until_now or label or re.search(r"至今|到现在|一直|没动|没挪|未动|现职|现任", near))
        yield Stretch(one.start, min(stop, len(text.plain)), one.day, None, None, title, past, present)


def _range(
    text: Description, titles: Sequence[Named], one: DateFound, until: DateFound, as_of: date
) -> Iterator[Stretch]:
    piece = text.piece_at(until.start)
    title = _title(titles, until.end, until.end + 30, text, piece) or _earlier_title(titles, text, piece, one.start)
    if title is not None or re.search(r"任|岗|职", text.plain[until.end : until.end + 16]):
        ends = None if until.day.first > as_of or (until.day.first <= as_of <= until.day.last) else until.day
        stop = title.end if title and title.start >= until.end else until.end
        yield Stretch(one.start, stop, one.day, ends, None, title, past=ends is not None, present=ends is None)


def _long(text: Description, titles: Sequence[Named], as_of: date) -> Iterator[Stretch]:
    for piece in text.pieces:
        since = _counted_to(piece.text, as_of)
        for found in lengths(piece.text):
            before, after = piece.text[: found.start], piece.text[found.end :]
            lead = before if before.strip(" 已经也都就") else _previous(text, piece) + before
            served = _SERVED_BEFORE.search(lead) or _SERVED_AFTER.match(after)
            if _AHEAD.search(lead):
                continue
            alone = _alone(text, piece, found.start, found.end, titles)
            if not (served or alone) or _NOT_LENGTH_BEFORE.search(before) or _NOT_LENGTH_AFTER.match(after):
                continue
            begin, stop = piece.start + found.start, piece.start + found.end
            title = _nearest(titles, text, piece, begin, stop)
            if _WORKED_ONLY.search(before) and (title is None or not re.search(r"岗|位|职|任", before)):
                continue
            yield _stretch(text, piece, begin, stop, _later(found.years, since), title)
        for number in _YEAR_NUMBER.finditer(piece.text):
            years = parse_numeral(number["n"])
            if years < 60:
                begin, stop = piece.start + number.start(), piece.start + number.end()
                title = _nearest(titles, text, piece, begin, stop)
                yield _stretch(text, piece, begin, stop, Amount(years - 1, years, below=True), title)


def _alone(text: Description, piece: Piece, start: int, end: int, titles: Sequence[Named]) -> bool:
    """Whether a piece is nothing but a length, in a sentence that names a post: 刚满8年，县委党校副校长."""
    rest = (piece.text[:start] + piece.text[end:]).strip(" 了。；;已经也")
    low, stop = text.sentence_of(piece)[0].start, _sentence_stop(text, piece)
    return not rest and any(low <= one.start < stop for one in titles)


def _counted_to(piece: str, as_of: date) -> float:
    """Years from the day a length is counted to (截至2023年12月1日) to the day of the check."""
    for found in dates(piece, as_of):
        if re.search(r"截(?:至|止到?)\s*$", piece[: found.start]) and found.day.last < as_of:
            return years_between(found.day.first, as_of)
    return 0.0


def _later(years: Amount, by: float) -> Amount:
    return Amount(years.low + by, years.high + by, years.below) if by else years


def _stretch(text: Description, piece: Piece, begin: int, stop: int, years: Amount, title: Named | None) -> Stretch:
    before, after = piece.text[: begin - piece.start], piece.text[stop - piece.start :]
    past = bool(PAST.search(before)) or bool(
        re.match(r"^[^，,。；;]{0,6}?(?:后|之后)(?:才|又|就)?(?:任|提|转|调|到|升)", after)
    )
    sentence = "".join(one.text for one in text.sentence_of(piece))
    present = bool(PRESENT.search(before) or PRESENT.search(after))
    counted_up = bool(_COUNTED_UP.search(before[-24:]) or _COUNTED_UP.search(after[:8])) or (
        bool(_COUNTED_UP.search(sentence)) and bool(re.search(r"副职|正职", piece.text)) and "连续" not in before
    )
    return Stretch(begin, stop, None, None, years, title, past, present, counted_up)


def _previous(text: Description, piece: Piece) -> str:
    """The piece before in the same sentence."""
    before = [one for one in text.sentence_of(piece) if one.start < piece.start]
    return before[-1].text if before else ""


def _sentence_stop(text: Description, piece: Piece) -> int:
    return text.sentence_of(piece)[-1].end


def _title(titles: Sequence[Named], low: int, high: int, text: Description, piece: Piece) -> Named | None:
    """The first post named from `low` to `high` in the same sentence."""
    stop = min(high, _sentence_stop(text, piece))
    return next((one for one in titles if low <= one.start < stop and not _came_from(one, text)), None)


def _came_from(title: Named, text: Description) -> bool:
    """Whether it is the post somebody came from: 从科员提成股长."""
    piece = text.piece_at(title.start)
    return PAST.search(piece.text[: title.start - piece.start]) is not None


def _told_until(text: Description, at: int, verb: re.Match[str] | None) -> int:
    """Where the words about an appointment end: the piece of its verb."""
    return text.piece_at(at + verb.start() if verb else at).end


def _earlier_title(titles: Sequence[Named], text: Description, piece: Piece, before: int) -> Named | None:
    """The last post named before in the same sentence, else the only one the whole description names."""
    low = text.sentence_of(piece)[0].start
    own = [one for one in titles if low <= one.start and one.end <= before]
    if own:
        return own[-1]
    now = [one for one in titles if not _came_from(one, text)]
    return now[0] if len({one.value for one in now}) == 1 else None


def _nearest(titles: Sequence[Named], text: Description, piece: Piece, begin: int, stop: int) -> Named | None:
    """The post a length goes with: in its own piece, else before it, else right after it."""
    own = [one for one in titles if piece.start <= one.start < piece.end]
    if own:
        return min(own, key=lambda one: min(abs(begin - one.end), abs(one.start - stop)))
    earlier = _earlier_title(titles, text, piece, begin)
    return earlier or _title(titles, stop, stop + 30, text, piece)
