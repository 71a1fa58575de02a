"""What a question names: documents by number, title, year, place, kind, congress or loosely by their topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.facts.kind import SAME_KIND
from corpus.facts.places import FULL, SHORT
from corpus.normal import fold

HAN = "[\u4e00-\u9fff]"
LONGEST = 5000
"""Characters of a folded question that are read; a single one can fold to eighteen."""
# 国发〔2018〕39号; the brackets are folded.
NUMBER = re.compile(rf"({HAN}{{1,8}})[\[(【]((?:19|20)\d\d)[\])】]第?(\d{{1,4}})号")
# 2018年国发39号文, 国办发6号: a number as people say it.
SAID_NUMBER = re.compile(r"(?:((?:19|20)\d\d)年?)?((?:国|国办|中|中办|中央|国办函?|国函)(?:发|函|令))第?(\d{1,4})号")
DECREE = re.compile(rf"({HAN}{{0,12}}令)第?(\d{{1,4}})号")
TITLE = re.compile(r"《([^《》]{2,60})》?")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?![\d.%％])(?!个|万|亿|元|人|公里|米|亩|吨|项|户|家)")
# 96年, 04年; 10 to 30 only where it can be no span of time; 06、07、08、11年 is a list.
SHORT_YEAR = re.compile(
    r"(?<![\d.])(0\d|[5-9]\d|[1-3]\d(?=年(?:政府|国务院|报告|[春夏秋冬]|[上下]半|\d{1,2}月|年?[初末底])))年(?![代龄])"
)
YEAR_LIST = re.compile(r"(?<!\d)((?:\d{2}[、,和及]){1,12}\d{2})年(?![代龄])")
DIGITS = dict(zip("〇零○一二三四五六七八九", "0001234567899", strict=False)) | dict(
    zip("一二三四五六七八九", "123456789", strict=True)
)
SPOKEN_YEAR = re.compile(r"[一二][九〇零○][〇零○一二三四五六七八九]{2}(?=年)")
# 党的二十大, 十三大报告; 三大攻坚战 and 十大工程 are none.
CONGRESS = re.compile(
    r"(?:党的|中共|我党)(?P<a>[一二三四五六七八九十]{1,3})大|(?<![队团联会社革盟建进])第(?P<b>[一二三四五六七八九十]{1,3})次全国代表大会"
    r"|(?<![一二三四五六七八九十第两])(?P<c>[一二三四五六七八九十]{1,3})大(?=政治报告|报告|召开|上[，,提说讲]|以来|精神|起[,不就]|[,和与及][一二三四五六七八九十]{1,3}大)"
)
# A division that no list has: 越秀区, 云岭县. What is no name is a kind of area: 示范区, 贫困县.
DIVISION = re.compile(
    rf"(?:^|(?<=[,.?;在对和与及请问的]))(?![全各我本该某哪几一两这那每此在对与及请问])({HAN}{{2,3}}?)[区县](?!域|级|委|位|别|分|间)"
)
NO_PLACE = re.compile(
    r"(?:保护|核心|中心|缓冲|风险|安置|商务|商贸|会展|隔离|封控|管控|防范|禁牧|禁烟|建成|规划|产业|集聚|合作|自由|度假|开放|文化|物流)$"
    r"|[示范开发新园高老城小社山牧灾疫景辖矿库林片功能试验保税自贸经贫困脱贫边境民族农业人口多少地市省校厂时居住生活服公]$|哪|多|几"
)
# 第六次大督查; the first time is no number of a series.
ORDINAL = re.compile(r"第(?!一次|1次)[一二三四五六七八九十百\d]{1,4}(?:次|批|届|轮|期)(?=[\u4e00-\u9fff]{2})")
LEVEL = re.compile(r"(?:国家|省|市|县|区|部|校)级")
QUOTED = re.compile(r'"([^"]{2,24})"')
KINDS = (
    "政府工作报告", "施政报告", "工作报告", "政治报告", "报告", "讲话稿", "讲话", "发言", "致辞", "演讲", "贺信", "回信", "通知", "意见", "方案", "办法",
    "条例", "规定", "细则", "决定", "决议", "批复", "复函", "通报", "公告", "通告", "规划", "纲要", "指引", "指南", "问答", "文件",
)  # fmt: skip
REPORT = re.compile(r"(?:政府|国务院)?工作报告|施政报告")
YEAR_SAID = r"(?:(?:19|20)?\d\d|[今去前当])年度?"
# 法院工作报告, 市委工作报告, 审计工作报告: a report on work, but no government's.
OTHERS_REPORT = re.compile(
    rf"(?:人大|人民代表大会|常委会|委员会|法院|检察院|政协|[市省县区纪监党]委|党[组建]|支部|工会|协会|联合会|联|团|局|厅|(?<!全)部|处|办|(?<!国务)院|公司|集团"
    rf"|大学|学校|建设|审计|审判|检察|财政|预算|文明|法治|扶贫|脱贫|攻坚|改革|督查|信访|教育|调研)的?(?:{YEAR_SAID}的?)?工作报告"
)
# Words of asking; what holds one is a question and no name.
ASKS = re.compile(r"哪|多少|什么|怎么|谁|几(?!内亚)|吗")
BOTH = re.compile(r"[和与,]|以及")
MEETINGS = "座谈会|推进会|动员会|交流会|表彰会|现场会|大会|会议|峰会|论坛|全会|仪式|辩论"
# 品质功能提升那篇, 创文动员大会讲话里, 广州人社局的问答里: which document is meant, in the asker's own words.
PHRASE = re.compile(
    rf"(?P<phrase>[^,.?!;:\s]{{2,34}}?)(?:的|那|这)?(?:[篇份个次场][^,.?!;:\s]{{0,3}}?)?(?P<kind>{'|'.join(KINDS)}|{MEETINGS})"
    r"(?=里|中(?!国|央|小)|上(?!海|级)|说|提|讲|写|对(?!比)|原文|那|[,?]|$|以来|关于|的)"
)
# 通知里, 讲话中, 哪篇讲话, 报告提出: a kind of document, where 意见, 办法, 规定 alone can be anything.
KIND_MEANT = re.compile(
    rf"(?:(?<=哪[篇份个些])|(?<=[那这一两几][篇份]))(?P<a>{'|'.join(KINDS)})"
    rf"|(?P<b>{'|'.join(KINDS)})(?=里|中(?!国|央|小|心|等|医|学|部)|提[到出]|指出|强调|明确|(?:要求|规定)(?=[^,.?]{{2}}))"
)
POINTED = re.compile(r"(?P<phrase>[^,.?!;:\s、]{2,20}?)那[篇份]")
# Words before the phrase that name nothing.
LEAD = re.compile(
    r"^(?:请问|帮我|查一下|查|找|看看|记得|好像|是(?=一?[篇份个在])|在|从|按照?|根据|关于|和|与|一[篇份个次]|[^,.]{0,6}在(?=.{4})|(?:19|20)\d\d年)++"
)


@dataclass(frozen=True)
class Named:
    """What a question names, in folded form (corpus.normal).

    `numbers` are (prefix, year or 0, number); `titles` stood in 《》; `places` are short names such
    as 四川; `congresses` the numerals of party congresses; `phrases` say loosely which document;
    `kind` is the kind of document named with them, `kinds` are all that are meant as such; `ordinals` are 第六次 and the like, `levels` 省级.
    """

    numbers: tuple[tuple[str, int, int], ...] = ()
    titles: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    congresses: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    kind: str = ""
    ordinals: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether a document, year, place or meeting is named at all."""
        return bool(self.numbers or self.titles or self.years or self.places or self.congresses or self.phrases)

    def without(self, aside: Sequence[str]) -> Named:
        """The same without some of it, as the words of chips say it: 2023年, 四川, 二十大, 讲话, 《…》 for any document.

        >>> read_named("2023年四川政府工作报告").without(["2023年"]).years
        ()
        """
        if not aside:
            return self
        kept = replace(
            self,
            years=tuple(year for year in self.years if f"{year}年" not in aside),
            places=tuple(place for place in self.places if place not in aside),
            congresses=tuple(congress for congress in self.congresses if f"{congress}大" not in aside),
            kinds=tuple(kind for kind in self.kinds if kind not in aside),
            kind="" if self.kind in aside else self.kind,
        )
        named = any(word.startswith("《") for word in aside)
        return replace(kept, numbers=(), titles=(), phrases=()) if named else kept


