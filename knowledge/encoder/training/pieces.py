"""The tokenizer: Unigram pieces of at most four characters, which are the words of our texts and everyday words."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

import numpy as np
import numpy.typing as npt
import rjieba
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

Pieces = npt.NDArray[np.int32]
"""The piece ids of one text, in order: (n,) int32."""

VOCABULARY = 30_000
LONGEST_PIECE = 4
UNKNOWN = "<unk>"

_WORD = re.compile(r"\w+")
_MOST_CHARACTERS = 7_000
_KEPT_COUNT = 100
"""How often a word to be kept counts at least, so that it is likelier than its parts one after another."""


def train_tokenizer(texts: Iterable[str], kept: Iterable[str] = ()) -> Tokenizer:
    """A Unigram tokenizer whose pieces are the most frequent words and characters, with their log probabilities.

    Words are counted after jieba's segmentation, longer ones through their parts; so a text is later cut into its
    likeliest words without jieba. `kept` words of at most four characters are pieces however rare. (The Unigram
    trainer of `tokenizers` takes six minutes for frequent runs such as 签订的 and 经营权的, which are not words;
    this takes twenty seconds.)
    Text is normalized (NFKC, lower case); white space and punctuation are dropped and no piece crosses them, so the
    pieces of a text are the pieces of its phrases, one after another.
    """
    words: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for text in texts:
        for word in rjieba.cut(_normalized(text)):
            if _WORD.fullmatch(word):
                parts = [word] if len(word) <= LONGEST_PIECE else rjieba.cut_for_search(word)
                words.update(part for part in parts if len(part) <= LONGEST_PIECE)
                characters.update(word)
    pieces = _chosen(words, characters, {word for word in map(_normalized, kept) if _can_be_piece(word)})
    total = sum(pieces.values())
    by_count = sorted(pieces.items(), key=lambda item: (-item[1], item[0]))
    scored = [(UNKNOWN, 0.0), *((piece, math.log(count / total)) for piece, count in by_count)]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[\s\p{P}\p{S}]+"), behavior="removed"),
            pre_tokenizers.Digits(individual_digits=False),
        ]
    )
    return tokenizer


def with_words(tokenizer: Tokenizer, words: Mapping[str, float]) -> Tokenizer:
    """The same tokenizer with more pieces, numbered after its own: word → log probability."""
    described = json.loads(tokenizer.to_str())
    described["model"]["vocab"] += [[word, score] for word, score in words.items()]
    return Tokenizer.from_str(json.dumps(described, ensure_ascii=False))


def _chosen(words: Counter[str], characters: Counter[str], kept: Set[str]) -> dict[str, int]:
    """All characters seen twice, the words to be kept, then the most frequent: `VOCABULARY`, one left for unknown."""
    single = [character for character, count in _ranked(characters) if count > 1][:_MOST_CHARACTERS]
    longer = [word for word, _ in _ranked(words) if len(word) > 1 and word not in kept]
    chosen = [*single, *sorted(kept), *longer][: VOCABULARY - 1]
    return {piece: max(words[piece], _KEPT_COUNT if piece in kept else 1) for piece in chosen}


def _normalized(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _can_be_piece(word: str) -> bool:
    """Digits are cut off before the pieces are looked for, and punctuation is dropped."""
    return 1 < len(word) <= LONGEST_PIECE and bool(_WORD.fullmatch(word)) and not re.search(r"\d", word)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def pieces_of(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """The pieces of each text."""
    encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [np.asarray(encoding.ids, dtype=np.int32) for encoding in encodings]
