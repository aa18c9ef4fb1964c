"""One load run: documents and index by the product's own commands, a server process, and callers over sockets."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.counts import spread
from evals.load.bars import Scale, bar_for
from evals.load.clients import CHECK, OPINION, Asked, Body, at_once, in_turn, streamed
from evals.load.process import Running, environment, finished, serving
from evals.readings import Machine, Reading, this_machine

INDEX_LIMIT_S = 900.0
COLD_LIMIT_S = 120.0
READY_LIMIT_S = 900.0
_COLD_RUNS = 3
_GAVE_AN_ANSWER = (0, 1)  # exit statuses of `cadre ask`: 1 is an answer that gives no rule
_SEQUENTIAL = 200
_FILTERED = 100
_STREAMED = 60


@dataclass(frozen=True)
class Plan:
    """What to run: the scale with its extra documents, the questions to ask, the places and days to filter by.

    `cases` are bodies of `POST /v1/cases/check`; without any, no case is checked.
    """

    scale: Scale
    clauses: int
    documents: Path | None
    questions: Sequence[str]
    places: Sequence[str]
    days: Sequence[str]
    clients: int
    seconds: float
    cases: Sequence[Body] = ()


@dataclass
class Result:
    """The readings in the order they were taken, and requests that were not answered."""

    scale: Scale
    clauses: int
    machine: Machine
    readings: list[Reading] = field(default_factory=list)
    failures: int = 0

    def add(self, name: str, label: str, value: float | None, unit: str, note: str = "") -> None:
        self.readings.append(Reading(name, label, value, unit, bar_for(self.scale, name), note))

    def as_json(self) -> dict[str, Any]:
        return {
            "scale": self.scale.value,
            "clauses": self.clauses,
            "machine": str(self.machine),
            "failures": self.failures,
            "readings": {reading.name: reading.as_json() for reading in self.readings},
        }


def run(plan: Plan, scratch: Path, say: Callable[[str], None]) -> Result:
    """Take every reading; what cannot be measured stays a reading without a value, and says why.

    Raises ServerNotReady when no server comes up.
    """
    result = Result(plan.scale, plan.clauses, this_machine())
    env = environment(scratch / "data", plan.documents)
    folder = scratch / "run"
    folder.mkdir()
    say("建索引")
    _index(result, env, folder)
    say("冷启动提问")
    _cold(result, env, folder, plan.questions)
    say("启动服务")
    with serving(env, folder, READY_LIMIT_S) as server:
        result.add("ready", "服务从启动到就绪", server.ready_s, "秒")
        _ask(result, server, plan, say)
        if plan.cases:
            _check(result, server, plan, say)
        result.add("memory", "服务占用内存（压测之后）", server.resident_bytes / 1e6, "MB")
    return result


def _index(result: Result, env: dict[str, str], folder: Path) -> None:
    first = finished(["index"], env, folder, INDEX_LIMIT_S)
    if first.status != 0:
        note = f"cadre index 以 {first.status} 结束：{first.tail.strip()[-200:]}"
        result.add("build", "建索引", None, "秒", note)
        return
    result.add("build", "建索引（整个命令）", first.seconds, "秒")
    result.add("build_peak", "建索引的内存峰值", first.peak_bytes / 1e6, "MB")
    again = finished(["index"], env, folder, INDEX_LIMIT_S)
    seconds = again.seconds if again.status == 0 else None
    result.add("rebuild", "内容未变时重建索引（整个命令）", seconds, "秒")


def _cold(result: Result, env: dict[str, str], folder: Path, questions: Sequence[str]) -> None:
    runs = [finished(["ask", question], env, folder, COLD_LIMIT_S) for question in questions[:_COLD_RUNS]]
    failed = next((one for one in runs if one.status not in _GAVE_AN_ANSWER), None)
    if failed is not None:
        note = f"cadre ask 以 {failed.status} 结束：{failed.tail.strip()[-200:]}"
        result.add("cold_ask", "cadre ask 冷启动", None, "秒", note)
        return
    note = f"{len(runs)} 次新进程的中位数，索引已建好"
    result.add("cold_ask", "cadre ask 冷启动", statistics.median(one.seconds for one in runs), "秒", note)


def _ask(result: Result, server: Running, plan: Plan, say: Callable[[str], None]) -> None:
    bodies: list[Body] = [{"question": question} for question in plan.questions]
    in_turn(server.port, bodies[:5], plan.seconds)  # what is loaded on demand is loaded
    say("逐个提问")
    asked = in_turn(server.port, itertools.islice(itertools.cycle(bodies), _SEQUENTIAL), plan.seconds)
    _times(result, "ask", "逐个提问", asked)
    say("流式提问")
    stream = streamed(server.port, itertools.islice(itertools.cycle(bodies), _STREAMED), plan.seconds)
    result.failures += stream.failures
    for name, label, seconds in (
        ("first_event", "第一个流式事件", stream.first),
        ("clauses_event", "“找到的条款”事件", stream.clauses),
    ):
        _times(result, name, label, Asked(seconds, 0))
    say("按地区和按日期提问")
    for name, label, key, values in (
        ("place", "限定地区", "jurisdiction", plan.places),
        ("date", "限定日期", "as_of", plan.days),
    ):
        pairs = zip(itertools.cycle(bodies), itertools.islice(itertools.cycle(values), _FILTERED), strict=False)
        _times(result, name, label, in_turn(server.port, [{**body, key: to} for body, to in pairs], plan.seconds))
    say(f"{plan.clients} 个客户端同时提问")
    crowd = at_once(server.port, bodies, plan.clients, plan.seconds)
    result.add("requests", f"{plan.clients} 个客户端同时提问", crowd.per_second, "次/秒")
    _times(result, "crowd", f"{plan.clients} 个客户端同时提问", crowd.asked)


def _check(result: Result, server: Running, plan: Plan, say: Callable[[str], None]) -> None:
    for door in (CHECK, OPINION):
        in_turn(server.port, plan.cases[:5], plan.seconds, door)  # what is loaded on demand is loaded
    say("逐个核查个案")
    _times(result, "check", "逐个核查个案", in_turn(server.port, plan.cases, plan.seconds, CHECK))
    say(f"{plan.clients} 个客户端同时核查")
    crowd = at_once(server.port, plan.cases, plan.clients, plan.seconds, CHECK)
    result.add("checks", f"{plan.clients} 个客户端同时核查", crowd.per_second, "次/秒")
    _times(result, "check_crowd", f"{plan.clients} 个客户端同时核查", crowd.asked)
    say("逐个出具预审意见")
    _times(result, "opinion", "出具预审意见（Word）", in_turn(server.port, plan.cases, plan.seconds, OPINION))


def _times(result: Result, name: str, label: str, asked: Asked) -> None:
    seen = spread([seconds * 1000 for seconds in asked.seconds])
    result.failures += asked.failures
    note = f"{seen.count} 次"
    note += f"，其中 {asked.refusals} 次答“没有读出可以核查的情况”" if asked.refusals else ""
    note += f"，另有 {asked.failures} 次失败" if asked.failures else ""
    result.add(f"{name}_p50", f"{label}，中位数", seen.p50, "毫秒", note)
    result.add(f"{name}_p95", f"{label}，95% 不超过", seen.p95, "毫秒", note)
