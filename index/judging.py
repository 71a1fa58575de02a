"""What the documents of a library say of one another: families of near-duplicates, machine-rewritten texts.

Done when a generation is published. New documents are judged; old ones again when the library has grown
so much since that it may know better, a few at each publication, so that adding one file stays quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from corpus.collocations import Collocations, Others, Totals
from corpus.families import Likeness, Standing, candidates, cluster, likeness, representative, signature
from corpus.rewritten import Shapes, Verdict, home_share, judge
from index.findings import Finding, Findings
from index.texts import Texts

GROWN = 1.25
"""A judgement is made again when the library has this many times the documents that it rests on."""
AGAIN = 400
"""Paragraphs of documents judged again at one publication, besides the new ones."""
ROUNDS = 3
"""Times that new documents are judged: what was found rewritten must not vouch for the rest."""
DOUBTFUL = 0.04
"""Score from which a document is judged in the later rounds."""
SAMPLE = 100
"""Documents whose shares of words at home give the usual one, where none is judged yet."""
Tick = Callable[[int, int], None]
"""Told how many documents of how many are judged."""


def refresh(
    findings: Findings,
    number: int,
    texts: Texts,
    counted: Collocations | None,
    *,
    anew: bool = False,
    tick: Tick = lambda done, of: None,
) -> tuple[Collocations, dict[int, Finding]]:
    """The collocations and the findings of the generation that is about to be published.

    `counted` are the collocations of the one before, None to count again; `anew` judges all documents.
    `texts` has to give the documents that are counted in them and gone from now on, too.
    """
    rows = findings.rows(number)
    families = _families(findings, rows)
    standing = findings.standing([row for family in families for row in family])
    known = {} if anew else {row: found for row, found in findings.all().items() if row in rows}
    counts = _carried_on(counted, findings.stored())
    due = _due(rows, known, findings)
    verdicts = {row: Verdict(f.score, f.home, f.suspicions) for row, f in known.items()}
    wanted = due
    for _ in range(ROUNDS):
        before = {row for row, verdict in verdicts.items() if verdict.rewritten}
        heads = _heads(rows, families, standing, before)
        counts = _counting(counts, set(heads.values()) - before, texts)
        verdicts |= _judged(wanted, counts, heads, texts, verdicts, tick)
        if before == {row for row, verdict in verdicts.items() if verdict.rewritten}:
            break
        wanted = [row for row in due if (verdicts[row].score or 0.0) >= DOUBTFUL]
    heads = _heads(rows, families, standing, before)
    basis = {row: f.basis for row, f in known.items()} | dict.fromkeys(due, len(rows))
    return counts, {row: _finding(row, heads[row], verdicts[row], basis[row]) for row in rows}


def _finding(row: int, head: int, verdict: Verdict, basis: int) -> Finding:
    flags = (("rewritten",) if verdict.rewritten else ()) + (("near-duplicate",) if head != row else ())
    return Finding(head, flags, verdict.score, verdict.home, basis, verdict.suspicions)


def _families(findings: Findings, rows: set[int]) -> list[list[int]]:
    """The families among the documents; those without a signature are compared with all."""
    new = sorted(rows - findings.signed())
    signatures = findings.signatures(rows) if new else {}
    texts = {row: findings.text(row) for row in new}
    made = {row: signature(text) for row, text in texts.items()}
    pairs: list[Likeness] = []
    for a, b in candidates(signatures | made, new):
        for row in (a, b):
            if row not in texts:
                texts[row] = findings.text(row)
        if found := likeness(a, b, texts[a], texts[b]):
            pairs.append(found)
    findings.keep(made, pairs)
    return cluster(p for p in findings.likenesses() if p.a in rows and p.b in rows)


def _heads(
    rows: Iterable[int], families: Iterable[Sequence[int]], standing: Mapping[int, Standing], rewritten: set[int]
) -> dict[int, int]:
    """For each document the representative of its family: itself, if it is alone."""
    heads = {row: row for row in rows}
    for family in families:
        told = {row: replace(standing[row], rewritten=row in rewritten) for row in family}
        heads |= dict.fromkeys(family, representative(family, told))
    return heads


def _carried_on(counted: Collocations | None, stored: set[int]) -> Collocations:
    """Counts that hold a document whose text is no longer there to be taken out have to begin again."""
    return counted if counted is not None and counted.documents <= stored else Collocations.none()


def _counting(counts: Collocations, wanted: set[int], texts: Texts) -> Collocations:
    more = {row: texts.of(row).words for row in sorted(wanted - counts.documents)}
    fewer = {row: texts.of(row).words for row in sorted(counts.documents - wanted)}
    return counts.changed(more, fewer) if more or fewer else counts


def _due(rows: set[int], known: Mapping[int, Finding], findings: Findings) -> list[int]:
    """New documents, and of the others those whose judgement rests on the smallest library."""
    new = sorted(rows - known.keys())
    stale = sorted((f.basis, row) for row, f in known.items() if len(rows) > GROWN * f.basis)
    budget, chosen = AGAIN, []
    sizes = findings.sizes([row for _, row in stale[:AGAIN]])
    for _, row in stale[:AGAIN]:
        budget -= sizes[row]
        if budget < 0:
            break
        chosen.append(row)
    return new + chosen


def _judged(
    due: Sequence[int],
    counts: Collocations,
    heads: Mapping[int, int],
    texts: Texts,
    verdicts: Mapping[int, Verdict],
    tick: Tick,
) -> dict[int, Verdict]:
    if not due:
        return {}
    totals = Totals(counts)
    shapes = Shapes(counts.words, counts.single.tolist())

    def others(row: int) -> Others:
        head = heads[row]
        return Others(totals, texts.of(head).words if head in counts.documents else None)

    homes = [v.home for v in verdicts.values() if v.home] or [
        home_share(texts.of(row).words, others(row)) for row in due[:: -(-len(due) // SAMPLE)]
    ]
    usual = float(np.median(homes))
    judged = {}
    for done, row in enumerate(due, 1):
        found = texts.of(row)
        judged[row] = judge(found, others(row), shapes, usual, found.words)
        tick(done, len(due))
    return judged
