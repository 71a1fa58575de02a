"""How well web pages are read: pages with hand-cleaned text, in the shared folder beside the project.

Paragraph F1 of a page: the lines of its NAME.gold.txt and the paragraphs of its Document, all white
space taken out of each (empty ones left out), are two multisets. A paragraph matches a line when they
are the same characters, each line once at the most. Precision is matches over paragraphs, recall is
matches over lines, F1 their harmonic mean. The measure of a folder is the mean over its pages.

`strict` takes this as it stands. `plain` evens out two habits of the hand: it left out the titles of
some pages, while a Document always has its title, so title and subtitle are left out where the gold has
no line like them; and it gave each cell of a table a line, while a Document has a line for a row, its cells parted
by tabs, so rows are cut there. Beside them stands F1 of characters, as in format_cases.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from format_cases import bare, f1

from corpus import Refused, read_document

PAGES = Path(__file__).parents[2] / "shared" / "eval" / "web_cleaning"
HEAD = ("title", "subtitle")
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Score:
    """What is measured of one page."""

    strict: float
    plain: float
    characters: float


def pages(folder: Path = PAGES) -> list[Path]:
    """The pages; none where the folder is absent."""
    return sorted(folder.glob("*.html"))


def digest(folder: Path = PAGES) -> str:
    """Of names and contents of pages and golds: floors hold for the data that they were measured on."""
    whole = sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def paragraph_f1(found: list[str], gold: list[str]) -> float:
    """As the module says."""
    mine, theirs = (Counter(filter(None, map(bare, lines))) for lines in (found, gold))
    return 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())


def score(page: Path) -> Score:
    """A page that is refused has found nothing."""
    gold = page.with_name(f"{page.stem}.gold.txt").read_text(encoding="utf-8").splitlines()
    try:
        paragraphs = read_document(page).paragraphs
    except Refused:
        paragraphs = ()
    wanted = set(map(bare, gold))
    found = [p.text for p in paragraphs]
    plain = [cell for p in paragraphs if p.role not in HEAD or bare(p.text) in wanted for cell in p.text.split("\t")]
    return Score(paragraph_f1(found, gold), paragraph_f1(plain, gold), f1("".join(found), "".join(gold)))


def mean(scores: list[Score], name: str) -> float:
    """Over the pages."""
    return sum(getattr(s, name) for s in scores) / max(1, len(scores))


def main() -> None:
    """Print the measures of each page: `python tests/web_cleaning.py [FOLDER]`."""
    found = pages(Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
    scores = [score(page) for page in found]
    for page, s in zip(found, scores, strict=True):
        print(f"{s.strict:.3f} {s.plain:.3f} {s.characters:.3f} {page.name}")
    print(*(f"{mean(scores, name):.3f}" for name in ("strict", "plain", "characters")), "mean")


if __name__ == "__main__":
    main()
