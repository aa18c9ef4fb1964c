"""Stretches of service a description speaks of: since when, until when, or how long, and in which post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.case import Amount, Day
from assistant.eligibility.deriving import years_between
from assistant.eligibility.reading.language.dates import DateFound, dates
from assistant.eligibility.reading.language.description import Description, Piece
from assistant.eligibility.reading.language.durations import lengths, wanting
from assistant.eligibility.reading.service import markers
from assistant.eligibility.reading.stated.choices import PAST, PRESENT, Named
from assistant.errors import WrongOrder
from knowledge.numerals import parse_numeral


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


_ENTRY = re.compile(r"[\s·•*]*(?:19|20)\d\d\s*[./-]\s*\d{1,2}(?:\s*[./-]\s*\d{1,2})?")
"""A date as résumés give it, at the beginning of its entry (2008.10 副局长)."""


def _dated(text: Description, titles: Sequence[Named], as_of: date) -> Iterator[Stretch]:
    every = list(dates(text.plain, as_of))
    used: set[int] = set()
    for at, one in enumerate(every):
        if at in used:
            continue
        piece = text.piece_at(one.start)
        after = text.plain[one.end : one.end + 40]
        following = every[at + 1] if at + 1 < len(every) else None
        if following is not None and markers.UNTIL.match(text.plain[one.end : following.start]):
            used.add(at + 1)
            if following.day.last < one.day.first:
                raise WrongOrder(text.quote(one.start, following.end).text)
            yield from _range(text, titles, one, following, as_of)
            continue
        limit = following.start if following is not None else len(text.plain)
        until_now = markers.UNTIL_NOW.match(after)
        dash = markers.OPEN_DASH.match(after)
        near = text.plain[one.end : min(limit, _sentence_stop(text, piece), one.end + 36)]
        verb = markers.APPOINTED.search(near) or markers.STAYED.search(near)
        own = text.plain[one.end : piece.end].strip(" ，,。；;\n")
        if verb and verb.start() >= piece.end - one.end and len(own) > markers.SHORT:
            verb = None  # 2023年机构名称微调，……连续任职
        label = markers.LABEL.search(text.plain[max(0, one.start - 16) : one.start]) or (
            markers.COLUMN.search(text.plain) if not own and piece.start == one.start else None
        )
        if not label and _no_service(text, one.start, after):
            continue
        title = _title(titles, one.end, min(limit, _told_until(text, one.end, verb)), text, piece)
        entry = title is not None and title.start < piece.end and _ENTRY.fullmatch(text.plain[piece.start : one.end])
        if not (label or verb or until_now or entry or (dash and title)):
            continue
        if not markers.CONFIRMED_POST.search(near):
            title = title or _earlier_title(titles, text, piece, one.start)
        if verb and verb.group() == "任" and not (title or until_now or markers.CONFIRMED_POST.search(near)):
            continue
        stop = max(one.end, title.end if title and title.start > one.end else one.end + (verb.end() if verb else 0))
        before = text.plain[max(piece.start, one.start - 12) : one.start]
        if markers.OF_SEVERAL.search(before):
            continue
        past = bool(re.search(r"(?:曾|原|此前|之前|历任|先后)[^，,。；;]{0,6}$", before))
        present = bool(until_now or label or re.search(r"至今|到现在|一直|没动|没挪|未动|现职|现任", near))
        yield Stretch(one.start, min(stop, len(text.plain)), one.day, None, None, title, past, present)


def _no_service(text: Description, start: int, after: str) -> bool:
    """Whether a date is one of birth, of joining, of an event, or only that to which something is counted."""
    counted_to = markers.AS_OF.search(text.plain[max(0, start - 4) : start])
    return markers.NOT_SERVICE.match(after) is not None or counted_to is not None


def _range(
    text: Description, titles: Sequence[Named], one: DateFound, until: DateFound, as_of: date
) -> Iterator[Stretch]:
    piece = text.piece_at(until.start)
    title = _title(titles, until.end, until.end + 30, text, piece) or _earlier_title(titles, text, piece, one.start)
    if title is not None or re.search(r"任|岗|职", text.plain[until.end : until.end + 16]):
        ends = None if until.day.first > as_of or (until.day.first <= as_of <= until.day.last) else until.day
        stop = title.end if title and title.start >= until.end else until.end
        yield Stretch(one.start, stop, one.day, ends, None, title, past=ends is not None, present=ends is None)


_LEAD_IN = 8
"""Characters: a length so near the beginning of its piece goes with the piece before (当股长，掰着指头数都七年了)."""


def _long(text: Description, titles: Sequence[Named], as_of: date) -> Iterator[Stretch]:
    for piece in text.pieces:
        since = _counted_to(piece.text, as_of)
        for found in lengths(piece.text):
            before, after = piece.text[: found.start], piece.text[found.end :]
            lead = before if len(before) > _LEAD_IN else _previous(text, piece) + before
            served = markers.SERVED_BEFORE.search(lead) or markers.SERVED_AFTER.match(after)
            if markers.AHEAD.search(lead) or markers.SOON.search(_previous(text, piece)):
                if markers.REACHES.search(piece.text[: found.start + 1]):
                    begin = piece.start + found.start
                    title = _nearest(titles, text, piece, begin, piece.start + found.end)
                    not_yet = Amount(0.0, found.years.low, below=True)
                    yield _stretch(text, piece, begin, piece.start + found.end, not_yet, title)
                continue
            alone = _alone(text, piece, found.start, found.end, titles)
            if (
                not (served or alone)
                or markers.NOT_LENGTH_BEFORE.search(before)
                or markers.NOT_LENGTH_AFTER.match(after)
            ):
                continue
            begin, stop = piece.start + found.start, piece.start + found.end
            title = _nearest(titles, text, piece, begin, stop)
            if markers.WORKED_ONLY.search(before) and (title is None or not re.search(r"岗|位|职|任", before)):
                continue
            yield _stretch(text, piece, begin, stop, _later(found.years, since), title)
        for found in wanting(piece.text):
            begin, stop = piece.start + found.start, piece.start + found.end
            yield _stretch(text, piece, begin, stop, found.years, _nearest(titles, text, piece, begin, stop))
        for number in markers.YEAR_NUMBER.finditer(piece.text):
            years = parse_numeral(number["n"] or number["full"]) + (1 if number["full"] else 0)
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
        until = re.search(r"截(?:至|止到?)\s*$", piece[: found.start]) or re.match(
            r"\s*(?:止|为止)", piece[found.end :]
        )
        if until and found.day.last < as_of:
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
    counted_up = bool(markers.COUNTED_UP.search(before[-24:]) or markers.COUNTED_UP.search(after[:8])) or (
        bool(markers.COUNTED_UP.search(sentence)) and bool(re.search(r"副职|正职", piece.text)) and "连续" not in before
    )
    return Stretch(begin, stop, None, None, years, title, past, present, counted_up)


_ANSWERS = re.compile(r"答|回答|答复|本人答|[^，,。；;：]{1,4}答")


def _previous(text: Description, piece: Piece) -> str:
    """The piece before in the same sentence; for what is answered (答：……) the question."""
    before = [one for one in text.sentence_of(piece) if one.start < piece.start]
    if before and _ANSWERS.fullmatch(before[-1].text.strip()):
        before = [one for one in text.pieces if one.start < before[-1].start]
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
