"""Examples of cases in the OpenAPI document; tests post every one."""

from __future__ import annotations

from fastapi.openapi.models import Example

_TOLD = "衡东县某局副局长，2014年3月任现职至今，一直没有换过岗位，是否应当轮岗？"

CASE_EXAMPLES: dict[str, Example] = {
    "一段描述": {"summary": "一段描述", "value": {"text": _TOLD, "as_of": "2024-06-01"}},
    "指定地区、机制并补充事实": {
        "summary": "指定地区、机制并补充事实",
        "value": {
            "text": "在同一个岗位干了好多年，要不要轮岗？",
            "as_of": "2024-06-01",
            "jurisdiction": "衡东县",
            "mechanism": "rotation-hengdong@2024",
            "facts": {"post_kind": "单位副职", "years_in_post": 11},
        },
    },
}

OPINION_EXAMPLES: dict[str, Example] = {
    "可打印的网页": {
        "summary": "可打印的网页",
        "value": {"text": _TOLD, "as_of": "2024-06-01", "format": "html"},
    },
}
