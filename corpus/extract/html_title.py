"""The title of the document on a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement

from corpus.extract.html_main import Page

# What parts the title of the document from those of the column and the site, in the title of the head.
BEHIND = re.compile(r"(?<!\s)\s*(?:[_|｜–—]+|--+|\s-\s?|-(?=[^-]{2,20}$))\s*")
# What builders of sites call the title of a page's document.
NAMED_TITLE = re.compile(r"(?:^|[\s_-])(?:\w{0,12}tit(?:le)?|headline|biaoti|bt|h1)(?:$|[\s_\d-])", re.I)
NAMED_SUBTITLE = re.compile(r"(?:^|[\s_-])(?:sub[_-]?title|fu(?:biao)?ti(?:tle)?|fbt)(?:$|[\s_\d-])", re.I)
SHORTEST, LONGEST = 6, 120
"""Characters of a title."""


@dataclass(frozen=True)
class Title:
    """`above` says that the page has it as a title outside of the element that holds the document."""

    text: str
    above: bool


def page_title(page: Page, stated: str | None) -> Title | None:
    """What the page states, as it is seen; else a heading; else the head's title without the site's name."""
    head = _tidy(page.root.findtext(".//title") or "")
    seen = _seen(page, _bare(stated), whole=True) if stated else None
    if seen is None:
        wanted = _bare(stated or "")
        seen = next((h for h in _headings(page) if not stated or _bare(h.text_content()) in wanted), None)
    if seen is None and not stated:
        seen = _seen(page, _bare(head), whole=False)
    if seen is not None:
        above = not _inside(seen, page.main) and (stated is not None or _is_marked(seen))
        return Title(_tidy(seen.text_content()), above)
    text = stated or BEHIND.split(head, maxsplit=1)[0]
    fits = SHORTEST <= len(text) <= LONGEST and ">" not in text
    return Title(text, above=stated is not None) if fits else None


def subtitles(page: Page) -> frozenset[str]:
    """Bare texts of the elements that the page calls a second title."""
    named = (e for e in page.elements if e not in page.left_out and e.attrib and NAMED_SUBTITLE.search(_names(e)))
    return frozenset(_bare(e.text_content()) for e in named if 0 < page.weight[e].text <= LONGEST)


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _headings(page: Page) -> Iterator[HtmlElement]:
    """The headings that can be the document's: not those in the boxes around it, nor those behind it."""
    for heading in _up_to_the_end(page):
        text = _tidy(heading.text_content()) if heading.tag == "h1" else ""
        if (
            SHORTEST <= len(text) <= LONGEST
            and not text.endswith("：")
            and ">" not in text
            and page.left_out.isdisjoint((heading, *heading.iterancestors()))
        ):
            yield heading


def _up_to_the_end(page: Page) -> Iterator[HtmlElement]:
    """The elements up to the end of the document's own."""
    following = (e.getnext() for e in (page.main, *page.main.iterancestors()))
    behind = next((e for e in following if e is not None), None)
    return takewhile(lambda element: element is not behind, page.elements)


def _seen(page: Page, wanted: str, *, whole: bool) -> HtmlElement | None:
    """The element up to the end of the document whose text is this title, or else begins it.

    The longest wins, then one that the page calls a title, then the nearest to the document.
    """
    best: tuple[int, bool] = (SHORTEST, False)
    found: HtmlElement | None = None
    for element in _up_to_the_end(page):
        weight = page.weight[element].text
        if element.tag == "a" or not best[0] <= weight <= len(wanted) or (whole and weight != len(wanted)):
            continue
        text = _bare(element.text_content())
        if wanted.startswith(text) and text[-1] not in "：:":
            rank = (len(text), _is_marked(element))
            if rank >= best:
                best, found = rank, element
    return found


def _is_marked(element: HtmlElement) -> bool:
    """Whether the page itself says that an element is a title."""
    return any(
        e.tag in ("h1", "h2", "h3") or NAMED_TITLE.search(_names(e)) for e in (element, *element.iterancestors())
    )


def _inside(element: HtmlElement, main: HtmlElement) -> bool:
    return element is main or any(above is main for above in element.iterancestors())


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _bare(text: str) -> str:
    return "".join(text.split())
