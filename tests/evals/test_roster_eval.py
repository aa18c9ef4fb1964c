from datetime import date, datetime
from pathlib import Path

import pytest

from assistant.eligibility.case import Day
from assistant.eligibility.roster import columns_of, read_table
from evals.errors import MeasuringFailed
from evals.readings import Machine
from evals.report.page import html
from evals.roster import shown
from evals.roster.making import make_roster
from evals.roster.people import HEADER, SPOILT_EVERY
from evals.roster.run import ROWS, Result, in_own_process, readings, run
from evals.roster.seen import Seen
from knowledge.library import load_library

_MACHINE = Machine("某处理器", 2, 24.6, 0.3)


def test_the_same_people_every_time(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert make_roster(tmp_path / name, 60) == 1
    one, other = (read_table((tmp_path / name).read_bytes(), name) for name in ("a.xlsx", "b.xlsx"))
    assert one.rows == other.rows
    assert len(one.rows) == 60


def test_people_are_varied_and_every_column_is_known_for_what_it_is(tmp_path: Path) -> None:
    make_roster(tmp_path / "a.xlsx", 300)
    table = read_table((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    columns = columns_of(table, load_library().rules.facts.values())
    assert table.headers == HEADER
    assert (columns.missing, columns.ambiguous) == ((), ())
    since = [row.cell(HEADER.index("任现职时间")) for row in table.rows]
    assert {type(one) for one in since} == {date, Day, str, int}
    assert len({(row.cell(3), row.cell(4)) for row in table.rows}) > 200


def test_a_roster_is_checked_in_its_own_process(tmp_path: Path) -> None:
    rows = SPOILT_EVERY + SPOILT_EVERY // 2
    result = run(rows, tmp_path, lambda _: None)
    seen = result.seen
    assert (seen.rows, sum(seen.stages.values()), sum(seen.places.values())) == (rows, rows, rows)
    assert seen.stages["问题行"] == result.spoilt == 2
    assert {"衡东县", "黄石市", "*县"} <= set(seen.places)
    assert len(seen.stages) > 4
    assert seen.peak_bytes > 20_000_000
    values = {reading.name: reading.value for reading in result.readings}
    assert values["whole"] is not None
    assert values["whole"] >= seen.load_s + seen.read_s + seen.check_s + seen.write_s > 0
    assert all(reading.bar is None for reading in result.readings)
    assert result.as_json()["stages"] == seen.stages
    page = html(shown.page(result), datetime(2026, 1, 2))
    assert "有意写错 2 行，不能核查而列为问题行的 2 行" in page
    assert "有标准的" not in page


@pytest.mark.parametrize(("seconds", "verdict"), [(60.0, "达到"), (60.1, "未达到")])
def test_the_bar_is_for_the_whole_of_a_large_roster(seconds: float, verdict: str) -> None:
    seen = Seen(ROWS, 1.0, 10.0, 20.0, 25.0, 500_000_000, {"问题行": 5, "已到期": ROWS - 5}, {"衡东县": ROWS}, 0)
    result = Result(_MACHINE, seen, 5, readings(seen, seconds, "", ""))
    judged = {reading.name: reading.verdict for reading in result.readings if reading.bar is not None}
    assert judged == {"whole": verdict}
    assert f">{verdict}</td>" in html(shown.page(result), datetime(2026, 1, 2))


def test_a_child_without_result_fails(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MeasuringFailed):
        in_own_process(tmp_path / "nowhere.xlsx", tmp_path / "out.xlsx", tmp_path / "seen.json")
    assert "FileNotFoundError" in capfd.readouterr().err
