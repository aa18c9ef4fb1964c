"""Examples in the OpenAPI document; a test posts every one of them."""

from __future__ import annotations

from fastapi.openapi.models import Example

ASK_EXAMPLES: dict[str, Example] = {
    "直接提问": {"summary": "直接提问", "value": {"question": "温州市容错要看哪些方面？"}},
    "指定地区和日期": {
        "summary": "指定地区和日期",
        "value": {"question": "单位正职任职满几年要交流？", "jurisdiction": "衡东县", "as_of": "2024-06-01"},
    },
    "接着上文追问": {
        "summary": "接着上文追问",
        "value": {
            "question": "那温州呢？",
            "history": [
                {"role": "user", "content": "衡东县怎样容错？"},
                {"role": "assistant", "content": "衡东县建立了干事创业容错纠错机制[1]。"},
            ],
        },
    },
}

STREAM_EXAMPLE = """id: 1
event: meta
data: {"request_id":"…","understood":{"route":"政策问答","places":["温州市"],"carried":[]}}

id: 2
event: clauses
data: {"citations":[…]}

id: 3
event: delta
data: {"text":"…"}

id: 4
event: citation
data: {"n":1,"ref":"…",…}

id: 5
event: done
data: {"status":"answered",…}
"""
