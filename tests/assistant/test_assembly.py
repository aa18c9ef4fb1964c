"""What a start does with good knowledge, with faulty knowledge, and with an index from before."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assembly import assemble, index_root, rebuild
from assistant.settings import Settings
from knowledge.errors import EncoderUnavailable, FaultyLibrary

GOOD = """---
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

## 1 交流

locator: 第一段

正职满10年的，应当交流。
"""


def settings(folder: Path, **more: object) -> Settings:
    (folder / "documents").mkdir(exist_ok=True)
    return Settings.model_validate({"data_dir": folder / "data", "documents": (folder / "documents",), **more})


def test_the_index_is_built_once_and_again_when_the_knowledge_changes(tmp_path: Path) -> None:
    steps: list[str] = []
    chosen = settings(tmp_path)
    first = assemble(chosen, lambda step, _done, _total: steps.append(step))
    assert steps
    steps.clear()
    assert assemble(chosen, lambda step, _done, _total: steps.append(step)).index.generation == first.index.generation
    assert steps == []
    (tmp_path / "documents" / "test@2024.md").write_text(GOOD, encoding="utf-8")
    assert len(assemble(chosen).index) == len(first.index) + 1


def test_faulty_documents_leave_the_served_index_alone(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    before = assemble(chosen).index.generation
    (tmp_path / "documents" / "test@2024.md").write_text(GOOD.replace("locator: 第一段", ""), encoding="utf-8")
    with pytest.raises(FaultyLibrary, match=r"test@2024.md:15"):
        assemble(chosen)
    with pytest.raises(FaultyLibrary):
        rebuild(chosen)
    told: list[FaultyLibrary] = []
    served = assemble(chosen, on_faults=told.append)
    assert served.index.generation == before
    assert len(told) == 1


def test_faulty_documents_without_an_index_raise(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    (tmp_path / "documents" / "test@2024.md").write_text("nothing", encoding="utf-8")
    with pytest.raises(FaultyLibrary):
        assemble(chosen, on_faults=lambda _faulty: None)


def test_an_encoder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="CADRE_ENCODER"):
        assemble(settings(tmp_path, encoder=str(tmp_path / "nowhere")))
    assert not index_root(settings(tmp_path)).exists()
