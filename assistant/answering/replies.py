"""What is replied, by how the question was read and what was found: status, sentences, note, and the text as shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.answering import wording
from assistant.answering.answer import Answer, Citation, Clarify, Route, Status
from assistant.answering.citing import Cited
from assistant.answering.figures import figures
from assistant.answering.look_up import Found
from assistant.answering.premises import compared, corrected, stated
from assistant.answering.selection import Chosen
from assistant.answering.sentences import sentences
from assistant.answering.sufficiency import Enough, Judged
from assistant.answering.terms import measures_asked
from assistant.answering.understanding import Reading
from assistant.eligibility.checker import CaseCheck
from knowledge.clauses import Edition, TextKind

_TOPICS = ("容错纠错", "交流轮岗", "激励和考核", "能上能下", "澄清正名", "受处分干部使用")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply before it is cited: `note` is said first and states no rule of its own."""

    status: Status
    chosen: tuple[Chosen, ...] = ()
    note: str = ""
    clarify: Clarify | None = None


def to_talk(kind: str) -> Reply:
    """Greetings and thanks; what is refused."""
    texts = {
        "greeting": (Status.GREETING, wording.GREETING),
        "thanks": (Status.GREETING, wording.THANKS),
        "about": (Status.GREETING, wording.ABOUT),
        "injection": (Status.REFUSED, wording.REFUSED_INJECTION),
        "person": (Status.OUT_OF_SCOPE, wording.PERSON),
        "task": (Status.OUT_OF_SCOPE, wording.OUT_OF_SCOPE),
        "evasion": (Status.REFUSED, wording.REFUSED_EVASION),
    }
    status, note = texts[kind]
    return Reply(status, note=note)


def to_vague(reading: Reading) -> Reply:
    """A question with no matter in it: one question back."""
    if reading.articles:
        return Reply(Status.CLARIFY, note=wording.CLARIFY_ARTICLE, clarify=Clarify(wording.CLARIFY_ARTICLE))
    places = "、".join(reading.places.known)
    options = tuple(f"{places}{topic}的规定" for topic in _TOPICS)
    return Reply(Status.CLARIFY, note=wording.CLARIFY_TOPIC, clarify=Clarify(wording.CLARIFY_TOPIC, options))


def to_unknown_place(reading: Reading, known: Sequence[str]) -> Reply:
    """Only places we hold nothing of were named."""
    return no_basis(wording.no_place(reading.places.unknown, known))


def to_look_up(found: Found) -> Reply:
    """The clauses asked for by name, and what of it is not held."""
    chosen = tuple(Chosen(clause, s, 1.0) for clause in found.clauses for s in sentences(clause.text))
    notes = [wording.no_such_ref(ref) for ref in found.missing_refs]
    notes += [wording.no_such_document(title) for title in found.missing_titles]
    notes += [
        wording.no_such_article(edition.title, article, digest=edition.text_kind is TextKind.DIGEST)
        for edition, article in found.missing_articles
    ]
    status = Status.NO_BASIS if not chosen else Status.PARTIAL if notes else Status.ANSWERED
    return Reply(status, chosen, "".join(dict.fromkeys(notes)))


def no_basis(note: str = wording.NO_BASIS) -> Reply:
    """Nothing to rest an answer on."""
    return Reply(Status.NO_BASIS, note=note)


def without_basis(reading: Reading, elsewhere: Sequence[str], *, in_field: bool) -> Reply:
    """Nothing in the scope answers: say which places' documents would, or that it is not our field."""
    if elsewhere:
        asked = "、".join(reading.places.known)
        options = tuple(f"{place}{reading.bare}" for place in elsewhere)
        note = wording.elsewhere(asked, elsewhere)
        return Reply(Status.NO_BASIS, note=note, clarify=Clarify("要看这些地方的规定吗？", options))
    if in_field or reading.places.known:
        return no_basis()
    return Reply(Status.OUT_OF_SCOPE, note=wording.OUT_OF_SCOPE)


