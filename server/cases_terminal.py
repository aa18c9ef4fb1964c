"""A checked case on a terminal: verdict, conditions, facts, what is still open, receipt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.eligibility.evaluating.wording import criterion_text, value_text
from assistant.eligibility.ruling import Verdict
from server.api.cases.showing import DISCLAIMER

if TYPE_CHECKING:
    from assistant.eligibility.case import Fact
    from assistant.eligibility.checker import CaseCheck
    from assistant.eligibility.evaluating import Finding
    from assistant.eligibility.ruling import OpenQuestion, Ruling
    from knowledge.clauses import ClauseRef
    from knowledge.criteria import Mechanism
    from server.api.seam import Shelf

_STYLES = {"met": "green", "unmet": "red", "unknown": "yellow"}
_WIDE = 160
"""Columns, where output goes to a file or another program."""
_BY = {"rule": "读出", "model": "模型读出", "person": "人工确认", "derived": "推出"}


def print_case(check: CaseCheck, shelf: Shelf) -> None:
    """The ruling with its explanation; while the place is open, what each place's rules come to."""
    console = _console()
    for remark in check.remarks:
        console.print(Text(remark, "yellow"))
    if check.place_open is not None:
        console.print(Text(f"结论：{check.verdict.label}（地区不明）", "bold"))
        console.print(Text(f"先要弄清：{check.place_open.question}"))
        for ruling in check.place_open.each:
            console.print(f"  {ruling.mechanism.jurisdiction}：{_conclusion(ruling)}")
        _print_facts(console, check)
    else:
        _print_ruling(console, check, check.rulings[0], shelf)
        for ruling in check.rulings[1:]:
            console.print(f"\n另有相关规定：{ruling.mechanism.title}（{ruling.mechanism.id}）：{_conclusion(ruling)}")
        for other in check.other_days:
            then = other.note if other.ruling is None else _conclusion(other.ruling)
            console.print(f"按{other.which}（{other.day}）的规定：{then}")
        console.print(f"\n凭证：{check.rulings[0].receipt.number}")
    console.print(Text(DISCLAIMER, "dim"))


def print_ruled(check: CaseCheck) -> None:
    """What a case stated in a question comes to, in a few lines; `cadre check` has the whole."""
    console = _console()
    console.print(Text("\n预审结论", "bold"))
    for ruling in check.rulings if check.place_open is None else check.place_open.each:
        console.print(f"  {ruling.mechanism.title}：{_conclusion(ruling)}")
        for question in ruling.open_questions[:1]:
            console.print(f"    先弄清：{question.kind.question}")
    console.print(Text(f"  {DISCLAIMER}逐项条件：cadre check", "dim"))


def _console() -> Console:
    """Lines are left whole, so that they can be searched and copied; tables have room where no terminal limits them."""
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = _WIDE
    return console


def _conclusion(ruling: Ruling) -> str:
    open_ = not ruling.verdict.definite
    outcome = "" if ruling.outcome is None else f"，可能是：{ruling.outcome}" if open_ else f"：{ruling.outcome}"
    modality = "" if ruling.modality is None or open_ else f"（{ruling.modality}）"
    return f"{ruling.verdict.label}{outcome}{modality}"


def _print_ruling(console: Console, check: CaseCheck, ruling: Ruling, shelf: Shelf) -> None:
    mechanism = ruling.mechanism
    style = "green" if ruling.verdict in {Verdict.APPLIES, Verdict.MAY_APPLY} else "yellow"
    console.print(Text(f"{mechanism.title}（{mechanism.id}，按 {ruling.case.as_of} 的规定）", "bold"))
    console.print(Text(f"结论：{_conclusion(ruling)}", f"bold {style if ruling.verdict.definite else 'yellow'}"))
    if ruling.leading is not None and ruling.verdict.definite:
        for said in (*ruling.leading.consequences, *ruling.leading.next_steps):
            console.print(f"  {said.text}〔{_basis(shelf, said.clause)}〕")
    console.print()
    console.print(_conditions(check, ruling, shelf), soft_wrap=False)
    _print_facts(console, check, ruling)
    _print_open(console, ruling.open_questions, shelf)
    for title, lines in (
        ("期限", [due.text + ("（推算）" if due.estimated else "") for due in ruling.due]),
        ("结论会改变，", [flip.text for flip in ruling.flips]),
        ("依据", list(_documents(shelf, mechanism))),
        ("原文没有写明", [said.text for said in mechanism.left_open]),
    ):
        for line in lines:
            console.print(f"{title}：{line}" if not title.endswith("，") else f"{title}{line}")


