"""What can go wrong while answering.

CallerError               the caller can mend it (422)
├── EmptyQuestion         nothing to answer
├── QuestionTooLong       more characters than a question has
├── NotChinese            no Chinese in the question
├── UnknownPlace          a place that is not in the vocabulary
├── ImpossibleDate        an `as_of` that is no day of the calendar, or out of range
├── NoCase                a description that states nothing a mechanism asks for
├── SeveralCases          a description of more than one case
├── NotInForce            a mechanism that was not in force on the day asked for
├── UnknownFact           a fact that is not in the vocabulary
├── WrongFactValue        a value that does not fit its fact
├── FactAhead             a date of the case that lies after the day it is checked for
├── WrongOrder            an end that lies before its beginning
├── UnknownReceipt        no receipt is kept under the number
└── UnreadableReceipt     a file that holds no receipt, or one whose content is not that of its number
"""

from __future__ import annotations

from datetime import date


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


class NoCase(CallerError):
    """The description states nothing that a mechanism asks for."""

    code = "no_case"

    def __init__(self, hint: str = "") -> None:
        super().__init__(
            f"没有读出可以核查的情况。{hint}请写明谁、担任什么职务、发生了什么、什么时候，"
            "例如：衡东县某局副局长，2014年3月任现职至今，是否应当轮岗？"
        )


class SeveralCases(CallerError):
    """The description holds more than one case."""

    code = "several_cases"

    def __init__(self, whose: tuple[str, ...]) -> None:
        self.whose = whose
        super().__init__(f"这段文字里不止一个人的情况（{'、'.join(whose)}）。一次只核查一个人，请分开提交。")


class NotInForce(CallerError):
    """The mechanism was not in force on the day; no other edition is taken for it."""

    code = "not_in_force"

    def __init__(self, title: str, day: date, begins: date, until: date | None) -> None:
        self.title, self.day = title, day
        ends = f"至{until}" if until is not None else "起"
        super().__init__(f"“{title}”的规定{begins}{ends}施行，{day}没有施行的版本，不能按它核查。")


class UnknownFact(CallerError):
    """No fact has this name."""

    code = "unknown_fact"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"没有名为“{name}”的事实。可用的事实见 GET /v1/mechanisms/{{id}}。")


class WrongFactValue(CallerError):
    """The value does not fit the fact."""

    code = "wrong_fact_value"

    def __init__(self, label: str, wanted: str) -> None:
        super().__init__(f"“{label}”的值不对，应为{wanted}。")


class FactAhead(CallerError):
    """A date of the case lies after the day it is checked for."""

    code = "date_ahead"

    def __init__(self, words: str, day: date) -> None:
        self.words, self.day = words, day
        super().__init__(f"文中的“{words}”晚于核查日期{day}。请改正日期，或改用较晚的核查日期。")


class WrongOrder(CallerError):
    """An end lies before its beginning."""

    code = "wrong_order"

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(f"文中的“{words}”结束早于开始。请改正日期。")


class UnknownReceipt(CallerError):
    """No receipt is kept under this number."""

    code = "unknown_receipt"

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"没有保存编号为“{number}”的凭证。请核对编号，或给出凭证文件。")


class UnreadableReceipt(CallerError):
    """The text holds no receipt, or one that was changed after it was made."""

    code = "unreadable_receipt"

    def __init__(self, why: str = "文件里没有可以核对的凭证") -> None:
        super().__init__(f"{why}。应为 cadre check --json 的输出，或保存的凭证文件。")
