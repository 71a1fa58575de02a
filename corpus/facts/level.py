"""地域 and 层级: which administrative division a document belongs to, 国 省 市 县 乡."""

from __future__ import annotations

import re

# Organs, meetings and offices of the whole country.
NATIONAL = re.compile(
    r"国务院|中共中央|中央军委|全[国國]人民代表大[会會]|中国共产党第[一二三四五六七八九十]{1,4}次全国代表大会|中华人民共和国(?:主席|国务院)|"
    r"^中华人民共和国[^。]{0,30}(?:法|条例|办法|规定)$|十九届|二十届|总书记|^国家[^\u4e00-\u9fff]?|中华全国|最高人民"
)
# Words in which a speaker of the whole country speaks of it.
WHOLE_COUNTRY = re.compile(r"我国|党中央|全国|中国|我國|中方")
OWN = {
    "省": re.compile(r"全省|我省|省委|省政府|X省|××省"),
    "市": re.compile(r"全市|我市|市委|市政府|[XxＸ×某]{1,2}市"),
    "县": re.compile(r"全县|我县|县委|县政府|全区|我区|区委|区政府|[XxＸ×某]{1,2}[县区]|示范区"),
    "乡": re.compile(r"全镇|我镇|镇党委|全乡|我乡|[XxＸ×某]{1,2}[镇乡]"),
}
LOCAL = re.compile("全[省市县区镇乡]|我[省市县区镇乡]")
FEWEST_OWN, FEWEST_NATIONAL = 3, 2


# 全国劳动模范表彰大会 is national, 全国文明城市创建推进会 may be a city's.
MAYBE_NATIONAL = re.compile(r"^(?:全国|中央)")


def is_national(text: str) -> bool:
    """Whether an issuer, occasion or office is of the whole country.

    >>> is_national("国务院办公厅"), is_national("云岭市人民政府")
    (True, False)
    """
    return bool(NATIONAL.search(text))


def may_be_national(text: str, body: str) -> bool:
    """Whether an occasion begins with 全国 and nothing in the text speaks of 全市 or 我省."""
    return bool(MAYBE_NATIONAL.match(text)) and not LOCAL.search(body)


def level_of_text(head: str, body: str) -> str | None:
    """The level that a text without a place's name speaks from: 全市 in its title, 我国 throughout."""
    own = LOCAL.search(head)
    if own and own.group()[1] in "省市":
        return own.group()[1]
    counts = {level: len(pattern.findall(body)) for level, pattern in OWN.items()}
    best = max(counts, key=lambda level: counts[level])
    national = len(WHOLE_COUNTRY.findall(body))
    if counts[best] >= FEWEST_OWN and counts[best] > national:
        return best
    return "国" if national >= FEWEST_NATIONAL and not LOCAL.search(body) else None


def level_word(level: str, text: str) -> tuple[int, int] | None:
    """Where a text first says so: 全市 for 市."""
    found = (WHOLE_COUNTRY if level == "国" else OWN[level]).search(text)
    return found.span() if found else None
