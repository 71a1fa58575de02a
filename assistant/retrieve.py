"""The paragraphs for a question: by what it names, by what it compares, by the questions before it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.asking import ASKING
from assistant.each import LOOKED_AT, MOST, OF_EACH, Each
from assistant.evidence import Rarity
from assistant.points import ARTICLE, Point, count_asked, point_in, series_near
from assistant.question import Question
from assistant.quotation import Quotation
from assistant.references import Catalogue, Named, Reference, parts_of, read_named, refer
from corpus.normal import fold
from index import Filters, Hit, Recall, Snapshot
from index.tokens import words

CONTEXT = (1.2, 0.8, 0.5)
"""What the documents of the earlier question's best paragraphs are lifted by, if this one leans on it."""
SOFT = 0.5
"""Share of it for a question that stands alone: one chat tends to stay with one document."""
PART = 1.5
"""How much more a name counts in the search for one of several that are compared."""
ATTRIBUTED = 0.8
"""Lift of a document that a remembered quotation is attributed to; people often remember it wrongly."""
SOURCE_ASKED = re.compile(r"对不对|对吗|是不是|[吧吗][?.]*$|是吗|出自|哪里说的|谁说的|出处")
UNASKED = re.compile(r"^[^?哪什怎多几谁何吗]{12,}$")
"""Words that ask for nothing: remembered ones, or keywords."""
KEYWORDS = re.compile(r'[^,:;."]+')
MOST_PARTS = 12
FAR = 12
"""How far from what answers the earlier question an enumeration may lie (assistant.points.series_near), unless it has
as many points as were asked for."""
NEAREST = 5
"""Paragraphs that say whether the documents of the earlier question hold the words of this one."""
WHOLE = 200
"""Paragraphs of one document that are looked at for a point of it."""


@dataclass(frozen=True)
class Retrieved:
    """Paragraphs found, and why there.

    `reference` is what the question named; `each` is what the question goes through, years or places; `lift` by row what its documents were lifted by; `parts` are
    the hits of each thing compared, if several are; `point` are the characters (start, stop) of the first hit that are the point asked for; `checking` says that
    a remembered wording is held out to be found, with an attribution that may be wrong; `twins` are, by
    document row and number of a paragraph, those near-same ones that were found and are not among the hits;
    `quotation` is what became of the words held out, if they have a source: it is the first hit, and `point` in it.
    `around` are the documents (rows) that hold for a place that is named, too, and are not its own.
    """

    recall: Recall
    named: Named
    reference: Reference
    parts: tuple[tuple[Hit, ...], ...] = ()
    each: Each | None = None
    point: tuple[int, int] | None = None
    checking: bool = False
    lift: Mapping[int, float] = field(default_factory=dict)
    twins: Mapping[tuple[int, int], tuple[Hit, ...]] = field(default_factory=dict)
    quotation: Quotation | None = None
    around: frozenset[int] = frozenset()

    def beyond(self, told: Collection[tuple[int, int]]) -> Retrieved:
        """The same without paragraphs (document row, number) that were told before."""
        if not told:
            return self
        parts = tuple(kept for part in self.parts if (kept := _beyond(part, told)))
        hits = in_turn(parts) if parts else _beyond(self.recall.hits, told)
        recall = replace(self.recall, hits=hits, besides=_beyond(self.recall.besides, told))
        if hits[:1] != self.recall.hits[:1]:  # a point that was asked for, or the source of a quotation, is the first
            return replace(self, recall=recall, parts=parts, point=None, quotation=None)
        return replace(self, recall=recall, parts=parts)


def _beyond(hits: Sequence[Hit], told: Collection[tuple[int, int]]) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if (hit.entry.row, hit.paragraph.number) not in told)


def is_keywords(question: Question) -> bool:
    """Whether what asks for nothing can as well be keywords: no clauses, no marks of quotation.

    >>> is_keywords(Question("", "2020年政府工作报告国内生产总值目标")), is_keywords(Question("", "十九大报告：永远在路上"))
    (True, False)
    """
    text = fold(question.standalone)
    return bool(KEYWORDS.fullmatch(text)) and not SOURCE_ASKED.search(text)


