"""The result as lines of cells: the columns of the roster as they were, then what was found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assistant.eligibility.roster.checking import Outlook, Roster, RosterRow, Stage
from assistant.eligibility.roster.tables import Cell
from assistant.eligibility.ruling import Due
from knowledge.clauses import ClauseRef
from knowledge.criteria import Mechanism

DISCLAIMER = "本表为系统按条款文字所作的预审，不代替组织认定；是否交流、何时交流，由有权机关决定。"
ADDED = (
    "表中行号",
    "核查情况",
    "结果",
    "条款用语",
    "到期日",
    "下一到期",
    "依据条款",
    "缺少的信息",
    "核查说明",
    "例外情形",
    "其他规定",
    "未能读出",
)
_NEAR = {Stage.REACHED, Stage.SOON, Stage.BODY}
STAGE_AT = 1
"""Where 核查情况 stands among the added columns."""


def headers(roster: Roster) -> tuple[str, ...]:
    """The names of the roster's own columns, then ours; one that is there already is told apart."""
    own = tuple(one.name for one in roster.columns.columns)
    return own + tuple(f"{name}（系统）" if name in own else name for name in ADDED)


def lines(roster: Roster) -> Iterator[tuple[Cell, ...]]:
    """One line for every row of the roster, in its order."""
    indexes = [one.index for one in roster.columns.columns]
    for row in roster.rows:
        yield (*(row.row.cell(index) for index in indexes), *found(row))


def found(row: RosterRow) -> tuple[Cell, ...]:
    """What was found of one row, in the order of `ADDED`."""
    look, others = row.leading, row.outlooks[1:]
    if look is None:
        return (row.row.number, Stage.PROBLEM.value, *(None,) * 6, "；".join(row.problems), None, None, _notes(row))
    return (
        row.row.number,
        look.stage.value,
        _outcome(look),
        look.modality.value if look.modality is not None else None,
        day_cell(look.due),
        look.later.text if look.later is not None else None,
        refs_text(look.clauses),
        "、".join(look.missing) or None,
        look.text,
        exceptions(look.mechanism) if look.stage in _NEAR else None,
        "；".join(f"{one.mechanism.title}：{one.stage.value}，{one.text}" for one in others) or None,
        _notes(row),
    )


def _outcome(look: Outlook) -> str | None:
    """Nothing is reached before its day: what comes due is said as such."""
    if look.outcome is None or look.stage is Stage.OUTSIDE:
        return None
    if look.stage in {Stage.SOON, Stage.LATER}:
        return f"届时：{look.outcome}"
    return f"待定：{look.outcome}" if look.stage in {Stage.OPEN, Stage.BODY} else look.outcome


def _notes(row: RosterRow) -> str | None:
    return "；".join(row.notes) or None


def day_cell(due: Due | None) -> Cell:
    """The day, the month where that is all that is known, or a span in words where it was only estimated."""
    if due is None:
        return None
    if due.on.exact:
        return due.on.first
    if due.estimated or (due.on.first.year, due.on.first.month) != (due.on.last.year, due.on.last.month):
        return f"{'约' if due.estimated else ''}{due.on.first:%Y-%m}至{due.on.last:%Y-%m}"
    return due.on


@lru_cache(maxsize=4096)
def refs_text(refs: tuple[ClauseRef, ...]) -> str:
    """`hengdong-2024@2024-02#9.1`, several parted by 、."""
    return "、".join(map(str, refs))


def exceptions(mechanism: Mechanism) -> str | None:
    """That the source states no exception, by the clause that leaves it open; None where it leaves nothing open."""
    said = [f"{one.text}［{one.clause}］" for one in mechanism.left_open if "例外" in one.text]
    return "".join(said) or None
