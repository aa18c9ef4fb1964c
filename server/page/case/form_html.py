"""The form of the case tab: description, place, day, mechanism, examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from knowledge.criteria import Mechanism


@dataclass(frozen=True, slots=True)
class CaseExample:
    """A made-up description, offered where its place has a mechanism; it names nobody."""

    kind: str
    place: str
    text: str


EXAMPLES = (
    CaseExample("轮岗", "衡东县", "衡东县某局副局长，2014年3月任现职至今，一直没有换过岗位。2026年是否应当轮岗？"),
    CaseExample(
        "容错",
        "XX市",
        "XX市某镇推进老旧小区改造试点，方案经党委会集体研究决定，没有为自己或者他人谋取私利。"
        "因缺乏经验，工期延误三个月，事后及时整改并挽回了影响。能不能容错？",
    ),
)

UNAVAILABLE = (
    '<section class="tool"><h2>{heading}</h2><p class="trouble">规则未能载入，{heading}暂时不能使用。</p></section>'
)


def case_html(mechanisms: Mapping[str, Mechanism], limit: int) -> str:
    """The tab before a description has been checked."""
    places = sorted({one.jurisdiction for one in mechanisms.values()})
    examples = "".join(
        f'<button type="button" class="quiet" data-example="{escape(example.text)}">示例：{example.kind}</button>'
        for example in EXAMPLES
        if example.place in places
    )
    return (
        '<section class="tool"><h2>个案预审</h2>'
        '<p class="lead">粘贴一段案情描述，系统读出事实，逐条对照规定，标明每一项的依据和还缺的事实。</p>'
        '<form class="tool-form" id="cadre-case-form" novalidate aria-label="个案预审">'
        '<label for="cadre-case-text">案情描述</label>'
        f'<textarea id="cadre-case-text" rows="7" data-limit="{limit}" aria-describedby="cadre-case-hint"'
        ' placeholder="谁（不写姓名）、任什么职务、做了什么、什么时候、结果如何" autocomplete="off"'
        ' spellcheck="false"></textarea>'
        '<p class="hint" id="cadre-case-hint">请勿输入姓名、身份证号等个人信息。内容只用于本次核查，不保存。</p>'
        '<div class="tool-row"><label>地区 <select id="cadre-case-place"><option value="">由描述判断</option>'
        f"{place_options(places)}</select></label>"
        '<label>核查日期 <input type="date" class="blank" id="cadre-case-day" min="1949-01-01"'
        ' max="2100-12-31"></label>'
        '<label class="wide">规定 <select id="cadre-case-mechanism"><option value="">由描述判断</option>'
        f"{mechanism_options(mechanisms)}</select></label></div>"
        f'<div class="tool-row"><button type="submit" class="send">开始核查</button>{examples}</div>'
        '<p class="trouble-line" id="cadre-case-trouble" role="alert"></p></form>'
        '<p class="unseen" id="cadre-case-said" role="status" aria-live="polite"></p>'
        '<div class="result" id="cadre-case-result" aria-busy="false"></div></section>'
    )


def unavailable_html(heading: str) -> str:
    """A tool without rules."""
    said = f'<p class="trouble">规则未能载入，{heading}暂时不能使用。</p>'
    return f'<section class="tool"><h2>{heading}</h2>{said}</section>'


def place_options(places: list[str]) -> str:
    """Places as options."""
    return "".join(f'<option value="{escape(place)}">{escape(place)}</option>' for place in places)


def mechanism_options(mechanisms: Mapping[str, Mechanism]) -> str:
    """Mechanisms under their places; the edition is named where one has several."""
    names = [one.name for one in mechanisms.values()]
    groups: dict[str, list[Mechanism]] = {}
    for one in mechanisms.values():
        groups.setdefault(one.jurisdiction, []).append(one)
    return "".join(
        f'<optgroup label="{escape(place)}">'
        + "".join(
            f'<option value="{one.id}">{escape(one.title)}{_edition(one) if names.count(one.name) > 1 else ""}</option>'
            for one in groups[place]
        )
        + "</optgroup>"
        for place in sorted(groups)
    )


def _edition(one: Mechanism) -> str:
    return f"（{one.in_force.from_.year}年起）"