def with_basis(
    reading: Reading, verdict: Judged, known: Sequence[str], open_places: Sequence[str], check: CaseCheck | None = None
) -> Reply:
    """The sentences chosen, with what the figures of the question come to and what is not written.

    With `open_places` the place of a case is asked back, for each of them has rules of its own. With a `check` of the
    stated case its verdict is told, and no figure is held against a threshold that may be another post's.
    """
    chosen = tuple(one for evidence in verdict.evidence for one in evidence.chosen)
    notes = []
    if reading.places.unknown:
        notes.append(wording.no_place(reading.places.unknown, known))
    remarks = _figures(reading, verdict) if check is None else [_verdict_told(check)]
    compares = bool(remarks) and (check is not None or bool(stated(reading.text)))
    compared_only = compares and not any(e.open for e in verdict.evidence)
    if verdict.enough is Enough.PARTLY and not compared_only:
        notes.append(_what_is_missing(verdict))
    notes += remarks
    answered = verdict.enough is Enough.FULLY or compared_only
    status = Status.ANSWERED if answered else Status.PARTIAL
    asked_back = None
    if len(open_places) > 1:
        asked_back = Clarify(wording.CLARIFY_PLACE, tuple(f"{place}，{reading.bare}" for place in open_places))
    return Reply(status, chosen, "".join(dict.fromkeys(notes)), asked_back)


def besides(reply: Reply, notes: Sequence[str]) -> Reply:
    """`reply` with what else must be said first; then it is no full answer."""
    if not notes:
        return reply
    status = Status.PARTIAL if reply.status is Status.ANSWERED else reply.status
    return replace(reply, status=status, note="".join((*notes, reply.note)))


def _verdict_told(check: CaseCheck) -> str:
    """What a check comes to, place by place; of one place also what is still to be made clear."""
    if check.place_open is not None:
        return wording.ruled([(r.mechanism.jurisdiction, r.verdict.label) for r in check.place_open.each], ())
    ruling = check.rulings[0]
    still = [] if ruling.verdict.definite else [one.kind.label for one in ruling.open_questions[:2]]
    return wording.ruled([(ruling.mechanism.jurisdiction, ruling.verdict.label)], still)


def _what_is_missing(verdict: Judged) -> str:
    if any(evidence.open for evidence in verdict.evidence):
        return wording.gap_found()
    missing = [term for term in verdict.evidence[0].covered.missing if term.own and term.exact]
    return wording.not_written([term.term for term in missing[:3]]) if missing else wording.PARTIAL


def _figures(reading: Reading, verdict: Judged) -> list[str]:
    """Remarks on the question's figures, for the first sentences of each place."""
    one_place = len(verdict.evidence) == 1
    remarks = []
    for evidence in verdict.evidence:
        said = compared(reading.text, evidence.chosen)
        if one_place and reading.shape.yes_no and not stated(reading.text):
            said += corrected(reading.text, evidence.chosen[:2])
        label = "" if one_place or evidence.place is None else f"{evidence.place}："
        remarks += [f"{label}{remark.text}" for remark in said]
    measured = sorted({unit for measure in measures_asked(reading.text) for unit in measure.units})
    if reading.shape.compares and measured and not one_place:
        remarks += _side_by_side(verdict, measured)
    if remarks and (reading.route is Route.CASE or stated(reading.text)):
        remarks.append(wording.CASE_NOTE)
    return remarks


def _side_by_side(verdict: Judged, units: Sequence[str]) -> list[str]:
    """The figures of the asked measure in each place's sentences, one beside the other."""
    of_place = []
    for evidence in verdict.evidence:
        written = [f.words for one in evidence.chosen for f in figures(one.sentence) if f.unit in units]
        if not written or evidence.place is None:
            return []
        of_place.append((evidence.place, tuple(dict.fromkeys(written))))
    return [wording.side_by_side(of_place)]


def text_of(reply: Reply, cited: Cited, editions: Mapping[str, Edition]) -> str:
    """The text as shown: the note, then each place's statements under its name, level and date, with marks."""
    parts = [reply.note] if reply.note else []
    by_number = {citation.n: citation for citation in cited.citations}
    for place, statements in groupby(cited.statements, key=lambda statement: statement.place):
        said = list(statements)
        edition = editions[by_number[said[0].citations[0]].clause.ref.edition]
        lines = "".join(f"{s.text}{''.join(f'[{n}]' for n in s.citations)}" for s in said)
        parts.append(f"{place}（{edition.level.label}，{edition.issued}）：{lines}")
    return "\n".join(parts)


_MARK = re.compile(r"\[(\d+)\]")


def pieces(answer: Answer) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """The text in pieces ending after marks, each with the citations it uses for the first time."""
    by_number = {citation.n: citation for citation in answer.citations}
    seen: set[int] = set()
    for piece in re.findall(r"[^\[]*(?:\[\d+\])+\n?|[^\[\n]+\n?|\[|\n", answer.text):
        new = [n for n in map(int, _MARK.findall(piece)) if n in by_number and n not in seen]
        seen.update(new)
        yield piece, tuple(by_number[n] for n in new)