def read_named(question: str, places: Iterable[str] = ()) -> Named:
    """What a question names; `places` are further names that a library knows.

    >>> read_named("2023年四川政府工作报告里新建多少学校").places
    ('四川',)
    >>> read_named("国发〔2018〕39号讲什么").numbers
    (('国发', 2018, 39),)
    >>> read_named("96年物价涨幅多少").years
    (1996,)
    >>> read_named("十大工程里第九项是什么").congresses
    ()
    """
    text = fold(question)[:LONGEST]
    numbers = _numbers(text)
    bare = DECREE.sub("", SAID_NUMBER.sub("", NUMBER.sub("", text)))
    phrases = tuple(dict.fromkeys(_phrases(bare)))
    report = REPORT.search(OTHERS_REPORT.sub("", bare))
    kind = report.group() if report else next((m.group("kind") for m in PHRASE.finditer(bare)), "")
    kind = "报告" if REPORT.fullmatch(kind) and not report else kind
    return Named(
        numbers=numbers,
        titles=tuple(dict.fromkeys(TITLE.findall(text))),
        years=read_years(bare),
        places=_places(bare, places),
        congresses=tuple(dict.fromkeys(next(filter(None, m.groups())) for m in CONGRESS.finditer(bare))),
        phrases=phrases,
        kind=kind,
        ordinals=tuple(dict.fromkeys(ORDINAL.findall(TITLE.sub("", bare)))),
        levels=tuple(dict.fromkeys(LEVEL.findall(bare))),
        kinds=_kinds(bare),
        quoted=tuple(dict.fromkeys(QUOTED.findall(text))),
    )


