"""The looks of a page as Word's styles, and the fonts that they name."""

from __future__ import annotations

from html import escape

from assistant.export import page
from assistant.export.page import LOOKS, Look

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BUILT_IN = {"title": "Title", "subtitle": "Subtitle"} | {f"heading{n}": f"Heading{n}" for n in range(1, 10)}
STYLES = {kind: BUILT_IN.get(kind, f"Youju{kind.capitalize()}") for kind in LOOKS}
"""The id of the style of each kind; headings and titles have Word's own, so that its outline shows them."""
DOUBT_SIZE = 9.0
"""Points of what is said in the head of a page."""


def styles_xml() -> str:
    """The part styles.xml: 3号仿宋 on lines of one pitch, and what differs from it.

    The styles hold the measures of the page's grid themselves and don't snap to it: a character of 3号 is wider
    than its cell, to which Word squeezes it, while LibreOffice gives it two.
    """
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        f'<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>{_spacing()}<w:jc w:val="both"/>'
        f'</w:pPr><w:rPr>{_font(page.FANGSONG, page.BODY)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )
    number = f"{_name('PageNumber', '页码')}<w:pPr>{_spacing(round(page.NUMBER_SIZE * 20))}</w:pPr>"
    number += f"<w:rPr>{_font(page.SONG, page.NUMBER_SIZE)}</w:rPr></w:style>"
    doubts = f'{_name("Doubts", "存疑提示")}<w:pPr>{_spacing(round(DOUBT_SIZE * 26))}<w:jc w:val="left"/></w:pPr>'
    doubts += f"<w:rPr>{_font(page.SONG, DOUBT_SIZE)}</w:rPr></w:style>"
    named = "".join(_style(STYLES[kind], look) for kind, look in LOOKS.items())
    return f'<w:styles xmlns:w="{W}">{normal}{named}{number}{doubts}</w:styles>'


def indents(look: Look, right: int = 0) -> str:
    """In hundredths of a character, and in twips for programs that don't count characters.

    >>> indents(LOOKS["body"])
    '<w:ind w:firstLineChars="200" w:firstLine="630"/>'
    """
    wide = page.ADVANCE * look.points / page.BODY
    told = {"firstLine": look.first, "left": look.hanging, "hanging": look.hanging, "right": right}
    made = " ".join(f'w:{side}Chars="{n * 100}" w:{side}="{round(n * wide)}"' for side, n in told.items() if n)
    return f"<w:ind {made}/>" if made else ""


def fonts_xml() -> str:
    """The part fontTable.xml: for each font those that Word takes in its place."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{escape(others)}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"swiss" if name == page.HEI else "roman"}"/><w:pitch w:val="variable"/></w:font>'
        for name, others in page.FONTS.items()
    )
    return f'<w:fonts xmlns:w="{W}">{fonts}</w:fonts>'


def _style(id_: str, look: Look) -> str:
    keep = "<w:keepNext/>" if look.keeps else ""
    own = "<w:pageBreakBefore/>" if look.own_page else ""
    level = f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else ""
    paragraph = f'{keep}{own}{indents(look)}<w:jc w:val="{look.align}"/>{level}'
    return f"{_name(id_, look.name)}<w:pPr>{paragraph}</w:pPr><w:rPr>{_font(look.font, look.points)}</w:rPr></w:style>"


def _name(id_: str, name: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
    )


def _spacing(line: int = page.PITCH) -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'


def _font(name: str, points: float) -> str:
    """Size in half points; characters stand closer only in the text, of which 28 make a line."""
    fonts = " ".join(f'w:{script}="{name}"' for script in ("ascii", "eastAsia", "hAnsi", "cs"))
    size = round(points * 2)
    closer = page.CLOSER if points == page.BODY else 0
    return (
        f'<w:rFonts {fonts} w:hint="eastAsia"/><w:snapToGrid w:val="0"/><w:spacing w:val="{closer}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )
