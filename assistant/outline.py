"""A document as the command line shows it: its facts, its headings, or its numbered text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.messages import MESSAGES, say
from corpus import Document, Fact, Paragraph
from corpus.document import MENTIONS


def outline(document: Document, language: str, *, paragraphs: bool = False, removed: bool = False) -> Iterator[str]:
    """Lines: the facts with where they stand, then the headings, or with `paragraphs` the whole text.

    `removed` lists what cleaning took away, too.
    """
    for fact in document.facts:
        yield f"  {say(f'fact.{fact.name}', language)}：{fact.value}  ({_origin(fact, language)})"
    if document.quality:
        flags = (say(key, language) if (key := f"quality.{flag}") in MESSAGES else flag for flag in document.quality)
        yield f"  {say('fact.quality', language)}：{'、'.join(flags)}"
    counts = Counter(mention.type for mention in document.mentions)
    if counts:
        told = (say(f"mention.{kind}", language, count=counts[kind]) for kind in MENTIONS if counts[kind])
        yield f"  {say('outline.mentions', language)}：{'  '.join(told)}"
    for paragraph in document.paragraphs:
        if paragraphs:
            yield _numbered(paragraph, language)
        elif paragraph.role == "heading":
            yield f"{paragraph.number:>4}  {'  ' * len(paragraph.heading_path)}{paragraph.text}"
    for gone in document.removed if removed else ():
        yield f"   -  {gone.text}  ({gone.step})"


def _origin(fact: Fact, language: str) -> str:
    if not fact.paragraph:
        return say("fact.from_file", language)
    return say("fact.from_paragraph", language, n=fact.paragraph)


def _numbered(paragraph: Paragraph, language: str) -> str:
    path = " › ".join(paragraph.heading_path)
    where = f"{say(f'role.{paragraph.role}', language)}{' ' + path if path else ''}"
    return f"{paragraph.number:>4}  [{where}] {paragraph.text}"
