from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.library import BUNDLED
from knowledge.vocabulary import load_vocabulary

FILES = ("jurisdictions.yaml", "topics.yaml", "synonyms.yaml", "lexicon.txt", "instruments.txt", "divisions.txt")


def changed(folder: Path, file: str, text: str) -> list[str]:
    """The faults of the bundled vocabulary with one file replaced."""
    for name in FILES:
        (folder / name).write_text((BUNDLED / "vocabulary" / name).read_text(encoding="utf-8"), encoding="utf-8")
    (folder / file).write_text(text, encoding="utf-8")
    return [str(fault) for fault in load_vocabulary(folder)[1]]


def test_the_bundled_vocabulary_has_no_fault() -> None:
    vocabulary, faults = load_vocabulary(BUNDLED / "vocabulary")
    assert not faults
    assert len(vocabulary.synonyms) >= 150
    assert vocabulary.by_name["某县"].name == vocabulary.by_name["X县"].name == "*县"
    assert vocabulary.by_name["某市"].name == "XX市"
    assert vocabulary.with_parents("衡东") == ("衡东县", "衡阳市", "湖南省", "中央")


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("jurisdictions.yaml", "- {name: 甲县, level: county, parent: 乙市}", "不在表中"),
        (
            "jurisdictions.yaml",
            "- {name: 甲市, level: city, parent: null}\n- {name: 乙市, level: city, parent: 甲市}",
            "级别不高于",
        ),
        ("jurisdictions.yaml", "- {name: 甲县, level: county, parent: null, aliases: [甲县]}", "出现了两次"),
        ("synonyms.yaml", "- {say: 挪窝, means: [交流], question: 要不要轮岗}", "没有这个词"),
        ("synonyms.yaml", "- {say: 挪窝, means: [], question: 挪窝}", "synonyms.yaml:1"),
        ("synonyms.yaml", "say: 挪窝", "应为一个列表"),
        ("topics.yaml", "- {id: a, name: b, terms: [c], colour: d}", "colour"),
        ("topics.yaml", "- {id: a, id: b}", "重复的键"),
        ("lexicon.txt", "容错\n容错\n", "lexicon.txt:2"),
    ],
)
def test_every_fault_is_named(tmp_path: Path, file: str, text: str, words: str) -> None:
    assert any(words in fault for fault in changed(tmp_path, file, text))


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    assert len(load_vocabulary(tmp_path)[1]) == len(FILES)
