"""Results as HTML. Every string out of a document or a question passes through `escape`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from assistant.answer import Answer, Sentence
from assistant.citation import WARNINGS, Citation, Span
from assistant.citing import plain
from assistant.followup import REMEMBERED
from assistant.messages import say
from assistant.question import PLAIN, without
from assistant.telling import beside_limits, has_lead, limited, scope_words, why
from assistant.web.asked import ask_button
from assistant.web.copying import copy_button as copy_button
from assistant.web.links import document_link, shortened, source_link
from assistant.web.render_export import answer_exports
from assistant.web.scope import held_to, narrow_html, outside_html
from index import Entry

WINDOW = 160
"""Characters shown on each side of the evidence before the whole paragraph is unfolded."""
REASONS = ("beside", "unsupported", "incomplete", "there")
"""Why an answer is blamed, keys of messages."""
WORDS = ("done", "failed", "other", "send")
"""What the page's script says of a vote, keys of messages."""
NEAREST = 3
"""Paragraphs shown when nothing answers."""
SENTENCES, CARDS = 12, 8
"""Sentences and cards of an answer that are shown at once; what is more is folded, the cards as lines."""
TWINS = 20
"""Places named where a paragraph stands, too."""
LOOKED_FOR = 60
"""Characters of a question that are told again."""


def answer_html(answer: Answer, turn: int, language: str = "zh", earlier: Sequence[str] = ()) -> str:
    """An answer with its marks, and a card for each citation. `turn` tells the answers of a chat apart,
    `earlier` are its questions before this one.
    """
    parts = []
    if answer.understood != answer.question:
        parts.append(f'<p class="yj-understood">{escape(say("understood", language, text=answer.understood))}</p>')
    parts += [_searched(answer, language)]
    if answer.verdict == "not_found":
        parts.append(_not_found(answer, turn, language))
    else:
        parts += [_sentences(answer, turn, language), outside_html(answer, language), _cards(answer, turn, language)]
    parts += [
        answer_exports(answer, earlier, language),
        narrow_html(answer, language),
        _vote(answer, earlier, language),
    ]
    return f'<div class="yj-answer" data-verdict="{answer.verdict}">{"".join(parts)}</div>'


def _sentences(answer: Answer, turn: int, language: str) -> str:
    """The sentences with their marks, the first ones open; what a mark stands for is described by its card."""
    told = [
        f'<p class="yj-sentence">{_of(answer, s)}{escape(s.text)}<a class="yj-mark" href="#{_anchor(turn, s.citation)}" '
        f'aria-describedby="{_anchor(turn, s.citation)}-of" '
        f'aria-label="{escape(say("web.source", language, n=s.citation))}">[{s.citation}]</a></p>'
        for s in answer.sentences
    ]
    shown = len(told) if answer.by else SENTENCES
    rest = _folded("more.sentences", "".join(told[shown:]), len(told) - shown, language)
    return f'<div class="yj-sentences{f" yj-each yj-{answer.by}" if answer.by else ""}">{"".join(told[:shown])}{rest}</div>'


def _of(answer: Answer, sentence: Sentence) -> str:
    """The year or the place whose document a sentence stands in, or the question that it and the next ones answer."""
    return f'<span class="yj-of">{escape(sentence.of)}</span>' if has_lead(answer, sentence) else ""


def _cards(answer: Answer, turn: int, language: str) -> str:
    """A card for each of the first citations, a line for each further one."""
    found = escape(say("web.found", language, count=len(answer.citations)))
    cards = "".join(_card(c, turn, language, answer.citations) for c in answer.citations[:CARDS])
    rest = answer.citations[CARDS:]
    lines = "".join(
        f'<li id="{_anchor(turn, c.n)}" value="{c.n}"><span id="{_anchor(turn, c.n)}-of">{source_link(c)}</span></li>'
        for c in rest
    )
    return (
        f'<p class="yj-label">{found}</p>{cards}'
        f"{_folded('more.sources', f'<ol class=yj-places>{lines}</ol>', len(rest), language)}"
    )


