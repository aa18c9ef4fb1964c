import gzip
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from evals.errors import FaultyDataset, MeasuringFailed, NothingToMeasure
from evals.report.page import html
from evals.retrieval import run, shown
from evals.retrieval.bench import Document, read_bench
from evals.retrieval.measures import measured
from evals.retrieval.run import Result, Seen, compared, in_own_process
from evals.retrieval.standing import standing
from evals.retrieval.systems import SYSTEMS
from knowledge.encoder.training.split import is_held_out

_DOCUMENTS: list[dict[str, object]] = [
    {"_id": "d1", "title": "轮岗办法 第一条", "heading": "总则", "text": "任满十年的干部应当交流轮岗。"},
    {"_id": "d2", "title": "容错办法", "text": "符合条件的可以容错。", "metadata": {"a": 1}},
    {"_id": "d3", "text": "体检每年一次。"},
]
_QUERIES = [{"_id": f"q{n}", "text": f"第{n}个问题：多少年要交流？"} for n in range(40)]


def _jsonl(rows: Sequence[Mapping[str, object]]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows)


def _beir(folder: Path, qrels: str) -> Path:
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(_jsonl(_DOCUMENTS), encoding="utf-8")
    (folder / "queries.jsonl").write_text(_jsonl(_QUERIES), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{qrels}", encoding="utf-8")
    return folder


def test_beir_layout(tmp_path: Path) -> None:
    bench = read_bench(_beir(tmp_path / "b", "q0\td1\t1\nq0\td2\t0\nq1\td2\t2\n"))
    assert (bench.name, len(bench.documents)) == ("b/test", 3)
    assert [query.id for query in bench.queries] == ["q0", "q1"]
    assert bench.judged == {"q0": {"d1": 1}, "q1": {"d2": 2}}


def test_flat_layout_measures_questions_the_encoder_never_saw(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(_jsonl(_DOCUMENTS))
    (tmp_path / "queries.train.jsonl").write_text(_jsonl(_QUERIES), encoding="utf-8")
    lines = "".join(f"{query['_id']}\td1\t1\n" for query in _QUERIES)
    (tmp_path / "qrels.train.tsv").write_text(lines, encoding="utf-8")
    bench = read_bench(tmp_path)
    assert [query.text for query in bench.queries] == [q["text"] for q in _QUERIES if is_held_out(q["text"])]
    assert 0 < len(bench.queries) < 40
    assert len(read_bench(tmp_path, "train").queries) == 40


def test_faults_are_told_together(tmp_path: Path) -> None:
    folder = _beir(tmp_path, "q0\td9\t1\nq0 d1 1\nq1\td1\tmuch\n")
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "d1", "text": "又一个"}\n{"text": "没有编号"}\n')
    with pytest.raises(FaultyDataset) as caught:
        read_bench(folder)
    assert [(fault.file.name, fault.line) for fault in caught.value.faults] == [
        ("corpus.jsonl", 4),
        ("corpus.jsonl", 5),
        ("test.tsv", 2),
        ("test.tsv", 3),
        ("test.tsv", 4),
    ]


def test_missing_files_are_faults(tmp_path: Path) -> None:
    with pytest.raises(FaultyDataset, match="无法读取"):
        read_bench(tmp_path)


def test_nothing_judged(tmp_path: Path) -> None:
    with pytest.raises(NothingToMeasure):
        read_bench(_beir(tmp_path, "q0\td1\t0\n"))


def test_measures_by_hand() -> None:
    judged = {"q1": {"a": 1, "b": 1}, "q2": {"c": 1}, "q3": {"d": 1}}
    ranked = {"q1": ["x", "a"], "q2": ["c"]}
    values = measured(judged, ranked)
    assert list(values) == ["recall@1", "recall@5", "recall@10", "recall@100", "mrr@10", "ndcg@10"]
    assert values["recall@1"] == pytest.approx(1 / 3)
    assert values["recall@5"] == pytest.approx((1 / 2 + 1) / 3)
    assert values["mrr@10"] == pytest.approx((1 / 2 + 1) / 3)


def test_order_counts_and_not_scores() -> None:
    judged = {"q": {"z": 1}}
    assert measured(judged, {"q": ["z", "a"]})["mrr@10"] == 1
    assert measured(judged, {"q": ["a", "z"]})["mrr@10"] == 0.5
    with pytest.raises(ValueError, match="twice"):
        measured(judged, {"q": ["a", "a"]})


def test_json_shape(tmp_path: Path) -> None:
    bench = read_bench(_beir(tmp_path / "b", "q0\td1\t1\nq1\td2\t1\n"))

    def observe(system: str) -> Seen:
        return Seen({"q0": ["d1", "d2"], "q1": ["d1"]}, [0.001, 0.003], 2.5, 300_000_000 if system == "ours" else 1)

    result = compared(bench, ("ours", "bm25"), observe)
    assert result.as_json() == {
        "dataset": "b/test",
        "queries": 2,
        "documents": 3,
        "systems": {"ours": result.systems["ours"], "bm25": result.systems["bm25"]},
    }
    assert list(result.systems["ours"]) == [
        "recall@1",
        "recall@5",
        "recall@10",
        "recall@100",
        "mrr@10",
        "ndcg@10",
        "p50_ms",
        "p95_ms",
        "build_s",
        "peak_mb",
    ]
    ours = result.systems["ours"]
    assert (ours["recall@1"], ours["peak_mb"]) == (0.5, 300)
    assert ours["p50_ms"] == pytest.approx(2)
    (table,) = shown.tables(result)
    assert [(len(row), row[0]) for row in table.rows] == [(11, "本产品的检索"), (11, "只用词语匹配（BM25）")]
    assert len(table.columns) == 11
    assert table.rows[0][1:3] == ("0.500", "0.500")
    assert table.rows[0][-4:] == ("2.0", "2.9", "2.5", "300.0")
    page = html(shown.page(result), datetime(2026, 1, 2))
    assert "R@10 0.500" in page
    assert "all-MiniLM-L6-v2" not in page
    assert html(shown.page(compared(bench, ("bm25",), observe)), datetime(2026, 1, 2))


def test_systems_in_their_order_ours_first() -> None:
    assert (
        *("ours", "encoder", "bm25", "langchain", "langchain-minilm", "llamaindex", "llamaindex-minilm"),
        *("txtai", "txtai-minilm", "haystack", "haystack-minilm"),
    ) == run.SYSTEM_NAMES


def _row(quality: float, p50_ms: float, **others: float) -> dict[str, float]:
    row = dict.fromkeys(("recall@1", "recall@5", "recall@10", "recall@100", "mrr@10", "ndcg@10"), quality)
    return {**row, "p50_ms": p50_ms, "p95_ms": 9.0, "build_s": 1.0, "peak_mb": 1.0, **others}


def test_findings_say_where_ours_is_ahead_and_where_not() -> None:
    result = Result(
        "b/test",
        2,
        3,
        {
            "ours": _row(0.5, 8),
            "bm25": _row(0.4, 0.7, **{"recall@5": 0.5, "mrr@10": 0.51}),
            "txtai-minilm": _row(0.125, 1234.56),
        },
    )
    assert standing(result) == [
        "本产品的检索与其他 2 种方法相比，6 项质量和每问用时中位全都领先的有 1 种。",
        "对“只用词语匹配（BM25）”：3 项没有领先（R@5 0.500 对 0.500，MRR@10 0.500 对 0.510，"
        "每问用时中位 8.0 对 0.7 毫秒），4 项领先。",
        "对“txtai + MiniLM”：7 项都领先；R@10 0.500 对 0.125，R@100 0.500 对 0.125，每问用时中位 8.0 对 1,234.6 毫秒。",
    ]
    page = html(shown.page(result), datetime(2026, 1, 2))
    assert "3 种方法各在一个单独的进程中测量" in page
    assert "计入每个用它的方法的建索引时间" in page
    alone = Result("b/test", 2, 3, {"ours": _row(0.5, 8)})
    assert standing(alone) == standing(Result("b/test", 2, 3, {"bm25": _row(0.5, 8)})) == []


@pytest.mark.parametrize("system", ["ours", "encoder", "bm25"])
def test_every_system_finds_the_document_asked_for(tmp_path: Path, system: str) -> None:
    documents = [Document.model_validate(document) for document in _DOCUMENTS]
    found = SYSTEMS[system](documents, tmp_path)("任满几年的干部要交流轮岗？", 2)
    assert found[0][0] == "d1"
    assert len(found) <= 2


def test_a_system_in_its_own_process(tmp_path: Path) -> None:
    seen = in_own_process("bm25", _beir(tmp_path / "b", "q0\td1\t1\n"), None)
    assert seen.ranked["q0"][0] == "d1"
    assert len(seen.seconds) == 1
    assert seen.build_s > 0
    assert seen.peak_bytes > 50_000_000


def test_a_child_without_result_fails(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MeasuringFailed):
        in_own_process("nonsense", _beir(tmp_path / "b", "q0\td1\t1\n"), None)
    assert "KeyError" in capfd.readouterr().err
