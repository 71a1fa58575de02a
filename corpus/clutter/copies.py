"""Steps that take what a text holds twice: its title, or all of it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from corpus.clutter.body import body_of
from corpus.clutter.inside import Spans
from corpus.clutter.patterns import BARE_DATE
from corpus.lines import Line
from corpus.sentences import sentence_spans

# Titles repeat near the top; comparing all lines with all would take the square of their number.
TITLE_LINES = 40
LONGEST_TITLE = 120
# 石桥区人民政府办公室 stands over a notice and again under it: as issuer, not as a repeated title.
ISSUER_END = re.compile(r"(?:政府|办公室|办公厅|委员会|局|厅|部|院|委|会|组|指挥部)$")
DOCUMENT_HINT = re.compile(r"〔\d{4}〕|^[（(]|^——")

# Where a news report on a letter begins, behind the letter itself: （新华社北京6月7日电）.
AGENCY = re.compile(r"[（(]新华社[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日电[）)]")
# What a report puts before the words that it repeats.
REPORTED = re.compile(
    r"\A[\s\u3000]*[\u4e00-\u9fff·]{2,8}(?:主席|总书记|总理)?(?:在[\u4e00-\u9fff]{1,6}中)?(?:还)?(?:说|指出|强调|表示|希望|要求)[，,：:]?"
)
REPORT_NOTE = re.compile(r"[（(](?:回信|贺信|全文)[^（）()]{0,6}另发[）)]\Z")
FEWEST_COPIED = 15
"""Characters, stops aside, of a sentence that cannot be the same by chance."""
COPIED_SHARE = 0.5
COPIED_LEAST = 100
FEWEST_COPIES = 3
"""A text stands twice when this share and this many of its characters, and so many sentences, come again."""
LONGEST_LETTER = 20_000
"""Characters of a text of which also parts of sentences are looked for; of a longer one whole sentences."""
OPENING = 3
"""A second copy begins like one of so many first lines."""


def drop_repeated_title(lines: list[Line]) -> set[int]:
    """A title that stands several times over the text: the last, nearest to the text, stays."""
    start, end = body_of(lines)
    if start == len(lines):
        return set()  # a list, not a document with a title over it
    last = {line.text: i for i, line in enumerate(lines[:start])}
    same = {i for i in range(start) if _is_title(lines[i].text) and last[lines[i].text] != i}
    head = [i for i in range(start) if i not in same and _is_title(lines[i].text)][:TITLE_LINES]
    gone = same | {i for i in head if any(i < j and _same_title(lines[i].text, lines[j].text) for j in head)}
    tail = {
        j
        for j in range(end, min(end + TITLE_LINES, len(lines)))
        if not ISSUER_END.search(lines[j].text)
        and any(not ISSUER_END.search(lines[i].text) and _same_title(lines[i].text, lines[j].text) for i in head)
    }
    return gone | tail


def _is_title(text: str) -> bool:
    return len(text) >= 8 and not DOCUMENT_HINT.search(text) and not BARE_DATE.fullmatch(text)


def _same_title(a: str, b: str) -> bool:
    if max(len(a), len(b)) > LONGEST_TITLE or abs(len(a) - len(b)) > 0.4 * max(len(a), len(b)):
        return False
    if _digits(a) and _digits(b) and _digits(a) != _digits(b):
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() > 0.85


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))


def drop_second_copy(lines: list[Line]) -> Spans:
    """The sentences of a letter or a text that come again in a report on it, or in a second copy, below."""
    place = _second_telling(lines)
    if place is None:
        return {}
    sentences = [(i, a, b) for i, line in enumerate(lines) for a, b in sentence_spans(line.text)]
    told = [_bare(lines[i].text[a:b]) for i, a, b in sentences if (i, a) < place]
    first = "".join(told)
    known = first if len(first) <= LONGEST_LETTER else frozenset(told)
    copied = [(i, a, b) for i, a, b in sentences if (i, a) >= place and _is_copy(lines[i].text[a:b], known)]
    again = {_bare(lines[i].text[a:b]) for i, a, b in copied}
    if len(again) < FEWEST_COPIES or sum(map(len, again)) < max(COPIED_LEAST, COPIED_SHARE * len(first)):
        return {}
    gone: Spans = {}
    for i, a, b in copied:
        gone.setdefault(i, []).append((a, b))
    return gone


def _second_telling(lines: list[Line]) -> tuple[int, int] | None:
    """Line and offset from which on the same text may be told again: behind a letter, or where it begins anew."""
    for i, line in enumerate(lines):
        found = AGENCY.search(line.text) if "电" in line.text else None
        if found and (i or found.start() > COPIED_LEAST):
            return i, found.end()
    for opening in [text for line in lines[:OPENING] if len(_bare(text := line.text[:LONGEST_TITLE])) >= FEWEST_COPIED]:
        later = next((i for i in range(1, len(lines)) if lines[i].text.startswith(opening) and i >= OPENING), None)
        if later is not None:
            return later, 0
    return None


def _is_copy(sentence: str, known: str | frozenset[str]) -> bool:
    words = _bare(REPORT_NOTE.sub("", REPORTED.sub("", sentence)))
    return len(words) >= FEWEST_COPIED and words in known


def _bare(text: str) -> str:
    return re.sub(r"[\s\u3000，。！？；：、“”‘’（）()]", "", text)
