"""The tokenizer: 30,000 Unigram pieces of at most four characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

Pieces = npt.NDArray[np.int32]
"""The piece ids of one text, in order: (n,) int32."""

VOCABULARY = 30_000
LONGEST_PIECE = 4
UNKNOWN = "<unk>"


def train_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """A Unigram tokenizer over normalized text (NFKC, lower case) that drops white space and punctuation.

    No piece crosses a punctuation mark, so the pieces of a text are the pieces of its phrases, one after another.
    """
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[\s\p{P}\p{S}]+"), behavior="removed"),
            pre_tokenizers.Digits(individual_digits=False),
        ]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=VOCABULARY,
        max_piece_length=LONGEST_PIECE,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def pieces_of(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """The pieces of each text."""
    encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [np.asarray(encoding.ids, dtype=np.int32) for encoding in encodings]
