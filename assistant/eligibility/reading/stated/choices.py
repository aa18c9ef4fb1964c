"""Facts that are one of several: which option the words name, and whether it is the present one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.eligibility.reading.language.description import Description, Piece
from assistant.eligibility.reading.language.phrases import found
from assistant.eligibility.reading.stated.mention import Mention
from assistant.eligibility.reading.voice.hearing import Force, Hearing
from assistant.eligibility.reading.voice.people import People
from knowledge.facts import FactKind, FactType

POST_KIND = "post_kind"
PAST = re.compile(
    r"(?:曾(?!某|.?某|同志)经?|历任|先后|原先|原(?!则|因|来|本|有|单位|岗|地|局(?!长)|职)|此前|之前|以前|早年"
    r"|先(?!进|行)|前任|最早|最初|起初|一开始|参加工作|毕业后?|由|从(?![^，,。；;]{0,16}(?:提|升|转|调"
    r"|任)))[^，,。；;提升转调]{0,24}$"
)
_PAST_AFTER = re.compile(r"^[^，,。；;]{0,10}?(?:期间|时期|任上|[—-]\s*(?:19|20)\d\d(?![^，,。；;]{0,8}(?:今|现在)))")
PRESENT = re.compile(
    r"现(?:任|为|在|职|岗|担任)|至今|到现在|目前|如今|眼下|一直|(?:仍|还)(?:在|是|任)|没动|没挪|未动|这个|本岗|同一"
)
_SPEAKS = re.compile(r"(?:反映|说|称(?!职)|认为|要求|建议|表示|批评|找他|找我|同意|提出|推荐)")
_POST_FIELD = re.compile(r"(?:现?任?职务|岗位|现职)$")
_PUT = re.compile(r"(?:请|想|要|来|特)?(?:问|咨询|请示)")
_REVERSED = re.compile("[不没未非]")
_MOVED_ON = re.compile(r"(?:后来|之后|随后|其后|再后来|后[调转任提升又到]|再(?:调|转|任|提|升))")
_LATER = re.compile(
    r"(?:拟|将|准备|打算|想|要|可以|能|能否|是否|推荐|提名|建议)(?:任|提|升|提拔|提任|担任|当|为)?[^，,。；;]{0,6}$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """An option named in the text."""

    value: str
    start: int
    end: int


def options_named(kind: FactKind, plain: str) -> list[Named]:
    """Every place where an option is named, in reading order; of overlapping ones that with most
    words of its own stands."""
    spans = [
        (span.end - span.start - len(span.gaps), Named(option.value, span.start, span.end))
        for option in kind.options
        for span in found(option.says or (option.value,), plain, (*option.unless, *kind.unless))
        if not _REVERSED.search(span.gaps)
    ]
    kept: list[Named] = []
    for _, one in sorted(spans, key=lambda pair: (-pair[0], pair[1].start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def choices(
    kinds: Iterable[FactKind],
    text: Description,
    hearing: Hearing,
    people: People,
    present: Mapping[str, Named],
) -> Iterator[Mention]:
    """Mentions of every choice; of a person's posts the one in `present`, known from the times of service, counts."""
    made = {
        kind.name: _present(list(_of(kind, text, hearing, people)), present.get(kind.name))
        for kind in kinds
        if kind.type is FactType.CHOICE
    }
    posts = [text.position(mention.quote.start) for mention in made.get(POST_KIND, ())]
    for name, mentions in made.items():
        yield from mentions if name == POST_KIND else _beside(mentions, posts, text)


def _beside(mentions: list[Mention], posts: Sequence[int], text: Description) -> list[Mention]:
    """Of several units or ranks that are named the one beside the present post."""
    if len({mention.value for mention in mentions}) < 2:
        return mentions
    near = {text.piece_at(post).start for post in posts}
    return [one for one in mentions if text.piece_at(text.position(one.quote.start)).start in near] or mentions


_OR = re.compile(r"[^，,。；;]{0,4}还是(?=[^，,。；;]{2})")
_OR_BEFORE = re.compile(r"(?:是|属于?|算)[^，,。；;]{2,14}还是[^，,。；;]{0,4}$")
"""One of two that are named as alternatives (是单位班子成员还是股室的头) is not stated."""


@dataclass(frozen=True, slots=True)
class _Seen:
    mention: Mention
    past: bool
    present: bool


def _of(kind: FactKind, text: Description, hearing: Hearing, people: People) -> Iterator[_Seen]:
    for named in options_named(kind, text.plain):
        if kind.about_person and not people.is_principal(named.start, named.end):
            continue
        piece = text.piece_at(named.start)
        before, after = piece.text[: named.start - piece.start], piece.text[named.end - piece.start :]
        assertion = hearing.assertion(named.start, named.end)
        if assertion.denied or _LATER.search(before):
            continue
        if _PUT.match(piece.text):
            assertion = replace(assertion, force=min(assertion.force, Force.ASKED))
        past = bool(PAST.search(before) or _PAST_AFTER.search(after)) or _left(text, piece)
        if _SPEAKS.match(after) or _OR.match(after) or _OR_BEFORE.search(before):
            continue
        present = bool(PRESENT.search(before) or PRESENT.search(after)) or _in_field(text, piece)
        yield _Seen(Mention(kind.name, named.value, text.quote(named.start, named.end), assertion.force), past, present)


def _in_field(text: Description, piece: Piece) -> bool:
    """Whether it stands in a field of a form that gives the present post (职务：……)."""
    before = [one for one in text.sentence_of(piece) if one.end < piece.start]
    return bool(before) and _POST_FIELD.search(before[-1].text) is not None


def _left(text: Description, piece: Piece) -> bool:
    """Whether the sentence goes on to tell of a later post: 在乡镇干了10年，后来调县直任副局长."""
    return any(one.start > piece.start and _MOVED_ON.match(one.text) for one in text.sentence_of(piece))


def _present(seen: list[_Seen], known: Named | None) -> list[Mention]:
    """Those of the present where any is; past ones only where nothing else is said.

    A post is stated by the question that names it (副局长满10年要不要轮岗) unless another one is stated beside it.
    """
    stated = [one for one in seen if one.mention.force >= Force.STATED]
    if not stated:
        asked = [one for one in seen if one.mention.force is Force.ASKED]
        stated = [replace(one, mention=replace(one.mention, force=Force.STATED)) for one in asked] or seen
    now = [one for one in stated if not one.past] or stated
    now = [one for one in now if one.mention.quote.text.strip("（）()") == one.mention.value] or now
    if known is not None and len({one.mention.value for one in now}) > 1:
        return [one.mention for one in now if one.mention.value == known.value]
    if len({one.mention.value for one in now}) > 1:
        now = [one for one in now if one.present] or now
    return [one.mention for one in now]
