"""A whole document as a page of its own. Every string of it passes through `escape`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from urllib.parse import quote, urlencode

from assistant.citation import Citation, Span
from assistant.citing import doubts
from assistant.export import FORMS
from assistant.messages import MESSAGES, say
from assistant.web.language import TAGS, switch_html
from assistant.web.render import flags, marked
from corpus import Document, Paragraph, Removed
from index import Entry

MOST_PLACES = 50
"""Read out of an address, and spans of each."""

Places = dict[int, list[Span]]


@dataclass(frozen=True)
class Original:
    """A source file as the page offers it: its name, and whether it is still there to be given."""

    name: str
    there: bool


def parse_places(at: str, document: Document) -> Places:
    """The paragraphs, by number, and their spans that an `at` parameter names, the one to open first.

    It is written 12:0-57,60-80;15:3-9; what means nothing is left out. A paragraph without spans is
    marked as a whole.
    """
    places: Places = {}
    for place in at.split(";", MOST_PLACES)[:MOST_PLACES]:
        number, _, rest = place.partition(":")
        if not _is_number(number) or not 1 <= int(number) <= len(document.paragraphs):
            continue
        length = len(document.paragraphs[int(number) - 1].text)
        spans = places.setdefault(int(number), [])
        for part in rest.split(",", MOST_PLACES)[:MOST_PLACES]:
            a, _, b = part.partition("-")
            if _is_number(a) and _is_number(b) and int(a) < int(b) <= length:
                spans.append((int(a), int(b)))
    return places


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def document_html(
    document: Document,
    entry: Entry,
    at: str = "",
    language: str = "zh",
    *,
    removed: bool = False,
    originals: Sequence[Original] = (),
) -> str:
    """Its outline at the side, the places of `at` marked, with `removed` what cleaning took away."""
    places = parse_places(at, document)
    anchors = {number: "here" if number == next(iter(places)) else f"here-{number}" for number in places}
    steps = _steps(sorted(places), anchors, language)
    gone = _gone(document, language) if removed else {}
    rows = chain.from_iterable(
        (
            gone.get(p.number, ""),
            _row(p, entry, places.get(p.number), anchors.get(p.number, ""), language),
            steps.get(p.number, ""),
        )
        for p in document.paragraphs
    )
    title = "" if any(p.role == "title" for p in document.paragraphs) else f"<h1>{escape(document.title)}</h1>"
    return page_html(
        document.title,
        f"{_header(document, entry, at, removed, originals, language)}"
        f'<div class="columns">{_outline(document, language)}<main>{title}{"".join(rows)}{gone.get(0, "")}</main></div>',
        language,
    )


def _header(
    document: Document, entry: Entry, at: str, removed: bool, originals: Sequence[Original], language: str
) -> str:
    about = [document.kind, document.issuer, document.number, document.issued]
    told = escape(" · ".join(part for part in about if part))
    files = " ".join(_file(entry, n, original, language) for n, original in enumerate(originals))
    return (
        f'<header><a class="back" href="/">{escape(say("web.title", language))}</a>'
        f"<p>{told}{flags(entry, language)}</p>"
        f'<p class="files">{files or escape(entry.names[0])} {_exports(entry, language)}{_switch(document, entry, at, removed, language)}</p>'
        f"{switch_html(language)}</header>"
    )


def _file(entry: Entry, n: int, original: Original, language: str) -> str:
    if not original.there:
        return f"<span>{escape(original.name)} ({escape(say('document.missing', language))})</span>"
    title = escape(say("document.original", language))
    named = f"{title}{say('colon', language)}{escape(original.name)}"
    return f'<a href="/original/{quote(entry.id)}/{n}" title="{title}" download>{named}</a>'


def _exports(entry: Entry, language: str) -> str:
    """The document as Word and Markdown."""
    links = " ".join(
        f'<a href="/export/{quote(entry.id)}.{form}" download>{escape(say(f"export.{form}", language))}</a>'
        for form in FORMS
    )
    return f"<span>{escape(say('export', language))}{say('colon', language)}{links} </span>"


def _switch(document: Document, entry: Entry, at: str, removed: bool, language: str) -> str:
    """Shows what was taken away, or hides it again."""
    if not document.removed:
        return ""
    asked = ([("at", at)] if at else []) + ([] if removed else [("removed", "1")])
    address = f"/document/{quote(entry.id)}?{urlencode(asked)}{'' if removed else '#removed'}"
    told = say("document.hide" if removed else "document.removed", language, count=len(document.removed))
    return f'<a href="{escape(address)}">{escape(told)}</a>'


def _outline(document: Document, language: str) -> str:
    headings = "".join(
        f'<li class="l{min(len(p.heading_path), 3)}"><a href="#p{p.number}">{escape(p.text)}</a></li>'
        for p in document.paragraphs
        if p.role == "heading"
    )
    contents = escape(say("web.contents", language))
    return f'<nav aria-label="{contents}"><h2>{contents}</h2><ol>{headings}</ol></nav>' if headings else ""


def _row(paragraph: Paragraph, entry: Entry, spans: Sequence[Span] | None, anchor: str, language: str) -> str:
    """A paragraph with its number, and a button that copies it with its source."""
    if spans is None:
        text = escape(paragraph.text)
    else:
        text = (
            marked(paragraph.text, spans, anchor) if spans else f'<mark id="{anchor}">{escape(paragraph.text)}</mark>'
        )
    tag = {"title": "h1", "heading": "h2"}.get(paragraph.role, "p")
    cells = " cells" if "\t" in paragraph.text else ""
    source = Citation(0, entry, paragraph, (), 0.0).printed + doubts(entry, language)
    return (
        f'<div class="row" id="p{paragraph.number}"><a class="number" href="#p{paragraph.number}">{paragraph.number}</a>'
        f'<{tag} class="{paragraph.role}{cells}">{text}</{tag}>'
        f'<button type="button" class="copy" data-from="{escape(source)}" data-done="{escape(say("web.copied", language))}"'
        f' title="{escape(say("web.copy", language))}">{escape(say("document.copy", language))}</button></div>'
    )


def _steps(numbers: Sequence[int], anchors: Mapping[int, str], language: str) -> dict[int, str]:
    """Under each marked paragraph the way to the one before and the one behind; nothing if there is only one."""
    if len(numbers) < 2:
        return {}

    def link(key: str, at: int) -> str:
        return f'<a href="#{anchors[numbers[at]]}">{escape(say(key, language))}</a>' if 0 <= at < len(numbers) else ""

    return {
        number: f'<p class="steps">{escape(say("document.place", language, n=i + 1, of=len(numbers)))}'
        f"{link('document.before', i - 1)}{link('document.behind', i + 1)}</p>"
        for i, number in enumerate(numbers)
    }


def _gone(document: Document, language: str) -> dict[int, str]:
    """What was taken away, before the paragraph that stood behind it; under 0 what stood at the end."""
    starts = [(p.pieces[0][1], p.number) for p in document.paragraphs if p.pieces]
    pieces: dict[int, list[Removed]] = defaultdict(list)
    for piece in sorted(document.removed, key=lambda piece: piece.at):
        pieces[next((number for start, number in starts if start >= piece.at), 0)].append(piece)
    first = min(pieces, key=lambda number: number or len(document.paragraphs) + 1, default=0)
    return {
        number: f'<div class="gone"{_id("removed") if number == first else ""}>{"".join(_piece(p, language) for p in taken)}</div>'
        for number, taken in pieces.items()
    }


def _id(name: str) -> str:
    return f' id="{name}"'


def _piece(piece: Removed, language: str) -> str:
    key = f"gone.{piece.step.removeprefix('drop_')}"
    why = say(key if key in MESSAGES else "gone.other", language)
    return f"<p><span>{escape(why)}</span><del>{escape(piece.text)}</del></p>"


def unknown_html(language: str) -> str:
    """The page where a document would be that the library does not have."""
    return message_html(say("web.unknown", language), language, say("document.gone", language))


def message_html(text: str, language: str = "zh", more: str = "") -> str:
    """A page that says one thing, and perhaps more of it."""
    return page_html(
        text,
        f'<header><a class="back" href="/">{escape(say("web.title", language))}</a>{switch_html(language)}</header>'
        f'<main class="only"><h1>{escape(text)}</h1>{f"<p>{escape(more)}</p>" if more else ""}'
        f'<p><a href="/">{escape(say("web.back", language))}</a></p></main>',
        language,
    )


def page_html(title: str, body: str, language: str) -> str:
    """A page of ours around a body."""
    return (
        f'<!DOCTYPE html><html lang="{TAGS[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/youju/document.css">'
        f'<script src="/youju/document.js" defer></script></head><body>{body}</body></html>'
    )
