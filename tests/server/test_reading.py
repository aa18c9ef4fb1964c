from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from server.app import make_app
from tests.server.standin import CLAUSES, EDITION, StandIn, StandInIndex


@pytest.mark.parametrize("path", [f"{EDITION.id}%239.1", f"{EDITION.id}/9.1"])
def test_a_clause_comes_with_what_is_around_it(client: TestClient, path: str) -> None:
    body = client.get(f"/v1/clauses/{path}").json()
    assert body["clause"]["text"] == CLAUSES[1].text
    assert [one["heading"] for one in body["ancestors"]] == ["干部交流"]
    assert body["children"] == []
    assert body["before"] is None
    assert body["after"]["ref"] == f"{EDITION.id}#9.2"
    assert body["edition"]["in_force"] == {"from": "2024-02-02", "until": None}
    assert body["edition"]["validity"] == "现行"


def test_a_parent_lists_its_children_and_its_neighbours(client: TestClient) -> None:
    body = client.get(f"/v1/clauses/{EDITION.id}/9").json()
    assert [one["ref"] for one in body["children"]] == [f"{EDITION.id}#9.1", f"{EDITION.id}#9.2"]
    assert body["ancestors"] == []
    assert body["after"]["ref"] == f"{EDITION.id}#10"


@pytest.mark.parametrize(
    "path",
    [
        f"clauses/{EDITION.id}%2399",
        f"clauses/{EDITION.id}/99",
        "clauses/nowhere@2000/1",
        "clauses/nowhere",
        "clauses/%23",
        "clauses/a/b/c",
        "clauses/%00%FF",
        "clauses/..%2F..%2Fetc%2Fpasswd",
        "clauses/" + "9" * 5000,
    ],
)
def test_an_unknown_clause_is_404(client: TestClient, path: str) -> None:
    response = client.get(f"/v1/{path}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown_clause"


def test_documents_and_outline(client: TestClient) -> None:
    [document] = client.get("/v1/documents").json()["documents"]
    assert (document["edition"], document["clauses"], document["level"]) == (EDITION.id, 4, "county")
    body = client.get(f"/v1/documents/{EDITION.id}").json()
    assert body["edition"] == document
    assert [one["ref"].partition("#")[2] for one in body["outline"]] == ["9", "9.1", "9.2", "10"]


def test_an_unknown_edition_is_404(client: TestClient) -> None:
    response = client.get("/v1/documents/nowhere@2000")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown_edition"


def test_probes(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {
        "status": "ready",
        "generation": "g1",
        "clauses": 4,
        "encoder": "stand-in",
    }


def test_not_ready_while_the_index_cannot_be_read() -> None:
    class Shut(StandInIndex):
        def __len__(self) -> int:
            raise OSError("/secret/path")

    client = TestClient(make_app(StandIn(index=Shut())))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "not_ready"
    assert "secret" not in response.text
    assert client.get("/healthz").status_code == 200
