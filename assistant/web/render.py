"""Results as HTML. Every string out of a document or a question passes through `escape`."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from assistant.answer import Answer
from assistant.citation import WARNINGS, Citation, Span
from assistant.messages import say
from assistant.question import PLAIN
from assistant.telling import search_lines, why
from corpus import Document, Paragraph
from index import Entry

WINDOW = 160
"""Characters shown on each side of the evidence before the whole paragraph is unfolded."""
NEAREST = 3
"""Paragraphs shown when nothing answers."""


def answer_html(answer: Answer, turn: int, language: str = "zh") -> str:
    """An answer with its marks, and a card for each citation. `turn` tells the answers of a chat apart."""
    parts = []
    if answer.understood != answer.question:
        parts.append(f'<p class="yj-understood">{escape(say("understood", language, text=answer.understood))}</p>')
    parts += [_searched(answer, language)]
    if answer.verdict == "not_found":
        parts.append(_not_found(answer, turn, language))
    else:
        sentences = "".join(
            f'<p class="yj-sentence">{escape(s.text)}<a class="yj-mark" href="#{_anchor(turn, s.citation)}" '
            f'aria-label="{escape(say("web.source", language, n=s.citation))}">[{s.citation}]</a></p>'
            for s in answer.sentences
        )
        cards = "".join(_card(c, turn, language) for c in answer.citations)
        found = escape(say("web.found", language, count=len(answer.citations)))
        parts.append(f'<div class="yj-sentences">{sentences}</div><p class="yj-label">{found}</p>{cards}')
    return f'<div class="yj-answer" data-verdict="{answer.verdict}">{"".join(parts)}</div>'


def _searched(answer: Answer, language: str) -> str:
    """What the search was held to by what the question names, with a way to ask without it."""
    lines = search_lines(answer, language)
    if not lines:
        return ""
    again = f"{answer.question}{PLAIN}"
    chip = f'<button type="button" class="yj-chip" data-ask="{escape(again)}">{escape(say("plain", language))}</button>'
    return f'<p class="yj-searched"><span>{escape("；".join(lines))}</span>{chip}</p>'


def _not_found(answer: Answer, turn: int, language: str) -> str:
    nearest = "".join(
        _card(Citation(i, h.entry, h.paragraph, h.evidence, h.score), turn, language)
        for i, h in enumerate(answer.apart[:NEAREST], 1)
    )
    chips = "".join(
        f'<button type="button" class="yj-chip" data-ask="{escape(s)}">{escape(s)}</button>' for s in answer.suggestions
    )
    return (
        f'<p class="yj-none">{escape(say("not_found", language))}</p>'
        f'<p class="yj-why">{escape(why(answer, language))}</p>'
        + (f'<p class="yj-label">{escape(say("nearest", language))}</p>{nearest}' if nearest else "")
        + (
            f'<p class="yj-label">{escape(say("try", language))}</p><div class="yj-chips">{chips}</div>'
            if chips
            else ""
        )
    )


def _anchor(turn: int, number: int) -> str:
    return f"yj-{turn}-{number}"


def _card(citation: Citation, turn: int, language: str) -> str:
    """One citation: where it stands, the paragraph with its evidence, and what one can do with it."""
    entry = citation.entry
    about = [entry.kind, entry.issuer, entry.number, entry.issued or say("web.undated", language)]
    place = [*citation.paragraph.heading_path, say("paragraph", language, n=citation.paragraph.number)]
    also = (
        f'<span class="yj-also">{escape(say("web.also", language, count=len(citation.also_in)))}</span>'
        if citation.also_in
        else ""
    )
    return (
        f'<article class="yj-card" id="{_anchor(turn, citation.n)}">'
        f'<h4><span class="yj-n">{citation.n}</span>{escape(entry.title)}{flags_html(entry, language)}</h4>'
        f'<p class="yj-about">{escape(" · ".join(part for part in about if part))}</p>'
        f'<p class="yj-path">{escape(" › ".join(place))}</p>'
        f"{_excerpt(citation, language)}"
        f'<p class="yj-actions"><a href="{document_link(citation)}" target="_blank" rel="noopener">'
        f"{escape(say('web.open', language))}</a>"
        f'<button type="button" data-copy="{escape(copied(citation))}" data-done="{escape(say("web.copied", language))}">'
        f"{escape(say('web.copy', language))}</button>{also}</p></article>"
    )


def flags_html(entry: Entry, language: str) -> str:
    """What is doubtful about a document's text, beside its name."""
    told = [flag for flag in WARNINGS if flag in entry.quality]
    return "".join(f'<span class="yj-flag">{escape(say(f"quality.{flag}", language))}</span>' for flag in told)


