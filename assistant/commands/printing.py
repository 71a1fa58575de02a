"""What the commands share: filters out of options, JSON and files out."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from assistant.export import Sheet, save
from assistant.messages import say
from index import Filters


def filters_of(options: Namespace) -> Filters:
    """Which documents the options hold a command to."""
    return Filters(
        kind=options.kind,
        year=options.year,
        issuer=options.issuer,
        folder=options.folder,
        level=options.level,
        region=options.region,
    )


def export(sheet: Sheet, out: Path, language: str) -> None:
    """Write a result to the file that was named, and say so. Raises BadForm, BadOutput."""
    save(sheet, out)
    print(say("export.written", language, path=out))


def print_json(value: object) -> None:
    """One value on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
