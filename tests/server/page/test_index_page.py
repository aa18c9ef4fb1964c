from __future__ import annotations

from pathlib import Path

import gradio
from fastapi import FastAPI
from fastapi.testclient import TestClient

from server.page import mount_page
from server.page.index_page import our_index
from tests.browser.standin import StandIn


def test_gradios_own_page_loses_its_cards_and_manifest_and_nothing_else() -> None:
    original = (Path(gradio.__file__).parent / "templates" / "frontend" / "index.html").read_text(encoding="utf-8")
    ours = our_index(original)
    assert 'lang="zh-CN"' in ours
    for gone in ("og:", "twitter:", "manifest.json", "githubusercontent"):
        assert gone in original
        assert gone not in ours
    assert ours.count("<script") == original.count("<script")
    assert ours.count("<meta") == 5
    assert ours.count('rel="icon"') == 1


def test_the_page_is_served_whole_beside_other_routes() -> None:
    app = FastAPI()

    @app.get("/readyz")
    def readyz() -> str:
        return "ready"

    with TestClient(mount_page(app, StandIn())) as client:
        page = client.get("/")
        assert page.status_code == 200
        assert page.text.rstrip().endswith("</html>")
        assert int(page.headers["content-length"]) == len(page.content)
        assert "干部政策助手" in page.text
        assert client.get("/readyz").json() == "ready"
        config = client.get("/config").json()
        assert config["footer_links"] == []
        assert config["analytics_enabled"] is False
        assert "googleapis" not in client.get("/theme.css").text + page.text
        assert client.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}
