from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assistant.answering import remembering
from assistant.answering.remembering import Remembering
from knowledge.encoder import load_encoder


class Counting:
    """The built-in encoder, counting the texts it is given."""

    def __init__(self) -> None:
        self._own = load_encoder(None)
        self.identity, self.dimensions, self.encoded = self._own.identity, self._own.dimensions, 0

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded += len(texts)
        return self._own.encode(texts)

    def encode_query(self, text: str) -> npt.NDArray[np.float32]:
        return self._own.encode_query(text)


def test_a_text_is_encoded_once_and_the_vectors_are_the_encoders_own() -> None:
    encoder = Counting()
    remembered = Remembering(encoder)
    texts = ["换岗交流", "容错纠错", "换岗交流"]
    assert np.array_equal(remembered.encode(texts), load_encoder(None).encode(texts))
    remembered.encode(["容错纠错"])
    assert encoder.encoded == 2
    assert remembered.encode([]).shape == (0, encoder.dimensions)


def test_a_full_memory_begins_anew() -> None:
    encoder = Counting()
    remembered = Remembering(encoder)
    remembered.encode([f"第{n}项" for n in range(remembering._MOST)])
    remembered.encode(["再一项"])
    remembered.encode(["第0项", "再一项"])
    assert encoder.encoded == remembering._MOST + 2
