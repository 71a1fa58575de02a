"""Quotations with known mistakes, made out of a library's own sentences by a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from assistant.quotation import Edit, Quotation, quote
from corpus.normal import fold, fold_closely
from corpus.sentences import sentence_spans
from index import Library

ABSENT = Path(__file__).parent / "data" / "absent_sentences.txt"
"""Sentences in the style of official documents that stand in none."""
SHORTEST, LONGEST = 15, 80
AROUND = "—…，。！？"
ROLES = ("body", "opening", "closing")


@dataclass(frozen=True)
class Planted:
    """What is typed, the sentence that it was made of, the ids of the documents that hold it, and how many
    characters were changed. `kind` is true, changed, edited, shortened or absent.
    """

    kind: str
    typed: str
    sentence: str = ""
    documents: frozenset[str] = frozenset()
    made: int = 0


def planted(library: Library, counts: dict[str, int], seed: int) -> Iterator[Planted]:
    """So many of each kind."""
    random = Random(seed)
    texts = _sentences(library)
    known = "".join(texts)
    for kind, count in counts.items():
        if kind == "absent":
            absent = ABSENT.read_text(encoding="utf-8").splitlines()
            yield from (Planted(kind, text) for text in absent[:count])
            continue
        made = 0
        while made < count:
            text = random.choice(texts)
            typed, changed = MADE[kind](text, random, known)
            if kind == "true" or (changed and fold(typed.strip("。！？")) not in fold(known)):
                made += 1
                yield Planted(kind, typed, text, _holding(library, text), changed)


def _sentences(library: Library) -> list[str]:
    """The sentences of a library, each once."""
    found: set[str] = set()
    for entry in library.entries():
        for paragraph in library.document(entry.id).paragraphs:
            for a, b in sentence_spans(paragraph.text) if paragraph.role in ROLES else ():
                if SHORTEST <= b - a <= LONGEST and paragraph.text[b - 1] in "。！？":
                    found.add(paragraph.text[a:b])
    return sorted(found)


def _holding(library: Library, text: str) -> frozenset[str]:
    """The ids of the documents that hold a sentence's words."""
    snapshot = library.snapshot()
    rows = {o.document for o in snapshot.text.find(text.strip(AROUND))}
    return frozenset(entry.id for entry in snapshot.entries(sorted(rows)).values())


def _han(text: str) -> list[int]:
    return [i for i, c in enumerate(text) if "\u4e00" <= c <= "\u9fff"]


def _other(text: str, at: int, random: Random, known: str) -> str:
    """Another Chinese character than the one there and the ones beside it."""
    beside = {fold_closely(c)[0] for c in text[max(0, at - 2) : at + 3]}
    while fold_closely(c := random.choice(known))[0] in beside or not "\u4e00" <= c <= "\u9fff":
        pass
    return c


def _true(text: str, random: Random, known: str) -> tuple[str, int]:
    return text, 0


def _changed(text: str, random: Random, known: str) -> tuple[str, int]:
    at = random.choice(_han(text))
    return text[:at] + _other(text, at, random, known) + text[at + 1 :], 1


def _edited(text: str, random: Random, known: str) -> tuple[str, int]:
    """Two to four characters wrong, added or left out, apart from each other."""
    count = random.randint(2, 4)
    places = sorted(random.sample(_han(text), min(count, len(_han(text)))), reverse=True)
    if len(places) < count or any(a - b < 3 for a, b in pairwise(places)):
        return text, 0
    for at in places:
        other = _other(text, at, random, known)
        text = random.choice(
            [text[:at] + other + text[at + 1 :], text[:at] + other + text[at:], text[:at] + text[at + 1 :]]
        )
    return text, count


def _shortened(text: str, random: Random, known: str) -> tuple[str, int]:
    """Without one clause, which is neither the first nor the last."""
    clauses = text.split("，")
    if len(clauses) < 3:
        return text, 0
    at = random.randrange(1, len(clauses) - 1)
    return "，".join(clauses[:at] + clauses[at + 1 :]), len(clauses[at]) + 1


MADE = {"true": _true, "changed": _changed, "edited": _edited, "shortened": _shortened}


def undone(edits: Sequence[Edit], text: str, span: tuple[int, int]) -> str:
    """The source's words with the edits made in them: what was typed, if they are right."""
    start, stop = span
    for edit in sorted(edits, key=lambda e: -e.at):
        stop = max(stop, edit.at + len(edit.source)) if edit.source else stop
        assert text[edit.at : edit.at + len(edit.source)] == edit.source
        text = text[: edit.at] + edit.query + text[edit.at + len(edit.source) :]
        stop += len(edit.query) - len(edit.source)
    return text[start:stop]


def right_source(case: Planted, found: Quotation) -> bool:
    """Whether the first match holds the sentence, in a document that has it."""
    return bool(found.matches) and (
        found.matches[0].citation.entry.id in case.documents
        and fold(case.sentence.strip(AROUND)) in fold(found.matches[0].text)
    )


def right_edits(case: Planted, found: Quotation) -> bool:
    """Whether the edits turn the source into what was typed, with as few characters as were changed."""
    match = found.matches[0]
    typed = undone(match.edits, match.text, match.span)
    return (
        fold_closely(typed.strip(AROUND))[0] == fold_closely(case.typed.strip(AROUND))[0] and match.wrong == case.made
    )


def measured(library: Library, counts: dict[str, int], seed: int) -> dict[str, float]:
    """Shares by kind: of true ones verbatim, of changed ones verbatim (none should be), found with the right source
    and with the edits that were made, of absent ones anything but not found; milliseconds at the 50th and 95th percentile.
    """
    looked_up = [(case, quote(library, case.typed)) for case in planted(library, counts, seed)]
    true = [found for case, found in looked_up if case.kind == "true"]
    changed = [(case, found) for case, found in looked_up if case.kind not in ("true", "absent")]
    absent = [found for case, found in looked_up if case.kind == "absent"]
    sources = [right_source(case, found) and found.verdict == "differs" for case, found in changed]
    edits = [ok and right_edits(case, found) for ok, (case, found) in zip(sources, changed, strict=True)]
    took = sorted(found.took_ms for _, found in looked_up)
    return {
        "true verbatim": sum(found.verdict == "verbatim" for found in true) / len(true),
        "changed verbatim": sum(found.verdict == "verbatim" for _, found in changed) / len(changed),
        "right source": sum(sources) / len(changed),
        "right edits": sum(edits) / len(changed),
        "absent found": sum(found.verdict != "not_found" for found in absent) / len(absent),
        "p50 ms": took[len(took) // 2],
        "p95 ms": took[len(took) * 95 // 100],
    }
