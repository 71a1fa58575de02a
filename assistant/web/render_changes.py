"""A source's words with what was made of them, as a tracked change shows it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.messages import say
from assistant.quotation import Edit


def changes_html(text: str, edits: Sequence[Edit], language: str, begin: int = 0) -> str:
    """A source's text, in front of each difference what was written instead, struck through; the source's own
    characters there are underlined. `begin` is where the text begins in what the edits count in.

    >>> changes_html("狠抓落实", [Edit(3, "实", "买")], "zh").count("<del>"), changes_html("甲<乙", [], "zh")
    (1, '甲&lt;乙')
    """
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: e.at):
        start = max(edit.at - begin, at)
        parts += [escape(text[at:start]), _change(edit, language)]
        at = max(start, edit.at - begin + len(edit.source))
    return "".join([*parts, escape(text[at:])])


def _change(edit: Edit, language: str) -> str:
    """One difference. What is only heard tells a screen reader which characters are whose."""
    kind = "edit" if edit.source and edit.query else "left_out" if edit.source else "added"
    parts = (("del", "query", edit.query), ("ins", "source", edit.source))
    return "".join(
        f"<{tag}>{_heard(f'web.heard.{kind}.{side}', language)}{escape(text)}{_heard('web.heard.end', language)}</{tag}>"
        for tag, side, text in parts
        if text
    )


def _heard(key: str, language: str) -> str:
    return f'<span class="yj-heard">{escape(say(key, language))}</span>'