def _folded(key: str, html: str, count: int, language: str) -> str:
    if count <= 0:
        return ""
    return f'<details class="yj-others"><summary>{escape(say(key, language, count=count))}</summary>{html}</details>'


def _searched(answer: Answer, language: str) -> str:
    """What the question was taken to ask for, a chip each, which asks without that; of several one asks without
    all of them.
    """
    held, beside = limited(answer, language), beside_limits(answer, language)
    if not held and not beside:
        return ""
    told = f"<span>{escape('；'.join(beside))}</span>" if beside else ""
    asked, scope, hint = answer.understood, held_to(answer), say("plain", language)
    chips = "".join(
        ask_button(
            f"{label} ×", f"{asked}{PLAIN}" if len(held) == 1 else without(asked, [*answer.aside, word]), scope, hint
        )
        for word, label in held
    )
    every = ask_button(say("plain.all", language), f"{asked}{PLAIN}", scope) if len(held) > 1 else ""
    return f'<p class="yj-searched">{told}{chips}{every}</p>'


def _not_found(answer: Answer, turn: int, language: str) -> str:
    """That there is no answer: what was looked for, why there is none, what one can do, and what comes nearest."""
    nearest = "".join(
        _card(Citation(i, h.entry, h.paragraph, h.evidence, h.score), turn, language)
        for i, h in enumerate(answer.apart[:NEAREST], 1)
    )
    held = scope_words(answer.filters)
    wider = ask_button(say("scope.all", language), answer.understood, {}) if held and not answer.outside else ""
    chips = wider + "".join(ask_button(s, s, {}) for s in answer.suggestions)
    advice = say("advice.scope" if held else f"advice.{answer.reason}", language)
    return (
        f'<p class="yj-none">{escape(say("not_found", language))}</p>'
        f'<p class="yj-why">{escape(_looked(answer, language))}</p>'
        f'<p class="yj-why yj-because">{escape(why(answer, language))}{escape(advice)}</p>'
        f"{outside_html(answer, language)}"
        + (
            f'<p class="yj-label">{escape(say("try", language))}</p><div class="yj-chips">{chips}</div>'
            if chips
            else ""
        )
        + (
            f'<p class="yj-label">{escape(say("none.nearest", language))}</p><div class="yj-nearest">{nearest}</div>'
            if nearest
            else ""
        )
    )


def _looked(answer: Answer, language: str) -> str:
    text = shortened(answer.understood, LOOKED_FOR)
    scope = "、".join(map(shortened, [*scope_words(answer.filters).values(), *answer.filters.get("document", ())]))
    return say("none.looked_in" if scope else "none.looked", language, text=text, scope=scope)


def _vote(answer: Answer, earlier: Sequence[str], language: str) -> str:
    """Whether the answer is right, with a reason if it is not: one of ours, or the reader's own words."""
    said = {
        "question": answer.question,
        "history": list(earlier[-REMEMBERED:]),
        "filters": held_to(answer),
        "verdict": answer.verdict,
        "cited": [citation.id for citation in answer.citations],
    }
    reasons = "".join(
        f'<button type="button" class="yj-chip" data-vote="down" data-reason="{escape(words)}">{escape(words)}</button>'
        for words in (say(f"vote.{key}", language) for key in REASONS)
    )
    up = "vote.up.none" if answer.verdict == "not_found" else "vote.up"
    attributes = "".join(f' data-{key}="{escape(say(f"vote.{key}", language))}"' for key in WORDS)
    return (
        f'<div class="yj-vote" data-said="{escape(json.dumps(said, ensure_ascii=False))}"'
        f"{attributes}>"
        f'<button type="button" data-vote="up">{escape(say(up, language))}</button>'
        f'<button type="button" data-why aria-expanded="false">{escape(say("vote.down", language))}</button>'
        f'<span class="yj-reasons" hidden>{reasons}</span><span role="status"></span></div>'
    )


