"""How long somebody has been in the present post: out of all stretches of service, the one that still lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.eligibility.case import Amount, Day, Value
from assistant.eligibility.deriving import years_since
from assistant.eligibility.reading.language.description import Description, disagreeing
from assistant.eligibility.reading.service.stretches import Stretch, stretches
from assistant.eligibility.reading.stated.choices import PAST, POST_KIND, Named, options_named
from assistant.eligibility.reading.stated.mention import DISAGREE, Mention
from assistant.eligibility.reading.voice.hearing import Force, Hearing
from assistant.eligibility.reading.voice.people import People
from assistant.errors import FactAhead
from knowledge.facts import FactKind

POST_START, YEARS_IN_POST, YEARS_AS_DEPUTY = "post_start", "years_in_post", "years_as_deputy"
_DEPUTY = "单位副职"
_INTERRUPTED = "任职中间有中断或离岗，连续年限怎样计算，原文未载明"
_BARE_TITLE = 3
_VERB = re.compile(r"任|为|在|是|当|到|至|由")
_FIRST = re.compile(
    r"(?:没|未|从未|没有|不曾)(?:当|任|做|担任)过?(?:别的|其他|任何)?副职|(?:首次|第一次|头一回|头一次)(?:任|当"
    r"|做|担任|提任)(?:副|领导)"
    r"|(?:之前|此前|以前|先前|原先|再往前|更早)(?:他|她|我)?(?:一直)?(?:是|为|任|当|做)[^，,。；;]{0,10}(?:科员|干事|办事员|一般干部|普通干部"
    r"|股长|科长|教师|老师|村官|选调生|战士)"
    r"|从[^，,。；;]{0,12}(?:镇|乡|街道|村|校|企业|部队|股|科员)[^，,。；;]{0,8}(?:提|调|选|考|转|升)"
)
_RANGE_BEFORE = re.compile(r"\d{4}年?[\d.月]*\s*(?:至|到|-|~)+\s*(?:19|20)\d\d[年.\d月]*[^，,。；;]{0,16}$")
_BREAK = re.compile(
    r"(?:19|20)\d\d年[^。；;，,]{0,10}?被?(?:借调|抽调|借到|抽到|跟班|挂职|派驻|派去|派往|派到|下派|援[藏疆青]|脱产)"
    r"(?![^。]*(?:未变|没变|不变|未离开|未动|没动|\d+天))"
    r"|(?:其间|其中|期间|中间|中途|当中|这期间|之间|任上|任职期间)[^。；;]{0,28}?(?:挂职|借调|抽调|脱产|驻村"
    r"|援[藏疆青]|离开|调离|离岗|病休|停职|外派|跟班|支教|免职|去[^，,。；;]{0,10}(?:学习|锻炼)|空(?:了|档)"
    r"|断(?:了|过))"
    r"|(?:调走|调离|离开|免职)[^。；;]{0,20}?(?:又|再|重新)(?:回来|回到|回任|调回|任)(?![^。；;]{0,12}(?:起算|\d{4}))"
)


def tenure(
    kinds: Mapping[str, FactKind], text: Description, hearing: Hearing, people: People, as_of: date
) -> tuple[list[Mention], dict[str, Named]]:
    """Mentions of the start of the present post, of the years in it, and of years as a deputy in several posts.

    With them the present post itself, where the times of service tell it from earlier ones.

    Raises FactAhead for a start after the day of the check, WrongOrder for a stretch that ends before it begins.
    """
    if not {POST_KIND, POST_START, YEARS_IN_POST} <= kinds.keys():
        return [], {}
    titles = options_named(kinds[POST_KIND], text.plain)
    own = [one for one in stretches(text, titles, as_of) if _counts(one, hearing, people)]
    own = [one for one in own if not _ahead(one, text, as_of)]
    made: list[Mention] = []
    current = _current([one for one in own if not one.counted_up], text)
    note = _doubtful(text, people, current)
    if YEARS_AS_DEPUTY in kinds:
        deputy = list(_as_deputy(own, text, as_of)) or list(_only_here(current, titles, text, people, as_of))
        made += [replace(mention, note=note) for mention in deputy]
    if not current:
        return made, {}
    made += _in_post(current, text, as_of, note)
    title = current[-1].title if current[-1].start is not None or current[-1].present else None
    return made, {POST_KIND: title} if title is not None else {}


def _doubtful(text: Description, people: People, current: Sequence[Stretch]) -> str | None:
    """Why no length of service can be relied on: it was interrupted, or the papers do not agree.

    An interruption told before the beginning of the present post lies before it.
    """
    begun = max((one.begin for one in current if one.start is not None), default=-1)
    for match in _BREAK.finditer(text.plain):
        own = people.is_principal(match.start(), match.end()) and not re.search(r"[未没无不]", match.group())
        if own and match.start() > begun:
            return _INTERRUPTED
    return DISAGREE if disagreeing(text) else None


def _counts(one: Stretch, hearing: Hearing, people: People) -> bool:
    if not people.is_principal(one.begin, one.stop):
        return False
    force = hearing.assertion(one.begin, one.begin).force
    return force not in {Force.SUPPOSED, Force.ALLEGED} and not (force is Force.ASKED and one.length is not None)


def _ahead(one: Stretch, text: Description, as_of: date) -> bool:
    if one.start is not None and one.start.first > as_of:
        raise FactAhead(text.quote(one.begin, one.stop).text, as_of)
    return False


def _current(own: Sequence[Stretch], text: Description) -> list[Stretch]:
    """What speaks of the present post: that marked so; else what is neither past nor ended; the latest begun."""
    open_ = [one for one in own if not one.past and not one.closed]
    if not open_:
        return []
    marked = [one for one in open_ if one.present]
    dated = [one for one in open_ if one.start is not None]
    lengths = [one for one in open_ if one.length is not None]
    latest = _latest(dated, text)
    if latest:
        post = latest[-1].title
        with_it = [one for one in lengths if one.present and _same_post(one.title, post)]
        return latest + with_it
    if len(lengths) > 1:
        lengths = [one for one in lengths if one in marked] or _last_post(lengths)
    return lengths


def _latest(dated: Sequence[Stretch], text: Description) -> list[Stretch]:
    """The stretch begun last, with others that give the same post another beginning: a contradiction."""
    if not dated:
        return []
    last = max(dated, key=lambda one: (one.start.first if one.start else date.min, one.begin))
    same = [one for one in dated if one is not last and _same_words(one.title, last.title, text)]
    return [*same, last]


def _last_post(lengths: Sequence[Stretch]) -> list[Stretch]:
    """Those of the post named last."""
    last = lengths[-1]
    return [one for one in lengths if _same_post(one.title, last.title)]


def _same_post(one: Named | None, other: Named | None) -> bool:
    return one is None or other is None or one.value == other.value


def _same_words(one: Named | None, other: Named | None, text: Description) -> bool:
    """Whether two mentions name one post in the same words, unit and all (任县科协主席)."""
    if one is None or other is None:
        return False
    named, again = _post_words(one, text), _post_words(other, text)
    return named == again and (one.start != other.start or len(named) > _BARE_TITLE)


def _post_words(title: Named, text: Description) -> str:
    """The post with the unit before it, as far as its piece and the verb go."""
    piece = text.piece_at(title.start)
    return _VERB.split(piece.text[: title.end - piece.start])[-1]


def _in_post(current: Sequence[Stretch], text: Description, as_of: date, note: str | None) -> Iterator[Mention]:
    starts = [one for one in current if one.start is not None]
    lengths = [one for one in current if one.length is not None]
    clash = any(not _agree(s.start, n.length, as_of) for s in starts for n in lengths if s.start and n.length)
    if clash:
        for one in current:
            value: Value | None = one.length if one.start is None else years_since(one.start, as_of)
            yield Mention(YEARS_IN_POST, value, text.quote(one.begin, one.stop), Force.STATED)
        return
    for one in starts:
        yield Mention(POST_START, one.start, text.quote(one.begin, one.stop), Force.STATED, note)
    if not starts:
        merged = _merged([one.length for one in lengths if one.length is not None])
        for one in lengths:
            yield Mention(YEARS_IN_POST, merged or one.length, text.quote(one.begin, one.stop), Force.STATED, note)
    elif note is not None:
        for one in starts:
            yield Mention(YEARS_IN_POST, None, text.quote(one.begin, one.stop), Force.STATED, note)


def _merged(amounts: Sequence[Amount]) -> Amount | None:
    """What several statements of one length have in common (十多年 and 12年); None when nothing."""
    low, high = max(one.low for one in amounts), min(one.high for one in amounts)
    if low > high:
        return None
    return Amount(low, high, any(one.below for one in amounts if one.high == high))


def _agree(start: Day | None, length: Amount | None, as_of: date) -> bool:
    """Whether a stated length fits a stated beginning, give or take a year's rounding."""
    counted = None if start is None else years_since(start, as_of)
    if counted is None or length is None:
        return True
    return counted.low - 1 < length.high and length.low - 1 < counted.high


