"""A description in pieces: sentences, and what commas part them into. Offsets are always those of the text as sent."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.eligibility.case import Quote

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN: dict[int, int | str | None] = {
    **{code: to for code, to in _FULL_WIDTH.items() if chr(to).isalnum() or chr(to) in "%.-/~"},
    **dict.fromkeys(map(ord, "〇○"), "零"),
    **dict.fromkeys(map(ord, "—–－―"), "-"),
    **dict.fromkeys(map(ord, "～﹣"), "-"),
    ord("冇"): "没",
}
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]?")
_PIECE = re.compile(r"[^，,：:｜|\t]+")
_LONGEST = 160
"""Characters."""
_FULL_STOP = re.compile(r"[。！？!?\n]")


_SKIPPED = frozenset("“”‘’\"'「」『』《》〈〉 \t\u3000\u200b\ufeff")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between commas: `text` in plain characters, at `start` of `plain`; `sentence` counts from 0."""

    text: str
    start: int
    sentence: int
    asked: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Description:
    """The text as sent, and the same without blanks and quotation marks, in plain digits, letters and dashes.

    Positions are those of `plain`; `quote` gives the words as they were sent, at their place in `sent`.
    """

    sent: str
    plain: str
    pieces: tuple[Piece, ...]
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Description:
        kept = tuple(at for at, c in enumerate(text) if c not in _SKIPPED)
        plain = "".join(text[at] for at in kept).translate(_PLAIN)
        return cls(text, plain, tuple(_pieces(plain)), kept)

    def quote(self, start: int, end: int) -> Quote:
        """The words as they were sent."""
        begin, stop = self.origin[start], self.origin[end - 1] + 1
        return Quote(self.sent[begin:stop], begin, stop)

    def position(self, sent: int) -> int:
        """The place in `plain` of a character of `sent`, or of the last one kept before it."""
        return max(bisect_right(self.origin, sent) - 1, 0)

    def piece_at(self, position: int) -> Piece:
        """The piece that holds a position, or the last one before it."""
        at = bisect_right(self._starts, position) - 1
        return self.pieces[max(at, 0)]

    def sentence_of(self, piece: Piece) -> tuple[Piece, ...]:
        """All pieces of its sentence."""
        return self._sentences[piece.sentence]

    def full_stop(self, position: int) -> int:
        """Where the sentence ends that a position lies in; a semicolon does not end it."""
        at = bisect_left(self._stops, position)
        return self._stops[at] if at < len(self._stops) else len(self.plain)

    def sentence_start(self, position: int) -> int:
        """Where the sentence begins that a position lies in; a semicolon does not begin one."""
        at = bisect_left(self._stops, position)
        return self._stops[at - 1] + 1 if at else 0

    @cached_property
    def disagreeing(self) -> tuple[bool, ...]:
        """For each sentence, full stop to full stop, whether it says that sources do not agree."""
        bounds = [0, *(stop + 1 for stop in self._stops), len(self.plain) + 1]
        return tuple(_DISAGREEING.search(self.plain, start, end) is not None for start, end in pairwise(bounds))

    def disagrees_at(self, position: int) -> bool:
        """Whether the sentence that holds a position says that sources do not agree."""
        return self.disagreeing[bisect_left(self._stops, position)]

    @cached_property
    def _stops(self) -> list[int]:
        return [match.start() for match in _FULL_STOP.finditer(self.plain)]

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    @cached_property
    def _sentences(self) -> dict[int, tuple[Piece, ...]]:
        made: dict[int, list[Piece]] = {}
        for piece in self.pieces:
            made.setdefault(piece.sentence, []).append(piece)
        return {number: tuple(pieces) for number, pieces in made.items()}


def _pieces(plain: str) -> Iterator[Piece]:
    for number, sentence in enumerate(m for m in _SENTENCE.finditer(plain) if m.group().strip()):
        asked = sentence.group().rstrip("\n）)").endswith(("?", "？", "吗", "呢", "么"))
        for part in _PIECE.finditer(sentence.group()):
            for start, text in _bounded(part.group()):
                yield Piece(text, sentence.start() + part.start() + start, number, asked)


def _bounded(text: str) -> Iterator[tuple[int, str]]:
    """A stretch without a comma in pieces nobody needs longer: what looks around in one stays quick."""
    start = 0
    while len(text) - start > _LONGEST:
        cut = text.rfind("、", start + 1, start + _LONGEST) + 1 or start + _LONGEST
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


_DISAGREEING = re.compile(
    r"(?:写|记|填|栏|档案|材料|表|文件|说|时间|年份|日期)[^。；;]{0,20}对不上"
    r"|(?:时间|日期|年限|档案|材料|记载|文号|说法|人数|总数|两[者份处个张])[^。；;]{0,12}(?:不一致|不一样"
    r"|不同|有出入|矛盾|两种说法|不一|打架)|口径(?:对不上|不一|不同|各异|有出入|不符)|统一口径|未作说明"
    r"|哪个真哪个假|真假难辨|自相矛盾|前后矛盾"
    r"|哪(?:份|个|一份|一个|处)(?:才)?(?:作准|为准|准确|准|对)|一处写[^。]{0,20}另一处写|(?:写|填|载"
    r"|记)[^。]{0,24}又(?:写|填|载|记)|没有核对|未经核对"
)


def disagreeing(text: Description) -> bool:
    """Whether a description says that its sources do not agree."""
    return any(text.disagreeing)
