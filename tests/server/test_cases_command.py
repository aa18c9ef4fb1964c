from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.errors import UnreadableReceipt
from knowledge.errors import IndexUnusable
from server.command import main
from tests.server.casebook import TOLD
from tests.server.standin import StandIn
from tests.server.test_command import failing

RUN = CliRunner()
DAY = ["--as-of", "2024-06-01"]
SETTLED = ["--facts", '{"needed": false}']
OPEN = "在同一个岗位好多年，要不要轮岗？"


@pytest.fixture(autouse=True)
def assembled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Callable[[], StandIn]], None]:
    """The stand-in, unless a test hands in another; receipts go to a folder of the test's own."""

    def set_up(make: Callable[[], StandIn]) -> None:
        monkeypatch.setattr("assistant.assembly.assemble", lambda *_, **__: make())

    monkeypatch.setenv("CADRE_DATA_DIR", str(tmp_path / "data"))
    set_up(StandIn)
    return set_up


def test_a_check_is_printed_with_its_reasons() -> None:
    result = RUN.invoke(main, ["check", *DAY, *SETTLED], input=TOLD)
    assert result.exit_code == 0, result.output
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "衡东县交流轮岗（rotation-hengdong@2024，按 2024-06-01 的规定）" in lines
    assert "结论：适用：应当交流轮岗（应当）" in lines
    assert "核对任职时间。〔第9.1段 #9.1〕" in lines
    assert "现任职务类别：单位正职、单位副职 │ 符合 │ 第9.1段 #9.1" in lines
    assert "工作特殊需要 │ 不符合 │ 第9.2段 #9.2" in lines
    assert "现任职务类别 │ 单位副职 │ 读出 │ “副局长”" in lines
    assert "工作特殊需要 │ 否 │ 人工确认 │" in lines
    assert "期限：2024-03已任现职年限满10年：应当交流轮岗" in lines
    assert "按今天（2026-03-01）的规定：适用：应当交流轮岗（应当）" in lines
    assert any(line.startswith("依据：《衡东县干部工作做法》（衡东县，2024-02，摘编；") for line in lines)
    assert any(line.startswith("凭证：YS20240601-") for line in lines)
    assert "不是组织决定" in lines[-1]


def test_what_is_open_exits_1_with_what_follows_from_each_answer() -> None:
    result = RUN.invoke(main, ["check", *DAY], input=TOLD)
    assert result.exit_code == 1
    assert "结论：需组织认定，可能是：应当交流轮岗" in result.stdout
    assert "1. 是否认定工作特殊需要？（须由有权机关认定；依据：第9.2段 #9.2）" in result.stdout
    assert "   若是：暂缓：因工作特殊需要暂缓交流\n   若否：结论为“应当交流轮岗”\n" in result.stdout


def test_an_open_place_is_asked_first() -> None:
    result = RUN.invoke(main, ["check", *DAY], input=OPEN)
    assert result.exit_code == 1
    assert "先要弄清：按哪里的规定核查？衡东县、温州市的规定不同。" in result.stdout
    assert "  温州市：事实不足，可能是：应当交流轮岗" in result.stdout


def test_doubts_and_proposals_are_told_apart_from_facts() -> None:
    result = RUN.invoke(main, ["check", *DAY], input="衡东县某领导，同事说工作特殊需要，要不要轮岗？")
    assert "只核查本人的情况。" in result.stdout
    assert "不作事实：工作特殊需要——须由有权机关认定" in result.stdout
    assert "待确认：“领导”是否指“现任职务类别：单位正职”" in result.stdout


def test_a_check_as_json_is_the_body_of_the_api(tmp_path: Path) -> None:
    file = tmp_path / "case.txt"
    file.write_text("\ufeff" + TOLD, encoding="utf-8")
    result = RUN.invoke(main, ["check", *DAY, *SETTLED, "--file", str(file), "--json"])
    body = json.loads(result.stdout)
    assert (body["verdict"], body["place"]["name"]) == ("applies", "衡东县")
    assert TOLD[body["facts"][0]["start"] : body["facts"][0]["end"]] == body["facts"][0]["quote"]


def test_place_and_mechanism_are_passed_on() -> None:
    arguments = ["check", *DAY, "--json", "--mechanism", "rotation-wenzhou", "--jurisdiction", "温州"]
    body = json.loads(RUN.invoke(main, arguments, input=OPEN).stdout)
    assert (body["mechanism"], body["place"]["name"]) == ("rotation-wenzhou@2020", "温州市")


def test_nothing_is_kept_unless_asked_for(tmp_path: Path) -> None:
    RUN.invoke(main, ["check", *DAY, *SETTLED], input=TOLD)
    assert not (tmp_path / "data").exists()


def test_a_saved_receipt_holds_no_words_and_is_reproduced(tmp_path: Path) -> None:
    result = RUN.invoke(main, ["check", *DAY, *SETTLED, "--save", "--json"], input=TOLD)
    number = json.loads(result.stdout)["receipt"]["number"]
    [file] = (tmp_path / "data" / "receipts").iterdir()
    assert file.name == f"{number}.json"
    assert f"凭证已保存：{file}" in result.stderr
    assert not any(words in file.read_text(encoding="utf-8") for words in ("副局长", "2014年", TOLD[:4]))
    ruling = tmp_path / "ruling.json"
    ruling.write_text(result.stdout, encoding="utf-8")
    for named in (number, str(file), str(ruling)):
        again = RUN.invoke(main, ["recheck", named])
        assert (again.exit_code, again.stdout) == (0, f"{number}：与原结论一致。\n"), named