def _excerpt(citation: Citation, language: str) -> str:
    """The evidence with a little around it; the whole paragraph unfolds in its place."""
    text, spans = citation.paragraph.text, citation.evidence
    start = max(0, min((a for a, _ in spans), default=0) - WINDOW)
    end = min(len(text), max((b for _, b in spans), default=len(text)) + WINDOW)
    if start < WINDOW // 4:
        start = 0
    if len(text) - end < WINDOW // 4:
        end = len(text)
    whole = f'<p class="yj-text">{marked(text, spans)}</p>'
    if start == 0 and end == len(text):
        return whole
    excerpt = marked(text[start:end], [(max(a - start, 0), b - start) for a, b in spans])
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return (
        f'<details class="yj-fold"><summary><span class="yj-text">{before}{excerpt}{after}</span>'
        f'<span class="yj-more">{escape(say("web.more", language))}</span></summary>{whole}</details>'
    )


def marked(text: str, spans: Sequence[Span], first_id: str = "") -> str:
    """A text with these spans marked; the first mark can carry an id to jump to."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if end <= start:
            continue
        id = f' id="{first_id}"' if first_id and not any("<mark" in p for p in parts) else ""
        parts += [escape(text[at:start]), f"<mark{id}>{escape(text[start:end])}</mark>"]
        at = end
    return "".join([*parts, escape(text[at:])])


def copied(citation: Citation) -> str:
    """What the copy button gives: the evidence as it stands in the source, and where."""
    pieces = [citation.paragraph.text[a:b] for a, b in citation.evidence] or [citation.paragraph.text]
    return f"“{'……'.join(pieces)}”——{citation.printed}"


def document_link(citation: Citation) -> str:
    """The address of the document, opened at the evidence."""
    spans = ",".join(f"{a}-{b}" for a, b in citation.evidence)
    return f"/document/{quote(citation.entry.id)}?at={citation.paragraph.number}:{spans}#here"


def parse_place(at: str, document: Document) -> tuple[int, list[Span]]:
    """The paragraph number and spans of an `at` parameter; (0, []) for one that means nothing."""
    number, _, rest = at.partition(":")
    if not _is_number(number) or not 1 <= int(number) <= len(document.paragraphs):
        return 0, []
    length = len(document.paragraphs[int(number) - 1].text)
    spans = []
    for part in rest.split(",")[:50]:
        a, _, b = part.partition("-")
        if _is_number(a) and _is_number(b) and int(a) < int(b) <= length:
            spans.append((int(a), int(b)))
    return int(number), spans


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def document_html(document: Document, entry: Entry, at: str = "", language: str = "zh") -> str:
    """The whole document as a page of its own, its outline at the side, the evidence marked."""
    number, spans = parse_place(at, document)
    about = [document.kind, document.issuer, document.number, document.issued, entry.names[0]]
    outline = "".join(
        f'<li class="l{min(len(p.heading_path), 3)}"><a href="#p{p.number}">{escape(p.text)}</a></li>'
        for p in document.paragraphs
        if p.role == "heading"
    )
    body = "".join(_paragraph(p, spans if p.number == number else None) for p in document.paragraphs)
    title = "" if any(p.role == "title" for p in document.paragraphs) else f"<h1>{escape(document.title)}</h1>"
    contents = escape(say("web.contents", language))
    nav = f'<nav aria-label="{contents}"><h2>{contents}</h2><ol>{outline}</ol></nav>' if outline else ""
    return _page(
        document.title,
        f'<header><a class="back" href="/">{escape(say("web.title", language))}</a>'
        f"<p>{escape(' · '.join(part for part in about if part))}{flags_html(entry, language)}</p></header>"
        f'<div class="columns">{nav}<main>{title}{body}</main></div>',
        language,
    )


def _paragraph(paragraph: Paragraph, spans: Sequence[Span] | None) -> str:
    if spans is None:
        text = escape(paragraph.text)
    else:
        text = marked(paragraph.text, spans, "here") if spans else f'<mark id="here">{escape(paragraph.text)}</mark>'
    tag = {"title": "h1", "heading": "h2"}.get(paragraph.role, "p")
    cells = " cells" if "\t" in paragraph.text else ""
    return (
        f'<div class="row" id="p{paragraph.number}"><a class="number" href="#p{paragraph.number}">{paragraph.number}</a>'
        f'<{tag} class="{paragraph.role}{cells}">{text}</{tag}></div>'
    )


def message_html(text: str, language: str = "zh") -> str:
    """A page that says one thing."""
    return _page(
        text,
        f'<main class="only"><p>{escape(text)}</p><p><a href="/">{escape(say("web.back", language))}</a></p></main>',
        language,
    )


def _page(title: str, body: str, language: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/youju/document.css"></head>'
        f"<body>{body}</body></html>"
    )
