"""The criteria language: mechanisms and their routes, as closed data. No expressions, no Python names.

A criterion is a condition on one fact, or `all`, `any`, `not`, `at_least_n` over others; each cites its clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictStr,
    Tag,
    model_validator,
)

from knowledge.clauses import ClauseRef, InForce, Modality
from knowledge.facts import FactKind, FactName, FactType

OPERATORS = ("is", "one_of", "at_least", "at_most", "before", "after")


def _ref(value: Any) -> Any:
    return ClauseRef.parse(value) if isinstance(value, str) else value


Ref = Annotated[ClauseRef, BeforeValidator(_ref)]


class Kind(StrEnum):
    """What a route leads to. Bars (红线) come first, then deferrals, then the outcomes."""

    BARRED = "barred"
    DEFERRED = "deferred"
    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    CONSEQUENCE = "consequence"

    @property
    def stops(self) -> bool:
        """Whether it keeps the outcomes from applying."""
        return self in {Kind.BARRED, Kind.DEFERRED}


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)


class Condition(_Written):
    """One fact held against one value. `says` words it for people where the made wording would be clumsy."""

    fact: FactName
    clause: Ref
    says: str | None = None
    is_: StrictBool | StrictStr | None = Field(default=None, alias="is")
    one_of: tuple[str, ...] | None = Field(default=None, min_length=1)
    at_least: float | None = None
    at_most: float | None = None
    before: date | None = None
    after: date | None = None

    @model_validator(mode="after")
    def _one_operator(self) -> Condition:
        if sum(value is not None for value in self._values) != 1:
            raise ValueError(f"条件应恰有一个比较（{'、'.join(OPERATORS)}）")
        return self

    @property
    def _values(self) -> tuple[object, ...]:
        return (self.is_, self.one_of, self.at_least, self.at_most, self.before, self.after)

    @property
    def operator(self) -> str:
        return next(name for name, value in zip(OPERATORS, self._values, strict=True) if value is not None)


class Group(_Written):
    """Several criteria under one clause."""

    clause: Ref
    of: tuple[Criterion, ...] = Field(min_length=1)
    says: str | None = None


class Counted(Group):
    """At least `n` of several."""

    n: int = Field(ge=1)

    @model_validator(mode="after")
    def _reachable(self) -> Counted:
        if self.n > len(self.of):
            raise ValueError(f"n 为 {self.n}，但只列出 {len(self.of)} 项")
        return self


class Negated(_Written):
    """The opposite of one criterion."""

    clause: Ref
    of: Criterion
    says: str | None = None


class All(_Written):
    """Every one of them."""

    all: Group


class AnyOf(_Written):
    """One of them is enough."""

    any: Group


class Not(_Written):
    """Not this."""

    not_: Negated = Field(alias="not")


class AtLeast(_Written):
    """So many of them."""

    at_least_n: Counted


def _tag(value: Any) -> str | None:
    if isinstance(value, BaseModel):
        return {All: "all", AnyOf: "any", Not: "not", AtLeast: "at_least_n", Condition: "fact"}.get(type(value))
    keys = ("all", "any", "not", "at_least_n", "fact")
    return next((key for key in keys if isinstance(value, dict) and key in value), None)


Criterion: TypeAlias = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[AtLeast, Tag("at_least_n")]
    | Annotated[Condition, Tag("fact")],
    Discriminator(
        _tag,
        custom_error_type="criterion",
        custom_error_message="应为 all、any、not、at_least_n 或 fact 之一",
    ),
]


class Said(_Written):
    """A sentence of ours that a clause stands behind."""

    text: str = Field(min_length=2)
    clause: Ref


class Route(_Written):
    """One way through a mechanism: its outcome, when it is reached, and what follows."""

    outcome: str = Field(min_length=2)
    kind: Kind
    modality: Modality | None = None
    clause: Ref
    when: Criterion
    consequences: tuple[Said, ...] = ()
    next_steps: tuple[Said, ...] = ()


class Body(_Written):
    """Who decides, as far as the source says."""

    name: str
    clause: Ref


class Mechanism(_Written):
    """One rule set that can be checked, in one edition.

    `asks` are words by which people ask for it, `about` words of cases it is for. `left_open` is what the source does
    not say. `id` is the name of its folder.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*@[0-9][0-9a-z-]*$")
    title: str = Field(min_length=4)
    topic: str
    jurisdiction: str
    in_force: InForce
    clause: Ref
    asks: tuple[str, ...] = Field(min_length=1)
    about: tuple[str, ...] = ()
    competent_body: Body
    procedure: tuple[Said, ...] = ()
    left_open: tuple[Said, ...] = ()
    routes: tuple[Route, ...] = Field(min_length=1)

    @property
    def name(self) -> str:
        """Its id without the edition: `rotation-hengdong`."""
        return self.id.partition("@")[0]

    @model_validator(mode="after")
    def _stops_first(self) -> Mechanism:
        order = [{Kind.BARRED: 0, Kind.DEFERRED: 1}.get(route.kind, 2) for route in self.routes]
        if order != sorted(order):
            raise ValueError("routes 应先列 barred，再列 deferred，然后是其他结果")
        return self

    def conditions(self) -> Iterator[Condition]:
        """Every condition of every route, in order."""
        for route in self.routes:
            yield from conditions_of(route.when)

    def refs(self) -> Iterator[tuple[tuple[str | int, ...], ClauseRef]]:
        """Every clause it cites, with the place in the file."""
        yield from _refs(self, ())


def conditions_of(criterion: Criterion) -> Iterator[Condition]:
    """Every condition under a criterion, in order."""
    match criterion:
        case Condition():
            yield criterion
        case Not(not_=inner):
            yield from conditions_of(inner.of)
        case All(all=group) | AnyOf(any=group) | AtLeast(at_least_n=group):
            for one in group.of:
                yield from conditions_of(one)


def clause_of(criterion: Criterion) -> ClauseRef:
    """The clause a criterion cites."""
    match criterion:
        case Condition(clause=clause):
            return clause
        case Not(not_=inner):
            return inner.clause
        case All(all=group) | AnyOf(any=group) | AtLeast(at_least_n=group):
            return group.clause


def _refs(value: Any, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], ClauseRef]]:
    if isinstance(value, ClauseRef):
        yield at, value
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _refs(one, (*at, number))
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _refs(getattr(value, name), (*at, field.alias or name))


def misfit(condition: Condition, kind: FactKind) -> str | None:
    """Why a condition cannot be put to facts of this kind; None when it can."""
    operator, options = condition.operator, [option.value for option in kind.options]
    match kind.type:
        case FactType.BOOL:
            fits = isinstance(condition.is_, bool)
        case FactType.CHOICE:
            wanted = condition.one_of or ((condition.is_,) if isinstance(condition.is_, str) else ())
            unknown = [value for value in wanted if value not in options]
            if unknown:
                return f"事实 {kind.name} 没有选项“{'、'.join(map(str, unknown))}”"
            fits = bool(wanted)
        case FactType.DATE:
            fits = operator in {"before", "after"}
        case _:
            fits = operator in {"at_least", "at_most"}
    return None if fits else f"事实 {kind.name} 是 {kind.type} 类型，不能用 {operator} 比较"


for _model in (Group, Counted, Negated, All, AnyOf, Not, AtLeast, Condition, Route, Mechanism):
    _model.model_rebuild()