def test_what_changed_since_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = RUN.invoke(main, ["check", *DAY, *SETTLED, "--save", "--json"], input=TOLD)
    number = json.loads(saved.stdout)["receipt"]["number"]
    monkeypatch.setattr("assistant.eligibility.ruling.receipt.ENGINE", "2")
    result = RUN.invoke(main, ["recheck", number])
    assert result.exit_code == 1
    assert result.stdout == f"{number}：有 1 处变化。\n  核查程序的版本由 1 变为 2\n"
    assert (tmp_path / "data" / "receipts" / f"{number}.json").exists()


def test_a_mechanism_that_is_gone_is_a_change(
    assembled: Callable[[Callable[[], StandIn]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = RUN.invoke(main, ["check", *DAY, *SETTLED, "--save", "--json"], input=TOLD)
    number = json.loads(saved.stdout)["receipt"]["number"]
    standin = StandIn()
    assert standin.cases is not None
    rules = standin.cases.book.rules
    gone = type(rules)(rules.facts, {}, {})
    monkeypatch.setattr(standin.cases, "book", type(standin.cases.book)(gone, standin.index.clause))
    assembled(lambda: standin)
    result = RUN.invoke(main, ["recheck", number])
    assert result.exit_code == 1
    assert "没有编号为“rotation-hengdong@2024”的机制" in result.stdout


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_an_opinion_is_written_and_its_receipt_kept(tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"预审意见.{ending}"
    result = RUN.invoke(main, ["check", *DAY, *SETTLED, "--opinion", str(place)], input=TOLD)
    assert result.exit_code == 0, result.output
    assert f"预审意见已写入：{place}" in result.stderr
    assert place.read_bytes().startswith(b"PK" if ending == "docx" else b"<!")
    assert len(list((tmp_path / "data" / "receipts").iterdir())) == 1


@pytest.mark.parametrize(
    ("arguments", "text", "says"),
    [
        ([], "", "问题是空的"),
        ([], "an officer", "没有读到中文"),
        ([], "轮" * 20_001, "超过 20000 字的上限"),
        ([], "今天天气很好", "没有读出可以核查的情况"),
        (["--as-of", "2024-02-30"], TOLD, "不是有效日期"),
        (["--as-of", "2020-01-01"], TOLD, "没有施行的版本"),
        (["--jurisdiction", "火星"], TOLD, "知识库里没有“火星”"),
        (["--mechanism", "no-such"], TOLD, "没有编号为“no-such”的机制"),
        (["--facts", "{"], TOLD, "--facts 应为 JSON 对象"),
        (["--facts", "[1]"], TOLD, "--facts 应为 JSON 对象"),
        (["--facts", '{"no_such": 1}'], TOLD, "没有名为“no_such”的事实"),
        (["--facts", '{"needed": 1}'], TOLD, "“工作特殊需要”的值不对"),
        (["--opinion", "x.pdf"], TOLD, ".docx 或 .html"),
        (["--opinion", "/no/such/folder/x.docx"], TOLD, "不能写入"),
        (["--file", "/no/such/file"], TOLD, "/no/such/file"),
    ],
)
def test_bad_input_exits_2_with_a_message(arguments: list[str], text: str, says: str) -> None:
    result = RUN.invoke(main, ["check", *arguments], input=text)
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert result.stdout == ""


def test_a_description_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    file = tmp_path / "case.txt"
    file.write_bytes(TOLD.encode("gb18030"))
    result = RUN.invoke(main, ["check", "--file", str(file)])
    assert (result.exit_code, result.stderr) == (2, "描述不是 UTF-8 文本。\n")


@pytest.mark.parametrize("named", ["YS20240601-000000000000", "../x", "", "."])
def test_an_unknown_receipt_exits_2(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = RUN.invoke(main, ["recheck", named])
    assert result.exit_code == 2
    assert "没有保存编号" in result.stderr


def test_a_file_that_holds_no_receipt_exits_2(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}", encoding="utf-8")
    result = RUN.invoke(main, ["recheck", str(file)])
    assert (result.exit_code, result.stderr) == (2, f"{UnreadableReceipt()}\n")


def test_the_mechanisms_are_listed() -> None:
    result = RUN.invoke(main, ["mechanisms"])
    assert result.exit_code == 0
    assert "rotation-hengdong@2024" in result.stdout
    assert "2024-02-02 起" in result.stdout


@pytest.mark.parametrize("command", [["check"], ["recheck", "x.json"], ["mechanisms"]])
def test_faults_exit_3_with_a_message(
    assembled: Callable[[Callable[[], StandIn]], None], command: list[str], tmp_path: Path
) -> None:
    if command[0] == "recheck":
        saved = RUN.invoke(main, ["check", *DAY, *SETTLED, "--json"], input=TOLD)
        command = ["recheck", str(tmp_path / "x.json")]
        (tmp_path / "x.json").write_text(saved.stdout, encoding="utf-8")
    assembled(failing(IndexUnusable("索引已损坏")))
    result = RUN.invoke(main, command, input=TOLD)
    assert result.exit_code == 3
    assert "索引已损坏。请运行：cadre index" in result.stderr
    assembled(lambda: StandIn(cases=None))
    result = RUN.invoke(main, command, input=TOLD)
    assert (result.exit_code, result.stderr) == (3, "规则没有载入，不能核查。请运行：cadre index\n")


@pytest.mark.parametrize("command", ["check", "recheck", "mechanisms", "roster"])
def test_help_is_chinese_with_an_example(command: str) -> None:
    result = RUN.invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "例：" in result.stdout
