"""A checked draft as HTML: what is wrong with it first, then how much of it stands in the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from assistant.citation import in_title_marks
from assistant.citing import plain
from assistant.draft import Checked, Finding
from assistant.draft.report import finding_lines, same_document, shortened
from assistant.messages import say
from assistant.telling import claim_lines
from assistant.web.links import document_link
from assistant.web.render import copy_button, flags, open_link
from assistant.web.render_changes import changes_html
from corpus.rewritten import Suspicion

CLASSES = {"not_found": "bad", "differs": "mind", "figure": "mind", "run": "plain", "verbatim": "good"}
"""What a reader wants to see apart, the gravest first, with its tone."""
MOST = 500
"""Findings, and copied sentences, that are shown; a book has more than a page can hold."""


def class_of(finding: Finding) -> str:
    """One of CLASSES."""
    return finding.kind if finding.kind in ("run", "figure") else finding.verdict


def checked_html(checked: Checked, paragraphs: int, language: str = "zh") -> str:
    """The report of a draft with so many paragraphs."""
    head = say("check.head", language, draft=checked.draft, paragraphs=paragraphs, characters=checked.copied.characters)
    cards = "".join(_finding(n, f, language) for n, f in enumerate(checked.findings[:MOST], 1))
    return (
        f'<div class="yj-result"><p class="yj-about" role="status">{escape(head)}</p>{_same(checked, language)}'
        f"{_share(checked, language)}{_copied(checked, language)}{_rewritten(checked, language)}"
        f"{_filter(checked, language)}{cards or _nothing(language)}{_cut(len(checked.findings), language)}</div>"
    )


def progress_html(share: float, language: str) -> str:
    """How far a check has come, 0 to 1."""
    done = round(100 * share)
    label = escape(say("web.check.running", language, share=done))
    return (
        f'<div class="yj-progress"><p>{label}</p><div class="yj-gauge" role="progressbar" aria-label="{label}" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{done}"><span style="width:{done}%"></span></div></div>'
    )


def _nothing(language: str) -> str:
    return f'<p class="yj-verdict yj-plain">{escape(say("web.check.nothing", language))}</p>'


def _cut(count: int, language: str) -> str:
    return f'<p class="yj-legend">{escape(say("web.check.only", language, most=MOST))}</p>' if count > MOST else ""


def _same(checked: Checked, language: str) -> str:
    same = same_document(checked.copied)
    if same is None:
        return ""
    told = say("web.check.same", language, printed=in_title_marks(same.title))
    return f'<p class="yj-note">{escape(told)}</p>'


def _share(checked: Checked, language: str) -> str:
    """复写率 as a sentence and a bar, of which one part is given as quoted, one is not, and the rest stands nowhere else."""
    copied = checked.copied
    told = say(
        "check.share", language,
        share=copied.share, copied=copied.copied, characters=copied.characters, marked=copied.marked,
        sentences=len(copied.sentences),
    )  # fmt: skip
    quoted = copied.marked / copied.characters if copied.characters else 0.0
    legend = "".join(
        f'<i class="yj-swatch yj-{look}"></i>{escape(say(f"web.check.bar.{key}", language))}'
        for look, key in (("quoted", "marked"), ("copied", "unmarked"), ("own", "own"))
    )
    return (
        f'<p class="yj-share">{escape(told)}</p><div class="yj-gauge" role="img" aria-label="{escape(told)}">'
        f'<span class="yj-quoted" style="width:{100 * quoted:.1f}%"></span>'
        f'<span style="width:{100 * max(0.0, copied.share - quoted):.1f}%"></span></div>'
        f'<p class="yj-legend">{legend}</p>'
    )


def _copied(checked: Checked, language: str) -> str:
    """The sentences that stand in the library and are not given as quoted."""
    own = [s for s in checked.copied.sentences if not s.marked]
    items = "".join(
        f'<li><span class="yj-date">{s.share:.0%}</span>{escape(say("paragraph", language, n=s.paragraph))} '
        f'<span class="yj-variant">{escape(shortened(s.text, 120))}</span> <a href="{document_link(s.source)}" '
        f'target="_blank" rel="noopener">{escape(s.source.printed)}</a>{flags(s.source.entry, language)}</li>'
        for s in own[:MOST]
    )
    label = say("web.check.copied", language, count=len(own))
    return _folded(label, f'<ol class="yj-places">{items}</ol>{_cut(len(own), language)}') if own else ""


def _rewritten(checked: Checked, language: str) -> str:
    """Each suspicious word once, with its likely originals and the paragraphs where it stands."""
    by_word: dict[str, list[Suspicion]] = {}
    for suspicion in checked.rewritten:
        by_word.setdefault(suspicion.word, []).append(suspicion)
    items = "".join(
        f"<li><b>{escape(word)}</b> → {escape(' / '.join(own[0].likely))} "
        f'<span class="yj-date">{escape(_where(own, language))}</span></li>'
        for word, own in by_word.items()
    )
    label = say("check.rewritten", language, count=len(checked.rewritten))
    return _folded(label, f'<ul class="yj-places">{items}</ul>') if items else ""


def _where(suspicions: list[Suspicion], language: str) -> str:
    numbers = dict.fromkeys(s.paragraph for s in suspicions)
    return say("paragraph", language, n="、".join(map(str, numbers)))


def _folded(label: str, html: str) -> str:
    return f'<details class="yj-others"><summary>{escape(label)}</summary>{html}</details>'


def _filter(checked: Checked, language: str) -> str:
    """A button for each class that there is, and one for all."""
    counts = Counter(map(class_of, checked.findings))
    if not counts:
        return ""
    offered = [("", "all", len(checked.findings)), *((name, name, counts[name]) for name in CLASSES if counts[name])]
    buttons = "".join(
        f'<button type="button" class="yj-chip" data-only="{name}" aria-pressed="{str(not name).lower()}">'
        f"{escape(say(f'web.check.class.{label}', language))} {count}</button>"
        for name, label, count in offered
    )
    group = escape(say("web.check.filter", language))
    shown = any(finding.edits and finding.kind != "figure" for finding in checked.findings)
    legend = f'<p class="yj-legend">{escape(say("web.check.legend", language))}</p>' if shown else ""
    return f'<div class="yj-chips" role="group" aria-label="{group}">{buttons}</div>{legend}'


def _finding(n: int, finding: Finding, language: str) -> str:
    name = class_of(finding)
    verdict, *_ = finding_lines(finding, language)
    place = say("paragraph", language, n=finding.paragraph)
    kind = say(f"web.check.kind.{finding.kind}", language)
    notes = "".join(f'<p class="yj-note">{escape(note)}</p>' for note in _notes(finding, language))
    return (
        f'<article class="yj-card" data-class="{name}"><h4><span class="yj-n">{n}</span>{escape(place)} · '
        f'{escape(kind)} <span class="yj-tag yj-{CLASSES[name]}">{escape(verdict)}</span></h4>'
        f'<p class="yj-text">{_words(finding, language)}</p>{notes}{_source(finding, language)}</article>'
    )


def _words(finding: Finding, language: str) -> str:
    """The draft's words; where they differ, the source's with every difference."""
    if finding.verdict == "differs" and finding.kind != "figure" and finding.edits:
        return changes_html(finding.original, finding.edits, language, finding.begin)
    return escape(finding.text)


def _notes(finding: Finding, language: str) -> Iterator[str]:
    if finding.note == "figure" and finding.kind != "figure":
        yield say("check.digits", language)
    yield from claim_lines(finding.unmet, finding.unstated, language)


def _source(finding: Finding, language: str) -> str:
    cited = finding.source
    if cited is None:
        return ""
    missing = finding.verdict == "not_found"
    nearest = escape(say("check.nearest", language))
    near = f'<p class="yj-legend">{nearest}</p><p class="yj-text yj-around">{escape(finding.original)}</p>'
    places = f" · {say('check.places', language, count=finding.places)}" if finding.places > 1 else ""
    copy = copy_button(plain(finding.original or finding.text, cited), say("web.copy", language), language)
    return (
        f'{near if missing and finding.original else ""}<p class="yj-about">{escape(cited.printed + places)}'
        f"{flags(cited.entry, language)}</p>"
        f'<p class="yj-actions">{open_link(cited, language)}{"" if finding.kind == "figure" else copy}</p>'
    )
