"""Imports go leftward only: knowledge ← assistant ← {server, evals}."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "assistant": {"knowledge", "assistant", "prompts"},
    "server": {"knowledge", "assistant", "server"},
    "evals": {"knowledge", "assistant", "evals"},
}
LAYERS = {"knowledge", "assistant", "server", "evals", "tests"}


def imported(source: str) -> set[str]:
    """Top-level names of every module imported anywhere in `source`, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("layer", sorted(MAY_IMPORT))
def test_a_layer_imports_only_itself_and_those_left_of_it(layer: str) -> None:
    wrong = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in (ROOT / layer).rglob("*.py")
        for name in imported(file.read_text(encoding="utf-8")) & LAYERS
        if name not in MAY_IMPORT[layer]
    }
    assert not wrong


def test_a_wrong_import_would_be_seen() -> None:
    assert imported("def f():\n    from server.app import make_app\n") == {"server"}


def test_prompts_hold_no_python() -> None:
    assert not list((ROOT / "prompts").rglob("*.py"))
