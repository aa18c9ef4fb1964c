"""The command, run over the bundled rules."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from server.roster_command import ROSTER_HELP, roster_command
from tests.assistant.eligibility.roster.making import csv_of

APP = typer.Typer()
APP.command("roster", help=ROSTER_HELP)(roster_command)
LINES = (
    ("姓名", "单位", "现任职务", "任现职时间"),
    ("张三", "衡东县财政局", "副局长", "2014.05"),
    ("李四", "某局", "股长", "?"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "花名册.csv"
    path.write_bytes(csv_of(*LINES))
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(APP, [str(one) for one in arguments])


def test_it_writes_beside_the_file_and_overwrites_nothing(file: Path) -> None:
    result = run(file, "--jurisdiction", "衡东县", "--as-of", "2026-11-24")
    assert result.exit_code == 0, result.output
    written = file.with_name("花名册-核查结果.xlsx")
    assert load_workbook(written)["核查结果"]["F2"].value == "已到期"
    assert "已到期：1" in result.stdout
    assert "第 3 行" in result.stdout
    assert "不代替组织认定" in result.stdout
    assert "A列 姓名" in result.stderr
    assert run(file, "--jurisdiction", "衡东县", "--yes").exit_code == 0
    assert file.with_name("花名册-核查结果-2.xlsx").exists()


def test_out_and_columns(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果.csv"
    result = run(file, "--jurisdiction", "衡东县", "--out", out, "--columns", "职务=C列，单位=", "--yes")
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "more",
    [
        ("--jurisdiction", "长沙市"),
        (),
        ("--jurisdiction", "衡东县", "--as-of", "2020-01-01"),
        ("--jurisdiction", "衡东县", "--as-of", "去年"),
        ("--jurisdiction", "衡东县", "--columns", "姓名"),
        ("--jurisdiction", "衡东县", "--columns", "身高=姓名"),
        ("--jurisdiction", "衡东县", "--out", "/nowhere/x.xlsx"),
    ],
)
def test_what_is_wrong_is_told_in_chinese(file: Path, more: tuple[str, ...]) -> None:
    result = run(file, *more)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert result.stderr.strip().endswith("。")
    assert not list(file.parent.glob("*核查结果*"))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run(tmp_path / "没有.xlsx", "--jurisdiction", "衡东县")
    assert result.exit_code == 2
    assert "不能读取" in result.stderr


def test_on_a_terminal_it_asks_before_it_checks(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.roster_command.is_interactive", lambda: True)
    refused = CliRunner().invoke(APP, [str(file), "--jurisdiction", "衡东县"], input="n\n")
    assert refused.exit_code == 1
    assert not list(file.parent.glob("*核查结果*"))
    agreed = CliRunner().invoke(APP, [str(file), "--jurisdiction", "衡东县"], input="y\n")
    assert agreed.exit_code == 0
    assert run(file, "--jurisdiction", "衡东县", "--yes").exit_code == 0
