"""The documents this repository ships, one Markdown file an edition."""