def _only_here(
    current: Sequence[Stretch], titles: Sequence[Named], text: Description, people: People, as_of: date
) -> Iterator[Mention]:
    """Whoever came from a post that is no deputy's of a county organ has been a deputy as long as in this post."""
    if not current or (current[-1].title is not None and current[-1].title.value != _DEPUTY):
        return
    first = _FIRST.search(text.plain)
    before = [one for one in titles if _came_from(one, text) and people.is_principal(one.start, one.end)]
    if first is None and (not before or any(one.value == _DEPUTY and not _in_township(one, text) for one in before)):
        return
    one = current[-1]
    years = one.length if one.start is None else years_since(one.start, as_of)
    if years is not None:
        yield Mention(YEARS_AS_DEPUTY, years, text.quote(one.begin, one.stop), Force.STATED)


def _came_from(title: Named, text: Description) -> bool:
    piece = text.piece_at(title.start)
    before = text.plain[max(0, title.start - 24) : title.start]
    return PAST.search(piece.text[: title.start - piece.start]) is not None or bool(_RANGE_BEFORE.search(before))


def _in_township(title: Named, text: Description) -> bool:
    return bool(re.search(r"[镇乡]|街道", text.plain[max(0, title.start - 8) : title.end]))


def _as_deputy(own: Sequence[Stretch], text: Description, as_of: date) -> Iterator[Mention]:
    """Years as a deputy over several posts: said in one figure, or added up from the posts one after the other."""
    said = [one for one in own if one.counted_up and one.length is not None]
    for one in said:
        if one.title is None or one.title.value == _DEPUTY:
            yield Mention(YEARS_AS_DEPUTY, one.length, text.quote(one.begin, one.stop), Force.STATED)
    if said:
        return
    deputy = [one for one in own if one.title is not None and one.title.value == _DEPUTY]
    deputy = [one for one in deputy if one.title and not _in_township(one.title, text)]
    lengths = [one for one in deputy if one.length is not None]
    dated = [one for one in deputy if one.start is not None]
    posts = {_post_words(one.title, text) for one in lengths if one.title}
    if len(posts) > 1 and not dated:
        low = sum(one.length.low for one in lengths if one.length)
        high = sum(one.length.high for one in lengths if one.length)
        for one in lengths:
            yield Mention(YEARS_AS_DEPUTY, Amount(low, high, below=True), text.quote(one.begin, one.stop), Force.STATED)
    elif len(dated) > 1:
        first = min(dated, key=lambda one: one.start.first if one.start else as_of)
        years = None if first.start is None else years_since(first.start, as_of)
        if years is not None:
            yield Mention(YEARS_AS_DEPUTY, years, text.quote(first.begin, first.stop), Force.STATED)
