"""What the commands share: filters out of options, JSON out."""

from __future__ import annotations

import json
from argparse import Namespace

from index import Filters


def filters_of(options: Namespace) -> Filters:
    """Which documents the options hold a command to."""
    return Filters(
        kind=options.kind, year=options.year, issuer=options.issuer, folder=options.folder, level=options.level
    )


def print_json(value: object) -> None:
    """One value on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
