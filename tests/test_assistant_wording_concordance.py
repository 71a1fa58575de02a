"""The concordance: equal to a scan by hand, over real texts where they are here."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from assistant.wording.concordance import COUNTS, SORTS, WIDTH, counts, entries_of, lines, occurrences, ordered
from assistant.wording.pattern import Pattern, read_pattern
from corpus import find_files, read_document
from corpus.normal import fold
from index import Filters, Library, RunningText
from index.running_text import BREAK

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
FOLDERS = ("speeches_2020", "speeches_web", "congress_reports")
SEED = 20240917
Real = tuple[RunningText, str, dict[tuple[int, int], str]]
real = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents, ../shared/corpus, are not here")


@pytest.fixture(scope="module")
def real_text(tmp_path_factory: pytest.TempPathFactory) -> Real:
    """The running text of real documents, the same as one string, and their folded paragraphs one by one."""
    paragraphs = [
        (row, p.number, p.role, p.text)
        for row, found in enumerate(f for folder in FOLDERS for f in find_files([CORPUS / folder]))
        for p in read_document(found.path).paragraphs
    ]
    text = RunningText.build(tmp_path_factory.mktemp("real") / "text", paragraphs)
    return text, str(text._text), {(row, number): fold(own) for row, number, _, own in paragraphs}


@real
def test_a_thousand_real_phrases_are_found_as_a_scan_finds_them(real_text: Real) -> None:
    text, whole, paragraphs = real_text
    alone = BREAK.join(paragraphs.values())
    random = Random(SEED)
    for _ in range(1000):
        start = random.randrange(len(whole) - 30)
        phrase = whole[start : start + random.randint(2, 30)].replace(BREAK, "")
        expected = [m.start() for m in re.finditer(f"(?={re.escape(phrase)})", whole)] if phrase else []
        found = list(text.find(phrase))
        assert len(found) == len(expected) == text.count(phrase)
        assert [_at(text, o) for o in found] == expected
        within = [o for o in found if o.stop <= len(paragraphs[o.document, o.paragraph])]
        assert len(within) == (len(re.findall(f"(?={re.escape(phrase)})", alone)) if phrase else 0)


@real
def test_a_hundred_real_patterns_are_found_as_a_regular_expression_finds_them(
    real_text: Real,
) -> None:
    text, whole, _ = real_text
    random = Random(SEED)
    fixed = ["既要…又要…", "从…到…", "以…之心…", "不是…而是…", "越是…越要…", "有…有…有…", "的…的…的…"]
    made = [_pattern_out_of(random, whole) for _ in range(100 - len(fixed))]
    for pattern in [*map(read_pattern, fixed), *made]:
        expected = [match.span() for match in re.finditer(pattern.expression, whole)]
        found = list(text.slots(pattern.parts, pattern.gap))
        assert [(_at(text, o), _at(text, o) + o.stop - o.start) for o in found] == expected, pattern


def _at(text: RunningText, occurrence) -> int:  # type: ignore[no-untyped-def]
    return int(text._characters[text._row(occurrence)]) + occurrence.start


def _pattern_out_of(random: Random, whole: str) -> Pattern:
    """Two or three parts that stand near each other somewhere."""
    at = random.randrange(len(whole) - 60)
    parts = []
    for _ in range(random.randint(2, 3)):
        length = random.randint(1, 3)
        parts.append(whole[at : at + length].replace(BREAK, "") or "的")
        at += length + random.randint(1, 9)
    return Pattern(tuple(parts), random.randint(3, 20))


def test_every_line_shows_what_stands_there(sample: Library) -> None:
    snapshot = sample.snapshot()
    for sought in ("落实", "同志们", read_pattern("以…为…")):
        found = occurrences(snapshot, sought, Filters())
        shown = lines(snapshot, found)
        assert len(shown) == len(found) > 0
        for n, line in enumerate(shown, 1):
            paragraph = line.citation.paragraph
            start, stop = line.citation.evidence[0]
            assert line.left == paragraph.text[max(0, start - WIDTH) : start]
            assert line.match.startswith(paragraph.text[start:stop])
            assert line.citation.n == n
            if isinstance(sought, str):
                assert fold(line.match) == fold(sought)


@pytest.mark.parametrize("sort", [None, *SORTS])
def test_sorting_loses_nothing(sample: Library, sort: str | None) -> None:
    snapshot = sample.snapshot()
    found = occurrences(snapshot, "工作", Filters())
    put = ordered(snapshot, found, sort)
    assert sorted(put) == sorted(found)
    if sort in ("left", "right"):
        around = [snapshot.text.around(o, 6)[sort == "right"] for o in put]
        first = [(a[::-1] if sort == "left" else a)[:1].encode("gb18030") for a in around]
        assert first == sorted(first)
    if sort == "date":
        dates = [entries_of(snapshot)[o.document].issued or "9" for o in put]
        assert dates == sorted(dates)


def test_counts_are_those_of_the_lines(sample: Library) -> None:
    snapshot = sample.snapshot()
    found = occurrences(snapshot, "工作", Filters())
    shown = lines(snapshot, found)
    for by in COUNTS:
        tally = counts(snapshot, found, by)
        assert sum(tally.values()) == len(found)
        if by == "kind":
            assert tally == Counter(line.citation.entry.kind or "" for line in shown)


def test_filters_hold_the_concordance_to_their_documents(sample: Library) -> None:
    snapshot = sample.snapshot()
    every = lines(snapshot, occurrences(snapshot, "工作", Filters()))
    kept = lines(snapshot, occurrences(snapshot, "工作", Filters(kind="讲话")))
    wanted = [line.citation.id.split(":")[:2] for line in every if line.citation.entry.kind == "讲话"]
    assert [line.citation.id.split(":")[:2] for line in kept] == wanted and wanted
