"""The result of a check as HTML: pure functions; everything from outside is escaped where it is drawn."""

from __future__ import annotations

from html import escape

from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.ruling import Ruling, Verdict
from server.api.seam import Shelf
from server.page.case.basis import Basis
from server.page.case.description_html import description_html
from server.page.case.entries import Entry, State, entries, shown_rulings
from server.page.case.facts_html import facts_html
from server.page.case.findings_html import findings_html
from server.page.case.plain_text import check_text
from server.page.case.questions_html import questions_html
from server.page.case.verdict_html import (
    after_html,
    band_html,
    other_days_html,
    other_rulings_html,
    place_open_html,
    turns_html,
)


def basis_of(check: CaseCheck, shelf: Shelf) -> Basis:
    """Clauses of the leading mechanism on the day of the check."""
    return Basis(shelf, check.asked.as_of, shown_rulings(check)[0].mechanism.clause.edition)


def result_html(check: CaseCheck, shelf: Shelf) -> str:
    """Everything a check says, the verdict first."""
    basis, shown = basis_of(check, shelf), entries(check)
    ruling = check.leading
    if ruling is None:
        assert check.place_open is not None  # noqa: S101 no leading ruling means the place is open
        basis = Basis(shelf, check.asked.as_of)
        agreed = "" if check.verdict is Verdict.INSUFFICIENT else f"各地结论一致：{check.verdict.label}。"
        head = place_open_html(check.place_open, agreed, basis)
    else:
        head = band_html(ruling, basis) + questions_html(check, ruling, basis)
    return f"{head}{_remarks(check)}{_read(check, shown)}{_ruled(check, ruling, basis) if ruling is not None else ''}"


def said_of(check: CaseCheck) -> str:
    """One sentence for those who hear the page."""
    ruling = check.leading
    if ruling is None:
        return f"核查完成。{check.place_open.question if check.place_open else ''}"
    left = f"还有{len(ruling.open_questions)}个问题会影响结论。" if ruling.open_questions else ""
    return f"核查完成：{ruling.verdict.label}{'，' + ruling.outcome if ruling.outcome else ''}。{left}"


def trouble_html(message: str) -> str:
    """Why a description could not be checked."""
    return (
        f'<div class="trouble" role="note"><h2 tabindex="-1" id="cadre-verdict" class="trouble-head">未能核查</h2>'
        f'<p>{escape(message)}</p><p class="hint">您输入的内容还在上方，可以修改后再核查。</p></div>'
    )


def _remarks(check: CaseCheck) -> str:
    rows = "".join(f"<li>{escape(remark)}</li>" for remark in check.remarks)
    return f'<ul class="remarks" aria-label="读描述时的说明">{rows}</ul>' if rows else ""


def _read(check: CaseCheck, shown: tuple[Entry, ...]) -> str:
    marked = any(entry.number for entry in shown)
    doubts = any(entry.state is State.DOUBTFUL for entry in shown)
    legend = '<span class="key known">已读作事实</span>' if marked else ""
    legend += '<span class="key doubtful">提到但未确定</span>' if doubts else ""
    told = (
        f'<h4>描述 <span class="legend">{legend}</span></h4>{description_html(check.asked.text, shown)}'
        if check.asked.text.strip()
        else ""
    )
    return (
        '<section class="part read"><h3>读出的事实 <span>请核对，改动后立即重新核查</span></h3>'
        f'{told}<div id="cadre-facts">{facts_html(shown)}</div></section>'
    )


def _ruled(check: CaseCheck, ruling: Ruling, basis: Basis) -> str:
    copied = escape(check_text(check, basis))
    return (
        '<section class="part"><h3>逐项对照 <span>条件 – 案情事实 – 依据 – 结论</span></h3>'
        f"{findings_html(check, ruling, basis)}</section>"
        f'<div class="turns">{turns_html(ruling, basis)}{other_days_html(check.other_days, ruling)}'
        f"{other_rulings_html(check, basis)}</div>"
        f"{after_html(ruling, basis)}"
        '<div class="actions case-actions"><p class="hint" role="status" id="cadre-case-file"></p>'
        '<button type="button" class="quiet strong" data-opinion="docx">下载预审意见（Word）</button>'
        '<button type="button" class="quiet" data-opinion="page">打印版</button>'
        f'<button type="button" class="quiet" data-copy="{copied}">复制为文字</button></div>'
    )
