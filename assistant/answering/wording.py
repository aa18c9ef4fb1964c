"""The approved Chinese texts: what is said besides the clauses."""

from __future__ import annotations

from collections.abc import Sequence

GREETING = (
    "您好，我是干部政策助手，可以回答激励、容错纠错、交流轮岗等规定的问题，每句话都附条款依据。"
    "例如可以问：衡东县单位副职干满几年要交流？"
)
THANKS = "不客气。还有政策问题，可以接着问。"
ABOUT = (
    "我是干部政策助手。我只依据知识库里的文件，回答激励、容错纠错、交流轮岗、能上能下、澄清正名等规定，"
    "每句话都附条款；文件没有写明的，我会直说。我不代替组织作认定。"
)
REFUSED_INJECTION = "这类要求我不能照办。我只依据知识库里的条款回答，并附上依据。请直接提出政策问题。"
REFUSED_EVASION = "我不提供规避规定或弄虚作假的办法。如果想了解规定本身，请直接问，例如：哪些情形可以申请容错？"
PERSON = "我只回答规定，不提供也不评价具体人员的情况。"
OUT_OF_SCOPE = "这个问题不在我的范围内。我只回答干部激励、容错纠错、交流轮岗等规定的问题。"
NO_BASIS = "知识库里没有找到能回答这个问题的依据。可以换个说法，或者说明是哪个地方、哪项规定。"
CLARIFY_ARTICLE = "要查哪份文件的条文？请写出文件名，例如：《某某条例》第九条。"
CLARIFY_PLACE = "您在哪个地方任职？各地规定不同。"
CLARIFY_TOPIC = "您想问哪方面的规定？"
PARTIAL = "文件没有直接写明所问的内容，下面是最接近的规定。"
CASE_NOTE = "是否适用于具体个人，还要看职务、单位和任职时间是否与条款一致，由组织部门认定。"


def not_written(terms: Sequence[str]) -> str:
    """What was asked and is not in the clauses found."""
    return f"文件没有写明与“{'”“'.join(terms)}”有关的内容，下面是最接近的规定。"


def gap_found() -> str:
    """The source itself leaves the asked thing open."""
    return "原文对所问内容没有写全，下面照原文能说明的部分回答。"


def no_place(unknown: Sequence[str], known: Sequence[str]) -> str:
    """Places of the question the knowledge base holds nothing of."""
    return f"知识库里没有{'、'.join(unknown)}的文件。现有：{'、'.join(known)}。"


def elsewhere(asked: str, places: Sequence[str]) -> str:
    """The asked thing is not in the named place's documents but in others'."""
    return f"{asked}的文件里没有找到所问的内容；{'、'.join(places)}的文件有相关规定。"


def not_in_force(day: str, first: str) -> str:
    """Nothing of the scope was in force that day."""
    return f"在{day}这一天，知识库里没有已施行的相关文件；其中最早的从{first}起算。"


def premise_differs(said: Sequence[str], written: Sequence[str]) -> str:
    """A figure of the question that the clauses contradict."""
    return f"与条款不一致：问题说的是“{'”“'.join(said)}”，条款写的是“{'”“'.join(written)}”。"


def side_by_side(of_place: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The figures each place's clauses give for what is compared."""
    written = "；".join(f"{place}“{'”“'.join(figures)}”" for place, figures in of_place)
    return f"条款写的是：{written}。对象和条件见各地条款。"


def reached(stated: str, met: Sequence[str], unmet: Sequence[str]) -> str:
    """A stated figure against the thresholds of clauses: those it reaches, and those it does not."""
    parts = [f"已经达到条款写的“{'”“'.join(met)}”"] if met else []
    parts += [f"还没有达到条款写的“{'”“'.join(unmet)}”"] if unmet else []
    return f"您说的“{stated}”{'，'.join(parts)}。"


def ruled(verdicts: Sequence[tuple[str, str]], still: Sequence[str]) -> str:
    """What the stated case comes to in each place, as (place, verdict), and what is still to be made clear."""
    only = len(verdicts) == 1
    said = f"结论是“{verdicts[0][1]}”" if only else "；".join(f"{place}“{verdict}”" for place, verdict in verdicts)
    more = f"，还要弄清：{'、'.join(still)}" if still else ""
    return f"按您说的情况逐项核对：{said}{more}。条件、依据见预审结论；系统预审不代替组织认定。"


def no_such_ref(ref: str) -> str:
    """No clause has this ref."""
    return f"知识库里没有编号为“{ref}”的条款。"


def no_such_document(title: str) -> str:
    """The named document is not held."""
    return f"知识库里没有《{title}》的条文。"


def no_such_article(title: str, article: str, *, digest: bool) -> str:
    """The named document is held, the article is not."""
    if digest:
        return f"《{title}》在知识库里是摘编，没有条文编号，查不到{article}。可以直接问内容。"
    return f"《{title}》里没有{article}。"
