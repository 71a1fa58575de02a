"""From words that were pasted or remembered to their source."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.citation import Citation
from assistant.errors import TooLong
from assistant.quotation import edges
from assistant.quotation.alignment import LARGEST, align
from assistant.quotation.attribution import Attribution, Claims, quoted_from
from assistant.quotation.fitting import Fit, alike, by_pieces, by_search, fit
from assistant.quotation.framing import Framed, read_framing
from assistant.quotation.records import Edit, Match, Quotation, Verdict
from assistant.quotation.window import Part, whole_sentences
from assistant.references import Catalogue
from corpus import Paragraph
from corpus.normal import fold, fold_closely
from index import Entry, Filters, Library, Located, Occurrence, Snapshot

LONGEST = 2000
"""Characters of one quotation; a longer text is a draft."""
FEWEST = 4
"""Characters of a quotation that is looked for with mistakes in it; shorter ones stand somewhere or do not."""
SIMILAR = 0.66
"""Similarity from which on words are held to be those of the source, with mistakes."""
FOREIGN = 0.3
"""Share of the words in clauses of which the source has next to nothing, up to which they are held to be its own."""
NEAR = 0.4
"""Similarity from which on the nearest wording is shown although it is another one."""
SURE = 0.85
"""Similarity from which on no other source is looked for."""
SHOWN = 100
"""Occurrences that are listed; all are counted."""
MATCHES = 5
TRAILING = "，。、；：？！,.;:?!—-… \t\r\n"
ENDS = ".!?"
"""Folded marks that end a sentence."""
IN_SOURCE = 50
"""Cost a character up to which what looks like framing is held to be the source's own words."""
SAME_LEAD, LEAD_REACH = 70.0, 100
"""Likeness, 0 to 100, from which on what stands in front of a source's words is what leads in; characters looked at."""
HELD_OUT = re.compile(r"[“”\"「」『』〔]|对吗|对不对|是不是|出自|出处|谁说|哪里说")
"""Of a question: it holds words out for certain, so that titles, bylines and numbers of documents are looked through, too."""
OPENING, CLOSING = "“\"「『‘'", "”\"」』’'"
# The last to be cited, the gravest first.
LESS_GOOD = ("rewritten", "anonymised", "truncated", "ocr", "mixed_encoding")


def quote(library: Library, typed: str, *, filters: Filters | None = None, k: int = MATCHES) -> Quotation:
    """Look a quotation up in a library, with what is said of it around. Raises TooLong, IndexingError."""
    began = time.perf_counter()
    found = library.read(lambda snapshot: look_up(snapshot, typed, filters=filters, k=k))
    return replace(found, took_ms=1000 * (time.perf_counter() - began))


def look_up(snapshot: Snapshot, typed: str, *, filters: Filters | None = None, k: int = MATCHES) -> Quotation:
    """Look a quotation up in one published state; `k` sources at the most. Raises TooLong."""
    if len(typed) > LONGEST:
        raise TooLong(length=str(len(typed)), most=str(LONGEST))
    return _looked_up(_Search(snapshot, _rows_of(snapshot, filters)), typed, k)


def look_up_near(
    snapshot: Snapshot, typed: str, places: Sequence[tuple[Entry, Paragraph]], filters: Filters
) -> Quotation:
    """The same where a search was made already: the first paragraphs that it found are looked at, and no others."""
    spoken = not HELD_OUT.search(typed)
    search = _Search(snapshot, _rows_of(snapshot, filters), places[:MATCHES], spoken=spoken)
    return _looked_up(search, typed[:LONGEST], 1)


def _rows_of(snapshot: Snapshot, filters: Filters | None) -> Collection[int] | None:
    return snapshot.rows(filters) if filters else None


def _looked_up(search: _Search, typed: str, k: int) -> Quotation:
    framed = read_framing(typed)
    fits = search.fits(framed)
    if framed.around and any(_is_in_source(typed, framed, found) for found in fits[:MATCHES]):
        framed = Framed(typed.strip())
        fits = search.fits(framed)
    return search.told(typed, framed, fits, k)


def look_up_framed(
    snapshot: Snapshot, framed: Framed, *, rows: Collection[int] | None = None, k: int = MATCHES
) -> Quotation:
    """Look up words that are known to be all of the quotation, in some documents (rows) or in all. Raises TooLong."""
    if len(framed.words) > LONGEST:
        raise TooLong(length=str(len(framed.words)), most=str(LONGEST))
    search = _Search(snapshot, rows)
    return search.told(framed.words, framed, search.fits(framed), k)


def _is_in_source(typed: str, framed: Framed, best: Fit) -> bool:
    """Whether what was taken for framing stands in the source beside the words."""
    whole, words = fold_closely(typed)[0].translate(framed.levels), fold_closely(_bare(framed.words))[0]
    if len(whole) * len(best.window.close) > LARGEST:
        return False
    more = align(best.window.close, whole).cost - best.alignment.cost
    return more <= IN_SOURCE * (len(whole) - len(words))