def retrieve(
    snapshot: Snapshot,
    question: Question,
    filters: Filters,
    count: int,
    *,
    plain: bool = False,
    held_out: bool | None = None,
    among: Collection[int] = (),
) -> Retrieved:
    """Search for a question; `plain` leaves aside what it names and what came before; `held_out` says whether its words
    are remembered ones, None to tell by themselves; `among` are documents (rows) of which it is asked, by its own words.
    """
    if not question.standalone:
        return Retrieved(Recall(()), Named(), Reference())
    if plain:
        return Retrieved(snapshot.search(question.standalone, count, filters, literal=True), Named(), Reference())
    catalogue = Catalogue.of(snapshot)
    text = fold(question.standalone)
    named = read_named(question.standalone, catalogue.places).without(question.aside)
    reference = refer(named, text, catalogue, question.aside)
    checking = bool(SOURCE_ASKED.search(text) or UNASKED.search(text)) if held_out is None else held_out
    if checking:
        reference = reference.softened(ATTRIBUTED)
    parts = _parts(snapshot, question.standalone, named, catalogue, filters, count)
    if parts:
        hits = tuple(part.hits for part in parts)
        told = {name: values for name, values in reference.likely.items() if name != "document"}
        reference = replace(reference, likely=told)  # each thing was looked for by its own name
        recall = Recall(in_turn(hits), max(p.nearest for p in parts), max(p.outlying for p in parts))
        return Retrieved(recall, named, reference, hits, lift=reference.lift)
    base = _base(snapshot, question, catalogue, filters) if question.base else Recall(())
    if question.point and (found := _point(snapshot, question, base.hits, filters, count)):
        return Retrieved(found[0], named, reference, point=found[1])
    lift = _sum(reference.lift, _context(question, base.hits, named))
    within = (sorted(among), question.own) if among else _of_the_matter(snapshot, question, base.hits, filters)
    rows, own = within or (reference.rows, "")
    likely = reference.likely.get("place", ())
    around = frozenset().union(*(catalogue.around(place) for place in likely))
    recall = snapshot.search(question.standalone, count, filters, within=rows, lift=lift, own=own, besides=around)
    return Retrieved(recall, named, reference, checking=checking, lift=lift, around=around)


def retrieve_each(snapshot: Snapshot, each: Each, filters: Filters, rarity: Rarity) -> Retrieved | None:
    """Search for what the documents of each year or place say; None if too few do."""
    catalogue = Catalogue.of(snapshot)
    text = each.question.standalone
    named = read_named(text, catalogue.places)
    reference = refer(named, fold(text), catalogue)
    rows = _both(reference.rows, each.rows(snapshot))
    recall = snapshot.search(text, LOOKED_AT, filters, within=rows, lift=reference.lift)
    parts = each.parts(snapshot, recall.hits, rarity)
    told = [each.of(snapshot, part[0].entry) for part in parts]
    if parts and (more := list(_searched_alone(snapshot, each, told, filters, reference))):
        recall = replace(recall, hits=(*recall.hits, *more))
        parts = each.parts(snapshot, recall.hits, rarity)
    if not parts:
        return None
    return Retrieved(replace(recall, hits=in_turn(parts)), named, reference, parts, each, lift=reference.lift)


def _searched_alone(
    snapshot: Snapshot, each: Each, told: Sequence[str], filters: Filters, reference: Reference
) -> Iterator[Hit]:
    """Paragraphs of each year or place of which nothing was told yet, searched by itself: what many others say, too,
    can be too far down among all of them.
    """
    documents = each.documents(snapshot)
    for name in sorted({*documents} - {*told}, key=each.position)[:MOST]:
        rows = _both(reference.rows, documents[name])
        text, lift = each.question.standalone, reference.lift
        yield from snapshot.search(text, OF_EACH, filters, within=rows, lift=lift).hits


def _both(one: Sequence[int] | None, other: Sequence[int] | None) -> Sequence[int] | None:
    """What is in both, where None holds everything."""
    return other if one is None else one if other is None else sorted({*one} & {*other})


def _parts(
    snapshot: Snapshot, text: str, named: Named, catalogue: Catalogue, filters: Filters, count: int
) -> list[Recall]:
    """A search for each of the things that a question compares; none if fewer than two are known."""
    parts = parts_of(named, fold(text))[:MOST_PARTS]
    known = [(part, refer(part.named, fold(text), catalogue)) for part in parts]
    if not any(r.rows or r.lift for _, r in known):
        return []
    recalls = []
    for part, r in known:
        others = {word for other, _ in known if other is not part for word in other.words} - {*part.words}
        lift = {row: PART * by for row, by in r.lift.items()}
        recalls.append(snapshot.search(_without(text, others), count, filters, within=r.rows, lift=lift))
    return [recall for recall in recalls if recall.hits]


