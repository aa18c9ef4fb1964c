"""How words are meant: stated, denied, alleged, asked, supposed, or found by a body that may find it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from assistant.eligibility.reading.text import Description, Piece


class Force(IntEnum):
    """How much words settle: what was found goes before what is stated; the rest settles nothing."""

    SUPPOSED = 0
    ASKED = 1
    ALLEGED = 2
    SUSPECTED = 3
    STATED = 4
    FOUND = 5


@dataclass(frozen=True, slots=True)
class Assertion:
    """The force of words and whether they are denied; `open` when they name both sides (能不能免责).

    `denies` is how many characters before the words the negation begins that denies them.
    """

    force: Force
    denied: bool
    open: bool = False
    denies: int = 0


# --- negation -------------------------------------------------------------------------------------------------------

_NEGATORS = re.compile(
    r"(?:并|从|也|均|都|又|既|仍|还|尚|更|绝|毫|根本|从来)?(?:没有|没|未曾|未能|未予|未|不是|不存在|不涉及|不属于"
    r"|不构成|谈不上|算不上|不会|不曾|不|非|无|拒绝|杜绝|排除)"
)
_NO_NEGATOR = re.compile(
    r"不(?:仅|含|但|只|光|单|得不|断|少|久|同|满|管|论|妨|料|足|慎|当|力|称职|胜任|合格|定期|可抗|可避免|良|实|明|服"
    r"|作为|担当|敢|到位|严|周|细|清|准|全|妥|对|好|规范|完善|完备|合理|及时|均|强|高|大|明显|突出|显著|理想|顺"
    r"|稳|牢|深|精|熟|熟悉|了解|知|懂|成熟|思进取|优秀|执行|落实|履职|属实)"
    r"|非(?:常|法|议|得|要|典|党|领导|公)|未(?:来|婚|必|免|遂|成年)|无(?:论|锡|私|偿|形|愧|中生有|理|端|故)"
    r"|没(?:收|落)|不可抗"
)
_BREAKS = re.compile(
    r"也(?=不|没|未|无|非)|又(?=不|没|未|无)|更(?=不|没|未|无|谈)|但|却|而是|反而|系|属于|所致|然而|仍然|依然|就"
    r"|才|便|即|遂|擅自|后(?=[^续果]|$)|[。；;]|而(?!未)"
)
_REACH, _NEAR = 14, 4
_WHOLE = 8
"""A question of so few characters is the phrase and nothing more: 好处？"""
_NOTHING = re.compile(
    r"^(?:|[并均毫也都绝皆全尚])\||\|(?:任何|个人|私|过|谋|主观|其他|上述|此|违|收|受|不当|明显|故意|恶意|证据)"
)
_LIST = re.compile("[、等的]")
_DENIED_AFTER = re.compile(
    r"^(?:的|等|一类|之类)*(?:问题|情况|情形|行为|现象|事实|程序|手续|环节|证据|线索|嫌疑|事|说法|一说"
    r"|传言)?(?:都|均|也|并|则|根本|从来)?"
    r"(?:不存在|没有(?!完)|未发现|未见|没发现|无从谈起|不成立|不属实|失实|不实|查无|没走|没开|没履行|未履行|未走"
    r"|子虚乌有|不是真的|纯属)"
)

# --- force ----------------------------------------------------------------------------------------------------------

_LOOKED = (
    "核查|(?<!入户)(?<!实地)核实|研究|查核|查证|调查|审计|巡察|巡视|检查|复查|复核|鉴定|评估|研判|审查|审理|初核"
    "|考察|审议|会商|会审"
    "|会签|认定|裁定|决定|调查终结|笔录|查"
)
_BODIES = (
    "领导小组|联席(?:会议|机构|办公室|办)?|纪委|监委|纪检|纪工委|组织部|组织上|部里|考察组|考核组|核查组|调查组"
    "|会审组|巡察组|工作组|裁定会|裁定机关|复核机关|复核组|复查组"
    "|承办(?:机关|单位|部门)|会签单位|会议(?:研究)?|市委|县委|区委|审计(?:局|机关|部门)?|公安|派出所|法院|检察"
    "|主管部门|办公室|有关部门|有关单位|有权机关"
)
_SAYS = (
    "认定|认为|裁定|裁决|查明|查实|查清|查否|结论|确认|定性|研究(?:决定|认为)|决定|批准|一致同意|同意|明确|答复|反馈"
    "|通报|出具|判定|判断|指出|通知|出文|发文|下文|回函|函复|批复|拍板|判(?:处|决|了|他|她|其)"
)
_PAPERS = (
    "认定书|决定书|裁定书|裁定意见|通知书|反馈单|反馈|批复|红头文件|回函|办结报告|核查报告|核查结论|调查报告"
    "|审查报告|结案报告|终结意见|会签意见|核查组意见|复核意见|核查意见|纪要"
)
_FINDING = re.compile(
    rf"经(?:过)?[^，,。；;]{{0,24}}?(?:{_LOOKED}|审定|评定|确认|研究(?:认为|认定|决定)?|查实|查明)(?:实|明|证实"
    rf"|确认|认定)?"
    rf"|(?:{_LOOKED})(?:组|报告|后|结果|意见|书|情况)*的?(?:结论|显示|未?发现|没(?:有)?发现|属实|失实|不属?实|成立"
    rf"|认为|表明|证实|确认"
    rf"|指出|查明|排除|结果(?=为|是|：|:))"
    rf"|(?:{_LOOKED})(?:组|报告|结果|意见|书|结论)*[：:]"
    r"|(?<!没有)(?<!没)(?<!无)(?<!未有)(?<!新的)(?<!新)结论(?:书|意见)?[^，,。；;]{0,6}?(?:是|为|：|:|，|,|很|写)"
    r"|(?:有了?|下了?|作出了?|出了?|形成了?|给出?了?)[^，,。；;]{0,6}结论|下结论"
    r"|查(?:来查去|下来|清楚?|过了?|完(?:后|了)?|出来|否|了(?:半天|很久|[^，,。；;]{0,8}))|(?:查实|查明|查清|查否"
    r"|查证|(?<!入户)(?<!实地)核实|证实|认定|裁定|界定|评定|确认|判定|判决|定性|批下来|批复)(?!不了|难|中)"
    rf"|(?:{_BODIES})[^，,。；;]{{0,18}}?(?:{_SAYS})"
    r"|(?:领导小组|联席(?:会议|机构)|纪委|监委|组织部)(?:(?![。；;]|未|没|尚|是否|待|能否|请|不"
    r"|还).){0,40}?(?:同意|认定|决定|裁定)"
)
_HEADED = re.compile(rf"^[^。，,\n]{{0,30}}(?:{_PAPERS})[^。，,：:\n]{{0,10}}(?:[：:]|\n)", re.M)
_UNFIT = re.compile(
    r"律师|律所|法律意见|(?:专家|学者|顾问|媒体|记者|第三方|中介|亲友|家属|工会|网友|投票|自查|自认|单位里"
    r"|大家)[^，,。；;]{0,12}$"
)
_OWN_UNIT = re.compile(r"(?:局|院|校|所|办|公司|单位|镇|乡)(?:党组|党委|班子)(?:会议?|会)|局务会|院务会|校务会")
_REVOKED = re.compile(
    r"(?:撤销|撤回|推翻|收回)了?[^，,。；;]{0,6}(?:认定|结论|裁定|决定|处理)|(?:认定|结论|裁定"
    r"|决定)[^，,。；;]{0,4}(?:被|予以|已)?(?:撤销|撤回|推翻)"
)
_REVIEWED = re.compile(
    r"复查|复核|重新(?:认定|核查|裁定|调查|组织|询问|入户|查)|推翻|撤销|撤回|改(?:为|认定|定)|更正|提级"
)
_UNFINISHED = re.compile(
    r"(?:正在|尚在|还在|仍在|有待|待|等待|申请|请求|提请|要求|希望|建议|拟(?!任)|准备|能否|能不能|可否|是否"
    r"|是不是|会不会|应否|尚未|还未|还没有?|仍未|未经|没有经过?|未作?出?|没有?|没人|无人|无任何|未曾?|暂未|需要"
    r"|须|应当|应该|交由|报请|请(?!示)|才能|方可|不知|如果|若|一旦|要是)[^，,。；;]{0,10}$"
)
_UNFINISHED_AFTER = re.compile(
    r"^(?:工作|结果|结论|意见|一事)?(?:中(?!心|的确)|之中|进行中|尚未|还没|仍在|未有|没有结论|过程中|阶段|期间"
    r"|程序尚|没出来|未出|还没出来|待定|未定)"
)
_ALLEGED = re.compile(
    r"(?:有人|群众|职工|村民|网友|对方|邻居)[^。；;，,]{0,16}[，,](?:说|称|指)|坚称|咬定|辩称|谎称|放风说|扬言"
    r"|倒打一耙|一口咬定|(?:举报|检举|控告|告发)(?!的|线索|信(?!称|说)|件|人(?!称|说|反映|指)|内容|后|属|经|失实"
    r"|不实|材料|事项|电话|箱|渠道|平台|陷害|查|核|不成立|问题(?!是|：)|多|次|情况)(?=[^，,。；;：:]{2,}|[：:])"
    r"|(?:信访(?:件|反映|举报|人)|匿名信?|投诉|告状|网(?:上|络|友)?(?:帖|传|曝|爆料)?|帖(?:子|文)|群众来信"
    r"|来信人?)[^，,。；;]{0,6}?(?:(?<!自)称|说|反映|指|指控|指称|爆料|：|:)"
    r"|(?:有人|群众|网友|职工|同事|知情人|外界|坊间|对方|举报人|检举人|信中|信里|来信|帖子|网帖|网上|邻居|村民"
    r"|老百姓|单位里)(?:[^，,。；;]{0,4})?(?:反映(?!良好|好|内容|的|较|情况|问题(?:属|失|不))|(?<!自)称(?!职|心"
    r"|赞)|说(?!好)|议论|传|怀疑|质疑|举报|检举|认为|指责|爆料|吐槽|猜)"
    r"|传话|捎话|带话|听(?:别个|别人|人家|人|旁人|他们|大家|群里)?(?:讲|说)|私下(?:说|讲|传|议论)|据(?:说|称|传"
    r"|反映|举报|网友"
    r"|群众|了解有人)|传言|传闻|传说|谣传|被指(?!派|定)|被(?:人)?(?:举报|检举|控告|反映|告|投诉|实名举报"
    r"|发帖)(?=[^，,。；;]{2})(?!的|后|内容|问题|人|信|事)|反映其|爆料"
)
_CLAIMED = re.compile(r"坚称|咬定|辩称|谎称|放风说|扬言|倒打一耙|自称是")
_HEARSAY = re.compile(
    r"听(?:别个|别人|人家|人|旁人|他们|大家|群里|组织部)?[^，,。；;]{0,6}(?:讲|说|透风|透露)"
    r"|(?<!传播)(?<!散布)(?<!听信)小道消息|透风|私下(?:说|讲|传|议论)|据(?!查|统计|档案|材料|记载|反映|了解)[^，,。；;]{0,6}(?:说|称|传|讲)|传言|传闻|传说|谣传|网传"
    r"|风言风语|放风|传话|捎话|带话"
)
_DOUBTED = re.compile(r"怀疑|疑似|涉嫌|疑为|可能|大概是|估计是|像是|好像|似乎|据推测")
_ASKED = re.compile(
    r"是否|是不是|有没有|能否|能不能|可否|可不可以|会不会|要不要|该不该|应不应该|应否|算不算|属不属于|够不够"
    r"|算得上|有无|怎么|如何"
)
_UNDECIDED = re.compile(
    r"(?:不能|不好|不敢|不便|很难|不是)说[^，,。；;]{0,4}$|(?:没有|没|未|尚未|还没|还没有|无人|没人|无任何单位"
    r"|无法|不能|难以)[^，,。；;后过]{0,6}?(?:认定|承认|查实|证实|定性|确认|查明|明确|核实|下结论|给出结论|表态"
    r"|裁定|界定)[^，,。；;]{0,10}$"
)
_UNDECIDED_AFTER = re.compile(
    r"^[^，,。；;]{0,6}?(?:(?:还|尚|也|均|都|一直|至今|目前)*(?:没有?|未|无人|没人|无)(?:人|得到|经|被|有"
    r"|任何)*(?:认定|查实|证实|定性|确认|查明|定论|结论|核实|裁定|说法|说清)|待(?:查|核|认定|定)|正在(?:查|核"
    r"|调查|核查)|说不清|还不清楚|不好说|无法认定|难以认定)"
)
_EITHER_OR = re.compile(r"(.{1,3})[不没]\1")
_ASKED_AFTER = re.compile(r"^(?:了|过)?(?:没有|没|与否|不)(?:$|[?？。]|呢|啊)")
_ASKED_SHORT = re.compile(r"(?:算|属于|是|构成|够得上|符合)[^，,。；;]{0,12}$")
_SUPPOSED = re.compile(
    r"(?:(?:如果|若|要是)[^，,。；;]{0,4}(?:以后|将来|今后|日后|年底|年终|到时|明年|后年|下个?月|下半年|真的?"
    r"|经查|查实|认定|被认定|考核证明)|如果|假使|假如|假设|倘若|若|要是|万一|一旦|除非|即使|拟(?!任)|计划|打算"
    r"|准备|将要|即将|将来|今后|以后|可能|或许|也许|说不定|应当|应该|必须|不得|禁止|严禁|要求(?!过)|承诺(?!制|书"
    r"|兑)|保证(?!金|书)|建议|希望|避免|防止)[^，,。；;]{0,14}$"
)
_IF = re.compile(r"如果|假使|倘使|要真是?|假如|假设|倘若|若|要是|一旦")
_THEN = re.compile(r"就|则|便|那么?|会|将")
_POSED = re.compile(
    r"(?:如果|假使|假如|假设|倘若|若|要是)(?![^，,。；;]{0,4}(?:以后|将来|今后|日后|年底|年终|到时|明年|后年"
    r"|下个?月|下半年|真|经查|查实|认定|被认定|考核证明))[^，,。；;]{0,14}$"
)
_VERDICT_WORDS = re.compile(r"失实|不实|属实|查无|子虚乌有|无中生有|捏造|诬告")


class Hearing:
    """Hears how words of one description are meant."""

    def __init__(self, description: Description) -> None:
        self._text = description
        self._alleged = list(self._allegations())
        self._claims = [match.end() for match in _CLAIMED.finditer(description.plain)]
        self._heard = [(m.end(), description.full_stop(m.end())) for m in _HEARSAY.finditer(description.plain)]
        self._found = list(self._findings())
        headed = _HEADED.search(description.plain)
        self._headed = headed.end() if headed and not _OWN_UNIT.search(description.plain) else 0

    def assertion(self, start: int, end: int, gaps: str = "", *, of_report: bool = False) -> Assertion:
        """How the words from `start` to `end` are meant; a negation in their gaps denies them as one before does.

        One after them (……的问题不存在) does too. Words on a report itself (`of_report`: 反映内容失实) are no part of
        what it alleges, nor denied with it.
        """
        piece = self._text.piece_at(start)
        before, after = piece.text[: start - piece.start], piece.text[max(end - piece.start, 0) :]
        if _EITHER_OR.search(piece.text[max(0, start - piece.start - 4) : end - piece.start + 4]):
            return Assertion(Force.ASKED, denied=False, open=True)
        if _ASKED_AFTER.match(after) or _UNDECIDED.search(before) or _UNDECIDED_AFTER.match(after):
            return Assertion(Force.ASKED, denied=False, open=True)
        inside = len(_negations(gaps)) % 2 == 1
        force = self._force(piece, before, start, of_report)
        negations = _negations(before)
        after_too = not of_report and _DENIED_AFTER.search(after) is not None
        denied = (len(negations) + after_too + inside) % 2 == 1
        reach = len(before) - negations[0] if negations else 0
        return Assertion(force, denied, open=force is Force.ASKED, denies=reach)

    def found_at(self, position: int) -> bool:
        """Whether a finding covers a position."""
        return any(begin <= position < stop for begin, stop in self._found)

    def reviewed(self) -> tuple[int, ...]:
        """Where a finding was looked into again; what was found after goes before what was found earlier."""
        return tuple(match.end() for match in _REVIEWED.finditer(self._text.plain))

    def revoked(self) -> tuple[int, ...]:
        """Where a finding was taken back."""
        return tuple(match.start() for match in _REVOKED.finditer(self._text.plain))

    def _force(self, piece: Piece, before: str, start: int, of_report: bool) -> Force:
        if self._follows_supposition(piece):
            return Force.SUPPOSED
        posed = _POSED.search(before)
        if (posed and not self._poses_the_case(piece)) or (_SUPPOSED.search(before) and not posed):
            return Force.SUPPOSED
        if _ASKED.search(before):
            return Force.ASKED
        told = self._told(start, of_report)
        if told is not Force.STATED:
            return told
        if piece.asked and piece.end == self._sentence_end(piece) and (not before or _ASKED_SHORT.search(before)):
            rest = piece.text[len(before) :]
            if before or len(rest) <= _WHOLE:
                return Force.ASKED
        return Force.SUSPECTED if _DOUBTED.search(before) else Force.STATED

    def _told(self, start: int, of_report: bool) -> Force:
        """Whether it was found or alleged: the marker nearest before counts; what was heard of a finding is hearsay."""
        found = max((begin for begin, stop in self._found if begin <= start < stop), default=-1)
        alleged = max((begin for begin, stop in self._alleged if begin <= start < stop), default=-1)
        heard = any(begin <= start < stop for begin, stop in self._heard)
        if of_report:
            alleged = max((begin for begin in self._claims if begin <= start < self._text.full_stop(begin)), default=-1)
        if found >= 0 and found > alleged and not (heard and not self._text.plain.startswith("经", found)):
            return Force.FOUND
        if alleged >= 0 or heard:
            return Force.ALLEGED
        return Force.FOUND if self._headed and start >= self._headed else Force.STATED

    def _poses_the_case(self, piece: Piece) -> bool:
        """Whether the whole description is one question that puts its case as a supposition: 如果……，能容错吗？"""
        sentence = self._text.sentence_of(piece)
        asks = any(one.asked or _ASKED.search(one.text) for one in sentence)
        return asks and len(sentence) == len(self._text.pieces)

    def _follows_supposition(self, piece: Piece) -> bool:
        """Whether it says what would be if a supposition before it came true: 如果到明年还在岗，就满十年。"""
        if not _THEN.match(piece.text):
            return False
        before = [one for one in self._text.sentence_of(piece) if one.start < piece.start]
        return bool(before) and _IF.search(before[-1].text) is not None

    def _sentence_end(self, piece: Piece) -> int:
        return self._text.sentence_of(piece)[-1].end

    def _allegations(self) -> Iterator[tuple[int, int]]:
        """From the words that introduce it to the end of the sentence."""
        for match in _ALLEGED.finditer(self._text.plain):
            yield match.end(), self._text.full_stop(match.end())

    def _findings(self) -> Iterator[tuple[int, int]]:
        """From the words that introduce it to the end of the sentence; one still to come is none."""
        plain = self._text.plain
        for match in _FINDING.finditer(plain):
            before = plain[max(0, match.start() - 16) : match.start()]
            own_unit = match.group().startswith("会议") and _OWN_UNIT.search(plain)
            unfit = own_unit or _UNFIT.search(plain[self._text.sentence_start(match.start()) : match.start()])
            if not unfit and not (
                _UNFINISHED.search(before) or _UNFINISHED_AFTER.search(plain[match.end() : match.end() + 12])
            ):
                yield match.start(), self._text.full_stop(match.end() - 1)


def _negations(before: str) -> list[int]:
    """Where the negations begin that reach the words after `before` and are not broken off."""
    found = []
    blocked = {m.start() for m in _NO_NEGATOR.finditer(before)}
    for match in _NEGATORS.finditer(before):
        core = max(match.group().rfind(c) for c in "没未不非无拒杜排")
        if any(at in blocked for at in range(match.start(), match.start() + core + 1)):
            continue
        between = before[match.end() :]
        if between.endswith("的") and match.group()[-1] in "未不没":
            continue  # 未达标的过失 denies 达标 and no fault
        if match.group() == "无" and not _NOTHING.search(f"{before[: match.start()][-1:]}|{between}"):
            continue  # 无废城市, 无人机
        if match.group() in {"不", "无", "非"}:
            reaches = len(between) <= _NEAR and not _LIST.search(between)
        else:
            reaches = len(between) <= _REACH + between.count("、") * 6 and not _BREAKS.search(between)
        if reaches:
            found.append(match.start())
    return found