class _Search:
    """One quotation's look-up: the state that it works on, the rows that are looked in, what a search found already."""

    def __init__(
        self,
        snapshot: Snapshot,
        rows: Collection[int] | None,
        found: Sequence[tuple[Entry, Paragraph]] | None = None,
        *,
        spoken: bool = False,
    ) -> None:
        self._found = found
        self._spoken = spoken
        self._snapshot = snapshot
        self._rows = None if rows is None else set(rows)
        self._catalogue = Catalogue.of(snapshot)

    def fits(self, framed: Framed) -> list[Fit]:
        """The words in their sources: where they stand as they are, else the likest."""
        bare = _bare(framed.words)
        levels = framed.levels
        close = fold_closely(bare)[0].translate(levels)
        if not close:
            return []
        exact = self._ranked(self._as_they_are(bare, levels), Claims.of(framed, self._catalogue))
        if exact:
            mark = _mark_behind(framed.words, bare)
            lead = fold(framed.before)
            exact.sort(
                key=lambda found: (
                    not (lead and _stands_before(lead, found)),
                    fold_closely(found.text)[0].translate(levels) != close,
                    _next_mark(found) != mark,
                )
            )
            return self._fitted([(found.entry, found.parts[0][0]) for found in exact[:MATCHES]], close, levels)
        if len(close) < FEWEST:
            return []
        places = by_pieces(self._snapshot, bare, self._rows, spoken=self._spoken)
        fits = self._fitted(places if self._found is None else alike(bare, places), close, levels)
        if not fits or fits[0].similarity < SURE:
            found = by_search(self._snapshot, bare, self._rows) if self._found is None else alike(bare, self._found)
            fits += self._fitted(found, close, levels)
        return sorted((f for f in fits if f.similarity >= NEAR), key=lambda f: -f.similarity)

    def _fitted(self, places: Sequence[tuple[Entry, Paragraph]], close: str, levels: Mapping[int, int]) -> list[Fit]:
        fits = [fit(self._snapshot, entry, paragraph, close, levels) for entry, paragraph in places]
        return sorted((f for f in fits if f), key=lambda f: -f.similarity)

    def told(self, typed: str, framed: Framed, fits: Sequence[Fit], k: int) -> Quotation:
        """The result: sources, what differs, where else the source's words stand."""
        bare = _bare(framed.words)
        if not fits:
            return Quotation(typed, bare, "not_found")
        claims = Claims.of(framed, self._catalogue)
        words = "".join(paragraph.text[a:b] for paragraph, a, b in fits[0].parts)
        everywhere = self._occurrences(words)
        places = self._ranked(everywhere, claims)
        places.sort(key=lambda found: fold_closely(found.text)[0] != fold_closely(words)[0])
        if places:  # of several with the same words, the one to cite
            again = fit(self._snapshot, places[0].entry, places[0].parts[0][0], fold_closely(bare)[0], framed.levels)
            fits = [again or fits[0], *fits]
        matches = _matches(fits, framed.words, k)
        occurrences = tuple(_citation(located, n) for n, located in enumerate(places, 1))
        best = matches[0]
        alike = best.similarity >= SIMILAR and fits[0].foreign(fold_closely(bare)[0]) <= FOREIGN
        same = alike or fold(best.words) == fold(bare)
        verdict: Verdict = "verbatim" if not best.edits else "differs" if same else "not_found"
        return Quotation(
            query=typed,
            quoted=bare,
            verdict=verdict,
            matches=matches,
            occurrences=occurrences,
            count=max(len(everywhere), 1),
            earliest=_earliest(places),
            attributions=tuple(self._attribution(match, claims) for match in matches),
        )

    def _attribution(self, match: Match, claims: Claims) -> Attribution:
        citation = match.citation
        by = quoted_from(citation.paragraph, *citation.evidence[0])
        card = self._catalogue.cards[citation.entry.row]
        unmet, unstated = claims.unmet(card, by, self._catalogue), claims.unstated(card, by)
        return Attribution("quoted" if by else "own", by, unmet, unstated)

    def _as_they_are(self, words: str, levels: Mapping[int, int]) -> list[Occurrence]:
        """Where words stand, with the outer marks in place of the inner ones or as they are."""
        outer = words.translate(levels)
        return self._occurrences(outer) or (self._occurrences(words) if outer != words else [])

    def _occurrences(self, words: str) -> list[Occurrence]:
        found = self._snapshot.text.find(words)
        return [o for o in found if self._rows is None or o.document in self._rows]

    def _ranked(self, occurrences: Sequence[Occurrence], claims: Claims) -> list[Located]:
        """The first to cite of places with the same words, the best first."""
        entries = self._snapshot.entries(sorted({o.document for o in occurrences}))
        order = {row: self._order(entry, claims) for row, entry in entries.items()}
        best = sorted(occurrences, key=lambda o: (order[o.document], o))[:SHOWN]
        return self._snapshot.located(best)

    def _order(self, entry: Entry, claims: Claims) -> tuple[int, int, int, str]:
        """What is said of the quotation holds, the text is sound, the date is early: the less, the better."""
        card = self._catalogue.cards[entry.row]
        unmet, unstated = claims.unmet(card, None, self._catalogue), claims.unstated(card, None)
        flaw = next((len(LESS_GOOD) - n for n, flag in enumerate(LESS_GOOD) if flag in entry.quality), 0)
        return len(unmet), len(unstated), flaw, entry.issued or "9"


