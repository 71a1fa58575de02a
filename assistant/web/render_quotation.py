"""What became of a quotation, as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.citation import Citation
from assistant.citing import FORMS
from assistant.messages import say
from assistant.quotation import Attribution, Match, Quotation
from assistant.telling import claim_lines
from assistant.web.keeping import keep_button
from assistant.web.links import document_link
from assistant.web.render import card_head, copy_button, flags, open_link
from assistant.web.render_changes import changes_html
from assistant.web.render_export import quotation_exports

LISTED = 10
"""Occurrences that are shown before the list is unfolded."""
TONES = {"verbatim": "good", "differs": "mind", "not_found": "bad"}


def quotation_html(found: Quotation, language: str = "zh") -> str:
    """The verdict, the source with every difference, what was said of it wrongly, and where else it stands."""
    pairs = list(zip(found.matches, found.attributions, strict=True))
    first, others = pairs[:1], [] if found.verdict == "verbatim" else pairs[1:]
    cards = "".join(_match(match, attribution, found, language) for match, attribution in first)
    more = "".join(_match(match, attribution, found, language) for match, attribution in others)
    if more:
        label = escape(say("web.quote.others", language, count=len(others)))
        cards += f'<details class="yj-others"><summary>{label}</summary>{more}</details>'
    return (
        f'<div class="yj-result" data-verdict="{found.verdict}">{_verdict(found, language)}{cards}'
        f"{_occurrences(found, language)}{quotation_exports(found, language)}</div>"
    )


def _verdict(found: Quotation, language: str) -> str:
    told = say(f"quote.{found.verdict}" if found.matches else "quote.nothing", language)
    best = found.matches[0] if found.verdict == "differs" else None
    if best:
        told += say("colon", language) + say(_difference(best), language, count=best.wrong)
    key = "web.quote.advice" if not found.matches else "web.legend" if best and not best.reordered else ""
    legend = f'<p class="yj-legend">{escape(say(key, language))}</p>' if key else ""
    return f'<p class="yj-verdict yj-{TONES[found.verdict]}" role="status">{escape(told)}</p>{legend}'


def _difference(best: Match) -> str:
    """Which kind of difference it is, by its message."""
    return "web.quote.order" if best.reordered else "web.quote.marks" if best.only_marks else "web.quote.wrong"


def _match(match: Match, attribution: Attribution, found: Quotation, language: str) -> str:
    notes = "".join(f'<p class="yj-note">{escape(line)}</p>' for line in _notes(match, attribution, language))
    return (
        f'<article class="yj-card" data-printed="{escape(match.citation.printed)}">{card_head(match.citation, language)}'
        f'<p class="yj-text">{_words(match, found, language)}</p>{notes}'
        f'<p class="yj-actions">{open_link(match.citation, language)}'
        f"{copy_forms(match.words, match.citation, language)}{keep_button(match.citation.id, language)}</p></article>"
    )


def _words(match: Match, found: Quotation, language: str) -> str:
    """The whole sentences, around the quoted words in a softer colour; differences only in what is held to be meant."""
    start, stop = match.span
    edits = match.edits if found.verdict == "differs" and not match.reordered else ()
    stop = max([stop, *(e.at + len(e.source) for e in edits)])
    words = changes_html(match.text[start:stop], edits, language, start)
    return (
        f'<span class="yj-around">{escape(match.text[:start])}</span>{words}'
        f'<span class="yj-around">{escape(match.text[stop:])}</span>'
    )


def _notes(match: Match, attribution: Attribution, language: str) -> Iterator[str]:
    if attribution.by:
        yield say("quote.quoted", language, by=attribution.by)
    if match.reordered:
        yield say("quote.reordered", language, words=match.words)
    yield from claim_lines(attribution.unmet, attribution.unstated, language)


def copy_forms(words: str, citation: Citation, language: str) -> str:
    """A button for each form in which words are copied with their source."""
    buttons = "".join(
        copy_button(
            form(words, citation), say(f"web.form.{name}", language), language, say(f"web.form.{name}.hint", language)
        )
        for name, form in FORMS.items()
    )
    label = escape(say("web.copies", language))
    return f'<span class="yj-copies" role="group" aria-label="{label}">{buttons}</span>'


def _occurrences(found: Quotation, language: str) -> str:
    if found.verdict == "not_found" or not found.occurrences:
        return ""
    count, listed = found.count, [_place(c, found, language) for c in found.occurrences]
    label = escape(say("web.quote.count", language, count=count))
    html = f'<h3 class="yj-label">{label}</h3><ol class="yj-places">{"".join(listed[:LISTED])}</ol>'
    if rest := listed[LISTED:]:
        unfold = escape(say("web.quote.rest", language, count=len(rest)))
        html += f'<details class="yj-others"><summary>{unfold}</summary><ol class="yj-places" start="{LISTED + 1}">'
        html += f"{''.join(rest)}</ol></details>"
    if count > len(listed):
        html += f'<p class="yj-legend">{escape(say("web.quote.only", language, count=len(listed)))}</p>'
    return html


def _place(citation: Citation, found: Quotation, language: str) -> str:
    first = found.earliest and found.count > 1 and citation.id == found.earliest.id
    mark = f'<span class="yj-first">{escape(say("web.quote.earliest", language))}</span>' if first else ""
    dated = citation.entry.issued or say("web.undated", language)
    return (
        f'<li><span class="yj-date">{escape(dated)}</span> <a href="{document_link(citation)}" target="_blank" '
        f'rel="noopener">{escape(citation.printed)}</a>{mark}{flags(citation.entry, language)}</li>'
    )
