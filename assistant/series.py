"""A list that is asked for is given whole: 提了哪几点希望 is not answered by the sentence that says there are some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from assistant.asking import ASKING
from assistant.citation import Citation
from assistant.evidence import Evidence
from assistant.items import LESS, hit_of
from assistant.points import COUNT, TOGETHER, Point, count_asked, run_of, series_near
from assistant.question import Question
from assistant.stated import PATTERNS
from assistant.wording.headings import bare_heading
from corpus import Paragraph
from corpus.normal import fold
from corpus.sentences import sentence_spans
from index import Snapshot
from index.tokens import words

ASKED = re.compile(
    r"哪(?:几|些|[二三四五六七八九十两]|\d)|几(?:点|条|个方面|项|步|大)|有什么(?:要求|措施|举措|建议|希望|特征|问题|任务)|分别是什么"
    r"|[二两三四五六七八九十]{1,2}(?:点|条|个|项|大|步)[^,.?第]{0,8}(?:怎么|是什么|具体|内容|$)"
)
# How many points is asked in order to hear them; how many metro lines is not.
SEVERAL = re.compile(r"几(?:点(?!钟|[开到上下])|个?方面)")
# How the paragraph over a list ends: 我想谈几点意见。 主要包括以下方面：
LEADS = re.compile(r"(?:[几以如][点个下]|[二两三四五六七八九十]{1,2}[点个条项])[^。；]{0,20}[。：:]\s*$|[：:]\s*$")
# What is asked for stands behind 哪些, before 有哪些, or behind the number of points: 五个问题.
WHAT = re.compile(
    r"(?:(?:哪|有什么)(?:几|[二两三四五六七八九十]{1,2}|\d{1,2})?[些点条个项大步种类]?|几[点条个项大步])(?P<what>[\u4e00-\u9fff]{1,8})"
)
BEFORE = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,6})(?:都|一共|主要)?(?:有哪|是哪|包括哪|有几|有什么|分别是)")
OF_SO_MANY = re.compile(rf"{COUNT.pattern}(?P<what>[\u4e00-\u9fff]{{1,8}})")
COUNTERS = "点条个项大步种类些几"
# 主要任务有哪些, 有哪些主要任务; 旅游经营者有哪些义务 does not ask for 旅游经营.
OF_IT = re.compile(r"(?:都|一共|主要|分别|具体)*(?:有哪|是哪|是什么|包括|包含|有几|有什么|[?。]*$)")
OF_WHICH = re.compile(r"(?:哪些|什么|[哪几][几一二三四五六七八九十\d]*[条个项大点])$")
SPOKEN_OF = re.compile(r"[讲谈说]了?(?:哪几|哪[二两三四五六七八九十]|几)个问题")
COUNTED = re.compile(r"[一二两三四五六七八九十\d]{1,2}[点条个项大步]$")
# Nouns for what is said in points, whatever it is about.
POINTS = frozenset(
    "方面 工作 措施 举措 要求 任务 内容 意见 建议 希望 做法 政策 办法 部署 安排 原则 目标 工程 行动 机制 步骤 环节 情况 条件 情形 事项".split()
)
MOST, LONGEST = 12, 200
"""Points that are given, and characters of the sentence that each begins with."""
NAMED = 4
"""Characters of a heading that a question can name."""
LED = 2
"""Paragraphs behind a lead-in within which its list begins."""
APART = 12
"""Paragraphs between two points of one list, at the most."""


def with_series(snapshot: Snapshot, question: Question, chosen: Sequence[Evidence]) -> list[Evidence]:
    """The pieces of evidence, with the list that the best one belongs to or leads in, if a list is asked for: of each
    point the sentence that it begins with. The rest follows.
    """
    text = fold(question.own)
    counted = question.wants == "figure" and not SEVERAL.search(text)
    if not chosen or question.wants in PATTERNS or not ASKED.search(text):
        return list(chosen)
    best = chosen[0]
    paragraphs = snapshot.document_paragraphs(best.hit.entry.row)
    under = _under(paragraphs, text, best.hit.paragraph.number)
    run = under or ([] if counted else _run(best, paragraphs, text))
    if not run:
        return list(chosen)
    told = list(_told(best, run, paragraphs, chosen))
    ahead = run[0].paragraph - best.hit.paragraph.number
    before = [best] if ahead > 0 and (ahead <= LED or not under) else []
    said = "\n".join(paragraphs[point.paragraph].text for point in run)
    rest = (e for e in chosen if e not in before and not any(_meet(e, piece) for piece in told))
    own = [e for e in rest if e.hit.entry.row == best.hit.entry.row or e.text not in said]  # nor the same in a twin
    return [*before, *told, *own]


def list_told(snapshot: Snapshot, citations: Sequence[Citation], *, articles: bool) -> tuple[int, list[Point]] | None:
    """The list that an answer gave, whole, also where it gave but some of its points: the document (row) and its
    points; None if it gave none. `articles` says whether 第一条, 第二条 of a law are points, too.
    """
    for row in dict.fromkeys(citation.entry.row for citation in citations):
        paragraphs = snapshot.document_paragraphs(row)
        starts = {(c.paragraph.number, start) for c in citations if c.entry.row == row for start, _ in c.evidence}
        runs = [run for _, run in series_near(paragraphs, min(starts)[0], articles=articles)]
        if run := run_of(starts, [*runs, *dashed(paragraphs)]):
            return row, run
    return None


def _meet(a: Evidence, b: Evidence) -> bool:
    same = (a.hit.entry.row, a.hit.paragraph.number) == (b.hit.entry.row, b.hit.paragraph.number)
    return same and a.start < b.end and b.start < a.end


def _nouns(asked: str) -> list[str]:
    """What is asked for, in words: 问题 of 存在哪些问题, 经验 of 十条经验有哪些.

    >>> _nouns("存在哪些问题"), _nouns("总结的十条经验有哪些"), _nouns("存在的五个问题")
    (['问题'], ['经验'], ['问题'])
    """
    what, before, counted = WHAT.search(asked), BEFORE.search(asked), OF_SO_MANY.search(asked)
    found = (
        [word for word in words(what["what"]) if len(word) > 1] or [c for c in what["what"][:1] if c not in COUNTERS]
        if what
        else []
    )
    if not found and before:
        found = [word for word in words(COUNTED.sub("", before["what"]))[-1:] if len(word) > 1 and word not in ASKING]
    if not found and counted:
        found = [word for word in words(counted["what"]) if len(word) > 1 and word not in ASKING]
    return found


def _run(best: Evidence, paragraphs: Mapping[int, Paragraph], asked: str) -> list[Point]:
    """The list that begins right behind the evidence, or else the one that this stands in, or of as many points as are
    asked for one that is said to be what is asked for.
    """
    number, expected, nouns = best.hit.paragraph.number, count_asked(asked), _nouns(asked)
    near = [run for _, run in series_near(paragraphs, number, expected, articles=False)] + list(dashed(paragraphs))
    fit = [run for run in near if len(run) <= MOST and expected in (0, len(run)) and _is_close(run)]
    own = [noun for noun in nouns if asked.count(noun) == 1]  # 无废城市试点选哪些城市: all points speak of 城市
    named = [run for run in fit if own and _is_named(run, paragraphs, nouns)]
    told = fit if not nouns or POINTS.intersection(nouns) or SPOKEN_OF.search(asked) else named
    behind = (run for run in told if _is_behind(best, run[0], paragraphs))
    inside = (
        run
        for run in told
        if (point := _point_of(best, run))
        and not _asks_for_one(point, run, best, paragraphs, asked, 1 if run in named else len(run) // 2)
    )
    return next(behind, None) or next(inside, None) or next(iter(named if expected else ()), [])


def _under(paragraphs: Mapping[int, Paragraph], asked: str, number: int) -> list[Point]:
    """The list right below the heading that a question names, the nearest to a paragraph: 主要任务 of 试点的主要任务有哪些."""
    expected = count_asked(asked)
    headings = (p for p in paragraphs.values() if p.role == "heading")
    for heading in sorted(headings, key=lambda p: abs(p.number - number)):
        bare = fold(bare_heading(heading.text)).rstrip("。：:")
        before, named, after = asked.partition(bare)
        if len(bare) < NAMED or not named or not (OF_IT.match(after) or OF_WHICH.search(before)):
            continue
        for _, run in series_near(paragraphs, heading.number + 1, articles=False):
            if 0 < run[0].paragraph - heading.number <= LED and len(run) <= MOST and expected in (0, len(run)):
                return run
    return []


def _point_of(best: Evidence, run: Sequence[Point]) -> Point | None:
    """The point in which the evidence stands."""
    number = best.hit.paragraph.number
    return next((p for p in run if p.paragraph == number and p.start < best.end and best.start < p.stop), None)


def _asks_for_one(
    point: Point, run: Sequence[Point], best: Evidence, paragraphs: Mapping[int, Paragraph], asked: str, others: int
) -> bool:
    """Whether one point is asked for and not all: it says a word of the question that neither the title nor what leads
    the list in says, nor as many as `others` of the other points.
    """
    told = _text(point, run, paragraphs)
    over = fold(" ".join([best.hit.entry.title, _lead(run, paragraphs)]))
    asked_for = [w for w in words(asked) if len(w) > 1 and w not in ASKING and w in told and w not in over]
    texts = [_text(other, run, paragraphs) for other in run if other != point]
    return any(sum(word in text for text in texts) < others for word in asked_for)


def _text(point: Point, run: Sequence[Point], paragraphs: Mapping[int, Paragraph]) -> str:
    """A point up to the next one, folded; of the last one its own paragraph."""
    following = min((p.paragraph for p in run if p.paragraph > point.paragraph), default=point.paragraph + 1)
    below = (p.text for n, p in paragraphs.items() if point.paragraph < n < following)
    return fold(" ".join([paragraphs[point.paragraph].text[point.start : point.stop], *below]))


def _lead(run: Sequence[Point], paragraphs: Mapping[int, Paragraph]) -> str:
    """The sentence that leads a list in, and the heading above it."""
    first = paragraphs[run[0].paragraph]
    above = paragraphs.get(first.number - 1)
    lead = first.text[: run[0].start].strip() or (above.text if above and above.role != "heading" else "")
    spans = sentence_spans(lead)
    return " ".join([*first.heading_path[-1:], lead[spans[-1][0] :] if spans else ""])


def _is_named(run: Sequence[Point], paragraphs: Mapping[int, Paragraph], nouns: Sequence[str]) -> bool:
    """Whether what leads a list in, or most of its points, say what it is."""
    texts = [paragraphs[point.paragraph].text[point.start : point.stop].strip()[:LONGEST] for point in run]
    points = [text[: sentence_spans(text)[0][1]] if text else "" for text in texts]
    lead, *held = [all(noun in fold(text) for noun in nouns) for text in (_lead(run, paragraphs), *points)]
    return lead or 2 * sum(held) > len(points)


def dashed(paragraphs: Mapping[int, Paragraph]) -> Iterator[list[Point]]:
    """Paragraphs one behind the other that begin with a dash."""
    marked = [p for p in paragraphs.values() if p.text.lstrip().startswith("——")]
    for _, group in groupby(enumerate(marked), lambda pair: pair[1].number - pair[0]):
        run = [Point(p.number, 0, len(p.text), n) for n, (_, p) in enumerate(group, 1)]
        if len(run) >= TOGETHER:
            yield run


def _is_behind(best: Evidence, first: Point, paragraphs: Mapping[int, Paragraph]) -> bool:
    """Whether the evidence leads in the first point: right before it in its paragraph, or at the end of one just above."""
    lead = best.hit.paragraph
    if first.paragraph == lead.number:
        return best.end - 1 <= first.start <= best.end + 1
    path = paragraphs[first.paragraph].heading_path
    above = 0 < first.paragraph - lead.number <= LED and path[: len(lead.heading_path)] == lead.heading_path
    return above and (lead.role == "opening" or not lead.text[best.end :].strip() or bool(LEADS.search(lead.text)))


def _is_close(run: Sequence[Point]) -> bool:
    return all(b.paragraph - a.paragraph <= APART for a, b in pairwise(run))


def _told(
    best: Evidence, run: Sequence[Point], paragraphs: Mapping[int, Paragraph], chosen: Sequence[Evidence]
) -> Iterator[Evidence]:
    """Of each point the sentence that it begins with, and what was chosen and meets it."""
    hits = {e.hit.paragraph.number: e.hit for e in chosen if e.hit.entry.row == best.hit.entry.row}
    for n, point in enumerate(run, 1):
        text = paragraphs[point.paragraph].text
        start = point.start + len(text[point.start : point.stop]) - len(text[point.start : point.stop].lstrip())
        ends = [b for a, b in sentence_spans(text) if a <= start < b]
        stop = min(ends[0] if ends else len(text), point.stop, start + LONGEST)
        hit = hits.get(point.paragraph) or hit_of(best.hit, paragraphs[point.paragraph])
        piece = Evidence(hit, start, stop, best.weight - n * LESS)
        stop = max([stop, *(min(e.end, point.stop) for e in chosen if _meet(e, piece))])
        yield Evidence(hit, start, stop, piece.weight)
