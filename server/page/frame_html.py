"""The fixed parts of the page: heading, welcome, question form, and the shelf of documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from knowledge.clauses import Edition, Level
from server.page import labels


@dataclass(frozen=True, slots=True)
class Example:
    """A question to begin with, offered where all its `places` have documents."""

    kind: str
    question: str
    places: tuple[str, ...]


EXAMPLES = (
    Example("条件", "衡东县单位正职任职满几年应当换岗交流？", ("衡东县",)),
    Example("个案", "我在衡东县当局长，连续干了11年，要不要轮岗？", ("衡东县",)),
    Example("比较", "衡东县和黄石市的能上能下有什么不同？", ("衡东县", "黄石市")),
    Example("情形", "黄石市“召回”管理的情形有几种？", ("黄石市",)),
    Example("容错", "温州市的容错纠错机制有哪些措施？", ("温州市",)),
    Example("比例", "温州市市县机关专业型干部配备比例要达到多少？", ("温州市",)),
    Example("做法", "*县的干部包联制度是怎样识别干部的？", ("*县",)),
    Example("考核", "XX市“担当指数”的结果怎么运用？", ("XX市",)),
)


TABS = (("chat", "问政策"), ("case", "个案预审"), ("roster", "名册核查"))
"""Name and title of every tab; the panel of `case` is the element `cadre-case`."""


def header_html() -> str:
    """The band at the top, with the button that begins a new conversation, and the tabs under it."""
    tabs = "".join(
        f'<button type="button" role="tab" id="cadre-tab-{name}" data-tab="{name}" aria-controls="cadre-{name}"'
        f' aria-selected="{"true" if name == "chat" else "false"}" tabindex="{0 if name == "chat" else -1}">'
        f"{title}</button>"
        for name, title in TABS
    )
    return (
        '<header class="band"><div class="band-in"><span class="seal" aria-hidden="true">策</span>'
        '<div class="name"><h1>干部政策助手</h1><p>激励 · 容错纠错 · 交流轮岗，句句有依据</p></div>'
        '<button type="button" class="new" data-new>新对话</button></div></header>'
        f'<div class="tabs"><div role="tablist" aria-label="功能">{tabs}</div></div>'
    )


def welcome_html(editions: Iterable[Edition]) -> str:
    """What people see before the first question."""
    known = {edition.jurisdiction for edition in editions}
    examples = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(example.question)}">'
        f"<span>{example.kind}</span>{escape(example.question)}</button></li>"
        for example in EXAMPLES
        if known.issuperset(example.places)
    )
    tried = f'<h3>可以这样问</h3><ul class="examples">{examples}</ul>' if examples else ""
    return (
        '<section class="welcome"><h2>您好，请问要查哪项干部政策？</h2>'
        "<p>答案只来自所列文件，每句话都标出条款，点开即可核对；查不到依据时会直接说明。</p>"
        '<div class="scope"><div><h3>可以</h3><ul><li>查条文，问条件、程序、期限和结果</li>'
        "<li>把几个地方的规定分列对照</li><li>按查询日期给出当日有效的规定</li></ul></div>"
        "<div><h3>不可以</h3><ul><li>代替组织认定，系统不作组织认定</li><li>回答所列文件以外的问题</li>"
        "<li>处理个人信息，请勿输入姓名、身份证号</li></ul></div></div>"
        f"{tried}</section>"
    )


def form_html(editions: Iterable[Edition], limit: int) -> str:
    """The question form: text, place, date."""
    return (
        '<form class="ask" id="cadre-ask" novalidate aria-label="提问">'
        '<label class="unseen" for="cadre-question">政策问题</label>'
        '<textarea id="cadre-question" rows="1" placeholder="请输入要问的政策问题" enterkeyhint="send"'
        f' autocomplete="off" aria-describedby="cadre-hint" data-limit="{limit}"></textarea>'
        '<div class="ask-row"><label>地区 <select id="cadre-place"><option value="">不限</option>'
        f"{_place_options(editions)}</select></label>"
        '<label>查询日期 <input type="date" class="blank" id="cadre-day" min="1949-01-01" max="2100-12-31"'
        ' aria-describedby="cadre-day-hint"></label>'
        '<span class="unseen" id="cadre-day-hint">不填即今天</span>'
        '<button type="submit" class="send">提问</button></div>'
        '<p class="trouble-line" id="cadre-trouble" role="alert"></p>'
        '<p class="hint" id="cadre-hint">请勿输入姓名、身份证号等个人信息。'
        "答案供参考，以文件原文和组织认定为准。</p></form>"
    )


def shelf_html(editions: Iterable[Edition]) -> str:
    """The panel: an opened clause, and under it the documents every answer comes from."""
    shelved = sorted(editions, key=lambda e: (list(Level).index(e.level), e.jurisdiction, e.issued))
    rows = "".join(
        f'<li><span class="doc">{escape(labels.document(edition))}</span>'
        f'<span class="about">{escape(labels.place(edition))} · {labels.chinese_date(edition.issued)}发布</span></li>'
        for edition in shelved
    )
    return (
        '<aside class="panel" aria-label="条款依据"><div class="clause" id="cadre-clause" hidden>'
        '<div class="clause-bar"><button type="button" class="quiet" data-back hidden>返回上一条</button>'
        '<span class="bar-title">条款依据</span>'
        '<button type="button" class="quiet" data-close>关闭</button></div>'
        '<div class="clause-in" id="cadre-clause-in"></div></div>'
        '<div class="shelf" id="cadre-shelf"><h2>条款依据</h2>'
        '<p>点选回答中的标记 <span class="mark sample">[1]</span> 或条款名称，在这里核对条款全文。</p>'
        f"<h3>所列文件 <span>{len(shelved)} 份</span></h3><ul>{rows}</ul></div></aside>"
    )


def _place_options(editions: Iterable[Edition]) -> str:
    levels: dict[Level, set[str]] = {}
    for edition in editions:
        levels.setdefault(edition.level, set()).add(edition.jurisdiction)
    return "".join(
        f'<optgroup label="{level.label}">'
        + "".join(f'<option value="{escape(name)}">{escape(name)}</option>' for name in sorted(levels[level]))
        + "</optgroup>"
        for level in Level
        if level in levels
    )
