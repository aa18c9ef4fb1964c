from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.answering.answer import Answer
from assistant.answering.question import Question
from knowledge.errors import EncoderUnavailable, Fault, FaultyLibrary, IndexUnusable
from server.command import main
from tests.server.standin import StandIn

RUN = CliRunner()


@pytest.fixture
def assembled(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], StandIn]], None]:
    """Have the command assemble what the test hands in."""

    def set_up(make: Callable[[], StandIn]) -> None:
        monkeypatch.setattr("assistant.assembly.assemble", lambda *_, **__: make())

    return set_up


def failing(error: Exception) -> Callable[[], StandIn]:
    def make() -> StandIn:
        raise error

    return make


def test_ask_prints_the_answer_and_its_sources(assembled: Callable[[Callable[[], StandIn]], None]) -> None:
    assembled(StandIn)
    result = RUN.invoke(main, ["ask", "满几年要交流？"])
    assert result.exit_code == 0
    assert result.stdout.startswith("单位正职任职满10年的应当交流。\n次行[1]\n")
    assert "[1] 《衡东县干部工作做法》第9.1段\n" in result.stdout
    assert "“单位正职在同一职位任职满10年的应当交流。”" in result.stdout
    assert "衡东县 · 县级 · 2024-02 发布 · 现行 · 摘编；来源：https://example.org/1" in result.stdout


def test_ask_as_json_is_the_body_of_the_api(assembled: Callable[[Callable[[], StandIn]], None]) -> None:
    assembled(StandIn)
    result = RUN.invoke(main, ["ask", "满几年？", "--jurisdiction", "衡东县", "--as-of", "2024-06-01", "--json"])
    assert json.loads(result.stdout)["citations"][0]["ref"] == "hengdong-2024@2024-02#9.1"


def test_ask_reads_standard_input(assembled: Callable[[Callable[[], StandIn]], None]) -> None:
    standin = StandIn()
    assembled(lambda: standin)
    assert RUN.invoke(main, ["ask", "-"], input="满几年\n要交流？\n").exit_code == 0
    assert standin.asked[-1].text == "满几年 要交流？"


def test_an_answer_without_a_rule_exits_1(assembled: Callable[[Callable[[], StandIn]], None]) -> None:
    assembled(StandIn)
    result = RUN.invoke(main, ["ask", "哪里的规定？"])
    assert result.exit_code == 1
    assert "可选：衡东县、温州市" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([""], "问题是空的"),
        (["hello"], "没有读到中文"),
        (["容" * 5000], "超过 4000 字的上限"),
        (["容错？", "--as-of", "2024-02-30"], "“2024-02-30”不是有效日期"),
        (["容错？", "--jurisdiction", "火星"], "知识库里没有“火星”"),
    ],
)
def test_bad_input_exits_2_with_a_message(
    assembled: Callable[[Callable[[], StandIn]], None], arguments: list[str], says: str
) -> None:
    assembled(StandIn)
    result = RUN.invoke(main, ["ask", *arguments])
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", [["ask", "容错？"], ["index"], ["serve", "--port", "0"]])
@pytest.mark.parametrize(
    ("error", "says"),
    [
        (FaultyLibrary([Fault(Path("a.md"), 7, "缺少 locator")]), "a.md:7: 缺少 locator"),
        (IndexUnusable("索引已损坏"), "索引已损坏。请运行：cadre index"),
        (EncoderUnavailable("找不到编码器 x"), "找不到编码器 x"),
    ],
)
def test_faults_exit_3_with_a_message(
    assembled: Callable[[Callable[[], StandIn]], None], command: list[str], error: Exception, says: str
) -> None:
    assembled(failing(error))
    result = RUN.invoke(main, command)
    assert result.exit_code == 3
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_an_interruption_while_asking_is_told(assembled: Callable[[Callable[[], StandIn]], None]) -> None:
    class Interrupted(StandIn):
        def answer(self, question: Question) -> Answer:
            raise KeyboardInterrupt(question)

    assembled(Interrupted)
    result = RUN.invoke(main, ["ask", "容错？"])
    assert (result.exit_code, result.stderr) == (130, "已中断。\n")


def test_index_builds_once_and_anew_when_forced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRE_DATA_DIR", str(tmp_path))
    built = []
    for arguments in ([], [], ["--force"]):
        result = RUN.invoke(main, ["index", *arguments])
        assert result.exit_code == 0, result.output
        assert re.fullmatch(r"索引可用：\d+ 份文件，\d+ 个条款。\n", result.stdout)
        built.append((tmp_path / "index" / "current").read_text())
    assert built[0] == built[1] != built[2]


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRE_PORT", "abc")
    result = RUN.invoke(main, ["ask", "容错？"])
    assert result.exit_code == 2
    assert "CADRE_PORT" in result.stderr


@pytest.mark.parametrize("command", [[], ["ask"], ["index"], ["serve"]])
def test_help_is_chinese_with_an_example(command: list[str]) -> None:
    result = RUN.invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert "例：" in result.stdout
    assert "cadre" in result.stdout


@pytest.mark.usefixtures("assistant")  # its index is there
def test_help_and_ask_leave_heavy_libraries_alone(data_dir: Path) -> None:
    script = """
import sys
from server.command import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
heavy = {"gradio", "fastapi", "uvicorn", "torch", "sentence_transformers", "langchain", "chromadb"}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""
    for arguments in (["--help"], ["ask", "容错要看哪些方面？"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            capture_output=True,
            text=True,
            check=True,
            input="衡东县某局副局长，2014年3月任现职至今，要不要轮岗？",
            env={"CADRE_DATA_DIR": str(data_dir), "PYTHONUTF8": "1"},
        )
        assert done.stdout
        assert done.stderr.splitlines()[-1] == "[]", arguments
