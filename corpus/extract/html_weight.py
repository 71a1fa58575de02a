"""What the elements of a web page weigh: their characters, those in links, their stops."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

STOPS = re.compile(r"[。；！？，]")
# A full stop weighs as much as ten characters: sentences tell a document from a list of names.
STOP_WEIGHT = 10


class Weight(NamedTuple):
    """`text` characters that are not white space, `links` of them in links, `stops` outside of links."""

    text: int
    links: int
    stops: int

    @property
    def prose(self) -> int:
        """What speaks for a document."""
        return self.text - self.links + STOP_WEIGHT * self.stops


class Weights:
    """The weight of each element, without what is left out; `elements` are in document order."""

    def __init__(self, scale: Scale, left_out: Collection[HtmlElement]) -> None:
        count = len(scale.elements)
        self.index = scale.index
        text, links, stops = self.text, self.links, self.stops = [0] * count, [0] * count, [0] * count
        own, behind, parents, is_link = scale.own, scale.behind, scale.above, scale.is_link
        out = {scale.index[element] for element in left_out}
        for i in range(count - 1, -1, -1):  # the innermost first
            if i in out:
                text[i] = links[i] = stops[i] = 0
            else:
                text[i] += own[i][0]
                stops[i] += own[i][1]
                if is_link[i]:
                    links[i], stops[i] = text[i], 0
            above = parents[i]
            if above is not None:
                text[above] += text[i] + behind[i][0]
                links[above] += links[i]
                stops[above] += stops[i] + behind[i][1]

    def __getitem__(self, element: HtmlElement) -> Weight:
        i = self.index[element]
        return Weight(self.text[i], self.links[i], self.stops[i])


class Scale:
    """What is weighed once for all: the text in front of and behind the children of each element."""

    def __init__(self, elements: Sequence[HtmlElement]) -> None:
        self.elements = elements
        self.index = {element: i for i, element in enumerate(elements)}
        self.above = [self.index.get(element.getparent()) for element in elements]
        self.is_link = [element.tag == "a" for element in elements]
        self.own = [_measure(element.text) for element in elements]
        self.behind = [_measure(element.tail) for element in elements]


def _measure(text: str | None) -> tuple[int, int]:
    """Characters that are not white space, and stops."""
    if not text or text.isspace():
        return 0, 0
    return len("".join(text.split())), len(STOPS.findall(text))
