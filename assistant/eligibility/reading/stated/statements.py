"""Yes-or-no facts: phrases found in the text, with negation, allegation and the findings that settle allegations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from assistant.eligibility.reading.language.description import Description
from assistant.eligibility.reading.language.phrases import Span, found
from assistant.eligibility.reading.stated import mention
from assistant.eligibility.reading.stated.mention import Mention
from assistant.eligibility.reading.voice.hearing import Force, Hearing
from assistant.eligibility.reading.voice.people import People
from knowledge.facts import FactKind, FactType

_CONFIRMED = re.compile(
    r"(?:认定|查核|核查|核实)(?:成立|属实)|查证属实|坐实|(?:基本|全部|均|都|完全|确实?)?属实|查实|确有其事"
    r"|情况属实|证据确凿|(?:已经?|均已|都已)(?:作出|有)?(?:认定|确认|查明|定性)(?=[，,。；;]|$)"
)
_REFUTED = re.compile(
    r"(?:不|并非|非|未|没有)属实|失实|不实|查无(?:实据|此事|其事)|子虚乌有|无中生有|纯属(?:捏造|虚构|诬告)"
    r"|与事实不符|未发现(?:有|存在)?(?:上述|该|此|举报|反映)|没有事实依据|不成立|予以了结"
)
_FIELD = re.compile(r"是否|有无|是不是|有没有")
_FILLED = re.compile(r"[^，,。；;：:\n]{0,6}[：:](?:(?P<yes>是|有|属实|符合)|否|无|没有|不是|未)")
_PARTLY = re.compile(
    r"第[一二三四五\d][、，,条项]?[^。]{0,8}(?:还在|仍在|尚在)|部分属实|部分失实|部分不实|个别属实|有的属实"
)


def statements(kinds: Iterable[FactKind], text: Description, hearing: Hearing, people: People) -> list[Mention]:
    """Mentions of every yes-or-no fact."""
    made: list[Mention] = []
    for kind in kinds:
        if kind.type is FactType.BOOL:
            made += _of(kind, text, hearing, people)
    of_matter = {kind.name: kind.discretion for kind in kinds if kind.discretion or not kind.about_report}
    on_reports = {kind.name for kind in kinds if kind.about_report and kind.denial_suffices}
    return _reviewed(_after_findings(made, text, hearing, of_matter, on_reports), text, hearing)


def _of(kind: FactKind, text: Description, hearing: Hearing, people: People) -> Iterator[Mention]:
    plain = text.plain
    spoken = [
        (span, value)
        for phrases, value in ((kind.denies, False), (kind.says, True))
        for span in found(phrases, plain, kind.unless)
    ]
    said = {span[:2] for span, _ in spoken}
    hinted = [(span, True) for span in found(kind.hints, plain, kind.unless) if span[:2] not in said]
    hints = {span[:2] for span, _ in hinted}
    spans = spoken + hinted
    for span, value in _outermost(spans):
        if kind.about_person and not people.is_principal(span.start, span.end):
            continue
        assertion = hearing.assertion(span.start, span.end, span.gaps, of_report=kind.about_report)
        if assertion.force is Force.SUPPOSED:
            continue
        if assertion.force is Force.ASKED and (answer := hearing.answer(span.end)) is not None:
            holds, stop = answer
            yield Mention(kind.name, value is holds, text.quote(span.start, stop), Force.STATED)
            continue
        stated = None if assertion.open else value is not assertion.denied
        field = _field(plain, span)
        if field is not None:
            yield Mention(kind.name, value is field, text.quote(span.start, span.end), Force.STATED)
            continue
        note = mention.DISAGREE if text.disagrees_at(span.start) else None
        quote = text.quote(span.start - assertion.denies, span.end)
        yield Mention(kind.name, stated, quote, assertion.force, note, weak=span[:2] in hints)
    for span in found(kind.noticed, plain, kind.unless):
        if kind.about_person and not people.is_principal(span.start, span.end):
            continue
        if hearing.assertion(span.start, span.end).denied:
            continue
        if not any(_inside(span, other) for other, _ in spans):
            yield Mention(kind.name, None, text.quote(span.start, span.end), Force.ASKED, mention.NOTICED)


def _field(plain: str, span: Span) -> bool | None:
    """What a form says in a field of its own: 是否谋私：否 is no, 有无违纪：无 too; None where there is no field."""
    label = span.start == 0 or plain[span.start - 1] in "\n，,；;"
    if not label and not _FIELD.search(plain[max(0, span.start - 4) : span.start]):
        return None
    answer = _FILLED.match(plain[span.end : span.end + 14])
    return None if answer is None else answer["yes"] is not None


def _outermost(spans: list[tuple[Span, bool]]) -> Iterator[tuple[Span, bool]]:
    """Those that are no part of a longer one, in reading order: 不谋私利 holds 谋私利."""
    reached = -1
    last: Span | None = None
    for span, value in sorted(spans, key=lambda pair: (pair[0].start, -pair[0].end)):
        if span.end > reached or (last is not None and span[:2] == last[:2]):
            yield span, value
            reached, last = max(reached, span.end), span


def _inside(span: Span, other: Span) -> bool:
    return span[:2] != other[:2] and other.start <= span.start and span.end <= other.end


def _after_findings(
    made: list[Mention], text: Description, hearing: Hearing, of_matter: Mapping[str, bool], on_reports: set[str]
) -> list[Mention]:
    """Allegations before a finding that they are true or false become what was found."""
    verdicts: list[tuple[int, int, bool | None]] = []
    for pattern, holds in ((_PARTLY, None), (_REFUTED, False), (_CONFIRMED, True)):
        for match in pattern.finditer(text.plain):
            inside = any(start <= match.start() < end for start, end, _ in verdicts)
            if not inside and hearing.found_at(match.start()):
                verdicts.append((match.start(), match.end(), holds))
    verdicts = [one for one in verdicts if one[2] is not None]
    if not verdicts:
        return made
    settled: list[Mention] = []
    for one in made:
        stated = one.force is Force.STATED and of_matter.get(one.name, False)
        waits = one.name in of_matter and (one.force in {Force.ALLEGED, Force.SUSPECTED} or stated)
        known = [v for v in verdicts if one.name not in on_reports or (v[2] and "成立" in text.plain[v[0] : v[1]])]
        if stated:
            known = [v for v in known if v[2]]  # 失实 refutes what was alleged, not what is told beside it
        verdict = _verdict_on(one, known, text) if waits and known and one.value is not None else None
        if verdict is None:
            settled.append(one)
        else:
            start, end, holds = verdict
            settled += mention.found(one, text.quote(start, end), holds=bool(holds))
    return settled


def _verdict_on(
    one: Mention, verdicts: list[tuple[int, int, bool | None]], text: Description
) -> tuple[int, int, bool | None] | None:
    """What was found of an allegation: said in its own sentence, or anywhere when all findings go the same way."""
    stop = text.full_stop(text.position(one.quote.end - 1))
    own = [v for v in verdicts if v[0] <= stop and text.full_stop(v[0]) == stop]
    if own:
        return own[0]
    if one.force is Force.STATED:
        return None
    return verdicts[0] if len({holds for _, _, holds in verdicts}) == 1 else None


def _reviewed(made: list[Mention], text: Description, hearing: Hearing) -> list[Mention]:
    """Of findings on one matter those after the last review count; one that was taken back and not renewed is open."""
    reviews, revoked = hearing.reviewed(), hearing.revoked()
    if not reviews and not revoked:
        return made
    kept: list[Mention] = []
    for name in dict.fromkeys(one.name for one in made):
        own = [one for one in made if one.name == name]
        found = [(text.position(one.quote.start), one) for one in own if one.force is Force.FOUND]
        others = [one for one in own if one.force is not Force.FOUND]
        last = max((at for at in reviews if any(start >= at for start, _ in found)), default=None)
        if last is not None and len({one.value for _, one in found}) > 1:
            found = [(start, one) for start, one in found if start >= last]
        elif any(all(start < at for start, _ in found) for at in revoked):
            found = [(start, replace(one, force=Force.STATED)) for start, one in found]
        kept += [*others, *(one for _, one in found)]
    return kept
