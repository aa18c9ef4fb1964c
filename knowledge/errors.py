"""What can go wrong with knowledge.

KnowledgeError            our data, or what was built from it, is wrong
├── FaultyLibrary         documents or vocabulary with faults, all of them together
├── IndexBusy            another process has been building for too long (knowledge/index/generation.py)
├── ChromaFailed         the vector store failed (knowledge/index/chroma.py)
├── IndexUnusable         no index, or one built by another encoder or version; says the command that mends it
└── EncoderUnavailable    the sentence encoder cannot be loaded
UnknownClause             the caller named a clause that does not exist (404)
UnknownMechanism          the caller named a mechanism that does not exist (404)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class KnowledgeError(Exception):
    """Our data, or what was built from it, is wrong: found at start-up, never while answering."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one file; `line` counts from 1, 0 when the whole file is meant."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.message}"


class FaultyLibrary(KnowledgeError):
    """Every fault of a library, so that one reading of the message mends them all."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        listed = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"知识库有 {len(self.faults)} 处错误：\n{listed}")


class IndexUnusable(KnowledgeError):
    """The index is missing, broken, or was built by another encoder or version."""

    def __init__(self, reason: str, mend: str = "cadre index") -> None:
        self.reason = reason
        self.mend = mend
        super().__init__(f"{reason}。请运行：{mend}")


class EncoderUnavailable(KnowledgeError):
    """The sentence encoder named by `CADRE_ENCODER`, or the built-in one, cannot be loaded."""


class UnknownClause(LookupError):
    """No clause has this ref."""

    def __init__(self, ref: str) -> None:
        self.ref = ref
        super().__init__(f"没有编号为“{ref}”的条款")


class UnknownMechanism(LookupError):
    """No mechanism has this id."""

    def __init__(self, name: str, known: tuple[str, ...] = ()) -> None:
        self.name, self.known = name, known
        super().__init__(f"没有编号为“{name}”的机制")
