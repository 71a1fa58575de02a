"""--batch IN.jsonl --out OUT.jsonl, for every command that takes many questions."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from contextlib import nullcontext

from assistant.batch import Work, read_lines, result_lines
from assistant.settings import Settings


def run_batch(options: Namespace, settings: Settings, work: Work) -> int:
    """Results go to a file of another name until all are there, so that none is ever half written."""
    lines = read_lines(options.batch)
    failed = False
    draft = options.out.with_name(options.out.name + ".part") if options.out else None
    with draft.open("w", encoding="utf-8", errors="replace") if draft else nullcontext(sys.stdout) as out:
        for row in result_lines(lines, work, settings.language):
            failed = failed or "error" in row
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    if draft:
        draft.replace(options.out)
    return 1 if failed else 0
