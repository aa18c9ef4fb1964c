"""How words are meant: stated, denied, alleged, asked, supposed, or found by a body that may find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from assistant.eligibility.reading.language.description import Description, Piece
from assistant.eligibility.reading.voice import markers


class Force(IntEnum):
    """How much words settle: what was found goes before what is stated; the rest settles nothing."""

    SUPPOSED = 0
    ASKED = 1
    ALLEGED = 2
    SUSPECTED = 3
    STATED = 4
    FOUND = 5


@dataclass(frozen=True, slots=True)
class Assertion:
    """The force of words and whether they are denied; `open` when they name both sides (能不能免责).

    `denies` is how many characters before the words the negation begins that denies them.
    """

    force: Force
    denied: bool
    open: bool = False
    denies: int = 0


class Hearing:
    """Hears how words of one description are meant."""

    def __init__(self, description: Description) -> None:
        self._text = description
        self._alleged = list(self._allegations())
        self._claims = [match.end() for match in markers.CLAIMED.finditer(description.plain)]
        self._heard = [(m.end(), description.full_stop(m.end())) for m in markers.HEARSAY.finditer(description.plain)]
        self._found = list(self._findings())
        headed = markers.HEADED.search(description.plain)
        self._headed = headed.end() if headed and not markers.OWN_UNIT.search(description.plain) else 0

    def assertion(self, start: int, end: int, gaps: str = "", *, of_report: bool = False) -> Assertion:
        """How the words from `start` to `end` are meant; a negation in their gaps denies them as one before does.

        One after them (……的问题不存在) does too. Words on a report itself (`of_report`: 反映内容失实) are no part of
        what it alleges, nor denied with it.
        """
        piece = self._text.piece_at(start)
        before, after = piece.text[: start - piece.start], piece.text[max(end - piece.start, 0) :]
        if markers.EITHER_OR.search(piece.text[max(0, start - piece.start - 4) : end - piece.start + 4]):
            return Assertion(Force.ASKED, denied=False, open=True)
        if markers.ASKED_AFTER.match(after) or markers.UNDECIDED.search(before) or markers.UNDECIDED_AFTER.match(after):
            return Assertion(Force.ASKED, denied=False, open=True)
        if markers.NOBODY.search(before) and markers.JUDGES.match(after):
            return Assertion(Force.ASKED, denied=False, open=True)
        inside = len(_negations(gaps)) % 2 == 1
        force = self._force(piece, before, start, of_report)
        negations = _negations(before)
        after_too = not of_report and markers.DENIED_AFTER.search(after) is not None
        denied = (len(negations) + after_too + inside) % 2 == 1
        reach = len(before) - negations[0] if negations else 0
        return Assertion(force, denied, open=force is Force.ASKED, denies=reach)

    def answer(self, end: int) -> tuple[bool, int] | None:
        """What is answered right after a question whose words end at `end` (有没有好处？没有), and where that ends."""
        asked = markers.QUESTION.match(self._text.plain, end)
        found = markers.ANSWER.match(self._text.plain, asked.end()) if asked else None
        return None if found is None else (found["no"] is None, found.end())

    def found_at(self, position: int) -> bool:
        """Whether a finding covers a position."""
        return any(begin <= position < stop for begin, stop in self._found)

    def reviewed(self) -> tuple[int, ...]:
        """Where a finding was looked into again; what was found after goes before what was found earlier."""
        return tuple(match.end() for match in markers.REVIEWED.finditer(self._text.plain))

    def revoked(self) -> tuple[int, ...]:
        """Where a finding was taken back."""
        return tuple(match.start() for match in markers.REVOKED.finditer(self._text.plain))

    def _force(self, piece: Piece, before: str, start: int, of_report: bool) -> Force:
        if self._follows_supposition(piece):
            return Force.SUPPOSED
        posed = markers.POSED.search(before)
        if (posed and not self._poses_the_case(piece)) or (markers.SUPPOSED.search(before) and not posed):
            return Force.SUPPOSED
        if markers.ASKED.search(before):
            return Force.ASKED
        told = self._told(start, of_report)
        if told is Force.FOUND and markers.SEEMS.search(before):
            return Force.SUSPECTED
        if told is not Force.STATED:
            return told
        if (
            piece.asked
            and piece.end == self._sentence_end(piece)
            and (not before or markers.ASKED_SHORT.search(before))
        ):
            rest = piece.text[len(before) :]
            if before or len(rest) <= markers.WHOLE:
                return Force.ASKED
        return Force.SUSPECTED if markers.DOUBTED.search(before) else Force.STATED

    def _told(self, start: int, of_report: bool) -> Force:
        """Whether it was found or alleged: the marker nearest before counts; what was heard of a finding is hearsay."""
        found = max((begin for begin, stop in self._found if begin <= start < stop), default=-1)
        alleged = max((begin for begin, stop in self._alleged if begin <= start < stop), default=-1)
        heard = any(begin <= start < stop for begin, stop in self._heard)
        if of_report:
            alleged = max((begin for begin in self._claims if begin <= start < self._text.full_stop(begin)), default=-1)
        if found >= 0 and found > alleged and not (heard and not self._text.plain.startswith("经", found)):
            return Force.FOUND
        if alleged >= 0 or heard:
            return Force.ALLEGED
        return Force.FOUND if self._headed and start >= self._headed else Force.STATED

    def _poses_the_case(self, piece: Piece) -> bool:
        """Whether the whole description is one question that puts its case as a supposition: 如果……，能容错吗？"""
        sentence = self._text.sentence_of(piece)
        asks = any(one.asked or markers.ASKED.search(one.text) for one in sentence)
        return asks and len(sentence) == len(self._text.pieces)

    def _follows_supposition(self, piece: Piece) -> bool:
        """Whether it says what would be if a supposition before it came true: 如果到明年还在岗，就满十年。"""
        if not markers.THEN.match(piece.text):
            return False
        before = [one for one in self._text.sentence_of(piece) if one.start < piece.start]
        return bool(before) and markers.IF.search(before[-1].text) is not None

    def _sentence_end(self, piece: Piece) -> int:
        return self._text.sentence_of(piece)[-1].end

    def _allegations(self) -> Iterator[tuple[int, int]]:
        """From the words that introduce it to the end of the sentence."""
        for match in markers.ALLEGED.finditer(self._text.plain):
            yield match.end(), self._text.full_stop(match.end())

    def _findings(self) -> Iterator[tuple[int, int]]:
        """From the words that introduce it to the end of the sentence; one still to come is none."""
        plain = self._text.plain
        for match in markers.FINDING.finditer(plain):
            before = plain[max(0, match.start() - 16) : match.start()]
            own_unit = match.group().startswith("会议") and markers.OWN_UNIT.search(plain)
            unfit = own_unit or markers.UNFIT.search(plain[self._text.sentence_start(match.start()) : match.start()])
            if not unfit and not (
                markers.UNFINISHED.search(before)
                or markers.UNFINISHED_AFTER.search(plain[match.end() : match.end() + 12])
            ):
                yield match.start(), self._text.full_stop(match.end() - 1)


def _negations(before: str) -> list[int]:
    """Where the negations begin that reach the words after `before` and are not broken off."""
    found = []
    blocked = {m.start() for m in markers.NO_NEGATOR.finditer(before)}
    for match in markers.NEGATORS.finditer(before):
        core = max(match.group().rfind(c) for c in "没未不非无拒杜排")
        if any(at in blocked for at in range(match.start(), match.start() + core + 1)):
            continue
        between = before[match.end() :]
        if markers.NEXT_OF_LIST.search(between):
            continue  # 未散布谣言、未……: each denies its own
        if between.endswith("的") and match.group()[-1] in "未不没":
            continue  # 未达标的过失 denies 达标 and no fault
        if match.group() == "无" and not markers.NOTHING.search(f"{before[: match.start()][-1:]}|{between}"):
            continue  # 无废城市, 无人机
        if match.group() in {"不", "无", "非"}:
            reaches = len(between) <= markers.NEAR and not markers.LIST.search(between)
        else:
            reaches = len(between) <= markers.REACH + between.count("、") * 6 and not markers.BREAKS.search(between)
        if reaches:
            found.append(match.start())
    return found