def _basis(shelf: Shelf, ref: ClauseRef) -> str:
    return f"{shelf.clause(ref).locator} #{ref.number}"


def _documents(shelf: Shelf, mechanism: Mechanism) -> Iterator[str]:
    """The documents its clauses stand in."""
    for name in dict.fromkeys(ref.edition for _, ref in mechanism.refs()):
        edition = shelf.editions[name]
        kind = "摘编" if edition.text_kind == "digest" else "原文"
        yield f"《{edition.title}》（{edition.jurisdiction}，{edition.issued}，{kind}；{name}）"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _conditions(check: CaseCheck, ruling: Ruling, shelf: Shelf) -> Table:
    table = _table("逐项条件", "条件", "是否符合", "依据")
    for route, finding in zip(ruling.mechanism.routes, ruling.findings, strict=True):
        table.add_row(Text(f"【{route.outcome}】", "bold"), _standing(finding), _basis(shelf, route.clause))
        for depth, one in _deep(finding):
            text = criterion_text(one.criterion, check.kinds)
            table.add_row(f"{'  ' * (depth + 1)}{text}", _standing(one), _basis(shelf, one.clause))
    return table


def _deep(finding: Finding, depth: int = 0) -> Iterator[tuple[int, Finding]]:
    yield depth, finding
    for one in finding.of:
        yield from _deep(one, depth + 1)


def _standing(finding: Finding) -> Text:
    return Text("待核" if finding.pending else finding.standing.label, _STYLES[finding.standing.value])


def _print_facts(console: Console, check: CaseCheck, ruling: Ruling | None = None) -> None:
    """Those a ruling uses, and what they follow from; all of them without a ruling."""
    case, kinds = check.case, check.kinds
    used = set(kinds) if ruling is None else set(ruling.facts_used)
    used |= {source for name in used if name in case.facts for source in case.facts[name].sources}
    facts = {name: fact for name, fact in case.facts.items() if name in used}
    if facts:
        table = _table("事实", "事实", "值", "来源", "原话")
        for name, fact in facts.items():
            table.add_row(kinds[name].label, value_text(fact.value, kinds[name]), _source(fact), _words(fact))
        console.print()
        console.print(table, soft_wrap=False)
    others = [kinds[name].label for name in case.facts if name not in used]
    if others:
        console.print(Text(f"读出但这项规定不用：{'、'.join(others)}", "dim"))
    for name, doubt in case.doubts.items():
        if name not in used:
            continue
        console.print(Text(f"不作事实：{kinds[name].label}——{doubt.reason}", "yellow"))
    for one in (proposal for proposal in case.proposals if proposal.name in used):
        said = value_text(one.value, kinds[one.name])
        console.print(Text(f"待确认：“{one.quote.text}”是否指“{kinds[one.name].label}：{said}”", "yellow"))


def _source(fact: Fact) -> str:
    return _BY[fact.by.value]


def _words(fact: Fact) -> str:
    return "；".join(f"“{quote.text}”" for quote in fact.quotes)


def _print_open(console: Console, questions: Iterable[OpenQuestion], shelf: Shelf) -> None:
    for at, one in enumerate(questions, 1):
        if at == 1:
            console.print(Text("\n还要弄清", "bold"))
        console.print(f"{at}. {one.kind.question}（{one.kind.settled_by.label}；依据：{_basis(shelf, one.clause)}）")
        for followed in one.answers:
            says = {"是": "若是", "否": "若否"}.get(followed.answer.label, f"若为“{followed.answer.label}”")
            console.print(f"   {says}：{followed.text}")
        if one.kind.materials:
            console.print(Text(f"   可用材料：{'、'.join(one.kind.materials)}", "dim"))


def print_mechanisms(mechanisms: Iterable[Mechanism]) -> None:
    """What can be checked, one a line."""
    table = _table("可以核查的机制", "编号", "名称", "地区", "施行", "结果")
    for one in mechanisms:
        until = f"至 {one.in_force.until}" if one.in_force.until else "起"
        outcomes = "、".join(dict.fromkeys(route.outcome for route in one.routes))
        table.add_row(one.id, one.title, one.jurisdiction, f"{one.in_force.from_} {until}", outcomes)
    _console().print(table, soft_wrap=False)
