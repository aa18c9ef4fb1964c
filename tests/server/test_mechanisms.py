from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.server.casebook import CLAUSE, MECHANISMS


def test_the_list_says_what_can_be_checked(client: TestClient) -> None:
    first, second = client.get("/v1/mechanisms").json()["mechanisms"]
    assert first == {
        "id": "rotation-hengdong@2024",
        "title": "衡东县交流轮岗",
        "topic": "rotation",
        "jurisdiction": "衡东县",
        "in_force": {"from": "2024-02-02", "until": None},
        "validity": "现行",
        "outcomes": [
            {"outcome": "因工作特殊需要暂缓交流", "kind": "deferred", "modality": None},
            {"outcome": "应当交流轮岗", "kind": "applies", "modality": "应当"},
        ],
        "clause": "hengdong-2024@2024-02#9",
    }
    assert second["jurisdiction"] == "温州市"


def test_a_mechanism_shows_its_criteria_in_words_with_their_clauses(client: TestClient) -> None:
    body = client.get("/v1/mechanisms/rotation-hengdong@2024").json()
    assert {key: body[key] for key in ("id", "title")} == {"id": MECHANISMS[0].id, "title": MECHANISMS[0].title}
    when = body["routes"][1]["when"]
    assert (when["text"], when["clause"], when["fact"]) == ("以下各项都要符合", CLAUSE, None)
    assert [(one["text"], one["fact"]) for one in when["of"]] == [
        ("现任职务类别：单位正职、单位副职", "post_kind"),
        ("任现职年限达到10年", "years_in_post"),
    ]
    facts = {fact["name"]: fact for fact in body["facts"]}
    assert list(facts) == ["needed", "post_kind", "post_start", "years_in_post"]
    assert facts["post_kind"]["options"] == ["单位正职", "单位副职", "一般干部"]
    assert facts["post_kind"]["materials"] == ["任免文件"]
    assert (facts["years_in_post"]["type"], facts["years_in_post"]["unit"]) == ("years", "年")
    assert facts["years_in_post"]["derived_from"] == ["post_start"]
    assert (facts["needed"]["settled_by"], facts["needed"]["settled_by_label"]) == ("body", "须由有权机关认定")
    assert body["competent_body"] == {"text": "未载明", "clause": "hengdong-2024@2024-02#9"}
    assert body["left_open"] == [{"text": "原文未载明例外情形。", "clause": "hengdong-2024@2024-02#9"}]
    assert body["procedure"] == []
    [example] = body["examples"]
    assert (example["name"], example["verdict"], example["verdict_label"]) == (
        "单位副职满十年",
        "insufficient",
        "事实不足",
    )
    assert {one["ref"].partition("#")[2] for one in body["citations"]} == {"9", "9.1", "9.2"}


def test_the_edition_may_be_left_out_while_there_is_one(client: TestClient) -> None:
    assert client.get("/v1/mechanisms/rotation-hengdong").json()["id"] == "rotation-hengdong@2024"


@pytest.mark.parametrize("name", ["no-such@2020", "rotation", "%00", "..%2Fetc", "9" * 5000])
def test_an_unknown_mechanism_is_404(client: TestClient, name: str) -> None:
    response = client.get(f"/v1/mechanisms/{name}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] in {"unknown_mechanism", "unknown_path"}
