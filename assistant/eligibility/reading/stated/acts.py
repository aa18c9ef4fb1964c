"""The day of the act (行为发生日): the date of what went wrong, told from dates of service and of procedure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from assistant.eligibility.reading.language.dates import dates
from assistant.eligibility.reading.language.description import Description
from assistant.eligibility.reading.stated.mention import Mention
from assistant.eligibility.reading.voice.hearing import Force

ACT_DATE = "act_date"
_ACT = re.compile(
    r"失误|过失|过错|错误|造成|导致|损失|违反|违规|擅自|未经|失败|延误|超支|事故|决定|拍板|签|出现|发生|引发|实施"
    r"|试点|推行|探索|推进|处置|牵头|组织"
)
_NOT_ACT = re.compile(
    r"出生|入党|参加工作|毕业|任|提拔|举报|反映|信访|查|核实|认定|处分|谈话|约谈|申请|评估|考核|轮岗|交流"
)


def acts(text: Description, as_of: date, taken: Collection[tuple[int, int]]) -> Iterator[Mention]:
    """The first date in a piece that tells of an act; `taken` are dates of service."""
    for found in dates(text.plain, as_of):
        if any(start <= found.start < end for start, end in taken) or found.day.first > as_of:
            continue
        piece = text.piece_at(found.start)
        told = "".join(one.text for one in text.sentence_of(piece) if one.start >= piece.start)[:60]
        if _ACT.search(told) and not _NOT_ACT.search(told[: (m.start() if (m := _ACT.search(told)) else 0) or 1]):
            yield Mention(ACT_DATE, found.day, text.quote(found.start, found.end), Force.STATED)
            return
