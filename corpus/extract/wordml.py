"""WordprocessingML elements by their local names: the strict and the transitional namespaces differ."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree


def local(element: etree._Element) -> str:
    """The name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The direct children with one of these names."""
    return (child for child in element if local(child) in names)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The element that is found going down these names; None if one is missing."""
    for name in path:
        if element is None:
            return None
        for inner in element:
            if local(inner) == name:
                element = inner
                break
        else:
            return None
    return element


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute with this local name."""
    if element is None:
        return None
    return next((str(v) for k, v in element.attrib.items() if k[k.rfind("}") + 1 :] == name), None)


def number(element: etree._Element | None, default: int | None = None) -> int | None:
    """The `val` of an element as an integer; the default where there is none that could be meant."""
    text = attribute(element) or ""
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 10 else default


def switched_on(element: etree._Element | None) -> bool | None:
    """A toggle property: None if it is not stated."""
    if element is None:
        return None
    return (attribute(element) or "true") not in ("0", "false", "off")
