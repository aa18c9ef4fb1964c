"""Loading: what the files say comes out whole, and all their faults come out together."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.clauses import ClauseRef, Gap, Modality, Verified
from knowledge.errors import FaultyLibrary, UnknownClause
from knowledge.library import load_library

FRONT = """---
title: 某地干部交流办法
issuer: 未载明
doc_number: null
level: county
jurisdiction: 衡东县
issued: 2024-02
in_force: {from: 2024-02-02, until: null}
topics: [rotation]
text_kind: digest
source: {title: 某地干部交流办法}
verified: seen
---
"""
BODY = """
## 1 交流

locator: 第一段
modality: 应当

正职满10年的，
应当交流。

### 1.1 副职

locator: 第二段
verified: unverified
gap: silent
refers_to: ["test@2024#1"]

副职未载明。
"""


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def faults(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(FaultyLibrary) as raised:
        load_library([folder])
    assert all(str(fault) in str(raised.value) for fault in raised.value.faults)
    return [(fault.file.name, fault.line, fault.message) for fault in raised.value.faults]


def test_a_document_is_one_file(tmp_path: Path) -> None:
    write(tmp_path, "test@2024.md", FRONT + BODY)
    library = load_library([tmp_path])
    top, below = library.clause(ClauseRef("test@2024", "1")), library.clause(ClauseRef("test@2024", "1.1"))
    assert (top.text, top.modality, top.locator) == ("正职满10年的，应当交流。", Modality.SHALL, "第一段")
    assert (below.headings, below.topics, below.gap) == (("交流",), ("rotation",), Gap.SILENT)
    assert (below.verified, below.refers_to) == (Verified.UNVERIFIED, (top.ref,))
    assert library.editions["test@2024"].document == "test"


def test_an_unknown_clause_says_so() -> None:
    with pytest.raises(UnknownClause, match="没有编号为"):
        load_library().clause(ClauseRef("nothing@1", "1"))


def test_all_faults_of_all_files_come_together(tmp_path: Path) -> None:
    write(tmp_path, "a@2024.md", FRONT.replace("county", "village") + BODY)
    write(
        tmp_path,
        "b@2024.md",
        FRONT + BODY.replace("locator: 第一段", "place: 第一段").replace("test@2024#1", "b@2024#9"),
    )
    write(tmp_path, "c@2024.md", "没有文件信息")
    write(tmp_path, "d@2024.md", FRONT.replace("衡东县", "无名县") + BODY.replace('refers_to: ["test@2024#1"]\n', ""))
    found = faults(tmp_path)
    assert {name for name, _, _ in found} == {"a@2024.md", "b@2024.md", "c@2024.md", "d@2024.md"}
    assert ("c@2024.md", 1, "缺少 --- 包围的文件信息") in found
    assert any(name == "a@2024.md" and line == 5 for name, line, _ in found)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("## 1 交流", "# 1 交流", 15, "应为 2 级标题"),
        ("### 1.1 副职", "### 3.1 副职", 23, "上一级条款不在它之前"),
        ("### 1.1 副职", "### 1.x 副职", 23, "不合格式"),
        ("### 1.1 副职", "## 1 副职", 23, "出现了两次"),
        ("副职未载明。\n", "", 23, "没有正文"),
        ("modality: 应当", "modality: 也许", 18, "modality"),
        ("modality: 应当", "colour: red", 18, "colour"),
        ("modality: 应当", "locator: 第一段", 18, "重复的键"),
        ("modality: 应当", "modality: [应当", 0, "不是合法的 YAML"),
        ("locator: 第一段\nmodality: 应当\n", "", 15, "缺少属性段"),
        ('"test@2024#1"', '"test@2024#8"', 23, "不存在的条款"),
        ('"test@2024#1"', '"没有井号"', 23, "缺少 # 号"),
        ("\n## 1", "\n先有正文\n## 1", 15, "第一个条款之前有正文"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in FRONT + BODY
    write(tmp_path, "test@2024.md", (FRONT + BODY).replace(old, new, 1))
    found = faults(tmp_path)
    assert any(words in message and (line in (0, at)) for _, at, message in found), found


def test_two_editions_never_hold_on_the_same_day(tmp_path: Path) -> None:
    body = BODY.replace('refers_to: ["test@2024#1"]\n', "")
    write(tmp_path, "test@2024.md", FRONT + body)
    write(tmp_path, "test@2025.md", FRONT.replace("2024-02-02", "2025-01-01") + body)
    assert faults(tmp_path) == [("test@2025.md", 1, "与 test@2024 的施行时间重叠")]
    write(tmp_path, "test@2024.md", FRONT.replace("until: null", "until: 2024-12-31") + body)
    assert len({ref.edition for ref in load_library([tmp_path]).by_ref if ref.edition.startswith("test@")}) == 2


def test_what_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "test@2024.md").write_bytes(b"\xff\xfe\x00")
    assert faults(tmp_path)[0][2].startswith("无法读取")
    with pytest.raises(FaultyLibrary, match="文件夹不存在"):
        load_library([tmp_path / "nowhere"])


def test_equal_knowledge_has_an_equal_fingerprint(tmp_path: Path) -> None:
    write(tmp_path, "test@2024.md", FRONT + BODY)
    before = load_library([tmp_path]).fingerprint
    assert load_library([tmp_path]).fingerprint == before
    write(tmp_path, "test@2024.md", FRONT + BODY.replace("满10年", "满8年"))
    assert load_library([tmp_path]).fingerprint != before
