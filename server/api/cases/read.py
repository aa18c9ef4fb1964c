"""What was read of a case over the wire: facts, doubts, proposals, each with its words; `values` makes these.

The docstrings here are Chinese: they are the descriptions people read in the OpenAPI document.
"""

from __future__ import annotations

from server.api.wire import Wire


class AmountShown(Wire):
    """知道到什么程度的数字：从 low 到 high；below 表示不含 high；high 为 null 即没有上限。"""

    low: float
    high: float | None
    below: bool


ValueShown = bool | float | str | AmountShown


class QuoteShown(Wire):
    """描述中的原话：从 start 到 end（不含）的字符，按 Unicode 码点计。"""

    text: str
    start: int
    end: int


class FactShown(Wire):
    """读出或确认的一个事实。

    by 是来源：rule 为按词句读出，model 为模型读出，person 为人工确认，derived 为由其他事实推出。
    found 表示已经认定或确认。
    quote、start、end 是依据的第一处原话，quotes 是全部。
    """

    name: str
    label: str
    value: ValueShown
    text: str
    quote: str | None
    start: int | None
    end: int | None
    by: str
    found: bool
    quotes: tuple[QuoteShown, ...]


class DoubtShown(Wire):
    """提到了但不能当作事实的内容和原因；value 是这些话所说的值，互相矛盾时为 null。"""

    name: str
    label: str
    reason: str
    value: ValueShown | None
    text: str | None
    quotes: tuple[QuoteShown, ...]


class ProposalShown(Wire):
    """某处原话可能指的事实；确认以前不作依据。"""

    name: str
    label: str
    question: str
    value: ValueShown
    text: str
    quote: str
    start: int
    end: int
