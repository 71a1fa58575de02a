"""The settings, read in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from assistant.errors import BadSetting
from assistant.synthesis.server import LONGEST_WAIT, SECONDS, ModelServer, is_address, is_key

PREFIX = "YOUJU_"
LANGUAGES = ("zh", "en")
LLM = ("YOUJU_LLM_BASE_URL", "YOUJU_LLM_MODEL", "YOUJU_LLM_API_KEY", "YOUJU_LLM_SECONDS")
HIDDEN = "…"
"""Stands in errors for a value that may be secret."""


@dataclass(frozen=True)
class Settings:
    """What a user can set: YOUJU_LIBRARY, YOUJU_MODEL, YOUJU_RERANKER, YOUJU_LANG, YOUJU_ACCESS, YOUJU_LLM_… in the
    environment.

    `library` is a folder; `model` a sentence-transformers model by name or path, None for the
    library's own; `reranker` a sentence-transformers CrossEncoder by name or path, None for none;
    `language` of messages: zh or en; `page_language` the same if it was set, None if the web page is to
    follow each visitor's browser; `server` writes syntheses, None for none; `access` the folder of accounts
    and of the log of what was done.
    """

    library: Path
    model: str | None = None
    reranker: str | None = None
    language: str = "zh"
    page_language: str | None = None
    server: ModelServer | None = None
    access: Path = field(default_factory=lambda: user_data_path("youju") / "access")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises BadSetting for a YOUJU_ variable that does not exist or has no such value."""
        known = {"YOUJU_LIBRARY", "YOUJU_MODEL", "YOUJU_RERANKER", "YOUJU_LANG", "YOUJU_ACCESS", *LLM}
        for name in environment:
            if name.startswith(PREFIX) and name not in known:
                raise BadSetting(name=name, value=HIDDEN)  # YOUJU_LLM_KEY=… holds a key all the same
        language = environment.get("YOUJU_LANG", "zh")
        if language not in LANGUAGES:
            raise BadSetting(name="YOUJU_LANG", value=language)
        library, access = environment.get("YOUJU_LIBRARY"), environment.get("YOUJU_ACCESS")
        return cls(
            library=Path(library).expanduser() if library else user_data_path("youju") / "library",
            model=environment.get("YOUJU_MODEL") or None,
            reranker=environment.get("YOUJU_RERANKER") or None,
            language=language,
            page_language=environment.get("YOUJU_LANG"),
            server=_server(environment),
            access=Path(access).expanduser() if access else user_data_path("youju") / "access",
        )


def _server(environment: Mapping[str, str]) -> ModelServer | None:
    """The server of a language model; None without an address. Raises BadSetting."""
    url, model, key, seconds = (environment.get(name, "").strip() for name in LLM)
    if not url:
        return None
    if not is_address(url):
        raise BadSetting(name=LLM[0], value=HIDDEN)  # may hold a password
    if not model:
        raise BadSetting(name=LLM[1], value="")
    if not is_key(key):
        raise BadSetting(name=LLM[2], value=HIDDEN)
    return ModelServer(url, model, key, _seconds(seconds))


def _seconds(text: str) -> float:
    """Raises BadSetting."""
    try:
        seconds = float(text or SECONDS)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_WAIT:
        raise BadSetting(name=LLM[3], value=text)
    return seconds


def sample_library() -> Path:
    """Where the sample library lies, apart from the user's own."""
    return user_data_path("youju") / "sample-library"
