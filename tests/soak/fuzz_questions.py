"""Ten thousand texts over every way in: `PYTHONPATH=tests python -m soak.fuzz_questions`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
from fuzz_questions import ROUTES, failed_request, failed_row, texts, ways_in
from served import programs_application, served

from assistant.compose import sample_folder
from assistant.errors import AssistantError
from index import IndexingError, Library


def outcome(way: Callable[[str], object], text: str) -> str:
    """What went wrong, if it is not one sentence for whoever asked."""
    try:
        way(text)
    except (AssistantError, IndexingError):
        return ""
    except Exception as error:  # noqa: BLE001  that is what is looked for
        return f"{type(error).__name__}: {error}"
    return ""


def sample(root: Path) -> Library:
    """A library of the documents that come with the program."""
    library = Library.open(root / "library", create=True)
    with library.writing() as writer:
        list(writer.add([sample_folder()]))
    return library


def main() -> int:
    """A table; 1 if something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, help="the sample documents' unless given")
    parser.add_argument("--count", type=int, default=10_000, help="texts, shared out over the ways in")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    library = Library.open(asked.library) if asked.library else sample(Path(tempfile.mkdtemp()))
    failed = 0
    with served(programs_application(library)) as address, httpx.Client(base_url=address, timeout=120) as client:
        called = {name: partial(outcome, way) for name, way in ways_in(library).items()}
        ways: dict[str, Callable[[str], str]] = {**called, "--batch": partial(failed_row, library)}
        ways |= {route: partial(failed_request, client, route) for route in ROUTES}
        print("| way in | texts | errors |\n|---|---|---|")
        for n, (name, way) in enumerate(ways.items()):
            count = asked.count // len(ways)
            wrong = [(text, error) for text in texts(asked.seed + n, count) if (error := way(text))]
            print(f"| {name} | {count:,} | {len(wrong)} |", flush=True)
            for text, error in wrong[:3]:
                print(f"{error}: {text[:200]!r}", file=sys.stderr)
            failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
