"""What one visitor has asked so far: kept in the session, never on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.answer import Answer, Citation, Status, Understood
from assistant.answering.events import Cited, Clauses, Delta, Done, Event, Meta, Ruled
from assistant.answering.question import Turn

_REMEMBERED = 6
_NO_TOPIC = frozenset({Status.OUT_OF_SCOPE, Status.GREETING, Status.REFUSED})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it, as far as it has come.

    `day` is the day whose rules count. While the answer streams, `answer` is None and `understood`, `found` and `text`
    grow; `trouble` is the message shown instead of an answer. The citations live here, in the message they belong to.
    """

    serial: int
    question: str
    day: date
    understood: Understood | None = None
    found: tuple[Citation, ...] = ()
    text: str = ""
    answer: Answer | None = None
    trouble: str | None = None

    @property
    def state(self) -> str:
        """busy, done or error."""
        if self.trouble is not None:
            return "error"
        return "busy" if self.answer is None else "done"

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.answer.citations if self.answer is not None else self.found

    def after(self, event: Event) -> Exchange:
        """This exchange once `event` has come."""
        match event:
            case Meta(understood):
                return replace(self, understood=understood)
            case Clauses(citations):
                return replace(self, found=citations)
            case Delta(text):
                return replace(self, text=self.text + text)
            case Cited(citation):
                known = any(found.n == citation.n for found in self.found)
                return self if known else replace(self, found=(*self.found, citation))
            case Ruled():
                return self
            case Done(answer=answer):
                return replace(self, answer=answer, understood=answer.understood)


def streamed(exchange: Exchange, events: Iterable[Event]) -> Iterator[Exchange]:
    """The exchange after each event."""
    for event in events:
        exchange = exchange.after(event)
        yield exchange


def history(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The last answered exchanges as turns, oldest first; what failed or was no policy question is left out."""
    answered = [
        (e.question, e.answer.text) for e in exchanges if e.answer is not None and e.answer.status not in _NO_TOPIC
    ][-_REMEMBERED:]
    return [turn for question, answer in answered for turn in (Turn("user", question), Turn("assistant", answer))]
