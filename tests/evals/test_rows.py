import json
from pathlib import Path

import pytest

from evals.answers.rows import BUNDLED, Half, Row, of_half, read_rows
from evals.errors import FaultyDataset
from knowledge.clauses import ClauseRef
from knowledge.library import load_library
from tests.evals.making import row

_GOOD = {"id": "a", "question": "容错看什么？", "answerable": False}


def _file(folder: Path, *lines: object) -> Path:
    file = folder / "rows.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    file.write_text("\n".join(written), encoding="utf-8")
    return file


def test_rows_are_read(tmp_path: Path) -> None:
    full = {
        **_GOOD,
        "id": "b",
        "history": [{"role": "user", "content": "衡东县的轮岗"}],
        "jurisdiction": "衡东县",
        "as_of": "2024-03-01",
        "answerable": True,
        "expected_clauses": ["hengdong-2024@2024-02#9.1"],
        "must_include": ["10年", ["交流", "轮岗"]],
        "must_not_include": ["5年"],
        "kind": "数字",
        "note": "…",
    }
    bare, rich = read_rows(_file(tmp_path, _GOOD, "", full))
    assert (bare.kind, bare.wanted, bare.expected) == (None, (), frozenset())
    assert rich.wanted == (("10年",), ("交流", "轮岗"))
    assert rich.expected == {ClauseRef("hengdong-2024@2024-02", "9.1")}


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    file = _file(
        tmp_path,
        _GOOD,
        "{not json",
        {**_GOOD, "id": "c", "expected": []},
        {**_GOOD, "id": "d", "must_include": [[]], "as_of": "2024-02-30"},
        _GOOD,
        {**_GOOD, "id": "e", "expected_clauses": ["no-such@2024#1"]},
        {**_GOOD, "id": "f", "expected_clauses": ["hengdong 9.1"]},
    )
    with pytest.raises(FaultyDataset) as caught:
        read_rows(file, known={ClauseRef("hengdong@2024", "1")})
    faults = caught.value.faults
    assert sorted({fault.line for fault in faults}) == [2, 3, 4, 5, 6, 7]
    assert sum(fault.line == 4 for fault in faults) >= 2
    assert all(str(fault) in str(caught.value) for fault in faults)


@pytest.mark.parametrize("content", [[], ["", "  "]])
def test_an_empty_file_is_a_fault(tmp_path: Path, content: list[str]) -> None:
    with pytest.raises(FaultyDataset, match="没有任何评测题"):
        read_rows(_file(tmp_path, *content))


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyDataset, match="无法读取"):
        read_rows(tmp_path / "none.jsonl")


def test_halves_are_disjoint_whole_and_about_even() -> None:
    rows = [row(id=f"q{n:03}") for n in range(400)]
    tuning, held_out = (of_half(rows, half) for half in Half)
    assert {r.id for r in tuning}.isdisjoint(r.id for r in held_out)
    assert len(tuning) + len(held_out) == 400
    assert 160 < len(tuning) < 240


def test_the_split_never_moves() -> None:
    """Were it to change, rows that were looked at would be called unseen."""
    halves = "".join("h" if row(id=f"q{n}").half is Half.HELD_OUT else "t" for n in range(16))
    assert halves == "tttthhtthththhhh"
    assert row(id="q1", question="另一个问题").half is row(id="q1").half


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="Extra inputs"):
        Row.model_validate({**_GOOD, "answer": "…"})


def test_the_bundled_questions_are_free_of_faults() -> None:
    rows = read_rows(BUNDLED, load_library().by_ref)
    assert all(of_half(rows, half) for half in Half)
