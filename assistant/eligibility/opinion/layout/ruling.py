"""The sections of one ruling in full, and tables of rulings in short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.eligibility.opinion.layout.blocks import Cell, Grid, GridRow, Line, Section, Text
from assistant.eligibility.opinion.layout.facts import quoted
from assistant.eligibility.opinion.opinion import (
    Procedure,
    Question,
    RouteRows,
    RulingPart,
    Sentence,
    ShortRuling,
)
from assistant.eligibility.opinion.wording import KIND, chinese_date, modality_text

_NOTHING_OPEN = "没有。现有事实已能得出上述结论。"
_NO_QUESTION = "没有可以补充的事实。结论未定，是因为有关条款待核。"


def parts_of_ruling(part: RulingPart, as_of: date, days: Sequence[ShortRuling]) -> Iterator[Section]:
    """What a reader wants to know first comes first."""
    yield Section("预审结论", (Text(tuple(_conclusion(part, as_of))),))
    yield Section("条件核对", (_conditions(part.routes),))
    yield Section("待明确的问题", (_questions(part),))
    changes = tuple(_changes(part))
    if changes or days:
        blocks = (*((Text(changes),) if changes else ()), *((days_grid(days),) if days else ()))
        yield Section("时间和事实变化的影响", blocks)
    if part.materials:
        columns = (("事实", 46), ("材料", 70), ("用途", 40))
        rows = tuple(
            GridRow(((Line(one.label),), (Line("、".join(one.papers)),), (Line(one.purpose),)))
            for one in part.materials
        )
        yield Section("需要收集的材料", (Grid(columns, rows),))
    yield Section("办理机关和程序", (_procedure(part.procedure),))


def _conclusion(part: RulingPart, as_of: date) -> Iterator[Line]:
    yield Line(f"{part.mechanism}的规定{part.in_force}。按{chinese_date(as_of)}的情况核查。", (part.basis,))
    yield Line(f"{part.conclusion}。", (grounds_of(part),), lead="结论：")
    if part.modality is not None:
        yield Line(f"{modality_text(part.verdict, part.modality)}。")
    yield from _list(part.also_met, "条件同样具备：" if part.verdict.definite else "条件已经具备：")
    yield from _list(part.consequences, "后果：")
    yield from _list(part.next_steps, "下一步：")


def grounds_of(part: RulingPart) -> int:
    """The clause a conclusion rests on: that of its outcome, else where the source speaks of the matter."""
    return part.basis if part.grounds is None else part.grounds.basis


def _list(sentences: Iterable[Sentence], lead: str) -> Iterator[Line]:
    for one in sentences:
        yield Line(_stopped(one.text), (one.basis,), lead=lead)


def _stopped(text: str) -> str:
    return text if text.endswith(("。", "？", "！", "；")) else f"{text}。"


def _conditions(routes: Iterable[RouteRows]) -> Grid:
    columns = (("条件", 60), ("所给情况", 32), ("核对结果", 26), ("依据", 38))
    rows = []
    for route in routes:
        head: Cell = (Line(route.outcome, lead=f"{KIND[route.kind]}："),)
        rows.append(
            GridRow((head, (Line(route.reached),), (Line(route.locator, (route.basis,), place=True),)), group=True)
        )
        for row in route.rows:
            criterion = (Line(row.criterion, depth=row.depth),)
            fact = (Line(row.fact or "—"),)
            rows.append(
                GridRow((criterion, fact, (Line(row.standing),), (Line(row.locator, (row.basis,), place=True),)))
            )
    return Grid(columns, tuple(rows))


def _questions(part: RulingPart) -> Grid | Text:
    if not part.questions:
        return Text((Line(_NOTHING_OPEN if part.verdict.definite else _NO_QUESTION),))
    columns = (("问题", 64), ("由谁明确、凭什么材料", 38), ("不同答复的结果", 54))
    return Grid(columns, tuple(GridRow(tuple(_question(one))) for one in part.questions))


def _question(one: Question) -> Iterator[Cell]:
    asked = [Line(one.question), Line(one.why.text, (one.why.basis,), lead="关系到：")]
    if one.so_far is not None:
        said = quoted(one.so_far.quotes, lead="描述中说：") if one.so_far.quotes else ()
        asked += [*said, Line(one.so_far.reason, lead="待核实：")]
    yield tuple(asked)
    yield (Line(one.settled_by), *((Line("、".join(one.materials), lead="材料："),) if one.materials else ()))
    yield tuple(Line(text, lead=f"{lead}：") for lead, text in one.answers)


def _changes(part: RulingPart) -> Iterator[Line]:
    yield from _list(part.due, "到期：")
    for flip in part.flips:
        yield Line(_stopped(flip))


def short_grid(which: str, rulings: Iterable[ShortRuling]) -> Grid:
    """Rulings in short, a row each; `which` says what tells them apart."""
    columns = ((which, 34), ("规定", 54), ("核查结果", 68))
    return Grid(columns, tuple(_short_row(one) for one in rulings))


def days_grid(days: Iterable[ShortRuling]) -> Grid:
    """The same case by the rules of other days."""
    return short_grid("按哪一天的规定", days)


def _short_row(one: ShortRuling) -> GridRow:
    refs = () if one.basis is None else (one.basis,)
    return GridRow(((Line(one.which),), (Line(one.mechanism),), (Line(one.conclusion, refs),)))


def _procedure(procedure: Procedure) -> Grid:
    """What the source does not say is as much worth knowing as what it says."""
    rows = [("办理机关", (procedure.body,)), ("办理程序", procedure.steps), ("原文未说明的", procedure.left_open)]
    made = tuple(GridRow(((Line(title),), tuple(_numbered(said)))) for title, said in rows if said)
    return Grid((("项目", 32), ("内容", 124)), made)


def _numbered(sentences: Sequence[Sentence]) -> Iterator[Line]:
    for at, one in enumerate(sentences, 1):
        yield Line(_stopped(one.text), (one.basis,), lead=f"{at}. " if len(sentences) > 1 else "")
