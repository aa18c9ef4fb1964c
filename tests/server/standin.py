"""A small assistant that stands in at the server's own seam: few clauses, answers built from the question alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.answering.answer import Answer, Citation, Clarify, Route, Statement, Status, Understood
from assistant.answering.events import Cited, Clauses, Delta, Done, Event, Meta, Ruled
from assistant.answering.question import Question
from assistant.eligibility.asked import CaseAsked
from assistant.eligibility.checker import CaseCheck, CaseChecker
from assistant.errors import UnknownPlace
from knowledge.clauses import Clause, ClauseRef, Edition, InForce, Level, Modality, Source, TextKind, Validity, Verified
from knowledge.errors import UnknownClause
from tests.server.casebook import TODAY, checker

EDITION = Edition(
    id="hengdong-2024@2024-02",
    title="衡东县干部工作做法",
    issuer="未载明",
    doc_number=None,
    level=Level.COUNTY,
    jurisdiction="衡东县",
    issued="2024-02",
    in_force=InForce.model_validate({"from": date(2024, 2, 2)}),
    topics=("rotation",),
    text_kind=TextKind.DIGEST,
    source=Source(title="衡东县做法", url="https://example.org/1"),
    verified=Verified.SEEN,
)


def clause(number: str, heading: str, text: str, modality: Modality | None = None) -> Clause:
    return Clause(ClauseRef(EDITION.id, number), heading, text, f"第{number}段", modality)


CLAUSES = (
    clause("9", "干部交流", "干部交流有两种情形。"),
    clause("9.1", "满十年交流", "单位正职在同一职位任职满10年的应当交流。\n从任职之日起算。", Modality.SHALL),
    clause("9.2", "回避交流", "需要回避的应当交流。", Modality.SHALL),
    clause("10", "年轻干部", "年轻干部到基层“墩苗”。"),
)


@dataclass(eq=False)
class StandInIndex:
    editions: dict[str, Edition] = field(default_factory=lambda: {EDITION.id: EDITION})
    generation: str = "g1"
    encoder: str = "stand-in"

    def __len__(self) -> int:
        return len(CLAUSES)

    def clause(self, ref: ClauseRef) -> Clause:
        for one in CLAUSES:
            if one.ref == ref:
                return one
        raise UnknownClause(str(ref))

    def children(self, ref: ClauseRef) -> Sequence[Clause]:
        return [one for one in CLAUSES if one.ref.parent == ref]

    def edition_clauses(self, edition: str) -> Sequence[Clause]:
        return [one for one in CLAUSES if one.ref.edition == edition]


@dataclass
class StandIn:
    index: StandInIndex = field(default_factory=StandInIndex)
    asked: list[Question] = field(default_factory=list)
    cases: CaseChecker | None = field(default_factory=lambda: checker(StandInIndex().clause))

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        if question.jurisdiction not in (None, "衡东县", "温州市"):
            raise UnknownPlace(question.jurisdiction or "", ("衡东县", "温州市"))
        understood = Understood(Route.POLICY, ("衡东县",))
        if "哪里" in question.text:
            ask = Clarify("您问的是哪个地区？", ("衡东县", "温州市"))
            return Answer(Status.CLARIFY, ask.question, (), (), understood, ask.question, ask)
        cited = Citation(1, CLAUSES[1], EDITION, "单位正职在同一职位任职满10年的应当交流。", Validity.IN_FORCE)
        statement = Statement("单位正职任职满10年的应当交流。\n次行", (1,), "衡东县")
        return Answer(
            Status.ANSWERED, f"{statement.text}[1]", (statement,), (cited,), understood, ruling=self._ruling(question)
        )

    def _ruling(self, question: Question) -> CaseCheck | None:
        """Of a question that speaks of 副局长."""
        if self.cases is None or "副局长" not in question.text:
            return None
        return self.cases.check(CaseAsked(question.text, question.as_of or TODAY, question.jurisdiction))

    def events(self, question: Question) -> Iterator[Event]:
        answer = self.answer(question)
        yield Meta(answer.understood)
        yield Clauses(answer.citations)
        for at in range(0, len(answer.text), 5):
            yield Delta(answer.text[at : at + 5])
        for citation in answer.citations:
            yield Cited(citation)
        if answer.ruling is not None:
            yield Ruled(answer.ruling)
        yield Done(answer.status, answer)
