"""What a search for wording found, as HTML: families of sentences, sets of headings, a concordance with its counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from assistant.citing import plain
from assistant.messages import say
from assistant.web.keeping import keep_button
from assistant.web.links import document_link, shortened, source_link, title_of
from assistant.web.render import copy_button, flags, open_link
from assistant.web.render_export import wording_exports
from assistant.wording import Family, Variant, Wordings
from assistant.wording.concordance import Line, sentence_around
from assistant.wording.plot import plot
from assistant.wording.tiers import TIERS, tier_of

Counts = Mapping[str, Mapping[str, int]]
"""How many occurrences by year, kind and issuer."""
SHORT = 12
"""Characters up to which the words of a concordance stand in one line."""
LONG = 80
"""Characters of a query that is no wording any more but a passage."""
LISTED = 30
"""Rows of a table of counts."""


@dataclass(frozen=True)
class Shown:
    """What was found, with the counts of a phrase or pattern; `unheld` says that a place was asked for in vain."""

    found: Wordings
    counts: Counts = field(default_factory=dict)
    unheld: bool = False


def wordings_html(shown: Shown, language: str = "zh") -> str:
    """How the query was read, how much there is, and what."""
    found = shown.found
    lined = found.mode in ("phrase", "pattern")
    if not (found.lines if lined else found.families):
        body = f'<p class="yj-none">{escape(say("wording.none", language))}</p>{_advice(found, language)}'
    elif lined:
        body = _tallies(shown, language) + _concordance(found, language)
    else:
        body = "".join(_family(n, family, language) for n, family in enumerate(found.families, 1))
    lines = [_read(found, language), *([say("web.wording.unheld", language)] if shown.unheld else [])]
    told = "".join(f'<p class="yj-legend" role="status">{escape(line)}</p>' for line in lines)
    return f'<div class="yj-result" data-mode="{found.mode}">{told}{wording_exports(found, language)}{body}</div>'


def _read(found: Wordings, language: str) -> str:
    how = say(f"web.wording.mode.{found.mode}", language)
    place = [say(f"web.wording.place.{found.place}", language)] if found.place else []
    shown = len(found.lines) if found.mode in ("phrase", "pattern") else len(found.families)
    key = {"meaning": "wording.families", "headings": "wording.sets"}.get(found.mode, "wording.total")
    count = [say(key, language, total=found.total, shown=shown)] if found.total else []
    return " · ".join([how, *place, *count])


def _advice(found: Wordings, language: str) -> str:
    key = "long" if len(found.query) > LONG else found.mode
    return f'<p class="yj-why">{escape(say(f"web.wording.advice.{key}", language))}</p>'


def _family(n: int, family: Family, language: str) -> str:
    cited = family.head.citation
    words = [family.head.text, *(v.text for v in family.variants if family.patterns)]
    ids = " ".join([cited.id, *(v.citation.id for v in family.variants if family.patterns)])
    text = "".join(f'<p class="yj-text">{escape(part)}</p>' for part in words)
    copied = plain("\n".join(words), cited)
    more = "" if family.patterns else _also(family, language) + _variants(family, language)
    return (
        f'<article class="yj-card"><div class="yj-wording"><span class="yj-n">{n}</span><div>{text}</div></div>'
        f'<p class="yj-about">{escape(cited.printed)}{flags(cited.entry, language)}</p>'
        f'<p class="yj-about">{escape(_standing(family, language))}</p>'
        f'<p class="yj-actions">{open_link(cited, language)}{copy_button(copied, say("web.copy", language), language)}'
        f"{keep_button(ids, language)}</p>{more}</article>"
    )


def _standing(family: Family, language: str) -> str:
    """How far to trust the source; how often and when it stands in the library, or what the headings share."""
    tier = say(f"tier.{TIERS[tier_of(family.head.citation.entry)]}", language)
    if family.patterns:
        length = f"{family.length:g}"
        return f"{tier} · {say('wording.pattern', language, patterns=' '.join(family.patterns), length=length)}"
    if family.first is None:
        return f"{tier} · {say('wording.times', language, count=family.count)}"
    if family.first == family.last:
        return f"{tier} · {say('wording.seen.once', language, count=family.count, when=family.first)}"
    fields = {"count": family.count, "first": family.first, "last": family.last}
    return f"{tier} · {say('wording.seen', language, **fields)}"


def _also(family: Family, language: str) -> str:
    """Where the same characters stand, by source alone."""
    if not family.also:
        return ""
    label = escape(say("web.also", language, count=len(family.also)))
    items = "".join(f"<li>{source_link(v.citation)}{flags(v.citation.entry, language)}</li>" for v in family.also)
    return f'<details class="yj-others"><summary>{label}</summary><ol class="yj-places">{items}</ol></details>'


def _variants(family: Family, language: str) -> str:
    if not family.variants:
        return ""
    label = escape(say("web.wording.variants", language, count=len(family.variants)))
    items = "".join(_variant(variant, language) for variant in family.variants)
    return f'<details class="yj-others"><summary>{label}</summary><ol class="yj-places">{items}</ol></details>'


def _variant(variant: Variant, language: str) -> str:
    cited = variant.citation
    return (
        f'<li><span class="yj-variant">{escape(variant.text)}</span> {source_link(cited)}'
        f"{flags(cited.entry, language)}</li>"
    )


def _concordance(found: Wordings, language: str) -> str:
    heads = "".join(
        f'<th scope="col">{escape(say(f"web.wording.{name}", language))}</th>'
        for name in ("left", "match", "right", "source")
    )
    rows = "".join(_row(line, language) for line in found.lines)
    short = " yj-short" if all(len(line.match) <= SHORT for line in found.lines) else ""
    return f'<table class="yj-kwic{short}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _row(line: Line, language: str) -> str:
    """One occurrence; what is kept of it are the sentences that it stands in."""
    cited = line.citation
    start, stop = sentence_around(line)
    kept = f"{cited.entry.id}:{cited.paragraph.number}:{start}-{stop}"
    dated = cited.entry.issued or say("web.undated", language)
    return (
        f'<tr><td class="yj-left"><bdi>{escape(line.left)}</bdi></td><td class="yj-match"><mark>{escape(line.match)}'
        f'</mark></td><td class="yj-right">{escape(line.right)}</td><td class="yj-from"><span class="yj-date">'
        f'{escape(dated)}</span><a href="{document_link(cited)}" target="_blank" rel="noopener"{title_of(cited.entry)}>'
        f"{escape(shortened(cited.entry.title))}</a>{flags(cited.entry, language)}"
        f"{keep_button(kept, language)}</td></tr>"
    )


def _tallies(shown: Shown, language: str) -> str:
    """Counts by year, kind and issuer, and the years as a picture."""
    tables = "".join(_tally(by, tally, language) for by, tally in shown.counts.items() if tally)
    label = escape(say("web.wording.counts", language))
    picture = "".join(_picture(shown.found, language))
    if not tables and not picture:
        return ""
    return (
        f'<details class="yj-others yj-counted"><summary>{label}</summary>'
        f'<div class="yj-tallies">{tables}</div>{picture}</details>'
    )


def _picture(found: Wordings, language: str) -> Iterator[str]:
    if any(course.years for course in found.courses):
        labels = (say("wording.raw", language), say("wording.distinct", language))
        told = escape(say("wording.course", language))
        yield f'<figure class="yj-plot" tabindex="0" aria-label="{told}">{plot(found.courses, labels)}</figure>'


def _tally(by: str, tally: Mapping[str, int], language: str) -> str:
    """A table; of many rows those with the most."""
    kept = sorted(tally.items(), key=lambda pair: -pair[1])[:LISTED]
    rows = "".join(
        f'<tr><th scope="row">{escape(name or say("wording.unknown", language))}</th><td>{count}</td></tr>'
        for name, count in tally.items()
        if (name, count) in kept
    )
    return f"<table><caption>{escape(say(f'web.wording.by.{by}', language))}</caption><tbody>{rows}</tbody></table>"
