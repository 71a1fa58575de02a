"""成文日期: dates in figures and in Chinese numerals."""

from __future__ import annotations

import re

from corpus.structure.numbering import number_value

NUMERALS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
FULL_DATE = re.compile(
    r"((?:\d{4}|[二一][〇○零一二三四五六七八九]{3}))\s?年\s{0,2}(\d{1,2}|[一二三四五六七八九十]{1,3})\s?月\s{0,2}(\d{1,2}|[一二三四五六七八九十]{1,3})\s?日"
)
ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")


def read_date(text: str) -> str | None:
    """The first whole date of a text as YYYY-MM-DD, in figures or Chinese numerals.

    >>> read_date("二〇〇五年七月十四日"), read_date("（2020年1月8日）")
    ('2005-07-14', '2020-01-08')
    """
    found = date_span(text)
    return found[0] if found else None


def date_span(text: str) -> tuple[str, int, int] | None:
    """The first whole date with where it stands."""
    found = FULL_DATE.search(text)
    if not found:
        return None
    year = "".join(NUMERALS.get(c, c) for c in found.group(1))
    month, day = number_value(found.group(2)), number_value(found.group(3))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year}-{month:02}-{day:02}", found.start(), found.end()


def iso_date(text: str) -> str | None:
    """A date as file names and data tables write it.

    >>> iso_date("2024-05-06_清淤"), iso_date("20241345")
    ('2024-05-06', None)
    """
    found = ISO_DATE.search(text)
    if not found or not (1 <= int(found.group(2)) <= 12 and 1 <= int(found.group(3)) <= 31):
        return None
    return "-".join(found.groups())


def year_span(text: str) -> tuple[str, int, int] | None:
    """The first year of a title.

    >>> year_span("2024年石桥区政府工作报告")
    ('2024', 0, 4)
    """
    found = YEAR.search(text)
    return (found.group(1), *found.span(1)) if found else None
