"""An assistant over a handful of clauses made up for these tests: answers depend on words of the question alone."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering.answer import Answer, Citation, Clarify, Route, Statement, Status, Understood
from assistant.answering.events import Cited, Clauses, Delta, Done, Event, Meta
from assistant.answering.question import Question
from assistant.eligibility.asked import CaseAsked
from assistant.eligibility.checker import CaseChecker
from assistant.errors import UnknownPlace
from knowledge.clauses import (
    Clause,
    ClauseRef,
    Edition,
    Gap,
    InForce,
    Level,
    Modality,
    Source,
    TextKind,
    Verified,
)
from knowledge.errors import UnknownClause
from tests.browser.standin_cases import checker

NASTY = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">&amp;"\'</textarea>'


def _edition(id_: str, title: str, level: Level, place: str, issued: str, begins: date, ends: date | None) -> Edition:
    return Edition(
        id=id_,
        title=title,
        issuer=f"{place}（测试）",
        doc_number="测发〔2018〕1号" if place == "黄石市" else None,
        level=level,
        jurisdiction=place,
        issued=issued,
        in_force=InForce.model_validate({"from": begins, "until": ends}),
        topics=("rotation",),
        text_kind=TextKind.DIGEST,
        source=Source(title=f"{place}做法", publisher="测试报", url="https://example.org/source"),
        verified=Verified.SEEN,
    )


HENGDONG = _edition("hengdong@2024", "衡东县干部交流做法", Level.COUNTY, "衡东县", "2024-02", date(2024, 2, 2), None)
HUANGSHI = _edition(
    "huangshi@2018", "黄石市召回管理做法", Level.CITY, "黄石市", "2018-01", date(2018, 1, 5), date(2023, 12, 31)
)


def _clause(
    edition: Edition, number: str, heading: str, text: str, modality: Modality | None = None, **more: object
) -> Clause:
    parent = ("交流任职",) if "." in number else ()
    return Clause(ClauseRef(edition.id, number), heading, text, f"第{number}段", modality, headings=parent, **more)  # type: ignore[arg-type]


CLAUSES = (
    _clause(HENGDONG, "8", "关心关爱", "乡镇公务员的补贴已经提高。"),
    _clause(HENGDONG, "9", "交流任职", "交流任职的年限有两档：10年和5年。", Modality.SHALL),
    _clause(
        HENGDONG,
        "9.1",
        "单位正职、副职满10年",
        "单位正职连续任职满10年的，应当交流。\n单位副职连续任职满10年的，应当交流。",
        Modality.SHALL,
    ),
    _clause(HENGDONG, "9.2", "内设机构满5年", "内设机构正职、副职连续任职满5年的，应当交流。", Modality.SHALL),
    _clause(HENGDONG, "9.3", "交流任职未载明的内容", "原文未载明可以不交流的例外。", gap=Gap.SILENT),
    _clause(HENGDONG, "10", "年轻干部", f"年轻干部到基层锻炼。{NASTY}", verified=Verified.UNVERIFIED),
    _clause(HUANGSHI, "3", "召回管理", "召回管理的对象是不履职尽责的市管干部。\n召回情形共有十种。", gap=Gap.COUNTED),
    _clause(HUANGSHI, "4", "召回后的教育", "被召回的市管干部可以参加集中训导班。", Modality.MAY),
)


@dataclass(eq=False)
class StandInIndex:
    """The clauses above as an index."""

    editions: dict[str, Edition] = field(default_factory=lambda: {e.id: e for e in (HENGDONG, HUANGSHI)})
    generation: str = "g1"
    encoder: str = "stand-in"

    def __len__(self) -> int:
        return len(CLAUSES)

    def clause(self, ref: ClauseRef) -> Clause:
        for clause in CLAUSES:
            if clause.ref == ref:
                return clause
        raise UnknownClause(str(ref))

    def children(self, ref: ClauseRef) -> Sequence[Clause]:
        return [clause for clause in CLAUSES if clause.ref.parent == ref]

    def edition_clauses(self, edition: str) -> Sequence[Clause]:
        return [clause for clause in CLAUSES if clause.ref.edition == edition]


@dataclass
class StandIn:
    """The assistant."""

    index: StandInIndex = field(default_factory=StandInIndex)
    cases: CaseChecker | None = field(default_factory=lambda: checker(StandInIndex().clause))

    def answer(self, question: Question) -> Answer:
        """An answer chosen by a word of the question."""
        text, chosen = question.text, question.jurisdiction
        if chosen is not None and chosen not in {"衡东县", "黄石市"}:
            raise UnknownPlace(chosen, ("衡东县", "黄石市"))
        if "坏掉" in text:
            raise RuntimeError(text)
        if "个案" in text and self.cases is not None:
            ruling = self.cases.check(CaseAsked(text, question.as_of or date.today(), chosen))
            return replace(self._of(question, [("衡东县", CLAUSES[2], CLAUSES[2].text[:17])], ()), ruling=ruling)
        carried = ("交流任职",) if question.history and "呢" in text else ()
        if "哪儿" in text:
            ask = Clarify("您问的是哪个地区的规定？", ("衡东县", "黄石市"))
            return Answer(Status.CLARIFY, ask.question, (), (), Understood(Route.POLICY), ask.question, ask)
        if "月亮" in text:
            note = "知识库里没有找到能回答这个问题的依据。"
            return Answer(Status.NO_BASIS, note, (), (), Understood(Route.OUTSIDE), note)
        if "年轻" in text:
            return self._of(question, [("衡东县", CLAUSES[5], CLAUSES[5].text)], carried)
        if "召回" in text or chosen == "黄石市":
            said = [("黄石市", CLAUSES[6], "召回情形共有十种。"), ("黄石市", CLAUSES[7], CLAUSES[7].text)]
            return self._of(question, said, carried)
        said = [
            ("衡东县", CLAUSES[2], "单位正职连续任职满10年的，应当交流。"),
            ("衡东县", CLAUSES[3], CLAUSES[3].text),
        ]
        if chosen is None and "各地" in text:
            said.append(("黄石市", CLAUSES[6], "召回情形共有十种。"))
        return self._of(question, said, carried)

    def events(self, question: Question) -> Iterator[Event]:
        """The same answer in pieces of seven characters, so that marks are torn apart on the way."""
        answer = self.answer(question)
        pause = 0.05 if "慢慢" in question.text else 0.0
        yield Meta(answer.understood)
        yield Clauses(answer.citations)
        for at in range(0, len(answer.text), 7):
            time.sleep(pause)
            yield Delta(answer.text[at : at + 7])
        for citation in answer.citations:
            yield Cited(citation)
        yield Done(answer.status, answer)

    def _of(self, question: Question, said: list[tuple[str, Clause, str]], carried: tuple[str, ...]) -> Answer:
        day = question.as_of or date.today()
        citations = tuple(
            Citation(n, clause, edition, quote, edition.in_force.on(day))
            for n, (_, clause, quote) in enumerate(said, 1)
            for edition in (self.index.editions[clause.ref.edition],)
        )
        statements = tuple(Statement(quote, (n,), place) for n, (place, _, quote) in enumerate(said, 1))
        text = "\n".join(f"{statement.text}[{n}]" for n, statement in enumerate(statements, 1))
        places = tuple(dict.fromkeys(place for place, _, _ in said))
        return Answer(Status.ANSWERED, text, statements, citations, Understood(Route.POLICY, places, carried))
