"""`GET /v1/mechanisms` and `GET /v1/mechanisms/{id}`: what can be checked, and how."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request

from server.api.mechanisms.showing import brief_mechanism, shown_mechanism
from server.api.mechanisms.wire import MechanismResponse, MechanismsResponse
from server.api.seam import assistant_of, cases_of
from server.api.wire import ErrorResponse

mechanisms = APIRouter(tags=["个案核查"])


@mechanisms.get("/mechanisms", summary="机制一览")
def get_mechanisms(request: Request) -> MechanismsResponse:
    """可以核查的全部机制：地区、主题、施行日期和可能的结果。"""
    rules = cases_of(request).rules
    today = date.today()
    return MechanismsResponse(mechanisms=tuple(brief_mechanism(one, today) for one in rules.mechanisms.values()))


@mechanisms.get(
    "/mechanisms/{mechanism}",
    summary="一个机制的条件和程序",
    responses={404: {"model": ErrorResponse, "description": "没有这个机制"}},
)
def get_mechanism(request: Request, mechanism: str) -> MechanismResponse:
    """一个机制的条件、事实、程序、决定机关、原文没有写明的和例子。

    编号如 rotation-hengdong@2024；只有一个版本时可省去 @ 和以后的部分。
    """
    rules = cases_of(request).rules
    return shown_mechanism(rules.mechanism(mechanism), rules, assistant_of(request).index, date.today())
