import json
from pathlib import Path

import pytest

from assistant.eligibility.ruling import Verdict
from evals.answers.rows import Half
from evals.cases.rows import BUNDLED, read_rows
from evals.errors import FaultyDataset
from knowledge.clauses import ClauseRef
from knowledge.library import load_library
from tests.evals.cases_making import CLAUSES, RULES, row

_GOOD = {"id": "a", "text": "某局局长干满十年。", "as_of": "2024-06-01", "expected_verdict": "applies"}


def _file(folder: Path, *lines: object) -> Path:
    file = folder / "cases.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    file.write_text("\n".join(written), encoding="utf-8")
    return file


def test_rows_are_read(tmp_path: Path) -> None:
    full = {
        **_GOOD,
        "id": 7,
        "jurisdiction": "衡东县",
        "mechanism": "rotation-demo",
        "also_acceptable": ["may_apply"],
        "key_criteria": [
            {"clause": "demo@2024#9.1", "expected": "met"},
            {"words": "任职满十年", "expected": "unknown"},
            {"clause": "第九条", "expected": "unmet"},
        ],
        "missing_facts": ["何时任现职"],
        "expected_words": ["局长"],
        "facts": {"years_in_post": 12, "misled": False, "post_kind": None, "post_start": "2010-03"},
    }
    bare, rich = read_rows(_file(tmp_path, {**_GOOD, "mechanism": None}, "", full), RULES, CLAUSES).rows
    assert (bare.mechanism, bare.key_criteria, bare.facts) == (None, (), {})
    assert rich.id == "7"
    assert rich.acceptable == {Verdict.APPLIES, Verdict.MAY_APPLY}
    assert [one.ref for one in rich.key_criteria] == [ClauseRef("demo@2024", "9.1"), None, None]
    assert [one.said for one in rich.key_criteria] == ["demo@2024#9.1", "任职满十年", "第九条"]
    assert rich.facts["misled"] is False


def test_keys_of_others_are_left_aside_and_counted(tmp_path: Path) -> None:
    foreign = {**_GOOD, "source": "…", "key_criteria": [{"words": "十年", "expected": "met", "weight": 2}]}
    read = read_rows(_file(tmp_path, foreign, {**foreign, "id": "b", "split": 1}))
    assert read.unknown_keys == {"source": 2, "split": 1, "key_criteria.weight": 2}
    assert len(read.rows) == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"expected_verdict": "yes"}, "expected_verdict：.*yes"),
        ({"also_acceptable": ["error:no_case"]}, "also_acceptable.0"),
        ({"as_of": "2024-02-30"}, "as_of"),
        ({"as_of": 20240601}, "日期应写成"),
        ({"as_of": "2024/06/01"}, "日期应写成"),
        ({"as_of": None}, "as_of"),
        ({"mechanism": "no-such@2024"}, "没有编号为“no-such@2024”的机制"),
        ({"expected_words": ["副局长"]}, "没有 expected_words 的“副局长”"),
        ({"facts": {"height": 3}}, "没有名为“height”的事实"),
        ({"facts": {"years_in_post": "many"}}, "facts.years_in_post"),
        ({"key_criteria": [{"clause": "demo@2024#8", "expected": "met"}]}, "没有编号为“demo@2024#8”的条款"),
        ({"key_criteria": [{"clause": "demo@2024#9.x", "expected": "met"}]}, "条款号"),
        ({"key_criteria": [{"clause": "第九条", "expected": "maybe"}]}, "maybe"),
        ({"key_criteria": [{"expected": "met"}]}, "应写 clause 或 words"),
        ({"key_criteria": [3]}, "key_criteria.0"),
        ({"text": "  "}, "text"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, fields: dict[str, object], told: str) -> None:
    with pytest.raises(FaultyDataset, match=rf"cases\.jsonl:2: .*{told}"):
        read_rows(_file(tmp_path, _GOOD, {**_GOOD, "id": "b", **fields}), RULES, CLAUSES)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    file = _file(tmp_path, _GOOD, "{not json", "[1]", {**_GOOD, "expected_verdict": "?", "as_of": "x"}, _GOOD)
    with pytest.raises(FaultyDataset) as caught:
        read_rows(file)
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4, 4, 5]


@pytest.mark.parametrize("content", [[], ["", "  "]])
def test_an_empty_file_is_a_fault(tmp_path: Path, content: list[str]) -> None:
    with pytest.raises(FaultyDataset, match="没有任何评测题"):
        read_rows(_file(tmp_path, *content))


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyDataset, match="无法读取"):
        read_rows(tmp_path / "none.jsonl")


def test_the_split_never_moves() -> None:
    """Were it to change, rows that were looked at would be called unseen; it is not the split of the questions."""
    halves = "".join("h" if row(id=f"q{n}").half is Half.HELD_OUT else "t" for n in range(16))
    assert halves == "ttthhhtthhthhthh"


def test_halves_are_about_even() -> None:
    held_out = sum(row(id=f"q{n:03}").half is Half.HELD_OUT for n in range(400))
    assert 160 < held_out < 240


def test_the_bundled_cases_are_free_of_faults() -> None:
    library = load_library()
    rows = read_rows(BUNDLED, library.rules, library.by_ref)
    assert not rows.unknown_keys
    assert {row.half for row in rows.rows} == set(Half)
