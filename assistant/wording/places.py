"""Where in a document wording stands: opening, transition, achievements, problems, measures, closing call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.normal import fold
from index import PassageRow, Snapshot

PLACES = ("opening", "transition", "achievement", "problem", "measure", "closing")
CHINESE = dict(zip(("开头", "过渡", "成绩", "问题", "措施", "结尾"), PLACES, strict=True))
SPOKEN = frozenset({"opening", "body", "closing"})
CALL = re.compile(
    r"让我们|同志们|各位代表|号召|奋力|奋斗|贡献|谱写|再创|再立新功|夺取|胜利|新篇章|新局面|新台阶|不辜负|不负|一往无前|阔步|迈进|前进|开创|砥砺|同心|携手|!$"
)
"""Words of a closing call."""
# 在肯定成绩的同时，我们也要清醒看到: a turn from one thing to the other.
TURN = re.compile(
    r"成绩[^.!?\n]{0,14}(?:同时|但|也要|也应|更要|来之不易)|同时[,也还]{0,2}[^.!?\n]{0,8}(?:清醒|看到|认识到|存在|面临)"
    r"|(?:但是?|然而|不过|同时|也要?|还要?|更要?|必须|应当?)[^.!?\n]{0,8}清醒[地的]?(?:看到|认识|意识)|(?:但|但是)[^.!?\n]{0,6}(?:应该|必须|也要?|我们也)[^.!?\n]{0,4}(?:看到|认识)"
)
DONE = re.compile(
    r"取得[^.!?\n]{0,12}(?:成[绩效就果]|进展|突破|胜利)|成[效绩][^.!?\n]{0,4}(?:显著|明显|来之不易)|圆满(?:完成|成功)|(?:显著|明显|持续|稳步|大幅)(?:提升|改善|增强|提高|增长)"
    r"|(?:同比|累计|全年)[^.!?\n]{0,20}\d|荣获|位居|迈上[^.!?\n]{0,6}台阶|(?:建成|完成|新增|实现)[^.!?\n]{0,20}\d"
)
WRONG = re.compile(
    r"(?:还|仍|依然|主要|也)?存在[^.!?\n]{0,24}(?:问题|不足|差距|短板|困难|薄弱|隐患)|有的(?:同志|单位|地方|干部|部门|县|街道|地区)?[^.!?\n]{2}"
    r"|少数(?:干部|单位|地方|同志|部门)|一些(?:地方|部门|干部|单位|同志|企业)|不够[^.!?\n]?|不到位|薄弱|滞后|推诿|扯皮|敷衍|形式主义|短板|差距[^.!?\n]{0,4}(?:较大|明显|不小)|突出问题"
)
ORDER = re.compile(
    r"(?:^|[.!?;\n,])(?:一是|二是|三是|四是|第[一二三四五],)?(?:要|必须|务必|切实|着力|大力|全力|加快|深入|坚决|严格|全面|进一步|扎实)(?:[\u4e00-\u9fff])"
    r"|(?:^|[.!?;\n])(?:坚持|强化|推进|加强|完善|健全|抓好|落实|推动|开展|实施|建立|优化|聚焦|突出)"
)
BY_WORDS = {"transition": TURN, "achievement": DONE, "problem": WRONG, "measure": ORDER, "closing": CALL}
HEADED = {
    "achievement": re.compile(r"成[绩效就果]|回顾|工作情况|过去"),
    "problem": re.compile(r"问题|不足|差距|短板|困难"),
    "measure": re.compile(r"措施|举措|任务|重点|安排|部署|保障|要求"),
}
WHERE_IT_STANDS, WHAT_IT_SAYS = 0.5, 0.5
REACH = 300
"""Characters from a document's beginning or end in which it opens or closes: some sources have no line breaks."""


@dataclass(frozen=True)
class Places:
    """The paragraphs (document row, number) at which documents begin and end."""

    openings: frozenset[tuple[int, int]]
    closings: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Places:
        """Those of a generation, found once."""
        return snapshot.kept("places", lambda: read_places(snapshot.roles()))

    def fit(self, place: str, row: PassageRow, start: int, stop: int) -> float:
        """How well row.whole[start:stop] fits a place: 0 not at all, 1 by where it stands and what it says."""
        at = (row.document, row.paragraph)
        if place == "opening":
            return 1.0 if at in self.openings and start < REACH else 0.0
        says = bool(BY_WORDS[place].search(fold(row.whole[start:stop])))
        if place == "closing":
            ends = at in self.closings and len(row.whole) - stop < REACH
            return WHERE_IT_STANDS + WHAT_IT_SAYS * says if ends else 0.0
        if place == "transition":
            return float(says)
        headed = any(HEADED[place].search(heading) for heading in row.heading_path)
        return WHAT_IT_SAYS * says + WHERE_IT_STANDS * headed if says or headed else 0.0


def read_places(paragraphs: Sequence[tuple[int, int, str, str]]) -> Places:
    """From (document row, number, role, text) of all paragraphs, document by document.

    A document ends with its last paragraph of running text, and the one before if that calls as well; it
    opens with what is marked as opening, else with its first paragraph.
    """
    openings: set[tuple[int, int]] = set()
    closings: set[tuple[int, int]] = set()
    for row, group in groupby(paragraphs, key=lambda p: p[0]):
        own = list(group)
        spoken = [(n, role, text) for _, n, role, text in own if role in SPOKEN]
        opening = [n for n, role, _ in spoken if role == "opening"] or [n for n, _, _ in spoken[:1]]
        closing = [n for n, role, _ in spoken if role == "closing"] + [n for n, _, _ in spoken[-1:]]
        closing += [n for n, _, text in spoken[-2:-1] if CALL.search(fold(text))]
        openings.update((row, n) for n in opening)
        closings.update((row, n) for n in closing)
    return Places(frozenset(openings), frozenset(closings))


def paragraphs_of(snapshot: Snapshot, place: str) -> list[tuple[int, int]]:
    """The paragraphs of a library in which a place is found by where they stand, or by what they say."""
    places = Places.of(snapshot)
    if place in ("opening", "closing"):
        return sorted(places.openings if place == "opening" else places.closings)
    return snapshot.kept(
        f"places.{place}",
        lambda: sorted({(o.document, o.paragraph) for o, _ in snapshot.text.matches(BY_WORDS[place])}),
    )
