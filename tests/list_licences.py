"""The licences of all locked packages, as docs/licences.md: part of `make lock`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "licences.md"
PARTS = {
    "run": "What the program runs on",
    "ocr": "Besides, for text recognition (`make ocr`)",
    "build": "Besides, while installing",
    "dev": "Besides, for tests and checks",
}
APART = {"run": ["torch"]}
"""Locked in files of their own."""
PACKAGE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.M)
COPYLEFT = re.compile(r"\b(?:MPL|[AL]?GPL|EPL|CDDL|EUPL)\b|Mozilla|General Public", re.I)
LONGEST = 60
"""Characters of a licence's name; longer ones are its text."""
# What packages say of themselves in a whole text, or not at all.
KNOWN = {"atheris": "Apache-2.0", "axe-playwright-python": "MIT, axe-core in it MPL-2.0", "scipy": "BSD-3-Clause"}
NOT_HERE = {
    "audioop-lts": "PSF-2.0", "colorama": "BSD-3-Clause", "httpx2-jsfetch": "BSD-3-Clause", "pywin32": "PSF-2.0",
}  # fmt: skip
"""Only for other systems or other Pythons, so not there to be asked."""
HEAD = """# Licences

Youju itself: MIT ([LICENSE](../LICENSE)). Written by `tests/list_licences.py` out of the locks in `locks/` and of what
each package states of itself.

Marked † is copyleft: the Mozilla Public License 2.0, all of it file by file. Whoever uses such a package unchanged, or
passes Youju on with it unchanged, owes nothing but the notice; whoever changes its files and passes them on passes on
their source under the same licence. It does not reach Youju or your documents. No package is under the GPL or AGPL.

Not in the tables: some wheels carry libraries of others in them, with licences beside them (opencv-python-headless:
FFmpeg, and shapely: GEOS, both LGPL 2.1 and libraries of their own beside it; NumPy, SciPy, scikit-learn: the
run-time libraries of GCC, GPL with the exception that allows it). LibreOffice (MPL 2.0) and Chromium are programs of
the system that are called, not part of Youju. PyTorch's build for CUDA (`locks/torch.txt`) brings NVIDIA's libraries under NVIDIA's own terms, which are no
open-source licence: read them before you pass an installation on; the build for CPUs has none of them.
"""


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(document(), encoding="utf-8")


def document() -> str:
    """The whole of docs/licences.md."""
    tables = []
    for part, title in PARTS.items():
        rows = "\n".join(row(name) for name in packages(part))
        tables.append(f"\n## {title}\n\n| package | licence |\n|---|---|\n{rows}\n")
    return HEAD + "".join(tables)


def row(name: str) -> str:
    """A package's line."""
    said = licence(name)
    return f"| {name}{' †' if COPYLEFT.search(said) else ''} | {said} |"


def packages(part: str) -> Iterator[str]:
    """The packages of a lock that no part before it has."""
    before = list(PARTS)[: list(PARTS).index(part)]
    names = (set(locked(part)) - {name for other in before for name in locked(other)}) if before else locked(part)
    yield from sorted(names)


def locked(part: str) -> list[str]:
    """The packages in a lock."""
    return PACKAGE.findall((ROOT / "locks" / f"{part}.txt").read_text(encoding="utf-8")) + APART.get(part, [])


def licence(name: str) -> str:
    """What a package states: its licence expression, else its short licence field, else its classifiers."""
    if name in KNOWN:
        return KNOWN[name]
    try:
        stated = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return NOT_HERE[name]
    field = " ".join((stated.get("License") or "").split())
    classes = [c.split(" :: ")[-1] for c in stated.get_all("Classifier") or [] if c.startswith("License")]
    short = field if field and len(field) <= LONGEST else ""
    return stated.get("License-Expression") or short or ", ".join(classes) or NOT_HERE[name]


if __name__ == "__main__":
    main()
