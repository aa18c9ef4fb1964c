"""Why an encoder is refused, in Chinese, always with the setting that names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import EncoderUnavailable

MEND = "请把 CADRE_ENCODER 改为完整的 sentence-transformers 模型目录，或清空它以使用内置编码器"


def refusal(what: str, reason: str, mend: str = MEND) -> EncoderUnavailable:
    """What is wrong, why, and how to mend it, in one line."""
    return EncoderUnavailable(f"{what}（{reason}）。{mend}。")


def in_a_line(fault: Exception) -> str:
    """What a library said, on one line; its kind when it said nothing."""
    return " ".join(str(fault).split())[:300] or type(fault).__name__


@contextmanager
def reading(file: Path) -> Iterator[Path]:
    """Around reading a file of a model: whatever comes of it is a ValueError that names the file."""
    try:
        yield file
    except Exception as fault:  # tokenizers and safetensors raise kinds of their own, some of them bare Exception
        if not file.is_file():
            raise ValueError(f"缺少文件 {file.name}") from fault
        raise ValueError(f"文件 {file.name} 不完整或已损坏：{in_a_line(fault)}") from fault
