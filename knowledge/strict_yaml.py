"""YAML as data: safe, duplicate keys refused, dates left as text, and every value knows its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge.errors import Fault

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast


class _Loader(_Safe):  # type: ignore[misc]  # its base is chosen at run time
    """A safe loader that leaves `2024-02-02` a string and refuses duplicate keys."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _unique(loader: _Loader, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: ARG001 (PyYAML passes it by name)
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"重复的键“{key}”", key_node.start_mark)
        seen.add(key)
    made: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return made


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique)


class Yaml:
    """Parsed YAML text: `data`, and `line(path)` for messages (counted from `first_line`)."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        loader = _Loader(text)
        try:
            self._node = loader.get_single_node()
            self.data: Any = None if self._node is None else loader.construct_document(self._node)
        finally:
            loader.dispose()
        self._first = first_line

    def line(self, path: tuple[int | str, ...] = ()) -> int:
        """The line of the value at `path`, or of the nearest enclosing value that exists."""
        node, line = self._node, self._first
        for step in path:
            below = _step(node, step)
            if below is None:
                break
            node, line = below, self._first + below.start_mark.line
        return line


def _step(node: Any, step: int | str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def validation_faults(file: Path, parsed: Yaml, error: ValidationError, at: tuple[int | str, ...] = ()) -> list[Fault]:
    """One fault for each thing pydantic found, at the line of the value it found it in."""
    faults = []
    for problem in error.errors(include_url=False):
        path = (*at, *problem["loc"])
        name = ".".join(str(step) for step in problem["loc"]) or "条目"
        faults.append(Fault(file, parsed.line(path), f"{name}：{problem['msg']}"))
    return faults


def yaml_line(error: yaml.YAMLError, first_line: int = 1) -> int:
    """The line a YAML error points to; 0 when it names none."""
    mark: Any = getattr(error, "problem_mark", None)
    return 0 if mark is None else mark.line + first_line


def yaml_problem(error: yaml.YAMLError) -> str:
    """What a YAML error complains about, without its position."""
    return getattr(error, "problem", None) or str(error)
