"""The form of the roster tab: a file, what its columns are read as, place and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from assistant.eligibility.roster.columns import Column, Columns, Field
from assistant.eligibility.roster.tables import Table
from knowledge.criteria import Mechanism
from server.page.case.form_html import place_options

TOPIC = "rotation"
"""The topic whose mechanisms a roster is checked by."""


def roster_html(mechanisms: Mapping[str, Mechanism], limit: int) -> str:
    """The tab before a file has been chosen; `limit` in bytes."""
    places = sorted({one.jurisdiction for one in mechanisms.values() if one.topic == TOPIC})
    return (
        '<section class="tool"><h2>名册核查</h2>'
        '<p class="lead">上传干部名册（.xlsx 或 .csv），逐人核对交流轮岗年限，算出到期时间，导出结果。</p>'
        '<form class="tool-form" id="cadre-roster-form" novalidate aria-label="名册核查">'
        '<div class="drop" id="cadre-roster-drop"><label for="cadre-roster-file"><b>选择文件</b>'
        f" 或把文件拖到这里<span>.xlsx 或 .csv，不超过 {limit >> 20} MB</span></label>"
        '<input type="file" id="cadre-roster-file" accept=".xlsx,.csv" aria-describedby="cadre-roster-hint">'
        '<p class="chosen" id="cadre-roster-chosen" hidden><b></b> <span></span>'
        '<button type="button" class="quiet" data-drop-file>移除</button></p></div>'
        '<p class="hint" id="cadre-roster-hint">文件只在内存中读取，核查后即丢弃，不写入磁盘，不进日志。</p>'
        '<div id="cadre-roster-columns"></div>'
        '<div class="tool-row" id="cadre-roster-how" hidden><label>地区 <select id="cadre-roster-place">'
        f'<option value="">按表中“地区”列</option>{place_options(places)}</select></label>'
        '<label>核查日期 <input type="date" class="blank" id="cadre-roster-day" min="1949-01-01"'
        ' max="2100-12-31"></label>'
        '<button type="submit" class="send">开始核查</button></div>'
        '<p class="trouble-line" id="cadre-roster-trouble" role="alert"></p></form>'
        '<div class="progress" id="cadre-roster-progress" hidden><progress max="1" aria-label="核查进度"></progress>'
        "<span></span></div>"
        '<p class="unseen" id="cadre-roster-said" role="status" aria-live="polite"></p>'
        '<div class="result" id="cadre-roster-result"></div></section>'
    )


def columns_html(table: Table, columns: Columns) -> str:
    """What each column is read as, with samples, to be changed before use."""
    doubtful = {column.index: field.label for field, candidates in columns.ambiguous for column in candidates}
    rows = "".join(_row(column, columns.fields, doubtful.get(column.index)) for column in columns.columns)
    remarks = "".join(f"<li>{escape(remark)}</li>" for remark in table.remarks)
    missing = (
        f'<p class="fact-doubt">还缺：{escape("、".join(columns.missing))}。请在下表中指定。</p>'
        if columns.missing
        else ""
    )
    sheet = f"工作表“{escape(table.sheet)}”，" if table.sheet else ""
    return (
        f'<section class="part mapping"><h3>各列读作 <span>{sheet}表头在第{table.header_row}行，'
        f"共 {len(table.rows):,} 行数据</span></h3>{missing}"
        f"{f'<ul class=remarks>{remarks}</ul>' if remarks else ''}"
        '<div class="scroller" tabindex="0" role="region" aria-label="各列读作"><table class="grid"><thead><tr>'
        '<th scope="col">列</th><th scope="col">表头</th><th scope="col">样例</th><th scope="col">读作</th></tr>'
        "</thead>"
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _row(column: Column, fields: Iterable[Field], doubtful: str | None) -> str:
    chosen = column.field.id if column.field is not None else ""
    options = "".join(
        f'<option value="{escape(field.id)}"{" selected" if field.id == chosen else ""}>{escape(field.label)}</option>'
        for field in fields
    )
    note = f'<span class="fact-doubt">可能是“{escape(doubtful)}”，请选定一列</span>' if doubtful else ""
    samples = "、".join(escape(sample[:40]) for sample in column.samples)
    return (
        f'<tr><td>{column.letter}</td><th scope="row">{escape(column.name)}</th><td class="samples">{samples}</td>'
        f'<td><select data-column="{column.letter}列" aria-label="{escape(column.name)}读作">'
        f'<option value="">不用</option>{options}</select>{note}</td></tr>'
    )
