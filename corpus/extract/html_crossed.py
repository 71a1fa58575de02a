"""Tags that cross: a paragraph that the end of a span around its beginning must not end."""

from __future__ import annotations

import re

# <SPAN><P>甲</SPAN>乙</P>, as Word and old editors write it, is one paragraph in any browser (HTML Living
# Standard, 13.2.6.4.7: an end tag whose start lies outside of the open paragraph is ignored). libxml2
# closes the paragraph there and leaves 乙 outside.
TAG = re.compile(
    r"<(/?)(p|span|font|div|td|th|tr|table|ul|ol|li|dl|dt|dd|h[1-6]|section|article|body|center|blockquote)(?=[\s/>])"
    r"[^<>]{0,4000}>",
    re.I,
)
INLINE = frozenset(("span", "font"))


def without_crossed_ends(page: str) -> str:
    """The page without the ends of spans and fonts that were begun outside of the paragraph they stand in.

    >>> without_crossed_ends("<span><p>甲</span>乙</p>"), without_crossed_ends("<p><span>甲</span>乙</p>")
    ('<span><p>甲乙</p>', '<p><span>甲</span>乙</p>')
    """
    kept: list[str] = []
    inside, end = False, 0
    begun = dict.fromkeys(INLINE, 0)
    for tag in TAG.finditer(page):
        ends, name = tag.groups()
        name = name.lower()
        if name not in INLINE:
            inside = name == "p" and not ends
            begun = dict.fromkeys(INLINE, 0)
        elif inside and not ends:
            begun[name] += 1
        elif inside and begun[name]:
            begun[name] -= 1
        elif inside:
            kept.append(page[end : tag.start()])
            end = tag.end()
    return "".join([*kept, page[end:]]) if kept else page
