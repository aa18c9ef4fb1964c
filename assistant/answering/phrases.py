"""What people say that is no policy question, read from `phrases.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_ENDINGS = re.compile(r"[\s，。！？!?,.~～、；;…]+|[啊呀呢吧哦嘛哈]+$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """One kind of talk: whole utterances, and patterns found anywhere."""

    whole: frozenset[str]
    pattern: re.Pattern[str] | None

    def match(self, text: str) -> bool:
        """Whether `text` is this kind of talk."""
        bare = _ENDINGS.sub("", text).lower()
        return bare in self.whole or (self.pattern is not None and self.pattern.search(text) is not None)


@cache
def phrases() -> dict[str, Phrases]:
    """Every kind of talk by name: greeting, thanks, about, injection, person, task, evasion."""
    kinds = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return {
        name: Phrases(
            frozenset(str(phrase) for phrase in kind.get("whole", ())),
            re.compile("|".join(f"(?:{p})" for p in kind["pattern"])) if kind.get("pattern") else None,
        )
        for name, kind in kinds.items()
    }
