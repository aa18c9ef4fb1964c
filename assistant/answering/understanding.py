"""What a question means: its kind, the places it is about, and what it leaves to the turns before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answering.answer import Route
from assistant.answering.phrases import phrases
from assistant.answering.places import PlaceFinder, Places
from assistant.answering.question import Question
from assistant.answering.slips import Slips
from assistant.answering.terms import Reader
from knowledge.numerals import article_numbers
from knowledge.vocabulary import Vocabulary

_POINTS_BACK = re.compile(
    r"(这|那|该|此)(个|种|些|样|项|条|类|几)|上述|上面|前面|刚才|前述|它|他们|其(中|他|余)|同样的"
)
_LISTS = re.compile(
    r"哪些|哪几|哪\d|哪[一二三四五六七八九十]|都有(什么|啥)|列(出|举|一下|全)|分别(是|有|指|包括)|全部|清单|名单|逐一|逐条|逐个|一一|一个个|一条条|一项项|一种一种|一条一条|一项一项|挨个|说全|列全|每一?(种|条|项|类)(都|各)?(是|说|讲)"
    r"|(是|有|指)(什么|啥|哪些)(情形|情况|方式|条件|内容)|(具体|都|各)(是|指|有|包括)(什么|啥|哪)"
    r"|(情形|方式|条件|原则|步骤|程序|环节|方面|情况|种类)(都|具体|各)?(是|有|包括|指)(什么|啥|哪)"
)
_AMOUNT = re.compile(
    r"多少|几(年|个|名|人|次|种|类|项|步|档|级|月|天|岁|期|条|道|份|家)|多久|多长|多大|多高|比例|年限|期限|占比"
)
_COMPARES = re.compile(
    r"一样|相同|不同|区别|差别|差异|对比|比较|相比|哪个(更|最)|谁(更|最)|比.{1,12}(严|宽|长|短|高|低|早|晚|多|少)|更(严|宽|长|短|高|低)|分别|各(自|是)"
)
_YES_NO = re.compile(
    r"吗[？?。]?|是不是|是否|对不对|对吧|没错吧|能不能|可不可以|可否|能否|要不要|会不会|该不该|算不算|有没有|行不行|[，,]对"
)
_CASE = re.compile(
    r"我(们)?(现在|目前|今年|已经|已|本人)?(在|是|担任|当|任|做|干|被|受|因|刚|想|属于)|本人|我县|我们(单位|局|镇|乡)|有(一|个|位|名)(干部|同志|局长|副?局长|副?镇长|同事)"
    r"|某(同志|干部|局长|副局长|某)|(张|李|王|赵|刘|陈)某|同事|朋友"
)
_ELLIPTIC = re.compile(r"^(那|那么|还有|再)|呢[？?。!！]?$|^.{0,6}$")
_FEW = 3
_PART = 4
_TITLE = re.compile(r"《([^《》]{2,60})》")


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of what is asked for."""

    lists: bool = False
    amount: bool = False
    compares: bool = False
    yes_no: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A question understood.

    `text` is as asked, `bare` without the names of places; `carried_text` is what an earlier turn adds to it ("" when
    it stands alone). `terms` are its own matter words, `carried_terms` those of the earlier turn. `part` is what a
    comparison says of one place, else "". `expansions` are standard terms its words stand for: each as (words said,
    terms meant). `talk` names the kind of talk when it is no policy question.
    """

    text: str
    bare: str
    places: Places
    terms: tuple[str, ...]
    shape: Shape
    route: Route
    expansions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    carried_text: str = ""
    carried_terms: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    articles: tuple[tuple[str, ...], ...] = ()
    people: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    talk: str | None = None
    part: str = ""

    @property
    def variants(self) -> tuple[str, ...]:
        """The texts to search with: as asked, with what it carries, and with the standard terms added.

        Names of places are left out: which clauses count for a place is the scope's matter.
        """
        standard = " ".join(dict.fromkeys(term for _, means in self.expansions for term in means))
        own = self.bare if self.terms or not self.carried_text else ""
        whole = f"{self.carried_text} {own}".strip()
        texts = (own, whole, f"{whole} {standard}".strip(), self.part)
        return tuple(dict.fromkeys(text for text in texts if text)) or (self.text,)


class Understanding:
    """Reads questions with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, with_documents: frozenset[str]) -> None:
        self.reader = Reader(vocabulary)
        self.places = PlaceFinder(vocabulary, self.reader, with_documents)
        self._instruments = vocabulary.instruments
        self._slips = Slips(vocabulary.lexicon, self.reader.is_word)
        self._topics = {term for topic in vocabulary.topics for term in topic.terms}
        self._field = self._topics | set(vocabulary.lexicon)
        self._says = {synonym.say: synonym.means for synonym in vocabulary.synonyms}
        ordered = sorted(self._says, key=len, reverse=True)
        self._said = re.compile("|".join(re.escape(say) for say in ordered) or r"(?!)")

    def read(self, question: Question) -> Reading:
        """Understand `question` after its history; raises UnknownPlace for a chosen place we do not know."""
        before: Reading | None = None
        for turn in question.history:
            if turn.role == "user" and turn.content:
                said = self._alone(turn.content)
                if said.talk is None and (self.in_field(said) or said.places.known or before is not None):
                    before = self._after(said, before)
        reading = self._alone(question.text)
        if question.jurisdiction is not None:
            reading = self._in_place(reading, self.places.resolve(question.jurisdiction))
        return self._after(reading, before) if reading.talk is None else reading

    def _leans(self, reading: Reading) -> bool:
        """Whether a question needs the turn before it to be understood."""
        if not self.in_field(reading):
            return True
        if len(reading.terms) <= _FEW and _POINTS_BACK.search(reading.text):
            return True
        names_a_topic = any(term in self._topics for term in reading.terms)
        return len(reading.terms) <= 1 and not names_a_topic and _ELLIPTIC.search(reading.bare) is not None

    def _in_place(self, reading: Reading, chosen: str) -> Reading:
        """The chosen place, where the text names none; it goes before one carried over."""
        if reading.places.known:
            return reading
        known, unknown = ((chosen,), ()) if self.places.has_rules(chosen) else ((), (chosen,))
        return replace(reading, places=replace(reading.places, known=known, unknown=unknown))

    def in_field(self, reading: Reading) -> bool:
        """Whether the question itself holds a word of the field."""
        return bool(reading.expansions) or any(term in self._field for term in reading.terms)

    def of_place(self, reading: Reading, place: str) -> Reading:
        """What a question that names several places asks of one: the part that follows its name counts more."""
        if len(reading.places.known) < 2:
            return reading
        part = self.places.part_of(reading.text, place)
        if len(part) < _PART:
            return reading
        others = [self.places.part_of(reading.text, other) for other in reading.places.known if other != place]
        terms = tuple(t for t in reading.terms if t in part or not any(t in other for other in others))
        return replace(reading, part=part, terms=terms or reading.terms)

    def _alone(self, text: str) -> Reading:
        talk = next((name for name, kind in phrases().items() if kind.match(text)), None)
        places = self.places.find(text)
        bare = self.places.without(text)
        words = self.reader.words(bare)
        articles = tuple(article_numbers(text))
        return Reading(
            text=text,
            bare=bare,
            places=places,
            terms=tuple(word for word in words.matter if word not in places.unknown),
            shape=Shape(
                bool(_LISTS.search(text)),
                bool(_AMOUNT.search(text)),
                bool(_COMPARES.search(text)),
                bool(_YES_NO.search(text)),
            ),
            route=_route(text, talk, bool(articles)),
            expansions=self._expansions(bare),
            titles=tuple(_TITLE.findall(text)),
            articles=articles,
            people=words.people,
            instruments=tuple(dict.fromkeys((*_TITLE.findall(text), *self._named(text)))),
            talk=talk,
        )

    def _named(self, text: str) -> list[str]:
        """Rules asked for by name, the longest name where one holds another."""
        named = [name for name in self._instruments if name in text]
        return [name for name in named if not any(name != other and name in other for other in named)]

    def _expansions(self, text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Standard terms for what is said, and the word of the field for one written with a wrong character."""
        said = [(m.group(), self._says[m.group()]) for m in self._said.finditer(text)]
        return (*said, *self._slips.find(text))

    def _after(self, reading: Reading, before: Reading | None) -> Reading:
        """What `reading` means after the turn before it."""
        if before is None:
            return reading
        places = reading.places
        carried: list[str] = []
        if not places.known and not places.unknown and not places.everywhere and before.places.known:
            places = replace(places, known=before.places.known)
            carried += before.places.known
        if not self._leans(reading):
            return replace(reading, places=places, carried=tuple(carried))
        topic = self.places.without(f"{before.carried_text} {before.text}").strip()
        terms = tuple(t for t in (*before.carried_terms, *before.terms) if t not in reading.terms)
        return replace(
            reading,
            places=places,
            carried_text=topic,
            carried_terms=terms,
            carried=(*carried, *[term for term in terms if not term.isdecimal()][:3]),
            expansions=(*before.expansions, *reading.expansions),
            shape=reading.shape if reading.terms else before.shape,
        )


def _route(text: str, talk: str | None, has_article: bool) -> Route:
    if talk in {"greeting", "thanks", "about"}:
        return Route.SMALL_TALK
    if talk is not None:
        return Route.OUTSIDE
    if has_article:
        return Route.LOOK_UP
    return Route.CASE if _CASE.search(text) else Route.POLICY
