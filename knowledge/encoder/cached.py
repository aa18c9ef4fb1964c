"""Models by name in the local Hugging Face cache. Does not import torch, so that a wrong name is told at once."""

from __future__ import annotations

from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

from knowledge.errors import EncoderUnavailable

_SHOWN = 200
"""Characters of a name in the message."""


def cached_folder(name: str) -> Path:
    """Where the cache holds the model; nothing is downloaded. Raises EncoderUnavailable when it does not."""
    candidates = [name] if "/" in name else [name, f"sentence-transformers/{name}"]
    for candidate in candidates:
        try:
            return Path(snapshot_download(candidate, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    raise EncoderUnavailable(
        f"找不到句向量编码器“{name[:_SHOWN]}”：它既不是目录，本机缓存里也没有这个模型。"
        "请把 CADRE_ENCODER 设为 sentence-transformers 模型目录的路径，或先用 hf download 下载该模型，"
        "或清空 CADRE_ENCODER 以使用内置编码器。"
    )
