"""The identity of a model: its name and a digest of everything that decides its vectors."""

from __future__ import annotations

import hashlib
from pathlib import Path


def identity_of(folder: Path, name: str) -> str:
    """`name` and 16 hex digits over the model's weights, tokenizer and settings; the same wherever it is copied.

    Raises FileNotFoundError when the folder holds no weights.
    """
    weights = _files(folder, "*.safetensors") or _files(folder, "pytorch_model*.bin")
    if not weights:
        raise FileNotFoundError("目录里没有模型权重文件 *.safetensors")
    settings = [*_files(folder, "*.json"), *_files(folder, "*.txt"), *_files(folder, "*.model")]
    digest = hashlib.sha256()
    for path in [*weights, *sorted(settings)]:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256")
        digest.update(path.relative_to(folder).as_posix().encode("utf-8") + b"\0" + content.digest())
    return f"{name}@{digest.hexdigest()[:16]}"


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file())
