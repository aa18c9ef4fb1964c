"""The order of an 预审意见: what was given, what was found, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.eligibility.opinion.layout.blocks import (
    Entries,
    Entry,
    Field,
    Form,
    Grid,
    GridRow,
    Line,
    Section,
    Signing,
    Text,
    Tone,
)
from assistant.eligibility.opinion.layout.facts import facts_section
from assistant.eligibility.opinion.layout.ruling import days_grid, grounds_of, parts_of_ruling, short_grid
from assistant.eligibility.opinion.opinion import Basis, Opinion, RulingPart
from assistant.eligibility.opinion.wording import NO_DESCRIPTION, chinese_date, modality_text

_CODES = "校验码由核查所用的规则、事实和条款文字算出，其中任何一项改动，校验码都会改变。单个条款的校验码见依据条款。"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole document: what every page repeats, the form at the top, and the sections."""

    title: str
    number: str
    form: Form
    notices: tuple[str, ...]
    sections: tuple[Section, ...]


def sheet_of(opinion: Opinion) -> Sheet:
    """The document in its order."""
    notices = (opinion.disclaimer, *((opinion.digest_notice,) if opinion.digest_notice else ()))
    return Sheet(opinion.title, opinion.number, _form(opinion), notices, tuple(_sections(opinion)))


def _form(opinion: Opinion) -> Form:
    titles = dict.fromkeys((part.mechanism, part.basis) for part in opinion.parts)
    matters = tuple(Line(title, (basis,)) for title, basis in titles)
    conclusion = [Line(opinion.conclusion)]
    for part in opinion.parts if len(opinion.parts) == 1 else ():
        conclusion = [Line(opinion.conclusion, (grounds_of(part),))]
        conclusion += [] if part.modality is None else [Line(modality_text(part.verdict, part.modality))]
    return Form(
        (
            (Field("预审编号", (Line(opinion.number),)), Field("核查日期", (Line(chinese_date(opinion.as_of)),))),
            (Field("适用地区", (Line(opinion.place),)), Field("出具日期", (Line(chinese_date(opinion.issued)),))),
            (Field("核查事项", matters),),
            (Field("预审结论", tuple(conclusion), strong=True),),
        )
    )


def _sections(opinion: Opinion) -> Iterator[Section]:
    yield Section("情况描述", (_given(opinion.description),))
    yield facts_section(opinion)
    if opinion.place_question is not None:
        question = Text((Line(opinion.place_question, lead="先要明确："),))
        yield Section("各地规定的核查结果", (question, short_grid("地区", opinion.places)))
    if len(opinion.parts) == 1:
        yield from parts_of_ruling(opinion.parts[0], opinion.as_of, opinion.other_days)
    else:
        for part in opinion.parts:
            inner = tuple(parts_of_ruling(part, opinion.as_of, ()))
            yield Section(f"按{part.place}的规定核查", parts=inner)
        if opinion.other_days:
            yield Section("其他日期的核查结果", (days_grid(opinion.other_days),))
    if opinion.other_rulings:
        yield Section("其他相关规定的核查结果", (short_grid("地区", opinion.other_rulings),))
    yield Section("依据条款", (Entries(tuple(_entry(one) for one in opinion.basis)),))
    yield Section("复核信息", (_codes(opinion.parts), Text((Line(_CODES),), Tone.NOTE)))
    yield Section("办理意见", (Signing(opinion.signatures), Text((Line(opinion.disclaimer),), Tone.NOTE)))


def _given(description: str) -> Text:
    lines = tuple(Line(one.strip()) for one in description.splitlines() if one.strip())
    return Text(lines or (Line(NO_DESCRIPTION),), Tone.GIVEN if lines else Tone.BODY)


def _entry(one: Basis) -> Entry:
    notes = [*one.marks, one.in_force]
    notes += [f"条款用词“{one.modality}”"] if one.modality is not None else []
    notes += [f"编号 {one.ref}"]
    notes += [f"校验码 {one.hash}"] if one.hash is not None else []
    return Entry(one.number, f"{one.document}{one.locator}　{one.heading}", one.text, tuple(notes))


def _codes(parts: tuple[RulingPart, ...]) -> Grid:
    rows = []
    for part in parts:
        codes = part.hashes
        rows += [
            GridRow(((Line("预审编号"),), (Line(part.number),))),
            GridRow(((Line("核查规则"),), (Line(f"{codes.mechanism}（核查程序第{codes.engine}版）"),))),
            GridRow(((Line("规则校验码"),), (Line(codes.rules),))),
            GridRow(((Line("事实校验码"),), (Line(codes.facts),))),
            GridRow(((Line("条款校验码"),), (Line(codes.clauses),))),
        ]
    return Grid((("项目", 40), ("内容", 116)), tuple(rows))
