"""The page of an official document, and how each kind of paragraph looks on it: GB/T 9704-2012, 5 and 7.

The numbers in brackets are the standard's clauses. Lengths are in twentieths of a point, as Word counts.
"""

from __future__ import annotations

from dataclasses import dataclass


def twips(millimetres: float) -> int:
    """Twentieths of a point.

    >>> twips(210), twips(297)
    (11906, 16838)
    """
    return round(millimetres * 1440 / 25.4)


WIDTH, HEIGHT = twips(210), twips(297)
"""A4 (5.1)."""
TOP, LEFT = twips(37), twips(28)
"""天头 and 订口 (5.2.1)."""
CHARACTERS, LINES = 28, 22
"""In a line, and on a page (5.2.3)."""
BODY = 16.0
"""Points of 3号, the size of the text (5.2.2)."""
CLOSER = -5
"""What is taken off between characters: 28 of 3号 are wider than 156 mm."""
ADVANCE = round(BODY * 20) + CLOSER
"""From character to character."""
RIGHT, BOTTOM = WIDTH - LEFT - twips(156), HEIGHT - TOP - twips(225)
"""What leaves a type area of 156 mm by 225 mm (5.2.1)."""
PITCH = (HEIGHT - TOP - BOTTOM) // LINES
"""From line to line: 28.95 points, the most that lets 22 lines stand in 225 mm."""
CHARACTER_SPACE = int(((WIDTH - LEFT - RIGHT) / CHARACTERS / 20 - BODY) * 4096) - 1
"""The grid's own words for it, in 4096ths of a point of which 28 make the width (ISO/IEC 29500-1, 17.6.5)."""
NUMBER_SIZE = 14.0
"""Points of 4号, the size of page numbers (7.5)."""
FOOTER = BOTTOM - twips(7) - round(NUMBER_SIZE * 10)
"""From the page's lower edge to the foot of the number, whose dashes stand 7 mm under the type area (7.5)."""
HEADER = twips(22)
"""From the page's upper edge to what is said of doubtful texts; the standard has nothing there."""

XIAOBIAO, SONG, FANGSONG, KAI, HEI = "方正小标宋简体", "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体"
FONTS = {
    XIAOBIAO: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,宋体",
    SONG: "SimSun,Noto Serif CJK SC",
    FANGSONG: "仿宋,FangSong,华文仿宋",
    KAI: "楷体,KaiTi,华文楷体",
    HEI: "SimHei,Noto Sans CJK SC",
}
"""The fonts with those that take their place where they are not installed, the likest first."""


@dataclass(frozen=True, slots=True)
class Look:
    """`first` and `hanging` are the indents of the first line and of all others, in characters of its size.

    `level` is the outline level of a heading, `own_page` says that it begins one, `keeps` that it is not to
    stand at the foot of a page without what follows it.
    """

    name: str
    font: str = FANGSONG
    points: float = BODY
    align: str = "both"
    first: int = 0
    hanging: int = 0
    level: int = 0
    own_page: bool = False
    keeps: bool = False


LOOKS: dict[str, Look] = {
    "title": Look("Title", XIAOBIAO, 22.0, "center"),  # 2号小标宋, centred (7.3.1)
    "subtitle": Look("Subtitle", KAI, align="center"),
    "number": Look("发文字号", align="center"),  # (7.2.5)
    "addressee": Look("主送机关"),  # at the left edge (7.3.2)
    "body": Look("公文正文", first=2),  # (7.3.3)
    "heading1": Look("heading 1", HEI, first=2, level=1, keeps=True),  # 一、 (7.3.3)
    "heading2": Look("heading 2", KAI, first=2, level=2, keeps=True),  # （一）
    **{
        f"heading{n}": Look(f"heading {n}", first=2, level=n, keeps=True) for n in range(3, 10)
    },  # 1. and （1）, as the text
    "signature": Look("发文机关署名", align="right", keeps=True),  # (7.3.5)
    "date": Look("成文日期", align="right"),
    "attachment": Look("附件说明", first=2),  # (7.3.4)
    "annex": Look("附件", HEI, own_page=True, keeps=True),  # (7.3.7)
    "cell": Look("表格文字", points=12.0, align="left"),
    "label": Look("参考文献标题", HEI, keeps=True),
    "reference": Look("参考文献", points=NUMBER_SIZE, align="left", hanging=2),
    "remark": Look("存疑说明", KAI, NUMBER_SIZE, first=2),
}
"""By kind of a block."""
