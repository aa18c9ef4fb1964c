import http.server
import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import pytest

from evals.answers.rows import Half
from evals.cases.rows import BUNDLED, read_rows
from evals.load import shown
from evals.load.bars import Scale, bar_for
from evals.load.clients import CHECK, at_once, in_turn, streamed
from evals.load.corpus import laws, write_documents
from evals.load.prepare import plan
from evals.load.process import environment, finished
from evals.load.run import Result
from evals.memory import high_water
from evals.readings import Bar, Machine, Reading
from evals.report.page import html
from evals.retrieval.bench import Document
from knowledge.library import load_library

_TITLES = ["刑法 第十条", "刑法 第九条", "刑法 第十条之一", "刑法 第九条", "两高  解释 第二条", "没有条号"]
_DOCUMENTS = [
    Document.model_validate(
        {"_id": str(n), "title": title, "heading": "第一章 总则", "text": f"正文{n}。\n　　第二段：{n}。"}
    )
    for n, title in enumerate(_TITLES)
]


def test_laws_keep_every_article_in_order() -> None:
    grouped = {title: [article.number for article in articles] for title, articles in laws(_DOCUMENTS)[:1]}
    assert grouped == {"刑法": ["9", "10", "10-1"]}
    assert [(title, len(articles)) for title, articles in laws(_DOCUMENTS)] == [
        ("刑法", 3),
        ("刑法", 1),
        ("两高  解释", 1),
    ]


def test_written_documents_are_read_by_the_real_loader(tmp_path: Path) -> None:
    library = load_library()
    written = write_documents(_DOCUMENTS, library.vocabulary.jurisdictions, tmp_path / "documents")
    loaded = load_library([tmp_path / "documents"])
    assert written == 5
    assert len(loaded.clauses) == len(library.clauses) + 5
    assert {edition.jurisdiction for id_, edition in loaded.editions.items() if id_.startswith("law-")} > {"中央"}


@pytest.mark.parametrize(("value", "verdict"), [(25.0, "达到"), (25.1, "未达到"), (None, "未测")])
def test_readings_are_judged_by_their_bar(value: float | None, verdict: str) -> None:
    assert Reading("ask_p50", "", value, "毫秒", Bar(25)).verdict == verdict


def test_bars() -> None:
    assert Bar(80, at_most=False).passed(80)
    assert not Bar(80, at_most=False).passed(79.9)
    assert Reading("x", "", 1.0, "秒").verdict == "—"
    assert bar_for(Scale.BUNDLED, "ask_p50") is None
    assert str(bar_for(Scale.BUNDLED, "check_p95")) == "≤ 80"
    assert str(bar_for(Scale.STATUTES, "requests")) == "≥ 80"


def test_the_report_shows_each_reading_beside_its_bar() -> None:
    result = Result(Scale.BUNDLED, 300, Machine("某处理器", 2, 24.6, 0.3))
    result.add("cold_ask", "cadre ask 冷启动", 5.0, "秒")
    result.add("memory", "服务占用内存", None, "MB", "没有启动")
    page = html(shown.page(result), datetime(2026, 1, 2))
    assert '<td class="bad">未达到</td>' in page
    assert "未测" in page
    assert result.as_json()["readings"]["cold_ask"] == {
        "value": 5.0,
        "unit": "秒",
        "bar": "≤ 4",
        "passed": False,
        "note": "",
    }


_ERRORS = {"没有情况": b'{"error": {"code": "no_case"}}', "坏": b"[]"}


class _Stub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = asked.get("question") or asked.get("text")
        refused = said in {"坏", "没有情况"}
        events = b"event: meta\ndata: {}\n\nevent: clauses\ndata: {}\n\n"
        body = events if "event-stream" in self.headers["Accept"] else _ERRORS.get(said, b"{}")
        time.sleep(0.002)
        self.send_response(HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (named by http.server)
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Stub) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_callers_over_sockets(port: int) -> None:
    bodies = [{"question": "好"}, {"question": "坏"}, {"question": "好"}]
    asked = in_turn(port, bodies, 5)
    assert (len(asked.seconds), asked.failures) == (2, 1)
    assert all(0.002 <= seconds < 5 for seconds in asked.seconds)
    stream = streamed(port, bodies, 5)
    assert (len(stream.first), len(stream.clauses), stream.failures) == (2, 2, 1)
    crowd = at_once(port, bodies[:1], clients=3, seconds=0.2)
    assert crowd.asked.failures == 0
    assert crowd.per_second == pytest.approx(len(crowd.asked.seconds) / 0.2, rel=0.5)


def test_no_case_is_an_answer_where_cases_are_checked(port: int) -> None:
    bodies = [{"text": text} for text in ("没有情况", "坏", "好")]
    checked = in_turn(port, bodies, 5, CHECK)
    assert (len(checked.seconds), checked.failures, checked.refusals) == (2, 1, 1)
    asked = in_turn(port, bodies, 5)
    assert (len(asked.seconds), asked.failures, asked.refusals) == (1, 2, 0)
    crowd = at_once(port, bodies[:1], clients=2, seconds=0.1, door=CHECK)
    assert crowd.asked.refusals == len(crowd.asked.seconds) > 0
    assert crowd.asked.failures == 0


def test_only_the_tuning_half_is_sent_and_only_what_a_row_gives(tmp_path: Path) -> None:
    rows = {row.text: row for row in read_rows(BUNDLED).rows}
    planned = plan(Scale.BUNDLED, tmp_path, clients=1, seconds=1)
    assert {rows[case["text"]].half for case in planned.cases} == {Half.TUNING}
    assert len(planned.cases) == sum(row.half is Half.TUNING for row in rows.values())
    assert all(case.get("mechanism") == rows[case["text"]].mechanism for case in planned.cases)
    assert {"mechanism" in case for case in planned.cases} == {True, False}


def test_nobody_listening_is_a_failure() -> None:
    assert in_turn(1, [{"question": "好"}], 1).failures == 1


def test_a_command_is_timed_with_its_own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRE_ENCODER", "somewhere")
    env = environment(tmp_path / "data", tmp_path / "documents")
    assert "CADRE_ENCODER" not in env
    assert json.loads(env["CADRE_DOCUMENTS"]) == [str(tmp_path / "documents")]
    done = finished(["--help"], env, tmp_path, 60)
    assert (done.status, "cadre" in done.tail or "serve" in done.tail) == (0, True)
    assert done.peak_bytes > 5_000_000


def test_high_water() -> None:
    assert high_water() > 10_000_000
    assert high_water(2**22 + 1) == 0
