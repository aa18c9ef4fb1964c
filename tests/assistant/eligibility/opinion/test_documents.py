"""Both forms of an opinion: complete, safe, the same every time, and fit to be opened."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from assistant.eligibility.opinion import Opinion, as_docx, as_page
from assistant.eligibility.opinion.layout import WIDTH, Grid, Section, numbered, printable, sheet_of
from tests.assistant.eligibility.opinion import making

MADE: dict[str, Callable[[], Opinion]] = {
    "rotation": making.rotation_opinion,
    "tolerance": making.tolerance_opinion,
    "open": making.open_opinion,
}
HOSTILE = "<script>alert(1)</script>&\"'\x00\x0b\x1f\ufffe\u202e</style>"


def opened(opinion: Opinion) -> WordDocument:
    return Document(io.BytesIO(as_docx(opinion)))


def word_text(opinion: Opinion) -> str:
    return _bare(_written(opened(opinion).element.body))


def _written(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t"), qn("w:instrText")))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parsed(opinion: Opinion) -> _Words:
    words = _Words()
    words.feed(as_page(opinion))
    return words


def page_text(opinion: Opinion) -> str:
    return _bare("".join(parsed(opinion).words))


def _bare(text: str) -> str:
    return re.sub(r"\[\d+\]|\s", "", text)


@pytest.mark.parametrize("text_of", [word_text, page_text])
@pytest.mark.parametrize("name", MADE)
def test_everything_an_opinion_says_is_in_both(name: str, text_of: Callable[[Opinion], str]) -> None:
    opinion = MADE[name]()
    text = text_of(opinion)
    wanted = [opinion.title, opinion.number, opinion.place, opinion.conclusion, opinion.disclaimer]
    wanted += [opinion.digest_notice or "", *opinion.description.splitlines(), *opinion.remarks, "承办人", "审核人"]
    wanted += ["2024年6月1日", "2026年11月22日", opinion.place_question or ""]
    for one in opinion.facts:
        wanted += [one.label, one.value, one.source, *one.quotes]
    for doubt in opinion.unsettled:
        wanted += [doubt.label, doubt.reason, *doubt.quotes]
    for basis in opinion.basis:
        wanted += [basis.document, basis.locator, basis.text, *basis.marks, basis.hash or ""]
    for short in (*opinion.places, *opinion.other_days, *opinion.other_rulings):
        wanted += [short.which, short.mechanism, short.conclusion]
    for part in opinion.parts:
        wanted += [part.number, part.mechanism, part.conclusion, part.in_force, *part.flips]
        wanted += [part.hashes.rules, part.hashes.facts, part.hashes.clauses, part.hashes.mechanism]
        wanted += [one.text for one in (*part.due, *part.consequences, *part.next_steps, *part.also_met)]
        wanted += [one.text for one in (part.procedure.body, *part.procedure.steps, *part.procedure.left_open)]
        for question in part.questions:
            wanted += [question.question, question.why.text, question.settled_by, *question.materials]
            wanted += [words for answer in question.answers for words in answer]
        for material in part.materials:
            wanted += [material.label, material.purpose, *material.papers]
        for route in part.routes:
            wanted += [route.outcome, route.reached]
            wanted += [words for row in route.rows for words in (row.criterion, row.fact or "", row.standing)]
    missing = [one for one in wanted if _bare(one).rstrip("。") not in text]
    assert not missing


@pytest.mark.parametrize("name", MADE)
def test_both_have_the_same_sections_in_the_same_order(name: str) -> None:
    opinion = MADE[name]()

    def titles(sections: tuple[Section, ...], depth: int = 0) -> list[str]:
        return [
            title
            for at, one in enumerate(sections, 1)
            for title in (f"{numbered(at, depth)}{one.title}", *titles(one.parts, depth + 1))
        ]

    wanted = titles(sheet_of(opinion).sections)
    assert [
        p.text for p in opened(opinion).paragraphs if ((p.style and p.style.name) or "").startswith("Heading")
    ] == wanted
    assert re.findall(r"<h[23]>(.*?)</h[23]>", as_page(opinion)) == wanted
    assert wanted[0] == "一、情况描述"
    assert wanted[-1].endswith("、办理意见")


@pytest.mark.parametrize("name", MADE)
def test_equal_opinions_give_equal_bytes(name: str) -> None:
    assert as_docx(MADE[name]()) == as_docx(MADE[name]())
    assert as_page(MADE[name]()) == as_page(MADE[name]())


@pytest.mark.parametrize("name", MADE)
def test_every_number_in_brackets_leads_to_its_clause(name: str) -> None:
    tags = parsed(MADE[name]()).tags
    ids = {dict(attrs).get("id") for _, attrs in tags}
    links = {(dict(attrs).get("href") or "").removeprefix("#") for tag, attrs in tags if tag == "a"}
    assert links
    assert links <= ids


def test_tables_fill_the_width_between_the_margins() -> None:
    def grids(sections: tuple[Section, ...]) -> list[Grid]:
        own = [block for one in sections for block in one.blocks if isinstance(block, Grid)]
        return own + [grid for one in sections if one.parts for grid in grids(one.parts)]

    for make in MADE.values():
        for grid in grids(sheet_of(make()).sections):
            assert sum(width for _, width in grid.columns) == WIDTH
            assert {len(row.cells) for row in grid.rows if not row.group} <= {len(grid.columns)}


def test_the_sheet_is_that_of_an_official_paper() -> None:
    document = opened(making.rotation_opinion())
    (section,) = document.sections
    page = (section.page_width, section.page_height)
    assert [round(length.mm) for length in page if length is not None] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in margins if length is not None] == [37, 35, 28, 26]
    assert making.rotation_opinion().number in section.header.paragraphs[0].text
    footer = _written(section.footer._element)
    assert re.sub(r"\s", "", footer) == "第PAGE1页共NUMPAGES1页"


def test_tables_repeat_their_head_and_keep_rows_whole() -> None:
    xml = opened(making.rotation_opinion()).element.xml
    grids = len(re.findall("w:tblHeader", xml))
    assert grids >= 6
    assert xml.count("<w:tr>") + xml.count("<w:tr ") == xml.count("<w:cantSplit/>")


def test_chinese_typefaces_are_set_everywhere_and_no_theme_overrides_them() -> None:
    with zipfile.ZipFile(io.BytesIO(as_docx(making.rotation_opinion()))) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.startswith("word/")}
    fonts = re.findall(r"<w:rFonts [^>]*>", parts["word/document.xml"] + parts["word/styles.xml"])
    assert fonts
    assert all("w:eastAsia=" in one and "Theme" not in one for one in fonts)
    names = set(re.findall(r'w:eastAsia="([^"]+)"', "".join(fonts)))
    assert names == {"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"}
    assert all(f'w:name="{name}"' in parts["word/fontTable.xml"] for name in names)


def test_the_file_says_nothing_of_people_or_machines() -> None:
    content = as_docx(making.rotation_opinion())
    properties = Document(io.BytesIO(content)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "干部政策适用预审意见"
    assert properties.created is not None
    assert properties.created.date() == making.ISSUED
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name or "customXml" in name]
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))  # noqa: S314 we wrote it


def hostile() -> Opinion:
    plain = making.rotation_opinion()
    fact = replace(plain.facts[0], label=HOSTILE, value=HOSTILE, quotes=(HOSTILE,))
    basis = replace(plain.basis[0], text=HOSTILE, locator=HOSTILE)
    return replace(
        plain, description=HOSTILE, place=HOSTILE, facts=(fact,), basis=(basis, *plain.basis[1:]), remarks=(HOSTILE,)
    )


def test_hostile_text_stays_text() -> None:
    page = as_page(hostile())
    assert "<script" not in page
    assert page.count("</style>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#x27;" in page
    assert not re.search("[\x00\x0b\x1f\ufffe\u202e]", page)
    text = _written(opened(hostile()).element.body)
    assert "<script>alert(1)</script>&\"'</style>" in text


def test_the_page_stands_alone() -> None:
    page = as_page(making.rotation_opinion())
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert not re.search(r"<script|\son\w+=|\sstyle=|src=|http", page)


@pytest.mark.parametrize("text", ["甲" * 20_000, "甲\n" * 10_000, "\U00020000" * 20_000, "\ud800甲", "", " \n\t"])
def test_long_and_odd_descriptions_are_taken(text: str) -> None:
    opinion = replace(making.rotation_opinion(), description=text)
    wanted = _bare(printable(text)) or "没有文字描述，只有人工填写的事实。"
    assert wanted in word_text(opinion)
    assert wanted in page_text(opinion)
    as_page(opinion).encode()


def test_a_clause_longer_than_a_page_is_given_in_full() -> None:
    opinion = making.rotation_opinion()
    fact = replace(opinion.facts[0], quotes=("长" * 5000,))
    opinion = replace(opinion, facts=(fact,), basis=(replace(opinion.basis[0], text="条" * 20_000),))
    assert "条" * 20_000 in word_text(opinion)
    xml = opened(opinion).element.xml
    assert xml.count("<w:tr>") + xml.count("<w:tr ") == xml.count("<w:cantSplit/>") + 1, "the long row may break"


@pytest.mark.parametrize(
    ("at", "depth", "written"),
    [(1, 0, "一、"), (10, 0, "十、"), (11, 0, "十一、"), (20, 1, "（二十）"), (34, 1, "（三十四）")],
)
def test_sections_are_numbered_as_in_official_papers(at: int, depth: int, written: str) -> None:
    assert numbered(at, depth) == written


@pytest.mark.parametrize("name", MADE)
def test_an_office_opens_it(name: str, tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reader is None:
        pytest.skip("LibreOffice (soffice) or pdftotext is not installed: the document is not opened by an office")
    opinion = MADE[name]()
    file = tmp_path / "opinion.docx"
    file.write_bytes(as_docx(opinion))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = subprocess.run(
        [reader, "-layout", str(tmp_path / "opinion.pdf"), "-"], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    pages = told.split("\f")[:-1]
    assert len(pages) >= 3
    for at, page in enumerate(pages, 1):
        assert f"第{at}页共{len(pages)}页" in re.sub(r"\s", "", page)
        assert opinion.number in re.sub(r"\s", "", page)
    assert "系统预审不代替组织认定" in told
