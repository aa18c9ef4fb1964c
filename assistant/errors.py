"""What can go wrong while answering.

CallerError               the caller can mend it (422)
├── EmptyQuestion         nothing to answer
├── QuestionTooLong       more characters than a question has
├── NotChinese            no Chinese in the question
├── UnknownPlace          a place that is not in the vocabulary
└── ImpossibleDate        an `as_of` that is no day of the calendar, or out of range
"""

from __future__ import annotations


class CallerError(ValueError):
    """The question cannot be taken as it is; the message says, in Chinese, what to do."""

    code = "bad_request"


class EmptyQuestion(CallerError):
    """Nothing is left of the question once blanks and control characters are gone."""

    code = "empty_question"

    def __init__(self) -> None:
        super().__init__("问题是空的。请输入要问的政策问题，例如：衡东县单位正职干满几年要交流？")


class QuestionTooLong(CallerError):
    """The question is longer than `limit` characters."""

    code = "question_too_long"

    def __init__(self, length: int, limit: int) -> None:
        self.length, self.limit = length, limit
        super().__init__(f"问题有 {length} 字，超过 {limit} 字的上限。请只保留要问的内容，长材料请分段提问。")


class NotChinese(CallerError):
    """The question holds no Chinese character."""

    code = "not_chinese"

    def __init__(self) -> None:
        super().__init__("没有读到中文。请用中文提问，例如：温州市容错要看哪些方面？")


class UnknownPlace(CallerError):
    """The named place is not in the vocabulary."""

    code = "unknown_place"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name, self.known = name, known
        super().__init__(f"知识库里没有“{name}”。现有地区：{'、'.join(known)}。也可以不填地区。")


class ImpossibleDate(CallerError):
    """The date is not a day of the calendar between 1949 and 2100."""

    code = "impossible_date"

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"“{text}”不是有效日期。请写成 2024-03-01 这样的日期（1949 至 2100 年）。")
