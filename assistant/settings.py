"""Settings of a deployment, from `CADRE_*` variables or a `.env` file; every default works on a fresh clone."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once, by an entry point.

    `data_dir` keeps the index. `documents` are further folders of Markdown editions besides the bundled ones.
    `encoder` names a sentence-transformers model (folder or name); None is the built-in one.
    `chroma_url` puts the vectors on a Chroma server instead of the data folder.
    """

    model_config = SettingsConfigDict(env_prefix="CADRE_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Path("var")
    documents: tuple[Path, ...] = ()
    encoder: str | None = None
    chroma_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    question_limit: int = 4000
