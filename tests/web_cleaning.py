"""How well web pages are read: pages with hand-cleaned text, in the shared folder beside the project.

Paragraph F1 of a page: the lines of its NAME.gold.txt and the paragraphs of its Document, all white
space taken out of each (empty ones left out), are two multisets. A paragraph matches a line when they
are the same characters, each line once at the most. Precision is matches over paragraphs, recall is
matches over lines, F1 their harmonic mean. The measure of a folder is the mean over its pages.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from format_cases import bare, f1, text_of

from corpus import Refused, read_document

PAGES = Path(__file__).parents[2] / "shared" / "eval" / "web_cleaning"


def pages() -> list[Path]:
    """The pages; none where the folder is absent."""
    return sorted(PAGES.glob("*.html"))


def gold_of(page: Path) -> str:
    return page.with_name(f"{page.stem}.gold.txt").read_text(encoding="utf-8")


def found_in(page: Path) -> str:
    """The paragraphs of the page's Document, a line each; nothing if it was refused."""
    try:
        return text_of(read_document(page))
    except Refused:
        return ""


def paragraph_f1(found: str, gold: str) -> float:
    """As the module says; both texts have one paragraph a line."""
    mine, theirs = (Counter(filter(None, map(bare, text.splitlines()))) for text in (found, gold))
    return 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())


def main() -> None:
    """Print both measures for each page: `python tests/web_cleaning.py [FOLDER]`."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    scores = []
    for page in sorted(folder.glob("*.html")):
        found, gold = found_in(page), gold_of(page)
        scores.append((paragraph_f1(found, gold), f1(found, gold)))
        print(f"{scores[-1][0]:.3f} {scores[-1][1]:.3f} {page.name}")
    print(*(f"{sum(column) / len(scores):.3f}" for column in zip(*scores, strict=True)), "mean")


if __name__ == "__main__":
    main()