def _kinds(text: str) -> tuple[str, ...]:
    """The kinds of document that a folded text means as such, under the names that facts have.

    >>> _kinds("财政部的通知里怎么规定"), _kinds("有什么办法听取群众意见")
    (('通知',), ())
    """
    found = (m.group("a") or m.group("b") for m in KIND_MEANT.finditer(TITLE.sub("", text)))
    return tuple(dict.fromkeys(SAME_KIND.get(kind, kind).removesuffix("稿") for kind in found if kind != "文件"))


def read_years(text: str) -> tuple[int, ...]:
    """The years named in a folded text, also by two digits or in Chinese numerals.

    >>> read_years("06、07、08、11年政府工作报告"), read_years("一九五四年的报告"), read_years("再干30年")
    ((2006, 2007, 2008, 2011), (1954,), ())
    """
    found: list[tuple[int, int]] = [(m.start(), int(m.group(1))) for m in YEAR.finditer(text)]
    found += [(m.start(), whole_year(m.group(1))) for m in SHORT_YEAR.finditer(text)]
    for listed in YEAR_LIST.finditer(text):
        found += [(listed.start(), whole_year(y)) for y in re.findall(r"\d{2}", listed.group(1))]
    for m in SPOKEN_YEAR.finditer(text):
        found.append((m.start(), int("".join(DIGITS[c] for c in m.group()))))
    return tuple(dict.fromkeys(year for _, year in sorted(found, key=lambda pair: pair[0])))


def whole_year(said: str) -> int:
    """A year of two or four digits: from 1949 on, if it is two.

    >>> whole_year("96"), whole_year("04"), whole_year("2023")
    (1996, 2004, 2023)
    """
    year = int(said)
    return year if len(said) > 2 else 1900 + year if year >= 49 else 2000 + year


def _numbers(text: str) -> tuple[tuple[str, int, int], ...]:
    found = [(m.group(1), int(m.group(2)), int(m.group(3))) for m in NUMBER.finditer(text)]
    rest = NUMBER.sub("", text)
    found += [(m.group(2), int(m.group(1) or 0), int(m.group(3))) for m in SAID_NUMBER.finditer(rest)]
    found += [(m.group(1), 0, int(m.group(2))) for m in DECREE.finditer(SAID_NUMBER.sub("", rest))]
    return tuple(dict.fromkeys((LEAD.sub("", prefix) or prefix, year, number) for prefix, year, number in found))


def _places(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Places in the order of the text; a district hides the city and province before it no more than they hide it."""
    found = [(m.start(), m.group()) for m in SHORT.finditer(text) if not text.startswith(("路", "话"), m.end())]
    found += [(m.start(1), m.group(1)) for m in DIVISION.finditer(text) if not NO_PLACE.search(m.group(1))]
    found += [(at, name) for name in known if name not in FULL and (at := text.find(name)) >= 0]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def _phrases(text: str) -> list[str]:
    found = [m.group("phrase") for m in POINTED.finditer(text)]
    found += [m.group("phrase") + m.group("kind") for m in PHRASE.finditer(text)]
    split = [part for whole in found for part in BOTH.split(whole) if len(part) > 3]
    return [phrase for part in split for phrase in [LEAD.sub("", part)] if len(phrase) > 2 and not ASKS.search(phrase)]
