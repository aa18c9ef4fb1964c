"""An empty A4 sheet as official papers have it: margins, styles, page head and page number."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from assistant.eligibility.opinion.layout import WIDTH
from assistant.eligibility.opinion.word.fonts import BODY, HEADING, PART, SIZES, TITLE, font_table, set_fonts
from assistant.eligibility.opinion.word.xml import element, put

_KEPT = {"Normal", "Title", "Heading 1", "Heading 2", "Header", "Footer", "Table Grid"}
_KEPT |= {"Default Paragraph Font", "Normal Table", "No List"}
_DROPPED = ("thumbnail", "stylesWithEffects", "customXml", "numbering")


def empty_sheet(title: str, number: str) -> WordDocument:
    """A document with page and styles set and nothing in it; `number` stands at the head of every page."""
    document = Document()
    _drop_parts(document)
    _set_styles(document)
    _set_page(document, title, number)
    _set_settings(document)
    return document


def _drop_parts(document: WordDocument) -> None:
    """Leave out what the template brings along and a form has no use for, and give it our font table."""
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if any(name in relation.reltype for name in _DROPPED):
                del owner.rels[key]
            elif relation.reltype.endswith("/fontTable"):
                relation.target_part._blob = font_table()


def _set_styles(document: WordDocument) -> None:
    styles = document.styles
    for style in list(styles):
        if style.name not in _KEPT:
            style.element.getparent().remove(style.element)
    defaults = styles.element.find("./{*}docDefaults/{*}rPrDefault/{*}rPr")
    set_fonts(defaults, BODY)
    put(defaults, element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    _style(styles["Normal"], BODY, "小四")
    _style(styles["Title"], TITLE, "二号", before=0, after=14, exact=36, center=True)
    _style(styles["Heading 1"], HEADING, "三号", before=14, after=4, exact=28)
    _style(styles["Heading 2"], PART, "三号", before=8, after=4, exact=28)
    _style(styles["Header"], BODY, "小五")
    _style(styles["Footer"], BODY, "四号")


def _style(
    style: Any, east: str, size: str, *, before: float = 0, after: float = 0, exact: float = 0, center: bool = False
) -> None:
    run = style.element.get_or_add_rPr()
    for child in list(run):
        run.remove(child)
    set_fonts(run, east)
    style.font.size = Pt(SIZES[size])
    paragraph = style.element.get_or_add_pPr()
    for child in list(paragraph):
        if not child.tag.endswith(("}outlineLvl", "}keepNext", "}keepLines")):
            paragraph.remove(child)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if exact:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(exact)
    if center:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set_page(document: WordDocument, title: str, number: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(210 - 28 - WIDTH)
    section.header_distance, section.footer_distance = Mm(26), Mm(23)
    head = section.header.paragraphs[0]
    stops = element("w:tabs")
    stops.append(element("w:tab", val="right", pos=int(Mm(WIDTH).twips)))
    put(head._p.get_or_add_pPr(), stops, "w:spacing", "w:jc")
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz=4, space=2, color="auto"))
    put(head._p.get_or_add_pPr(), borders, "w:tabs")
    head.add_run(f"{title}\t预审编号：{number}")
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for before, field in (("第", "PAGE"), ("页　共", "NUMPAGES")):
        foot.add_run(before)
        _add_field(foot, field)
    foot.add_run("页")


def _add_field(paragraph: Any, instruction: str) -> None:
    """A field that Word counts anew on every page."""
    for kind in ("begin", None, "separate", "1", "end"):
        run = paragraph.add_run()
        if kind is None:
            code = element("w:instrText")
            code.text = f" {instruction} "
            run._r.append(code)
        elif kind == "1":
            run.text = kind
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))


def _set_settings(document: WordDocument) -> None:
    """Opens in Word's present mode; Chinese is the language of its text."""
    settings = document.settings.element
    compat = element("w:compat")
    uri = "http://schemas.microsoft.com/office/word"
    compat.append(element("w:compatSetting", name="compatibilityMode", uri=uri, val=15))
    put(settings, compat, "w:docVars", "w:rsids", "w:themeFontLang", "w:clrSchemeMapping", "w:decimalSymbol")
    put(settings, element("w:themeFontLang", val="en-US", eastAsia="zh-CN"), "w:clrSchemeMapping", "w:decimalSymbol")
