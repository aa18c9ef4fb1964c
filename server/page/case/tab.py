"""The case tab as a component: what the browser sends is read strictly, checked, and answered as HTML or a file."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date

from assistant.eligibility.asked import CaseAsked, ask_case
from assistant.eligibility.checker import CaseCheck, CaseChecker
from assistant.errors import CallerError, EmptyQuestion
from server.api.seam import Shelf
from server.page.case.result_html import result_html, said_of, trouble_html
from server.page.telling import Sent, told

LIMIT = 20_000
"""Characters of a description."""
_EMPTY = "请先粘贴或填写案情描述。"


def case_functions(cases: CaseChecker, shelf: Shelf) -> list[Callable[[object], Sent]]:
    """What the tab's script may call: `check_case` and `case_opinion`, both with the whole case; nothing is kept."""

    def check_case(sent: object) -> Sent:
        def checked() -> Sent:
            check = cases.check(asked_of(sent, cases))
            return {
                "state": "done",
                "html": result_html(check, shelf),
                "said": said_of(check),
                "place": check.asked.jurisdiction or "",
            }

        answer = told(checked)
        if answer["state"] == "trouble":
            answer |= {"html": trouble_html(answer["message"]), "said": answer["message"]}
        return answer

    def case_opinion(sent: object) -> Sent:
        def written() -> Sent:
            check = cases.check(asked_of(sent, cases))
            form = sent.get("form") if isinstance(sent, dict) else None
            return opinion_file(check, shelf, as_word=form == "docx")

        return told(written)

    return [check_case, case_opinion]


def asked_of(sent: object, cases: CaseChecker) -> CaseAsked:
    """The case in `{"text", "place", "day", "mechanism", "facts"}`; raises CallerError."""
    given = sent if isinstance(sent, dict) else {}
    facts = given.get("facts")
    try:
        return ask_case(
            str(given.get("text", "")),
            cases.rules.facts,
            as_of=str(given.get("day", "")) or None,
            jurisdiction=str(given.get("place", "")) or None,
            mechanism=str(given.get("mechanism", "")) or None,
            facts={str(name): value for name, value in facts.items()} if isinstance(facts, dict) else None,
            limit=LIMIT,
        )
    except EmptyQuestion:
        raise CallerError(_EMPTY) from None


def opinion_file(check: CaseCheck, shelf: Shelf, *, as_word: bool) -> Sent:
    """The opinion as a Word file or as a page to print."""
    from assistant.eligibility.opinion import as_docx, as_page, opinion_of

    opinion = opinion_of(check, shelf.clause, shelf.editions, issued=date.today())
    ruling = check.leading
    name = f"预审意见-{ruling.receipt.number}" if ruling is not None else "预审意见"
    if not as_word:
        return {"state": "done", "name": f"{name}.html", "page": as_page(opinion)}
    return {"state": "done", "name": f"{name}.docx", "data": base64.b64encode(as_docx(opinion)).decode()}
