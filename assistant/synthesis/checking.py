"""Each sentence of a model against the paragraphs that it cites: kept with the source's quotations, or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.citation import Citation
from assistant.synthesis.basis import Basis, basis_of
from assistant.synthesis.coverage import BESIDE, Rarity, share, strayed
from assistant.synthesis.particulars import missing
from assistant.synthesis.quoting import quoted_from
from assistant.synthesis.records import Dropped, SynthesisSentence
from assistant.synthesis.reply import Written, is_plain
from assistant.synthesis.sense import turned
from corpus.normal import fold

LONGEST = 240
"""Characters of a sentence; beyond it nobody can check it by eye."""
MOST = 8
"""Sentences; more are no synthesis."""
LONGEST_WHAT = 24
"""Characters of what is named as missing."""


def checked(
    written: Iterable[Written], citations: Sequence[Citation], rarity: Rarity
) -> tuple[tuple[SynthesisSentence, ...], tuple[Dropped, ...]]:
    """The sentences that pass, and why the others don't, each in their order."""
    kept: dict[str, SynthesisSentence] = {}
    dropped: list[Dropped] = []
    for each in written:
        found = check(each, citations, rarity)
        if isinstance(found, SynthesisSentence) and (fold(found.text) in kept or len(kept) == MOST):
            found = Dropped("repeated" if fold(found.text) in kept else "long")
        if isinstance(found, Dropped):
            dropped.append(found)
        else:
            kept[fold(found.text)] = found
    return tuple(kept.values()), tuple(dropped)


def check(written: Written, citations: Sequence[Citation], rarity: Rarity) -> SynthesisSentence | Dropped:
    """One sentence: as it may be shown, or why not."""
    if outside := _form(written, citations):
        return outside
    basis = _relevant(written, citations, rarity)
    if not basis.citations:
        return Dropped("beside")
    text, unsourced = quoted_from(written.text, basis)
    if unsourced:
        return _named(Dropped("quotation", unsourced))
    if not is_plain(text):
        return Dropped("markup")
    if wrong := next(missing(text, basis), None):
        return _named(wrong)
    if words := turned(text, basis):
        return _named(Dropped("sense", words))
    if strayed(text, basis, rarity):
        return Dropped("beside")
    return SynthesisSentence(text, tuple(citation.n for citation in basis.citations))


def _form(written: Written, citations: Sequence[Citation]) -> Dropped | None:
    """What is wrong before any source is looked at."""
    known = {citation.n for citation in citations}
    if not is_plain(written.text):
        return Dropped("markup")
    if not written.citations:
        return Dropped("uncited")
    if outside := [n for n in written.citations if n not in known]:
        return Dropped("citation", f"[{outside[0]}]")
    return Dropped("long") if len(written.text) > LONGEST else None


def _relevant(written: Written, citations: Sequence[Citation], rarity: Rarity) -> Basis:
    """The basis without citations that have nothing to do with the sentence."""
    each = (basis_of(citations, [n]) for n in sorted(written.citations))
    near = [basis for basis in each if share(written.text, basis.whole, rarity) >= BESIDE]
    return Basis(tuple(citation for basis in near for citation in basis.citations))


def _named(dropped: Dropped) -> Dropped:
    """With what is missing cut to what a line can show."""
    what = dropped.what if len(dropped.what) <= LONGEST_WHAT else dropped.what[: LONGEST_WHAT - 1] + "…"
    return Dropped(dropped.reason, what if is_plain(what) else "")
