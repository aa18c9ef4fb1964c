"""Parts of WordprocessingML that python-docx has no words for. The one place where its `Any` elements are handled."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag: str, **attributes: object) -> Any:
    """`element("w:lang", eastAsia="zh-CN")`."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def put(parent: Any, child: Any, *before: str) -> None:
    """Put a child in its place, in front of the first of `before`; one of its name that stands there already goes."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    names = {qn(name) for name in before}
    later = next((one for one in parent if one.tag in names), None)
    if later is None:
        parent.append(child)
    else:
        later.addprevious(child)
