"""A library as HTML: counts, filters, a page of its documents. Every string of a document passes through `escape`."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from assistant.citation import in_title_marks
from assistant.messages import say
from assistant.web.links import shortened, title_of
from assistant.web.plots import bars, columns
from assistant.web.render import flags
from assistant.web.view import PER_PAGE, UNKNOWN, View, counted, flagged, issuers_of, year_of
from index import Entry

MOST_CHOICES = 300
"""In a list to choose from."""
NAMES_SHOWN = 3
LONGEST_TITLE = 120

Counts = list[tuple[str, int]]


def shelf_html(
    entries: Sequence[Entry],
    families: Sequence[Sequence[Entry]],
    view: View,
    *,
    fixed: bool,
    language: str = "zh",
    offers_removal: bool | None = None,
) -> str:
    """All of it. `families` are shown together where near-duplicates are asked for; `fixed` is a library
    that takes no changes; unless told, removal is offered in any other.

    >>> shelf_html([], [], View(), fixed=False, language="en")
    '<p class="yj-empty">The library is empty. Drop files or a zip archive above to add them.</p>'
    """
    if not entries:
        return f'<p class="yj-empty">{escape(say("shelf.empty", language))}</p>'
    note = f'<p class="yj-note">{escape(say("shelf.sample", language))}</p>' if fixed else ""
    offers_removal = not fixed if offers_removal is None else offers_removal
    found = [entry for entry in entries if view.passes(entry)]
    heads: set[str] = set()
    if view.flag == "near-duplicate":
        heads = {family[0].id for family in families}
        order = {entry.id: number for number, entry in enumerate(e for family in families for e in family)}
        found.sort(key=lambda entry: order.get(entry.id, len(order)))
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(view.page, pages - 1)
    listed = "".join(
        _item(entry, view, entry.id in heads, offers_removal, language) for entry in found[page * PER_PAGE :][:PER_PAGE]
    )
    marked = _marked(entries, view, language) if offers_removal else ""
    return (
        f"{note}{_overview(entries, view, language)}{_choices(entries, view, language)}{marked}"
        f'<p class="yj-label" role="status">{escape(say("shelf.found", language, found=len(found), of=len(entries)))}'
        f"{_all(view, language)}</p>"
        + (listed or f'<p class="yj-empty">{escape(say("list.none", language))}</p>')
        + _pager(page, pages, language)
    )


def _labels(language: str) -> dict[str, str]:
    return {UNKNOWN: say("shelf.unknown", language)}


def _overview(entries: Sequence[Entry], view: View, language: str) -> str:
    """Kinds and issuers as bars, years as columns."""
    labels = _labels(language)
    plots = (
        (say("fact.kind", language), bars("kind", counted(entries, lambda e: (e.kind or UNKNOWN,)), labels, view.kind)),
        (say("shelf.year", language), columns("year", counted(entries, lambda e: (year_of(e),)), view.year)),
        (
            say("fact.issuer", language),
            bars("issuer", counted(entries, issuers_of), labels, view.issuer),
        ),
    )
    drawn = "".join(f"<section><h3>{escape(name)}</h3>{plot}</section>" for name, plot in plots if plot)
    return f'<div class="yj-overview">{drawn}</div>'


def _choices(entries: Sequence[Entry], view: View, language: str) -> str:
    """The filters."""
    labels = _labels(language)
    years = sorted(counted(entries, lambda e: (year_of(e),)), key=lambda pair: pair[0], reverse=True)
    flags = {flag: say(f"quality.{flag}", language) for flag, _ in flagged(entries)}
    text = escape(say("shelf.text", language))
    return (
        f'<div class="yj-choices"><label class="yj-wide"><span>{text}</span><input type="search" data-act="text:"'
        f' value="{escape(view.text)}" placeholder="{escape(say("shelf.text.hint", language))}" maxlength="200"></label>'
        + _choice(
            "kind",
            say("fact.kind", language),
            counted(entries, lambda e: (e.kind or UNKNOWN,)),
            labels,
            view.kind,
            language,
        )
        + _choice("year", say("shelf.year", language), years, labels, view.year, language)
        + _choice(
            "issuer",
            say("fact.issuer", language),
            counted(entries, issuers_of),
            labels,
            view.issuer,
            language,
        )
        + (
            _choice("flag", say("fact.quality", language), flagged(entries), flags, view.flag, language)
            if flags
            else ""
        )
        + "</div>"
    )


def _choice(name: str, title: str, counts: Counts, labels: dict[str, str], chosen: str, language: str) -> str:
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(labels.get(value, value))} ({count})</option>"
        for value, count in counts[:MOST_CHOICES]
    )
    every = f'<option value="">{escape(say("shelf.all", language))}</option>'
    return f'<label><span>{escape(title)}</span><select data-act="{name}:">{every}{options}</select></label>'


def _all(view: View, language: str) -> str:
    if not any((view.kind, view.year, view.issuer, view.flag, view.text)):
        return ""
    return f' <button type="button" class="yj-chip" data-act="all:">{escape(say("shelf.reset", language))}</button>'


def _marked(entries: Sequence[Entry], view: View, language: str) -> str:
    """What is marked to be removed, to be confirmed or left."""
    if not view.marked:
        return ""
    titles = {entry.id: entry.title for entry in entries}
    named = "、".join(in_title_marks(titles[id]) for id in view.marked[:NAMES_SHOWN] if id in titles)
    told = say("shelf.marked", language, count=len(view.marked), names=named)
    return (
        f'<div class="yj-marked" role="alert"><p>{escape(told)}</p><p class="yj-actions">'
        f'<button type="button" class="yj-danger" data-act="remove:">{escape(say("shelf.confirm", language, count=len(view.marked)))}</button>'
        f'<button type="button" data-act="unmark:">{escape(say("shelf.keep", language))}</button></p></div>'
    )


def _item(entry: Entry, view: View, head: bool, removable: bool, language: str) -> str:
    marked = entry.id in view.marked
    about = [entry.kind, entry.issuer, entry.number, entry.issued or say("web.undated", language)]
    first = f'<span class="yj-flag yj-head">{escape(say("shelf.head", language))}</span>' if head else ""
    more = len(entry.names) - NAMES_SHOWN
    names = "、".join(entry.names[:NAMES_SHOWN]) + (say("shelf.more_names", language, count=more) if more > 0 else "")
    action, label = ("unmark", say("shelf.undo", language)) if marked else ("mark", say("shelf.remove", language))
    button = (
        f'<button type="button" data-act="{action}:{entry.id}" data-key="{entry.id}"'
        f' aria-label="{escape(label)} {escape(entry.title)}">{escape(label)}</button>'
    )
    short, whole = shortened(entry.title, LONGEST_TITLE), title_of(entry, LONGEST_TITLE)
    return (
        f'<article class="yj-item{" yj-gone" if marked else ""}"><div>'
        f'<h4><a href="/document/{quote(entry.id)}" target="_blank" rel="noopener"{whole}>{escape(short)}</a>{first}{flags(entry, language)}</h4>'
        f'<p class="yj-about">{escape(" · ".join(part for part in about if part))}</p>'
        f'<p class="yj-file">{escape(names)}</p></div>'
        f'<p class="yj-actions">{button if removable else ""}</p></article>'
    )


def _pager(page: int, pages: int, language: str) -> str:
    if pages == 1:
        return ""

    def button(key: str, to: int) -> str:
        off = "" if 0 <= to < pages else " disabled"
        return f'<button type="button" class="yj-chip" data-act="page:{max(to, 0)}" data-key="{key}"{off}>{escape(say(key, language))}</button>'

    told = escape(say("shelf.page", language, page=page + 1, pages=pages))
    return f'<nav class="yj-pager">{button("shelf.previous", page - 1)}<span>{told}</span>{button("shelf.next", page + 1)}</nav>'
