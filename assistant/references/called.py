"""By which names a question calls an issuer, a speaker, a meeting: in full, or as one says it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from corpus.facts.people import RANKS
from corpus.facts.places import FULL, HAN, LEVELS
from corpus.normal import fold

SHORT_OF = {fold(full): fold(short) for short, full in FULL.items()}
_DIVISIONS = "|".join(sorted((fold(full) for full in LEVELS), key=len, reverse=True))
# 广州市天河区教育局: the division that an organ is of, down to its district.
OF_PLACE = re.compile(
    rf"^(?:中共)?(?P<listed>(?:{_DIVISIONS})*)(?P<district>{HAN}{{2,4}}?[省市区县旗州](?![域级场民政委]))?(?={HAN})"
)
# What everybody shortens; the longer first.
SHORTENED = (
    ("人力资源和社会保障", "人社"), ("人力资源社会保障", "人社"), ("发展和改革委员会", "发改委"), ("发展改革委", "发改委"),
    ("卫生健康委员会", "卫健委"), ("卫生健康委", "卫健委"), ("住房和城乡建设", "住建"), ("住房城乡建设", "住建"), ("医疗保障", "医保"),
    ("市场监督管理", "市场监管"), ("工业和信息化", "工信"), ("国有资产监督管理委员会", "国资委"), ("国家税务总局", "税务总局"),
    ("国务院办公厅", "国办"), ("中共中央办公厅", "中办"), ("人民政府", "政府"), ("委员会", "委"),
)  # fmt: skip
SAID = frozenset(("国办", "中办", "市委", "省委", "区委", "县委"))
"""Names of two characters that mean an organ."""
NO_ORGAN = re.compile(
    r"(?:工作|管理|人民)?(?:委员会|办公室|办公厅|指挥部|领导小组|政府|中心|总局|大会|会议|联合会|委)(?:办公室|办公厅)?"
)
"""Endings that every other organ has too."""
MEETINGS = ("会议", "大会")
# 财政部门, 教育部署, 市委员会, 公安局长, 国务院总理: another word begins where the name ends.
GOES_ON = re.compile(r"[发函](?=[\[第\d])|门|署|分(?!别)|队|员|长|书记|副?总理|常务|各|扶贫办|国资委|台办")
# 市财政局 is one of this library's only where no other place stands before it: not in 越溪市财政局, 自治区红十字会.
BEGINS = re.compile(r"(?:^|[^\u4e00-\u9fff]|[的在对和与及由按据从向给让把是说问找看查于年日被])$")
RANK = re.compile(rf"(?:副)?(?:{RANKS})$")
SESSION = (("人民代表大会", "人大"), ("常务委员会", "常委会"), ("第", ""))


class Called:
    """Rows of documents by the names that a question may use."""

    def __init__(self, named: Iterable[tuple[int, Iterable[str]]]) -> None:
        self._rows: dict[str, set[int]] = defaultdict(set)
        for row, names in named:
            for name in names:
                self._rows[name].add(row)
        self._lengths = sorted({len(name) for name in self._rows}, reverse=True)

    def found(self, text: str) -> Iterator[tuple[int, str, set[int]]]:
        """Where a folded text uses a name, which, and whose it is; of names in one another the longest."""
        at = 0
        while at < len(text):
            name = next((text[at : at + n] for n in self._lengths if text[at : at + n] in self._rows), "")
            if name:
                yield at, name, self._rows[name]
            at += len(name) or 1


def issuer_names(issuer: str) -> set[str]:
    """What the organs of a folded issuer are called.

    >>> sorted(issuer_names("广州市天河区教育局,财政部"))
    ['区教育局', '天河区教育局', '天河教育局', '广州市天河区教育局', '财政部']
    >>> sorted(issuer_names("中共海南省委"))
    ['中共海南省委', '海南省委', '省委']
    """
    return {name for organ in re.split(r"[,、\s]", issuer) for name in _organ_names(organ) if _names_one(name)}


def _organ_names(organ: str) -> set[str]:
    found = OF_PLACE.match(organ)
    listed, district = (found.group("listed"), found.group("district") or "") if found else ("", "")
    rest = organ[found.end() :] if found else organ
    division = district or next((full for full in SHORT_OF if listed.endswith(full)), "")
    names = {organ, organ.removeprefix("中共")}
    if division:
        names |= {division + rest, division[-1] + rest}
    if division and not rest.startswith("委"):
        names.add(SHORT_OF.get(division, division[:-1]) + rest)
    return names | {_shortened(name) for name in names}


def _shortened(name: str) -> str:
    for long, short in SHORTENED:
        name = name.replace(long, short)
    return name


def _names_one(name: str) -> bool:
    return (len(name) > 2 and not NO_ORGAN.fullmatch(name) and not name.endswith(MEETINGS)) or name in SAID


def speaker_names(speaker: str, office: str) -> set[str]:
    """A folded speaker's name, and the surname with the office that the document states.

    >>> sorted(speaker_names("江明", "云岭市市长")), speaker_names("江明", "")
    (['江市长', '江明'], {'江明'})
    """
    rank = RANK.search(office)
    titled = {f"{speaker[0]}{rank.group()}", f"{speaker[0]}{rank.group().removeprefix('副')}"} if rank else set()
    return {speaker, *titled} if len(speaker) > 1 else set()


def occasion_names(occasion: str) -> set[str]:
    """A folded meeting as one says it.

    >>> occasion_names("第十四届全国人民代表大会第一次会议"), occasion_names("全区防汛工作会议")
    ({'十四届全国人大一次会议'}, {'防汛工作会议'})
    """
    said = as_said(re.sub(r"^全[省市区县州镇乡](?=.{5})", "", occasion))
    return {said} if len(said) > 5 else set()


def as_said(text: str) -> str:
    """A folded text with 第 and the long names of assemblies shortened, as meetings are compared."""
    for long, short in SESSION:
        text = text.replace(long, short)
    return text


def issuers_in(question: str, called: Called) -> Mapping[str, set[int]]:
    """The issuers that a folded question names, and their documents."""
    found: dict[str, set[int]] = {}
    for at, name, rows in called.found(question):
        one = not name.startswith(tuple("省市区县旗州")) or BEGINS.search(question[:at])
        if one and not GOES_ON.match(question[at + len(name) :]):
            found[name] = rows
    return found
