"""Sentence patterns with slots: 以…之心…之本, 既要＿＿又要＿＿, 从X到X."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import BadPattern
from corpus.normal import fold

# …, ......, ＿＿, ___, *, ～, and an X that stands alone among Chinese characters.
MARK = re.compile(r"…|\.{3,}|。{3,}|[＿_*＊～~]")
LETTER = re.compile(r"(?<![A-Za-z0-9×])[XxＸ×](?![A-Za-z0-9×])")
SLOT = re.compile(rf"(?:{MARK.pattern}|{LETTER.pattern})++")
GAP, LONGEST_GAP = 12, 60
"""Characters that a slot takes at the most, unless told otherwise, and ever."""
MOST_PARTS, LONGEST_PART = 10, 60
"""A pattern of more parts, or with a longer one, is refused: no sentence has it."""


@dataclass(frozen=True)
class Pattern:
    """Folded parts, with 1 to `gap` characters of one sentence between each two."""

    parts: tuple[str, ...]
    gap: int = GAP

    @property
    def expression(self) -> str:
        """The same as a regular expression over folded text."""
        between = rf"(?:[^.!?\n]|(?<=\d)\.(?=\d)){{1,{self.gap}}}?"
        return between.join(map(re.escape, self.parts))


def has_slots(text: str) -> bool:
    """Whether a query is a pattern by its looks: it has parts with a mark between them, or with X at least twice,
    for one X may be a name that a source hides.

    >>> has_slots("以…之心…之本"), has_slots("从X到X"), has_slots("X市创建的话"), has_slots("怎么写结尾……")
    (True, True, False, False)
    """
    text = text[: MOST_PARTS * LONGEST_PART].strip()
    between = (slot.group() for slot in SLOT.finditer(text) if slot.start() > 0 and slot.end() < len(text))
    return len(_parts(text)) > 1 and (any(map(MARK.search, between)) or len(LETTER.findall(text)) > 1)


def read_pattern(text: str, gap: int = GAP) -> Pattern:
    """Read a pattern. Slots at its ends say nothing and are left off. Raises BadPattern.

    >>> read_pattern("既要……又要……更要……").parts
    ('既要', '又要', '更要')
    """
    parts = _parts(text)
    if not parts or len(parts) > MOST_PARTS or any(len(part) > LONGEST_PART for part in parts):
        raise BadPattern(pattern=text[:LONGEST_PART], parts=str(MOST_PARTS), length=str(LONGEST_PART))
    return Pattern(tuple(parts), max(1, min(gap, LONGEST_GAP)))


def _parts(text: str) -> list[str]:
    return [part for part in map(fold, SLOT.split(text)) if part]