def _bare(words: str) -> str:
    """Words without the marks around them, which a quotation does not keep."""
    bare = words.strip(TRAILING)
    inner = bare[1:-1]
    quoted = len(bare) > 2 and bare[0] in OPENING and bare[-1] == CLOSING[OPENING.index(bare[0])]
    return _bare(inner) if quoted and not {*inner} & {*OPENING, *CLOSING} else bare


def _matches(fits: Sequence[Fit], words: str, k: int) -> tuple[Match, ...]:
    """A match for each wording, the best first; others than the best only if they are near."""
    matches: list[Match] = []
    seen: set[str] = set()
    for found in fits:
        match = _match(found, words, len(matches) + 1)
        if fold(match.text) not in seen and (not matches or match.similarity >= NEAR):
            seen.add(fold(match.text))
            matches.append(match)
    return tuple(matches[:k])


def _match(found: Fit, words: str, n: int) -> Match:
    bare = _bare(words)
    _, typed = fold_closely(bare)
    whole = whole_sentences(found.parts)
    begins: dict[int, int] = {}  # where in the text each paragraph would begin
    text = ""
    for paragraph, a, b in whole:
        text += "\n" if text else ""
        begins[paragraph.number] = len(text) - a
        text += paragraph.text[a:b]

    def place(at: int, *, end: bool = False) -> int:
        """Where a character of the window stands in the text, or where it ends."""
        paragraph, offset = found.window.origin[at - 1 if end else at]
        return begins[found.window.paragraphs[paragraph].number] + offset + end

    edits = []
    for change in found.alignment.changes:
        inner = change.start < found.alignment.stop
        at = place(change.start) if inner else place(change.start, end=True)
        stop = place(change.stop, end=True) if change.stop > change.start else at
        said = bare[typed[change.at] : typed[change.end - 1] + 1] if change.end > change.at else ""
        edits.append(Edit(at, text[at:stop], said))
    start, stop = place(found.alignment.start), place(found.alignment.stop, end=True)
    term = len(typed) < FEWEST and not any(c.isdigit() for c in bare)
    begins_at, ends_at = (start, stop) if term else edges.whole(text, start, stop)
    edits = [Edit(begins_at, text[begins_at:start], ""), *edits, Edit(stop, text[stop:ends_at], "")]
    edits = [edit for edit in edits if edit.source or edit.query]
    edits += _last_mark(text, ends_at, _mark_behind(words, bare))
    cited = [_cite(found.entry, part, n) for part in found.parts]
    return Match(
        text, cited[0], (begins_at, ends_at), found.similarity, tuple(edits), tuple(cited[1:]), found.reordered
    )


def _mark_behind(words: str, bare: str) -> str:
    """The mark that ends the words, folded; "" without any."""
    return fold(words[words.rfind(bare) + len(bare) :])[:1]


def _next_mark(found: Located) -> str:
    """The character behind the words in their source, folded."""
    paragraph, _, stop = found.parts[-1]
    return fold(paragraph.text[stop : stop + 2])[:1]


def _stands_before(lead: str, found: Located) -> bool:
    """Whether what leads in, folded, stands in front of the words in the source too, but for a few characters."""
    paragraph, start, _ = found.parts[0]
    return fuzz.ratio(fold(paragraph.text[max(0, start - LEAD_REACH) : start])[-len(lead) :], lead) >= SAME_LEAD


def _last_mark(text: str, stop: int, mark: str) -> list[Edit]:
    """Another mark than the source's at the end of a sentence; that a clause is quoted as a sentence is no mistake."""
    own = text[stop : stop + 1]
    other = mark and own and fold(own) in ENDS and mark in ENDS and fold(own) != mark
    return [Edit(stop, own, mark)] if other else []


def _cite(entry: Entry, part: Part, n: int) -> Citation:
    paragraph, start, stop = part
    return Citation(n, entry, paragraph, ((start, stop),), 1.0)


def _citation(located: Located, n: int) -> Citation:
    return _cite(located.entry, located.parts[0], n)


def _earliest(places: Sequence[Located]) -> Citation | None:
    """The first that is dated."""
    dated = [located for located in places if located.entry.issued]
    first = min(dated, key=lambda located: located.entry.issued or "", default=None)
    return _citation(first, 1) if first else None
