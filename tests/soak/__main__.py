"""`make soak PARTS="kill damage"`: all parts by default, each as soon as it is done into docs/reliability.md."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

from soak import parts
from soak.table import write

REPORT = Path(__file__).parents[2] / "docs" / "reliability.md"


def main() -> int:
    """Run the parts; 1 if a promise was broken in any."""
    names = [module.name for module in pkgutil.iter_modules(parts.__path__)]
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which of {', '.join(names)}; all if none is named")
    parser.add_argument("--out", type=Path, default=REPORT, help="the Markdown file with the table")
    options = parser.parse_args()
    broken = 0
    for name in options.parts or names:
        part = importlib.import_module(f"soak.parts.{name}")
        began = time.monotonic()
        print(f"{part.NAME} …", flush=True)
        try:
            with tempfile.TemporaryDirectory() as scratch:
                rows = part.rows(Path(scratch))
        except Exception:  # noqa: BLE001  the other parts go on
            traceback.print_exc()
            broken += 1
            continue
        write(options.out, part.NAME, rows)
        for row in rows:
            print(f"  {row.promise}: {row.reached} ({row.tried})")
        print(f"  {time.monotonic() - began:.0f} s", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
