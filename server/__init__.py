"""How people and portals reach the assistant: HTTP, the page, the `cadre` command."""
