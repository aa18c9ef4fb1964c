"""Hand-made rows, clauses and answers."""

from datetime import date
from typing import Any

from assistant.answering.answer import Answer, Citation, Route, Statement, Status, Understood
from evals.answers.rows import Row
from evals.answers.scores import Reply
from knowledge.clauses import Clause, ClauseRef, Edition, InForce, Level, Source, TextKind, Validity, Verified


def row(**fields: Any) -> Row:
    given: dict[str, Any] = {"id": "q1", "question": "几年要交流？", "answerable": True, **fields}
    return Row.model_validate(given)


def edition(id_: str = "hengdong@2024") -> Edition:
    return Edition(
        id=id_,
        title="衡东做法",
        issuer="县委",
        doc_number=None,
        level=Level.COUNTY,
        jurisdiction="衡东县",
        issued="2024-02",
        in_force=InForce.model_validate({"from": date(2024, 2, 2)}),
        topics=("rotation",),
        text_kind=TextKind.DIGEST,
        source=Source(title="网页"),
        verified=Verified.SEEN,
    )


def citation(n: int, ref: str, text: str = "任满10年的交流轮岗。", quote: str | None = None) -> Citation:
    parsed = ClauseRef.parse(ref)
    clause = Clause(parsed, "轮岗", text, "第9条")
    return Citation(n, clause, edition(parsed.edition), text if quote is None else quote, Validity.IN_FORCE)


def answer(
    *citations: Citation,
    text: str = "任满十年的交流轮岗[1]。",
    status: Status = Status.ANSWERED,
    statements: tuple[Statement, ...] | None = None,
) -> Answer:
    said = (Statement("任满10年的交流轮岗。", (1,)),) if statements is None else statements
    return Answer(status, text, said, citations, Understood(Route.POLICY))


def reply(*citations: Citation, **fields: Any) -> Reply:
    return Reply(answer(*citations, **fields), None, 0.01)
