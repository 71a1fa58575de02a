"""What a draft gives as the words of others: in quotation marks, after 指出 or 强调, out of a 《title》."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.draft.reading import DraftParagraph
from assistant.quotation.framing import NESTED
from corpus.mentions.quotes import IRONIC, IRONY_BEHIND, SENTENCE, SHORT_NAME, TITLE_BEHIND
from corpus.mentions.quotes import QUOTED as APART
from corpus.mentions.speakers import SPOKEN, speaker_of
from corpus.normal import fold
from corpus.sentences import sentence_spans

Kind = Literal["quoted", "reported", "titled", "run", "figure"]
"""In quotation marks; after a verb of saying; in the sentence of a 《title》; a run that stands in the library all
the same; a figure or date beside a source."""

FEWEST_FRAMED, FEWEST_BARE = 6, 10
"""Characters of a quotation that somebody is said to have said, and of any other: “三农” and “放管服” are terms."""
LONGEST_NAME = 16
"""Characters up to which words in quotation marks without any word or mark of a sentence are the name of a thing."""
FEWEST_REPORTED = 10
"""Characters of what is reported without quotation marks."""
LONGEST = 600
"""Characters of a claim; a longer sentence has lost its stops, and its runs are found all the same."""
REACH = 90
"""Characters before a quotation in which it is said whose it is."""
VERBS = (
    "强调指出|明确指出|深刻指出|明确要求|明确提出|明确规定|指出|强调|要求|提出|明确|规定|写道|写明|载明|指示|批示|说过"
)
"""Verbs with which the words of others are given; what somebody 认为 or 表示 is told in the draft's own."""
# 会议强调，…  《条例》规定：…
REPORTED = re.compile(rf"(?:{VERBS})(?:过|了|到)?[，：:,]")
# 《条例》第三条规定…  《方案》提出要…
TITLED = re.compile(
    rf"》(?:[（(][^（）()]{{1,40}}[）)])?(?:第[一二三四五六七八九十百零\d]{{1,6}}条)?(?:[也还又曾都均]|中|里)?(?:{VERBS})(?:过|了|到)?[，：:,]?"
)
# 贯彻《方案》要求，…: a title that is no subject states nothing, so what follows is loosely told as well.
NO_SUBJECT = re.compile(r"(?:根据|按照|依据|依照|遵照|贯彻|落实|执行|学习|对照|围绕)[^，。；“”]{0,24}《[^《》]{2,80}$")
# 根据《条例》，…  按照《方案》要求，…: what follows is as a rule told and not quoted.
ACCORDING = re.compile(
    r"(?:根据|按照|依据|依照|遵照)[^，。；“”《》]{0,20}《[^《》]{2,80}》[^，。；“”《》]{0,16}[，,：:]"
)
# Quotation marks with those in them, which are no quotation of their own.
QUOTED = re.compile(f"{NESTED}|{APART.pattern}")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
TITLE = re.compile(r"《([^《》]{2,80})》")
OPENING_MARKS = '“"「『'


@dataclass(frozen=True)
class Claim:
    """paragraph.text[start:end] is given as the words of somebody or of some document.

    `lead` is what stands before it in its sentence and says whose; `loose` if it may as well be told in
    the draft's own words, so that it is worth a word only if the library has it.
    """

    paragraph: int
    start: int
    end: int
    text: str
    kind: Kind
    lead: str = ""
    by: str = ""
    loose: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """The 《titles》 that it is attributed to."""
        return tuple(dict.fromkeys(TITLE.findall(self.lead)))

    @property
    def year(self) -> int | None:
        """The year that stands last before it."""
        found = YEAR.findall(self.lead)
        return int(found[-1]) if found else None


def find_claims(paragraph: DraftParagraph) -> list[Claim]:
    """The claims of a paragraph in the order of its text; what one reports holds the quotations in it.

    >>> text = "全会强调，河湖管护要管到排水口。要落实“河长制”。有人说：“把每条河当作门前河来管。”"
    >>> [(c.kind, c.by, c.text) for c in find_claims(DraftParagraph(1, text))]
    [('reported', '全会', '河湖管护要管到排水口。'), ('quoted', '', '把每条河当作门前河来管。')]
    """
    quoted = list(_quoted(paragraph))
    reported = [c for c in _reported(paragraph) if not _mostly_quoted(c, quoted)]
    return sorted([*quoted, *reported], key=lambda c: (c.start, -c.end))


