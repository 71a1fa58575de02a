"""排比标题: sets of sibling headings of one document, with the pattern that they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from corpus import Paragraph
from corpus.normal import fold
from corpus.segment import segmenter
from index import Snapshot

# 一、 (二) 第三， 1. ①: what numbers a heading.
NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[编章节条部分、，,]*|[一二三四五六七八九十]+[、是要]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、]|[①-⑳])\s*"
)
MEMBERS = re.compile(r"[，,、；;：:\s—]+")
TAIL = re.compile(r"(?<![。；;：:，,！!\s])[。；;：:，,！!\s]+$")
FEWEST, LONGEST = 3, 40
"""Headings that make a set, and characters of one without its number."""
LONG_ENOUGH = 5
"""Characters from which on one length of all headings is no accident: 总体要求 and 工作任务 are labels."""
SHARE = 0.75
"""Of the headings of a set that have to have a pattern in common."""
LEADS = re.compile(
    r"^(?:坚持|突出|着力|聚焦|强化|加强|加快|推进|推动|深化|提升|提高|优化|完善|健全|狠抓|抓好|紧盯|围绕|立足|打造|建设|全面|全力|大力|切实|始终|坚决|深入|持续|做好|做优|做强|严明|端正|丰富|繁荣|稳定|明确|统一|在[^，,]{1,8}上)"
)
VERBS = frozenset("扛清护管防抓强促稳保补优聚树守破立建提夯筑担谋拓压惠育治查改")
"""Characters that stand for a verb of official style, whatever follows."""


@dataclass(frozen=True)
class HeadingSet:
    """Sibling headings of the document in a row, in their order, and what they share.

    `patterns`: "4+4" the lengths of their members, "动宾" that each begins with a verb, "坚持…" a lead word that
    all have; `length` is the mean number of characters.
    """

    document: int
    headings: tuple[Paragraph, ...]
    patterns: tuple[str, ...]
    length: float

    @property
    def parallel(self) -> bool:
        """Whether they share more than being headings."""
        return bool(self.patterns)


def bare_heading(text: str) -> str:
    """A heading without its number and the punctuation at its end.

    >>> bare_heading("（一）提高站位，扛牢责任。")
    '提高站位，扛牢责任'
    """
    return TAIL.sub("", NUMBERING.sub("", text, count=1)).strip()


def lengths(text: str) -> str:
    """The lengths of a heading's members.

    >>> lengths("提高站位，扛牢责任"), lengths("全面推进依法治县")
    ('4+4', '8')
    """
    return "+".join(str(len(m)) for m in MEMBERS.split(fold_kept(text)) if m)


def fold_kept(text: str) -> str:
    """A heading without quotation marks, which count for no length."""
    return re.sub(r"[“”‘’\"'「」『』《》]", "", text)


def patterns_of(texts: Sequence[str]) -> tuple[str, ...]:
    """What bare headings share, the most telling first.

    >>> patterns_of(["提高站位，扛牢责任", "突出重点，补齐短板", "严明纪律，务求实效"])
    ('4+4', '动宾')
    """
    found = []
    shape, count = Counter(map(lengths, texts)).most_common(1)[0]
    if count >= SHARE * len(texts) and ("+" in shape or (count == len(texts) and int(shape) >= LONG_ENOUGH)):
        found.append(shape)
    lead = shared_lead(texts)
    if lead:
        found.append(f"{lead}…")
    if all(starts_with_verb(text) for text in texts):
        found.append("动宾")
    return tuple(found)


def shared_lead(texts: Sequence[str]) -> str:
    """The characters, two at the least, or else one lead word, that all begin with; "" if none."""
    first, last = min(texts), max(texts)
    common = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    if common >= 2:
        return first[:common]
    if common == 1 and all(len(_first_word(text)) == 1 for text in texts):
        return first[:1]
    return ""


def starts_with_verb(text: str) -> bool:
    """Whether each member begins with a verb, as far as a dictionary of words can tell."""
    return all(_begins_with_verb(member) for member in MEMBERS.split(text) if member)


def _first_word(text: str) -> str:
    return next(iter(segmenter().cut(text, HMM=False)), "")


def _begins_with_verb(member: str) -> bool:
    word = _first_word(member)
    known = word if _tags().get(word, "i")[0] != "i" else word[:2]  # 突出重点 is an idiom of a verb and its object
    return bool(LEADS.match(member)) or member[0] in VERBS or _tags().get(known, "").startswith("v")


@lru_cache(maxsize=1)
def _tags() -> dict[str, str]:
    from jieba import posseg  # reads its table of tags, which takes half a second

    found: dict[str, str] = posseg.dt.word_tag_tab
    return found


def sets_of(snapshot: Snapshot) -> list[HeadingSet]:
    """The parallel sets of a library, made once for a generation."""
    return snapshot.kept("headings", lambda: [s for s in all_sets(snapshot.headings()) if s.parallel])


def all_sets(headings: Sequence[tuple[int, Paragraph]]) -> list[HeadingSet]:
    """Headings of one document that stand under the same titles and are numbered alike, three or more."""
    found = []
    ordered = sorted(headings, key=lambda h: (h[0], h[1].heading_path, h[1].number))
    for (row, _), group in groupby(ordered, key=lambda h: (h[0], h[1].heading_path)):
        members = [p for _, p in group]
        by_style: dict[str, list[Paragraph]] = {}
        for paragraph in members:
            by_style.setdefault(_style(paragraph.text), []).append(paragraph)
        found += [_set(row, own) for own in by_style.values() if len(own) >= FEWEST and _short(own)]
    return found


def _style(text: str) -> str:
    """Its numbering with the numeral left out."""
    number = NUMBERING.match(text)
    return re.sub(r"[一二三四五六七八九十百\d①-⑳\s]+", "", number.group()) if number else ""


def _short(paragraphs: Sequence[Paragraph]) -> bool:
    return all(0 < len(bare_heading(p.text)) <= LONGEST for p in paragraphs)


def _set(row: int, paragraphs: Sequence[Paragraph]) -> HeadingSet:
    texts = [bare_heading(p.text) for p in paragraphs]
    mean = sum(map(len, texts)) / len(texts)
    return HeadingSet(row, tuple(paragraphs), patterns_of(texts), round(mean, 1))


def matching(sets: Sequence[HeadingSet], query: str) -> list[HeadingSet]:
    """Those whose pattern a query names (4+4, 动宾, 坚持…); all if it names none."""
    wanted = fold(query)
    shape = re.search(r"\d{1,2}(?:\+\d{1,2})+|(?<!\d)\d{1,2}字", wanted)
    verbs = "动宾" in wanted
    lead = re.search(r"([\u4e00-\u9fff]{1,6})(?:…|\.{3})", wanted)
    kept = [s for s in sets if not shape or shape.group().rstrip("字") in s.patterns]
    kept = [s for s in kept if not verbs or "动宾" in s.patterns]
    return [s for s in kept if not lead or any(p.startswith(lead.group(1)) and p.endswith("…") for p in s.patterns)]


def theme_of(query: str) -> str:
    """A query without the words that name a pattern."""
    left = re.sub(
        r"\d{1,2}(?:\s*[+＋]\s*\d{1,2})+|\d{1,2}字|动宾(?:结构)?(?:[+＋]动宾)?|[\u4e00-\u9fff]{1,6}(?:…+|\.{3,})",
        " ",
        query,
    )
    return re.sub(r"排比|小?标题|对仗|的|关于|找|几组|一组", " ", left).strip()
