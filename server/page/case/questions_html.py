"""What to ask next: the question, why it is asked, who can settle it, and what follows from each answer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.eligibility.checker import CaseCheck
from assistant.eligibility.ruling import Followed, OpenQuestion, Ruling
from knowledge.facts import FactType
from server.page.case.basis import Basis
from server.page.case.facts_html import control_html


def in_order(check: CaseCheck, ruling: Ruling) -> Sequence[OpenQuestion]:
    """Open questions as they are asked; those a person could not answer come last."""
    return sorted(ruling.open_questions, key=lambda one: one.kind.name in check.asked.facts)


def questions_html(check: CaseCheck, ruling: Ruling, basis: Basis) -> str:
    """The next question in full, the others folded; nothing when nothing is open."""
    asked = in_order(check, ruling)
    if not asked:
        return ""
    following = ""
    if len(asked) > 1:
        rows = "".join(f"<li>{_question(one, check, basis, 'then')}</li>" for one in asked[1:])
        following = (
            '<details class="more" data-fold="questions"><summary>其他待弄清的问题 '
            f'<span>{len(asked) - 1} 个</span></summary><ol class="later">{rows}</ol></details>'
        )
    return (
        '<section class="next" aria-labelledby="cadre-next"><p class="next-head">'
        f"先弄清这一点 <span>共 {len(asked)} 个问题会影响结论</span></p>"
        f"{_question(asked[0], check, basis, 'next')}</section>{following}"
    )


def _question(question: OpenQuestion, check: CaseCheck, basis: Basis, place: str) -> str:
    kind = question.kind
    heading = ' id="cadre-next" tabindex="-1"' if place == "next" else ""
    unclear = '<p class="fact-doubt">您已答“不清楚”。</p>' if kind.name in check.asked.facts else ""
    if question.doubt is not None:
        said = "、".join(f"“{quote.text}”" for quote in question.doubt.quotes)
        unclear += f'<p class="fact-doubt">描述中{escape(said)}：{escape(question.doubt.reason)}</p>'
    materials = f"<dt>材料</dt><dd>{escape('、'.join(kind.materials))}</dd>" if kind.materials else ""
    return (
        f'<div class="question"><h3{heading}>{escape(kind.question)}</h3>{unclear}'
        f'<dl class="why"><dt>为何要问</dt><dd>{escape(question.why)} {basis.button(question.clause)}</dd>'
        f"<dt>由谁说明</dt><dd>{escape(kind.settled_by.label)}</dd>{materials}</dl>"
        f"{_answers(question, place)}</div>"
    )


def _answers(question: OpenQuestion, place: str) -> str:
    kind = question.kind
    unclear = (
        f'<button type="button" class="answer" data-fact="{kind.name}" data-value="null"'
        f' data-key="{place}:{kind.name}:null">不清楚</button>'
    )
    if kind.type is FactType.BOOL:
        return (
            f'<ul class="answers">{"".join(_boolean(one, kind.name, place) for one in _yes_first(question))}</ul>'
            + (f'<p class="unclear-row">{unclear}</p>')
        )
    rows = "".join(
        f"<li><b>{'若是' if kind.type is FactType.CHOICE else '若'}{escape('、'.join(labels))}</b>"
        f'<span class="then">{escape(text)}</span></li>'
        for text, labels in _grouped(question.answers).items()
    )
    return (
        f'<div class="answer-set">{control_html(kind, None, place)}'
        f'<button type="button" class="answer" data-take="{place}:{kind.name}" data-key="take:{place}:{kind.name}">'
        f'确定</button>{unclear}</div><ul class="answers">{rows}</ul>'
    )


def _yes_first(question: OpenQuestion) -> list[Followed]:
    return sorted(question.answers, key=lambda one: one.answer.value is not True)


def _boolean(followed: Followed, name: str, place: str) -> str:
    yes = followed.answer.value is True
    sent, word, ahead = ("true", "是", "若是") if yes else ("false", "否", "若否")
    return (
        f'<li><button type="button" class="answer" data-fact="{name}" data-value="{sent}"'
        f' data-key="{place}:{name}:{sent}">{word}</button>'
        f'<span class="then"><b>{ahead}</b>，{escape(followed.text)}</span></li>'
    )


def _grouped(answers: Sequence[Followed]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for followed in answers:
        grouped.setdefault(followed.text, []).append(followed.answer.label)
    return grouped
