"""The settings, read in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from assistant.errors import BadSetting

PREFIX = "YOUJU_"
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Settings:
    """What a user can set: YOUJU_LIBRARY, YOUJU_MODEL, YOUJU_RERANKER, YOUJU_LANG, YOUJU_ACCESS in the environment.

    `library` is a folder; `model` a sentence-transformers model by name or path, None for the
    library's own; `reranker` a sentence-transformers CrossEncoder by name or path, None for none;
    `language` of messages: zh or en; `access` the folder of accounts and of the log of what was done.
    """

    library: Path
    model: str | None = None
    reranker: str | None = None
    language: str = "zh"
    access: Path = field(default_factory=lambda: user_data_path("youju") / "access")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises BadSetting for a YOUJU_ variable that does not exist or has no such value."""
        known = {"YOUJU_LIBRARY", "YOUJU_MODEL", "YOUJU_RERANKER", "YOUJU_LANG", "YOUJU_ACCESS"}
        for name in environment:
            if name.startswith(PREFIX) and name not in known:
                raise BadSetting(name=name, value=environment[name])
        language = environment.get("YOUJU_LANG", "zh")
        if language not in LANGUAGES:
            raise BadSetting(name="YOUJU_LANG", value=language)
        library, access = environment.get("YOUJU_LIBRARY"), environment.get("YOUJU_ACCESS")
        return cls(
            library=Path(library).expanduser() if library else user_data_path("youju") / "library",
            model=environment.get("YOUJU_MODEL") or None,
            reranker=environment.get("YOUJU_RERANKER") or None,
            language=language,
            access=Path(access).expanduser() if access else user_data_path("youju") / "access",
        )


def sample_library() -> Path:
    """Where the sample library lies, apart from the user's own."""
    return user_data_path("youju") / "sample-library"
