import json
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from evals.command import main
from evals.errors import MissingPackage, UnknownSystem
from evals.retrieval import run
from evals.retrieval.bench import Document
from evals.retrieval.child import main as measure_in_child
from evals.retrieval.peers import encoders
from evals.retrieval.peers.named import PEERS, QUIET
from evals.retrieval.peers.texts import text_of, words
from evals.retrieval.systems import build_of

_TEXTS = (
    ("食堂管理", "职工食堂每天中午十一点半开门，晚饭供应到七点。"),
    ("停车", "来访车辆停在东门外的停车场，地下车库只停本单位的车。"),
    ("图书借阅", "每人一次可以借五本书，借期一个月，可以续借一次。"),
    ("会议室", "使用大会议室要提前三天登记，用后关好投影和空调。"),
    ("体检", "在编人员每年体检一次，费用由单位承担。"),
    ("加班餐", "晚上八点以后仍在工作的，可以领取加班餐。"),
    ("用印", "合同用印前须经法务审看，并登记用印的份数。"),
    ("档案查阅", "查阅人事档案应当由两名党员干部持介绍信办理。"),
    ("差旅", "出差住宿费按职级限额报销，超出部分自理。"),
    ("值班", "节假日实行领导带班，值班人员不得擅自离岗。"),
    ("交流轮岗", "在同一职位任满十年的领导干部应当交流到别的岗位。"),
    ("容错", "先行先试中出现失误、符合条件的，可以从轻或者免予追责。"),
    ("澄清正名", "举报经核查不属实的，应当在一定范围内为当事人澄清。"),
    ("年度考核", "年度考核优秀等次的比例一般不超过参加考核人数的两成。"),
    ("试用期", "新提拔的干部试用期为一年，期满考核合格的正式任职。"),
    ("回避", "有夫妻关系的两人不得在同一机关担任有直接上下级关系的职务。"),
    ("培训", "处级以上干部五年内参加培训累计不少于三个月。"),
    ("挂职", "挂职锻炼期间不改变与原单位的人事关系。"),
    ("请假", "请事假三天以上的，报分管领导批准。"),
    ("年休假", "工作满二十年的，每年休假十五天。"),
    ("公务接待", "接待对象应当按规定标准自行用餐，不得提供香烟和高档酒水。"),
    ("公车", "公务用车实行定点加油、定点维修。"),
    ("保密", "涉密文件不得通过普通邮政和互联网传递。"),
    ("信访", "来信来访应当在十五日内告知是否受理。"),
    ("采购", "单项金额五万元以上的采购须有三家以上供应商报价。"),
    ("退休", "干部到达退休年龄的，提前一个月办理手续。"),
    ("绿化", "院内树木由后勤部门统一修剪，禁止随意攀折。"),
    ("消防", "每季度检查一次灭火器，安全通道不得堆放杂物。"),
    ("网络安全", "办公电脑应当设置口令，每九十天更换一次。"),
    ("捐赠", "接受社会捐赠要开具票据，并向社会公开使用情况。"),
)
_ASKED = "领导干部任满几年应当交流轮岗？"


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    entries = ({"_id": f"d{n}", "title": title, "text": text} for n, (title, text) in enumerate(_TEXTS))
    return [Document.model_validate(entry) for entry in entries]


def _needs(name: str) -> None:
    try:
        run.chosen(name)
    except MissingPackage as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize("name", [name for name, peer in PEERS.items() if not peer.minilm])
def test_every_library_finds_the_document_asked_for(tmp_path: Path, documents: list[Document], name: str) -> None:
    _needs(name)
    search = build_of(name)(documents, tmp_path)
    found = search(_ASKED, 5)
    assert found[0][0] == "d10"
    assert len(found) == 5
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    everything = [id_ for id_, _ in search(_ASKED, 100)]
    assert len(set(everything)) == len(everything) <= len(documents)
    assert all(type(id_) is str for id_ in everything)


def test_documents_with_the_same_text_stay_apart(tmp_path: Path) -> None:
    twins = [Document.model_validate({"_id": f"t{n}", "text": "任满十年应当交流。"}) for n in range(2)]
    others = [Document.model_validate({"_id": f"o{n}", "text": text}) for n, (_, text) in enumerate(_TEXTS[:8])]
    for name in ("langchain", "llamaindex", "txtai", "haystack"):
        _needs(name)
        found = build_of(name)([*others, *twins], tmp_path / name)("任满十年应当交流吗", 2)
        assert {id_ for id_, _ in found} == {"t0", "t1"}, name


