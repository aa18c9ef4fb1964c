"""A description in pieces: sentences, and what commas part them into. Offsets are always those of the text as sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.eligibility.case import Quote

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN = str.maketrans(
    {
        **{code: to for code, to in _FULL_WIDTH.items() if chr(to).isalnum() or chr(to) in "%.-/~"},
        ord("\u3000"): " ",
        ord("〇"): "零",
        ord("○"): "零",
        **dict.fromkeys(map(ord, "—–－―"), "-"),
        **dict.fromkeys(map(ord, "～﹣"), "-"),
    }
)
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]?")
_PIECE = re.compile(r"[^，,：:]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between commas: `text` in plain characters, from `start` of the description; `sentence` counts from 0."""

    text: str
    start: int
    sentence: int
    asked: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Description:
    """The text as sent and, character for character, the same in plain digits, letters and dashes."""

    sent: str
    plain: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, text: str) -> Description:
        plain = text.translate(_PLAIN)
        return cls(text, plain, tuple(_pieces(plain)))

    def quote(self, start: int, end: int) -> Quote:
        """The words as they were sent."""
        return Quote(self.sent[start:end], start, end)

    def piece_at(self, position: int) -> Piece:
        """The piece that holds a position, or the last one before it."""
        found = self.pieces[0]
        for piece in self.pieces:
            if piece.start > position:
                break
            found = piece
        return found

    def sentence_of(self, piece: Piece) -> tuple[Piece, ...]:
        """All pieces of its sentence."""
        return tuple(one for one in self.pieces if one.sentence == piece.sentence)


def _pieces(plain: str) -> Iterator[Piece]:
    for number, sentence in enumerate(m for m in _SENTENCE.finditer(plain) if m.group().strip()):
        asked = sentence.group().rstrip("\n ”’」）)").endswith(("?", "？", "吗", "呢", "么"))
        for part in _PIECE.finditer(sentence.group()):
            yield Piece(part.group(), sentence.start() + part.start(), number, asked)