def _without(text: str, words: Iterable[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return text.strip("、 ，") or text


def in_turn(parts: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The best of each, then the second of each; each paragraph once."""
    seen: set[tuple[int, int]] = set()
    merged = []
    for rank in range(max(map(len, parts))):
        for hit in (part[rank] for part in parts if rank < len(part)):
            if (hit.entry.row, hit.paragraph.number) not in seen:
                seen.add((hit.entry.row, hit.paragraph.number))
                merged.append(hit)
    return tuple(merged)


def _of_the_matter(
    snapshot: Snapshot, question: Question, hits: Sequence[Hit], filters: Filters
) -> tuple[list[int], str] | None:
    """Where 那租金怎么收 is looked for after a question about 公租房, and by which words: in the documents that answer
    that one, by its own, if they hold them; None if not.
    """
    if question.own == question.standalone:
        return None
    rows = sorted({hit.entry.row for hit in hits})
    new = [word for word in words(question.own) if len(word) > 1 and word not in ASKING and word not in question.base]
    counts = snapshot.rarity(new)
    if not rows or not new or not all(map(counts.get, new)):
        return None
    rarest = min(new, key=lambda word: counts[word])
    found = snapshot.search(question.standalone, NEAREST, filters, within=rows, own=question.own).hits
    return (rows, question.own) if any(rarest in fold(hit.paragraph.text) for hit in found) else None


def _base(snapshot: Snapshot, question: Question, catalogue: Catalogue, filters: Filters) -> Recall:
    """The earlier question asked again."""
    named = read_named(question.base, catalogue.places)
    reference = refer(named, fold(question.base), catalogue)
    return snapshot.search(question.base, len(CONTEXT), filters, within=reference.rows, lift=reference.lift)


def _context(question: Question, hits: Sequence[Hit], named: Named) -> dict[int, float]:
    """The documents that the earlier question was answered from, lifted."""
    moved = any(place not in fold(question.base) for place in named.places)  # 那四川呢: other documents than before
    share = 0.0 if moved or (named.anything and not question.leans) else 1.0 if question.leans else SOFT
    lift: dict[int, float] = {}
    for hit, by in zip(hits, CONTEXT, strict=False):
        lift[hit.entry.row] = max(lift.get(hit.entry.row, 0.0), share * by)
    return lift


def _sum(*lifts: Mapping[int, float]) -> dict[int, float]:
    total: dict[int, float] = {}
    for lift in lifts:
        for row, by in lift.items():
            total[row] = total.get(row, 0.0) + by
    return total


def _point(
    snapshot: Snapshot, question: Question, hits: Sequence[Hit], filters: Filters, count: int
) -> tuple[Recall, tuple[int, int]] | None:
    """The point asked for, first among the paragraphs of its document."""
    best = None
    expected = count_asked(question.base)
    articles = bool(ARTICLE.search(question.asked))  # 第二点 is no 第二条 of a law
    for rank, hit in enumerate(hits):
        paragraphs = snapshot.document_paragraphs(hit.entry.row)
        for distance, run in series_near(paragraphs, hit.paragraph.number, expected, articles=articles):
            point = point_in(run, question.point)
            near = distance + 8 * rank <= FAR or (expected and len(run) == expected)
            if point and near and (best is None or distance + 8 * rank < best[0]):
                best = (distance + 8 * rank, hit.entry.row, point)
    if best is None:
        return None
    return at_point(snapshot, question, best[1], best[2], filters, count)


def at_point(
    snapshot: Snapshot, question: Question, row: int, point: Point, filters: Filters, count: int
) -> tuple[Recall, tuple[int, int]] | None:
    """A point of a document, first among its paragraphs, and its characters."""
    recall = snapshot.search(question.standalone, WHOLE, filters, within=[row])
    ordered = sorted(recall.hits, key=lambda h: (_after(h.paragraph.number - point.paragraph), -h.score))
    if not ordered or ordered[0].paragraph.number != point.paragraph:
        return None
    return replace(recall, hits=tuple(ordered[:count])), (point.start, point.stop)


def _after(distance: int) -> int:
    """The point's own paragraph first, then the two right below it, then the rest."""
    return distance if 0 <= distance <= 2 else 3