def test_minilm_comes_from_its_package_and_is_read_back_once_kept(tmp_path: Path, documents: list[Document]) -> None:
    _needs("haystack-minilm")
    encoder = encoders.minilm()
    encoders.keep(encoder, documents, tmp_path)
    assert encoders.seconds_kept(tmp_path) > 0
    kept = encoders.remembering(encoder, documents, tmp_path)
    texts = [text_of(document) for document in documents[3:5]]
    assert kept.encode(texts) == pytest.approx(encoder.encode(texts), abs=1e-5)
    np.save(tmp_path / "vectors.npy", np.zeros((len(documents), encoder.dimensions), dtype=np.float32))
    assert not kept.encode(texts).any()
    assert kept.encode(["没有存过"]).any()
    assert kept.encode_query(texts[0]).any()
    assert (kept.dimensions, kept.identity) == (384, encoder.identity)


def test_systems_with_minilm_share_its_vectors_and_each_pays_for_them(
    tmp_path: Path, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    _needs("haystack-minilm")
    folder = _bench(tmp_path / "b")
    commands: list[tuple[str, ...]] = []

    def child(system: str, module: str, *arguments: str) -> None:
        commands.append((system, module))
        if system == "MiniLM":
            encoders.keep(encoders.minilm(), documents, Path(arguments[-1]))
            (Path(arguments[-1]) / "seconds.txt").write_text("5000.0", encoding="utf-8")
        else:
            measure_in_child(*arguments)

    monkeypatch.setattr(run, "_child", child)
    result = run.measure(folder, None, ("bm25", "haystack", "haystack-minilm", "txtai-minilm"))
    assert [system for system, _ in commands] == ["MiniLM", "bm25", "haystack", "haystack-minilm", "txtai-minilm"]
    paid = {name: row["build_s"] > 5000 for name, row in result.systems.items()}
    assert paid == {"bm25": False, "haystack": False, "haystack-minilm": True, "txtai-minilm": True}
    commands.clear()
    assert run.measure(folder, None, ("haystack-minilm",)).systems["haystack-minilm"]["build_s"] < 5000
    assert [system for system, _ in commands] == ["haystack-minilm"]


def _bench(folder: Path) -> Path:
    (folder / "qrels").mkdir(parents=True)
    lines = [{"_id": f"d{n}", "title": title, "text": text} for n, (title, text) in enumerate(_TEXTS)]
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    (folder / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": _ASKED}), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("q\td10\t1\n", encoding="utf-8")
    return folder


def test_what_a_library_is_given() -> None:
    document = Document.model_validate({"_id": "1", "title": "办法 第一条", "heading": "", "text": "应当交流。"})
    assert text_of(document) == "办法 第一条\n应当交流。"
    assert words("任满10年，应当交流 ABC。") == ["任满", "10", "年", "应当", "交流", "abc"]


def test_systems_by_name() -> None:
    assert run.chosen("ours,bm25, ours") == ("ours", "bm25")
    with pytest.raises(UnknownSystem, match="没有名为“elastic”的检索方法；可选：ours、encoder、bm25、langchain、"):
        run.chosen("ours,elastic")
    with pytest.raises(UnknownSystem):
        run.chosen("")


@pytest.fixture
def without_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> ModuleSpec | None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("evals.retrieval.peers.named.find_spec", nothing)


@pytest.mark.usefixtures("without_libraries")
def test_a_missing_package_is_told_before_anything_is_measured() -> None:
    assert run.chosen("ours,encoder,bm25") == ("ours", "encoder", "bm25")
    with pytest.raises(
        MissingPackage, match=r"评测“txtai”需要 faiss，还没有安装。请运行：pip install 'cadre-assistant\[evals\]'"
    ):
        run.chosen("ours,txtai")
    with pytest.raises(MissingPackage):
        build_of("haystack-minilm")


def test_command_line_tells_of_unknown_systems(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["retrieval", "--dataset", str(tmp_path), "--systems", "elastic"])
    assert done.exit_code == 3
    assert "没有名为“elastic”的检索方法" in done.stderr


def test_naming_the_peers_imports_none_of_them() -> None:
    code = "import sys, evals.retrieval.run, evals.retrieval.systems; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=run.ROOT, capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert "evals.retrieval.run" in imported
    assert not imported & {"llama_index.core", "txtai", "haystack", "langchain_chroma", "langchain_classic", "faiss"}
