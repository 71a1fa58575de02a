"""A checked draft as an office worker reads it, and as comments say it at the places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.about import warnings_of
from assistant.citation import in_title_marks
from assistant.draft.comments import Comment
from assistant.draft.findings import Checked, Copied, Finding, Verdict
from assistant.messages import say
from assistant.quotation import Edit
from assistant.telling import claim_lines
from corpus.rewritten import Suspicion
from index import Entry

LONGEST_SHOWN = 60
"""Characters of the draft's words that the report shows; a comment stands beside them and shows none."""
MOST_EDITS = 8
"""Differences that are named; beyond that two texts are compared side by side."""
SAME = 0.8
"""Share of a draft out of one document, from which on the two are the same."""
COUNTED = ("quoted", "reported", "titled")
VERDICTS: tuple[Verdict, ...] = ("verbatim", "differs", "not_found")


def report_lines(checked: Checked, paragraphs: int, language: str) -> Iterator[str]:
    """The report: every place of the draft, then how much of it is copied, then the counts."""
    yield say("check.head", language, draft=checked.draft, paragraphs=paragraphs, characters=checked.copied.characters)
    for n, finding in enumerate(checked.findings, 1):
        yield ""
        yield f"{n}. {say('paragraph', language, n=finding.paragraph)}  “{shortened(finding.text)}”"
        yield from (f"   {line}" for line in finding_lines(finding, language))
    if checked.rewritten:
        yield ""
        yield from rewritten_lines(checked.rewritten, language)
    yield ""
    yield from sum_lines(checked, language)


def rewritten_lines(suspicions: Sequence[Suspicion], language: str) -> Iterator[str]:
    """How many words were perhaps swapped, then each once, with the paragraphs where it stands; nothing without."""
    if suspicions:
        yield say("check.rewritten", language, count=len(suspicions))
    for word in dict.fromkeys(s.word for s in suspicions):
        own = [s for s in suspicions if s.word == word]
        where = "、".join(str(n) for n in dict.fromkeys(s.paragraph for s in own))
        yield f"  {word} → {' / '.join(own[0].likely)}  {say('paragraph', language, n=where)}"


def sum_lines(checked: Checked, language: str) -> Iterator[str]:
    """How much of the draft is copied, and out of what, then the counts."""
    copied = checked.copied
    if same := same_document(copied):
        yield say("check.same", language, printed=in_title_marks(same.title), id=same.id)
    for s in (s for s in copied.sentences if not s.marked):  # the others are among the findings
        where = say("paragraph", language, n=s.paragraph)
        yield say(
            "check.copied", language, where=where, share=s.share, text=shortened(s.text, 30), printed=s.source.printed
        )
    yield say(
        "check.share", language,
        share=copied.share, copied=copied.copied, characters=copied.characters, marked=copied.marked,
        sentences=len(copied.sentences),
    )  # fmt: skip
    kinds = Counter(f.verdict for f in checked.findings if f.kind in COUNTED)
    told = Counter(f.kind for f in checked.findings)
    yield say(
        "check.counts", language,
        claims=sum(kinds.values()), **{v: kinds[v] for v in VERDICTS}, runs=told["run"], figures=told["figure"],
    )  # fmt: skip


def same_document(copied: Copied) -> Entry | None:
    """The document of the library that the draft is, as good as whole: it was added before it was checked."""
    from_: Counter[str] = Counter()
    entries = {s.source.entry.id: s.source.entry for s in copied.sentences}
    for s in copied.sentences:
        from_[s.source.entry.id] += round(s.share * (s.end - s.start))
    id_, count = max(from_.items(), key=lambda pair: pair[1], default=("", 0))
    return entries[id_] if count > SAME * copied.characters else None


def finding_lines(finding: Finding, language: str, *, ids: bool = True) -> Iterator[str]:
    """What is said of one place: the verdict, every difference, the source, with its citation's id if wanted."""
    yield _verdict(finding, language)
    if finding.kind != "figure":
        yield from (edit_line(edit, language) for edit in finding.edits[:MOST_EDITS])
        if len(finding.edits) > MOST_EDITS:
            yield say("check.more", language, count=len(finding.edits) - MOST_EDITS)
        if finding.edits:
            yield say("check.original", language, text=finding.original)
    if finding.note == "figure" and finding.kind != "figure":
        yield say("check.digits", language)
    yield from claim_lines(finding.unmet, finding.unstated, language)
    if finding.source:
        key = "check.nearest" if finding.verdict == "not_found" else "check.source"
        warnings = warnings_of(finding.source.entry, language)
        id = f"  {finding.source.id}" if ids else ""
        yield f"{say(key, language)}：{finding.source.printed}{id}{warnings}"
        if finding.verdict == "not_found":
            yield say("check.original", language, text=finding.original)
        if finding.places > 1:
            yield say("check.places", language, count=finding.places)


def _verdict(finding: Finding, language: str) -> str:
    if finding.kind == "figure":
        stated = _as_written(finding.original) if finding.note == "date" and language == "zh" else finding.original
        return say(f"check.{finding.note}", language, said=finding.text, stated=stated)
    if finding.verdict == "differs":
        key = "check.marks" if finding.note == "marks" else "check.near" if finding.kind == "run" else "check.differs"
        return say(key, language, count=finding.wrong)
    if finding.kind == "run":
        return say("check.run", language)
    return say(f"check.{finding.verdict}", language)


def _as_written(date: str) -> str:
    """2025年5月30日 for 2025-05-30, and as much of it as there is."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False))


def edit_line(edit: Edit, language: str) -> str:
    """One difference."""
    if not edit.source:
        return say("check.added", language, query=edit.query)
    if not edit.query:
        return say("check.left_out", language, source=edit.source)
    return say("check.edit", language, source=edit.source, query=edit.query)


def shortened(text: str, most: int = LONGEST_SHOWN) -> str:
    """The beginning and the end of a long text.

    >>> shortened("一二三四五六七八九十", 6)
    '一二三…八九十'
    """
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-most // 2 :]}"


def comments_of(checked: Checked, language: str) -> list[Comment]:
    """One comment a place: findings that overlap say what they say in one."""
    told: list[Comment] = [
        Comment(f.paragraph, f.start, f.end, tuple(finding_lines(f, language, ids=False))) for f in checked.findings
    ]
    first = {(s.paragraph, s.word): s for s in reversed(checked.rewritten)}  # of each word in a paragraph
    told += [Comment(s.paragraph, s.start, s.end, (_rewritten(s, language),)) for s in first.values()]
    told.sort(key=lambda c: (c.paragraph, c.start, -c.end))
    return [comment for _, group in groupby(told, key=lambda c: c.paragraph) for comment in _merged(list(group))]


def _rewritten(suspicion: Suspicion, language: str) -> str:
    return say("check.swapped", language, word=suspicion.word, likely=" / ".join(suspicion.likely))


def _merged(comments: Sequence[Comment]) -> list[Comment]:
    merged: list[Comment] = []
    for comment in comments:
        if merged and comment.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Comment(last.paragraph, last.start, max(last.end, comment.end), last.lines + comment.lines)
        else:
            merged.append(comment)
    return merged
