from __future__ import annotations

import base64
import io
import tempfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from server.page.roster import tab
from server.page.roster.result_html import HEADERS
from server.page.roster.tab import roster_functions
from tests.browser.standin import NASTY, StandIn

ROSTER = (
    "姓名,单位,现任职务,职务类别,任现职时间,正在接受审查调查,正在参加长期培训,备注\n"
    f"甲,某局,副局长,单位副职,2013年5月,否,否,{NASTY.replace(',', '')}\n"
    "乙,某局,科长,内设机构正职,2025-03,否,否,\n"
    "丙,某局,局长,单位正职,不知道,否,否,\n"
)
Call = Callable[[object], dict[str, Any]]


def sent(text: str = ROSTER, **more: Any) -> dict[str, Any]:
    data = base64.b64encode(text.encode()).decode()
    return {"name": "名册.csv", "data": data, "day": "2026-03-01", "place": "衡东县", **more}


@pytest.fixture
def calls() -> dict[str, Call]:
    assistant = StandIn()
    assert assistant.cases is not None
    return {call.__name__: call for call in roster_functions(assistant.cases, assistant.index.editions)}


CHOSEN = {"A列": "name", "B列": "unit", "C列": "title", "D列": "post_kind", "E列": "post_start"}
CHOSEN |= {"F列": "open_case", "G列": "in_training", "H列": ""}


def test_the_columns_are_shown_with_samples_and_what_they_are_read_as(calls: dict[str, Call]) -> None:
    answer = calls["roster_columns"](sent())
    html = answer["html"]
    assert "共 3 行数据" in html
    assert html.count("<select data-column=") == 8
    assert '<option value="post_start" selected>' in html
    assert "2013年5月、2025-03、不知道" in html
    assert "<script" not in html
    assert "<img" not in html


def test_missing_columns_are_told_before_the_check(calls: dict[str, Call]) -> None:
    assert "还缺：任现职时间" in calls["roster_columns"](sent("姓名,职务\n甲,局长\n"))["html"]


def test_a_checked_roster_has_counts_rows_and_the_rows_in_trouble(calls: dict[str, Call]) -> None:
    answer = calls["roster_check"](sent(columns=CHOSEN))
    assert answer["state"] == "done"
    html, sheet = answer["html"], answer["sheet"]
    assert "共 3 行" in html
    assert "第4行" in html
    assert "系统预审不代替组织认定" in html
    assert len(sheet["rows"]) == 3
    assert all(len(row["cells"]) == len(HEADERS) for row in sheet["rows"])
    assert [row["cells"][1] for row in sheet["rows"]] == ["甲", "乙", "丙"]
    assert sheet["rows"][1]["year"] == "2030"
    assert all(set(row["refs"]) <= set(sheet["clauses"]) for row in sheet["rows"])
    assert sheet["rows"][0]["refs"] == ["hengdong@2024#9.1"]
    assert sheet["rows"][2]["outcome"] == "问题行"


def test_the_result_is_downloaded_in_both_forms(calls: dict[str, Call]) -> None:
    as_xlsx = calls["roster_file"](sent(columns=CHOSEN, form="xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(as_xlsx["data"])))
    assert as_xlsx["name"] == "名册核查-2026-03-01.xlsx"
    assert len(list(book.worksheets[0].rows)) == 4
    as_csv = calls["roster_file"](sent(columns=CHOSEN, form="csv"))
    assert "核查情况" in base64.b64decode(as_csv["data"]).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (None, "没有数据"),
        ({"name": "a.csv", "data": "%%%"}, "没有传完整"),
        (sent("", columns={}), "没有数据"),
        (sent(columns={"A列": "name"}), "缺少核查必需的列"),
        (sent(columns={"A列": "post_kind", "D列": "post_kind"}), "指定了两列"),
        (sent(columns={"A列": "nothing"}), "没有名为"),
        (sent(columns={"Z列": "name"}), "没有唯一的"),
        (sent(place=""), "不知道按哪里的规定核查"),
        (sent(day="2026-02-30"), "不是有效日期"),
        (sent(place="温州市"), "知识库里没有温州市"),
    ],
)
def test_what_cannot_be_taken_is_told_in_words(calls: dict[str, Call], bad: Any, said: str) -> None:
    if isinstance(bad, dict) and "columns" not in bad:
        bad = {**bad, "columns": CHOSEN}
    answer = calls["roster_check"](bad)
    assert answer["state"] == "trouble"
    assert said in answer["message"]


def test_too_large_a_file_is_refused(calls: dict[str, Call], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tab, "LIMIT", 10)
    assert "拆分" in calls["roster_columns"](sent())["message"]


def test_progress_is_known_while_it_runs_and_forgotten_after(calls: dict[str, Call]) -> None:
    assert calls["roster_progress"]({"job": "x"}) == {"done": 0, "total": 0}
    calls["roster_check"](sent(columns=CHOSEN, job="x"))
    assert calls["roster_progress"]({"job": "x"}) == {"done": 0, "total": 0}
    assert calls["roster_progress"](None) == {"done": 0, "total": 0}


def test_the_file_never_reaches_the_disk(calls: dict[str, Call], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refused)
    monkeypatch.setattr(tempfile, "mkstemp", refused)
    for name in ("roster_columns", "roster_check"):
        assert calls[name](sent(columns=CHOSEN))["state"] == "done"
