"""What Word's styles say of a paragraph: heading level, numbering, hidden text."""

from __future__ import annotations

import re

from lxml import etree

from corpus.extract.wordml import attribute, child, children, local, number, switched_on

# "heading 1" is Word's own name; 标题 1 and 一级标题 are what templates of offices call theirs.
HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])(?![0-9])|([一二三四五六七八九])级标题", re.I)
TITLE_NAMES = ("title", "标题", "公文标题", "文件标题", "大标题")
LONGEST_CHAIN = 20
BODY_TEXT = 9
"""Value of outlineLvl that means: no heading."""


class Styles:
    """Lookups over styles.xml; each follows `basedOn` up to the property that is stated."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = list(children(root, "style")) if root is not None else []
        self._styles = {attribute(style, "styleId") or "": style for style in styles}
        self._hiding: dict[str, bool | None] = {}
        self._default = next(
            (
                attribute(style, "styleId")
                for style in styles
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true")
            ),
            None,
        )

    def chain(self, style_id: str | None) -> list[etree._Element]:
        """The style and those it is based on, nearest first; the default one if none is named."""
        found: list[etree._Element] = []
        current = style_id if style_id in self._styles else self._default
        while current in self._styles and len(found) < LONGEST_CHAIN:
            found.append(self._styles[current])
            current = attribute(child(found[-1], "basedOn"))
        return found

    def numbering(self, style_id: str | None) -> tuple[int, int | None, str] | None:
        """numId, level (None: as the list's own levels say) and the id of the style that states them."""
        for style in self.chain(style_id):
            properties = child(style, "pPr", "numPr")
            num_id = number(child(properties, "numId"))
            if num_id is not None:
                return num_id, number(child(properties, "ilvl")), attribute(style, "styleId") or ""
        return None

    def heading_level(self, properties: etree._Element | None) -> int | None:
        """Level from 1 of a paragraph with these properties, None if it is no heading."""
        stated = number(child(properties, "outlineLvl"))
        if stated is None:
            for style in self.chain(attribute(child(properties, "pStyle"))):
                stated = number(child(style, "pPr", "outlineLvl"))
                if stated is None:
                    stated = _level_of_name(attribute(child(style, "name")) or "")
                if stated is not None:
                    break
        return stated + 1 if stated is not None and 0 <= stated < BODY_TEXT else None

    def is_title(self, properties: etree._Element | None) -> bool:
        """Whether the paragraph has the style of a document's title."""
        style_id = attribute(child(properties, "pStyle"))
        return style_id in self._styles and (
            (attribute(child(self._styles[style_id], "name")) or "").lower() in TITLE_NAMES
        )

    def hidden(self, run_properties: etree._Element | None, paragraph_style: str | None) -> bool:
        """Whether a run is hidden by itself, by its own style or by the paragraph's."""
        stated = switched_on(child(run_properties, "vanish"))
        if stated is not None:
            return stated
        of_run = self._hides(attribute(child(run_properties, "rStyle")))
        return bool(of_run if of_run is not None else self._hides(paragraph_style))

    def _hides(self, style_id: str | None) -> bool | None:
        if style_id and style_id not in self._hiding:
            stated = (switched_on(child(style, "rPr", "vanish")) for style in self.chain(style_id))
            self._hiding[style_id] = next((s for s in stated if s is not None), None)
        return self._hiding.get(style_id or "")


def _level_of_name(name: str) -> int | None:
    found = HEADING_NAME.fullmatch(name.strip())
    if not found:
        return None
    return int(found.group(1) or "一二三四五六七八九".index(found.group(2)) + 1) - 1


def is_style_separator(mark: etree._Element) -> bool:
    """Whether a paragraph mark is hidden, so that the next paragraph goes on in the same line."""
    return any(local(p) in ("vanish", "specVanish") and switched_on(p) for p in mark)
