"""核稿: a whole draft against the library, from its paragraphs to what is to be said of each place."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.citation import Citation
from assistant.draft.claims import TITLE, Claim, find_claims
from assistant.draft.copied import find_runs
from assistant.draft.copying import copied_of
from assistant.draft.figures import Difference, FigureCheck, sources_named
from assistant.draft.findings import Checked, Finding
from assistant.draft.near import near_sentences
from assistant.draft.reading import Draft, DraftParagraph
from assistant.draft.rewriting import find_rewritten
from assistant.draft.sources import cite_run
from assistant.quotation import Edit, Framed, Match, Quotation, look_up_framed
from assistant.references import Catalogue
from corpus.mentions.speakers import is_person
from corpus.normal import fold
from index import Library, Snapshot

Tick = Callable[[int, int], None]
"""Told how many steps of how many are done."""
REWRITING = 5
"""Steps that judging the wording counts for."""
MARKS, FIGURE = "marks", "figure"
STOPS = tuple("。！？")
LETTERS = re.compile(r"\w+")
WORD = 4
"""Characters up to which what is cut off is the rest of a word and no clause."""
DIGITS = frozenset("0123456789０１２３４５６７８９")
FEW_WORDS = 20
"""Folded characters of a claim under which a wrong figure in it is the whole finding."""


def check(library: Library, draft: Draft, tick: Tick = lambda done, of: None) -> Checked:
    """Check a draft against one published state of a library. Raises IndexingError."""
    began = time.perf_counter()
    checked = library.read(lambda snapshot: check_in(snapshot, draft, tick))
    return replace(checked, took_ms=1000 * (time.perf_counter() - began))


def check_in(snapshot: Snapshot, draft: Draft, tick: Tick = lambda done, of: None) -> Checked:
    """Check a draft against this state: its claims, its figures, what it copies, what of it is rewritten."""
    claims = {p.number: find_claims(p) for p in draft.paragraphs}
    steps = sum(map(len, claims.values())) + len(draft.paragraphs) + REWRITING
    done = 0

    def step(count: int = 1) -> None:
        nonlocal done
        done += count
        tick(done, steps)

    figures = FigureCheck(snapshot)
    findings: list[Finding] = []
    for paragraph in draft.paragraphs:
        judged = []
        for claim in claims[paragraph.number]:
            judged.append(_judged(claim, snapshot))
            step()
        found = _settled(judged, claims[paragraph.number])
        found = _with_figures(found, figures.differences(paragraph), paragraph, snapshot)
        found += _copied(paragraph, found, snapshot)
        findings += sorted(found, key=lambda f: (f.start, f.end))
        step()
    quoted = [(c.paragraph, c.start, c.end) for found in claims.values() for c in found]
    rewritten = find_rewritten(snapshot.judge, draft.paragraphs, quoted)
    step(REWRITING)
    return Checked(draft.path.name, tuple(findings), copied_of(draft.paragraphs, findings), tuple(rewritten))


def _judged(claim: Claim, snapshot: Snapshot) -> Finding:
    """A claim looked up with what is said of it.

    Words that stand nowhere as they are, and elsewhere more alike than where they are said to stand, are
    compared with that document first: who quotes it with slips means it.
    """
    by = claim.by if is_person(claim.by) else None
    framed = Framed(claim.text, claim.lead, by, quoted=claim.kind == "quoted")
    found = finding_of(claim, look_up_framed(snapshot, framed, k=1))
    rows = sources_named(claim.lead, Catalogue.of(snapshot))
    if found.verdict == "verbatim" or not rows or (found.source and found.source.entry.row in rows):
        return found
    there = finding_of(claim, look_up_framed(snapshot, framed, rows=rows, k=1))
    return there if there.verdict != "not_found" else found


def finding_of(claim: Claim, quotation: Quotation) -> Finding:
    """What became of a claim: its best source, with every difference."""
    bare = Finding(claim.paragraph, claim.start, claim.end, claim.text, claim.kind, quotation.verdict)
    if not quotation.matches:
        return bare
    best = quotation.matches[0]
    original = best.text[slice(*best.span)]
    if quotation.verdict == "not_found":
        return replace(bare, source=best.citation, original=original)
    cut = cut_off(claim.text, best)
    edits = (*best.edits, Edit(best.span[1], cut, "")) if cut else best.edits
    figures = any(DIGITS & {*edit.source, *edit.query} for edit in edits)
    return replace(
        bare,
        verdict="differs" if edits else "verbatim",
        source=best.citation,
        original=original + cut,
        begin=best.span[0],
        edits=edits,
        wrong=best.wrong + len(cut),
        note=MARKS if best.only_marks and not cut else FIGURE if figures else "",
        unmet=quotation.attributions[0].unmet,
        unstated=quotation.attributions[0].unstated,
        places=quotation.count,
    )


def cut_off(said: str, match: Match) -> str:
    """The few letters that the source has up to its next mark, where a quotation puts a full stop before them.

    A clause may be quoted as a sentence, but not 增强竞争。 of 增强竞争力.
    """
    rest = LETTERS.match(match.text, match.span[1]) if said.endswith(STOPS) else None
    return rest.group() if rest and len(rest.group()) <= WORD else ""


def _settled(findings: Sequence[Finding], claims: Sequence[Claim]) -> list[Finding]:
    """The findings without those that another one says better.

    What may be told in own words counts only if it was found. A sentence that is reported and a quotation
    in it are one place: the sentence if the library has it, else the quotation.
    """
    kept = [f for f, claim in zip(findings, claims, strict=True) if not (claim.loose and f.verdict == "not_found")]
    whole = [f for f in kept if f.kind != "quoted"]
    inner = [f for f in kept if f.kind == "quoted"]
    told = [w for w in whole if w.verdict != "not_found" or not any(_overlap(w, f) for f in inner)]
    return told + [f for f in inner if not any(_overlap(w, f) for w in told)]


def _with_figures(
    found: Sequence[Finding], differences: Iterable[Difference], paragraph: DraftParagraph, snapshot: Snapshot
) -> list[Finding]:
    """Figures and dates beside the words that were found, where they are among the edits already.

    A few words around a figure are told anew and not quoted: 地区生产总值增长5%. There the figure is what counts.
    """
    figures = [_difference(difference, paragraph, snapshot) for difference in differences]
    kept = [f for f in found if not (len(fold(f.text)) < FEW_WORDS and any(_overlap(f, g) for g in figures))]
    known = [f for f in kept if f.verdict != "not_found"]
    return kept + [g for g in figures if not any(_overlap(g, f) for f in known)]


def _difference(difference: Difference, paragraph: DraftParagraph, snapshot: Snapshot) -> Finding:
    entry = snapshot.entries([difference.row])[difference.row]
    head = snapshot.document_paragraphs(difference.row)
    source = difference.paragraph or head[min(head)]
    evidence = (difference.span,) if difference.paragraph else ()
    return Finding(
        paragraph.number,
        difference.start,
        difference.end,
        difference.said,
        "figure",
        "differs",
        Citation(1, entry, source, evidence, 1.0),
        difference.stated,
        note=difference.what,
    )


def _copied(paragraph: DraftParagraph, found: Sequence[Finding], snapshot: Snapshot) -> Iterator[Finding]:
    """What stands in the library besides the claims: sentences with slips of the pen, then runs word for word."""
    documents = len(Catalogue.of(snapshot).cards)
    runs = [(run.start, run.end) for run in find_runs(snapshot.text, paragraph.text, documents)]
    taken = [(f.start, f.end) for f in found if f.verdict != "not_found" and f.kind != "figure"]
    titles = [match.span() for match in TITLE.finditer(paragraph.text)]  # a title is bound to be the same
    near = list(near_sentences(snapshot, paragraph, runs, taken))
    yield from near
    taken += [(f.start, f.end) for f in near]
    for start, end in runs:
        for a, b in left_over((start, end), taken):
            named = any(x <= a and b <= y for x, y in titles)
            if not named and (finding := cite_run(snapshot, paragraph, a, b)):
                yield finding


def left_over(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of a span is in none of these.

    >>> left_over((0, 10), [(2, 4), (8, 12)])
    [(0, 2), (4, 8)]
    """
    parts = [span]
    for a, b in taken:
        parts = [part for x, y in parts for part in ((x, min(y, a)), (max(x, b), y)) if part[0] < part[1]]
    return parts


def _overlap(a: Finding, b: Finding) -> bool:
    return a.start < b.end and b.start < a.end