def _quoted(paragraph: DraftParagraph) -> Iterator[Claim]:
    text = paragraph.text
    if not any(mark in text for mark in OPENING_MARKS):
        return
    for found in QUOTED.finditer(text):
        value, (start, end) = found.group(found.lastindex or 1), found.span(found.lastindex or 1)
        before, behind = text[max(0, found.start() - REACH) : found.start()], text[found.end() : found.end() + 16]
        said = SPOKEN.search(before[-24:])
        by = (speaker_of(before[: len(before) - len(said.group())]) or "") if said else ""
        framed = bool(said) or before.endswith(("：", ":"))
        long = _is_long(value, framed=framed)
        if long and _is_said(before, behind):
            yield Claim(paragraph.number, start, end, value, "quoted", _lead(text, found.start()), by)


def _is_long(value: str, *, framed: bool) -> bool:
    """Whether words are more than a term: by their length, and unless they are announced, by reading as a sentence.

    >>> _is_long("放管服", framed=True), _is_long("要一抓到底", framed=False), _is_long("全民健身中心建设工程", framed=False)
    (False, False, False)
    >>> _is_long("要一抓到底见到成效", framed=True), _is_long("遇山一起爬，遇沟一起跨", framed=False)
    (True, True)
    """
    length = len(fold(value))
    if framed:
        return length >= FEWEST_FRAMED
    return length >= FEWEST_BARE and (length > LONGEST_NAME or SENTENCE.search(value) is not None)


def _is_said(before: str, behind: str) -> bool:
    """Whether quotation marks hold words, and no title, no short name, nothing that is held up to scorn."""
    return not (
        SHORT_NAME.search(before) or TITLE_BEHIND.match(behind) or IRONIC.search(before) or IRONY_BEHIND.match(behind)
    )


def _reported(paragraph: DraftParagraph) -> Iterator[Claim]:
    for start, end in sentence_spans(paragraph.text):
        sentence = paragraph.text[start:end]
        found = _frame(sentence)
        if found is None:
            continue
        at, kind, by, loose = found
        said = sentence[at:]
        if _in_marks(paragraph.text[: start + at]) or said[:1] in OPENING_MARKS:
            continue
        if len(fold(said)) >= FEWEST_REPORTED and len(said) <= LONGEST:
            yield Claim(paragraph.number, start + at, end, said, kind, sentence[:at], by, loose)


def _in_marks(before: str) -> bool:
    """Whether a quotation is still open: who says something in it is quoted himself."""
    return any(before.count(a) > before.count(b) for a, b in ("“”", "「」", "『』"))


def _frame(sentence: str) -> tuple[int, Kind, str, bool] | None:
    """Where the words begin that a sentence reports, what frames them, whose they are, and whether loosely."""
    sentence = sentence[:LONGEST]
    if according := ACCORDING.match(sentence):
        return according.end(), "titled", "", True
    if "《" in sentence and (titled := TITLED.search(sentence)):
        return titled.end(), "titled", "", NO_SUBJECT.search(sentence[: titled.start()]) is not None
    for verb in REPORTED.finditer(sentence):
        speaker = speaker_of(sentence[: verb.start()])
        if speaker:
            return verb.end(), "reported", speaker, False
    return None


def _mostly_quoted(claim: Claim, quoted: list[Claim]) -> bool:
    """Whether the words are in quotation marks for the better part."""
    inside = sum(q.end - q.start for q in quoted if claim.start <= q.start and q.end <= claim.end)
    return 2 * inside >= claim.end - claim.start


def _lead(text: str, at: int) -> str:
    """What stands before a place in its sentence."""
    before = text[max(0, at - REACH) : at]
    return re.split("[。！？；]", before)[-1]
