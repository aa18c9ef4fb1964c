"""Examples of questions in the OpenAPI document; tests post each and hold the answer against the documents."""

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

ANSWER_EXAMPLE: dict[str, object] = {
    "status": "answered",
    "answer": "衡东县（县级，2024-02）：单位副职在现职岗位连续工作满10年的，应当换岗交流（轮岗）。[1]",
    "note": "",
    "statements": [
        {
            "text": "单位副职在现职岗位连续工作满10年的，应当换岗交流（轮岗）。",
            "citations": [1],
            "place": "衡东县",
        }
    ],
    "citations": [
        {
            "n": 1,
            "ref": "hengdong-2024@2024-02#9.1",
            "edition": "hengdong-2024@2024-02",
            "document": "衡东县“四大行动”“五项机制”干部工作做法",
            "doc_number": None,
            "issuer": "衡东县（具体机关未载明）",
            "locator": "第4段“‘交流式’抓定位培养”",
            "heading": "单位正职、副职满10年",
            "text": "单位正职（“一把手”）在现职岗位连续工作满10年的，应当换岗交流（轮岗）。"
            "单位副职在现职岗位连续工作满10年的，应当换岗交流（轮岗）。",
            "quote": "单位副职在现职岗位连续工作满10年的，应当换岗交流（轮岗）。",
            "jurisdiction": "衡东县",
            "level": "county",
            "issued": "2024-02",
            "validity": "现行",
            "text_kind": "digest",
            "modality": "应当",
            "verified": "seen",
            "gap": None,
            "source": {
                "title": "衡东县:以“四大行动”“五项机制”锻造忠诚干净担当的高素质干部队伍",
                "publisher": "中共湖南省委组织部",
                "date": "2024-02-02",
                "url": "https://www.hxw.gov.cn/content/2024/02/02/14462462.html",
            },
        }
    ],
    "ruling": None,
    "clarify": None,
    "understood": {"route": "政策问答", "places": ["衡东县"], "carried": []},
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