def like_html(citations: Sequence[Citation], turn: int, language: str = "zh") -> str:
    """Paragraphs of other documents that say something like the one that was pointed at."""
    lead = say("like.found" if citations else "like.none", language)
    cards = "".join(_card(c, turn, language) for c in citations)
    return f'<div class="yj-answer"><p class="yj-label">{escape(lead)}</p>{cards}</div>'


def _anchor(turn: int, number: int) -> str:
    return f"yj-{turn}-{number}"


def _card(citation: Citation, turn: int, language: str, all: Sequence[Citation] = ()) -> str:
    """One citation: where it stands, the paragraph with its evidence, and what one can do with it."""
    return (
        f'<article class="yj-card" id="{_anchor(turn, citation.n)}" data-printed="{escape(citation.printed)}">'
        f'<div id="{_anchor(turn, citation.n)}-of">{card_head(citation, language)}{excerpt(citation, language)}</div>'
        f'<p class="yj-actions">{open_link(citation, language, all)}'
        f"{copy_button(copied(citation), say('web.copy', language), language)}"
        f'<button type="button" data-like="{escape(_whole_id(citation))}">{escape(say("like", language))}</button></p>{_also(citation, language)}</article>'
    )


def _also(citation: Citation, language: str) -> str:
    """Where the same paragraph stands, too."""
    if not citation.twins:
        return ""
    lines = "".join(f"<li>{source_link(twin)}</li>" for twin in citation.twins[:TWINS])
    rest = len(citation.twins) - TWINS
    more = f'<p class="yj-note">{escape(say("more.sources", language, count=rest))}</p>' if rest > 0 else ""
    also = escape(say("web.also", language, count=len(citation.twins)))
    return f'<details class="yj-others yj-also"><summary>{also}</summary><ol class="yj-places">{lines}</ol>{more}</details>'


def card_head(citation: Citation, language: str) -> str:
    """Which document, what it states of itself, and where in it the paragraph stands."""
    entry = citation.entry
    about = [entry.kind, entry.issuer, entry.number, entry.issued or say("web.undated", language)]
    place = [*citation.paragraph.heading_path, say("paragraph", language, n=citation.paragraph.number)]
    return (
        f'<h4><span class="yj-n">{citation.n}</span>{escape(entry.title)}{flags(entry, language)}</h4>'
        f'<p class="yj-about">{escape(" · ".join(part for part in about if part))}</p>'
        f'<p class="yj-path">{escape(" › ".join(place))}</p>'
    )


def open_link(citation: Citation, language: str, all: Sequence[Citation] = ()) -> str:
    """A link that opens the document at the evidence; `all` are the citations that one can go on to there."""
    return f'<a href="{document_link(citation, all)}" target="_blank" rel="noopener">{escape(say("web.open", language))}</a>'


def flags(entry: Entry, language: str) -> str:
    """What is doubtful about a document's text, beside its name."""
    told = [flag for flag in WARNINGS if flag in entry.quality]
    return "".join(f'<span class="yj-flag">{escape(say(f"quality.{flag}", language))}</span>' for flag in told)


def excerpt(citation: Citation, language: str) -> str:
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
    inner = marked(text[start:end], [(max(a - start, 0), b - start) for a, b in spans])
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return (
        f'<details class="yj-fold"><summary><span class="yj-text">{before}{inner}{after}</span>'
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


def _whole_id(citation: Citation) -> str:
    """Paragraph and characters, also of a card that is no citation of an answer."""
    start, stop = (citation.evidence or ((0, len(citation.paragraph.text)),))[0]
    return f"{citation.entry.id}:{citation.paragraph.number}:{start}-{stop}"


def copied(citation: Citation) -> str:
    """What the copy button gives: the evidence as it stands in the source, and where."""
    pieces = [citation.paragraph.text[a:b] for a, b in citation.evidence] or [citation.paragraph.text]
    return plain("……".join(pieces), citation)
