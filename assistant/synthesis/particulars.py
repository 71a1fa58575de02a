"""What in a sentence has to stand in its source: figures, dates, titles, names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.synthesis.basis import Basis
from assistant.synthesis.records import Dropped
from assistant.synthesis.stated import PART, figures_of, is_same
from corpus.facts.people import RANKS, SURNAMES
from corpus.facts.places import NO_DIVISION, NO_NAME, SHORT
from corpus.mentions.figures import find_figures
from corpus.normal import fold

TITLE = re.compile("《([^《》]{1,120})》")
DIGITS = re.compile(r"(?<!\d)(?<!\d\.)\d+(?:\.\d+)?")
# 七成, 两轮, 三分之二: spelt figures that are read as no quantity.
SHARE = re.compile(
    "[一二两三四五六七八九十百]{1,4}(?:成(?![为立功果员长效品本熟绩])|倍|轮|批(?!准|评)|期|届|级|分之[一二三四五六七八九十百]+)"
)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)|[〇零一二三四五六七八九]{4}(?=年)")
DATE = re.compile(r"(?<!\d)\d{1,2}月(?:\d{1,2}[日号]|[初中底末])?|(?<!\d)\d{1,2}[日号]")
MONTH = re.compile(r"年\d{1,2}月")
# A year out of a document's date is not the year of which it says 去年.
OTHER_YEAR = re.compile("去年|上年|前年|明年|后年|次年")
# 今年, 上半年, 一季度: times that change what is said.
TIMES = re.compile(
    r"(?<!\d)(?:去年|上年|前年|明年|后年|次年|今年|本年|[上下]半年|[一二三四1-4]季度|年[初中底末]前?|月[初中底末]前?|[上下本]月|今后|近日|日前|昨[天日]|今[天日]|明[天日]|每(?:半?年|半?月|周|季度))"
)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
LATIN = re.compile(r"[a-z]{2,}")
ORGANS = "局|厅|委员会|办公室|公司|集团|大学|学院|医院|银行|法院|检察院|中心|协会|联合会|指挥部|领导小组|研究院|街道|管委会|支队|总队|纪委监委|纪委|监委|组织部|宣传部|督查室|公安机关"
ORGAN = re.compile(f"(?P<name>[\u4e00-\u9fff]{{2,16}}?(?P<end>{ORGANS}))")
DIVISION = re.compile(
    rf"(?P<name>[^{NO_NAME}\W\da-z]{{1,4}}(?P<end>自治区|自治州|自治县|省|市|区|县|旗|州|镇|乡|村))(?![级域长民场帜])"
)
NO_NAMES = re.compile(rf"{NO_DIVISION.pattern}|农村$|节省$|反省$|红旗$|山村$|中村$")
HAN = "[\u4e00-\u9fff]"
SAYING = "指出|强调|要求|表示|提出|认为|介绍|说|讲|负责|担任|牵头|主持|出席|签发"
OFFICE = f"同志|{RANKS}|总理|院士|教授"
PERSON = re.compile(
    rf"(?:{OFFICE}|^|[,.;:由和与局部厅院])(?P<name>[{SURNAMES}]{HAN}{{1,2}})(?=(?:{OFFICE}|在|{SAYING}))"
)
BEFORE_SUFFIX = 2
"""Characters before 局 or 县 that have to be the source's: where a name begins, no rule can say."""


def missing(sentence: str, basis: Basis) -> Iterator[Dropped]:
    """The particulars of a sentence that its source does not have."""
    folded = fold(sentence)
    yield from (Dropped("title", f"《{t}》") for t in TITLE.findall(sentence) if fold(t) not in basis.whole)
    yield from _figures(sentence, basis)
    yield from _dates(folded, basis)
    yield from _digits(sentence, basis)
    yield from (Dropped("name", name) for name in names_in(folded) if name not in basis.whole)


def _figures(sentence: str, basis: Basis) -> Iterator[Dropped]:
    for figure in figures_of(sentence):
        if not any(is_same(figure, other) for other in basis.figures):
            yield Dropped("figure", figure.shown)
    yield from (Dropped("figure", found) for found in SHARE.findall(fold(sentence)) if found not in basis.text)


def _dates(folded: str, basis: Basis) -> Iterator[Dropped]:
    years = _years(basis)
    for found in YEAR.finditer(folded):
        month = MONTH.match(folded, found.end())
        dated = found.group() + (month.group() if month else "")
        joined = not month or dated in basis.whole or found.group() not in YEAR.findall(basis.text)
        if found.group() not in years or not joined or _of_another_year(folded, found, basis):
            yield Dropped("date", f"{found.group()}年")
    for pattern in (DATE, TIMES):
        for found in pattern.finditer(folded):
            if not re.search(rf"(?<!\d){found.group()}", basis.whole):
                yield Dropped("date", found.group())


def _years(basis: Basis) -> set[str]:
    """The years that are stated; that of the document's own date only where the text states none and no 去年."""
    stated = set(YEAR.findall(basis.text))
    titled = {
        year
        for c in basis.citations
        for part in (c.entry.title, *c.paragraph.heading_path)
        for year in YEAR.findall(fold(part))
    }
    return stated | titled if stated or OTHER_YEAR.search(basis.text) else titled | set(YEAR.findall(basis.head))


def _of_another_year(folded: str, year: re.Match[str], basis: Basis) -> bool:
    """Whether the figure behind a year is another year's in the source: 2023年1800户，2024年1600户."""
    figure = next(
        (f for f in DIGITS.finditer(PART.split(folded[year.end() :])[0].lstrip("年")) if len(f.group()) > 1), None
    )
    parts = [
        part for part in PART.split(basis.text) if figure and re.search(rf"(?<![\d.]){figure.group()}(?![\d.])", part)
    ]
    return any(YEAR.search(part) for part in parts) and not any(year.group() in part for part in parts)


def _digits(sentence: str, basis: Basis) -> Iterator[Dropped]:
    """Figures that no unit tells from other digits: numbers of documents, of articles, 4+4."""
    covered = [(m.start, m.end) for m in find_figures(0, sentence)]
    rest = "".join(" " if any(a <= i < b for a, b in covered) else c for i, c in enumerate(sentence))
    stated = set(DIGITS.findall(THOUSANDS.sub("", basis.whole)))
    for found in DIGITS.finditer(THOUSANDS.sub("", fold(rest.replace(" ", "，")))):
        if found.group() not in stated:
            yield Dropped("figure", found.group())


def names_in(folded: str) -> Iterator[str]:
    """Names in a folded text: the ends of those of organs and places, which tell them; persons; foreign letters.

    >>> list(names_in("由望溪区水务局江明同志牵头,推广erp系统"))
    ['水务局', '望溪区', '江明', 'erp']
    """
    yield from (_ending(found) for found in ORGAN.finditer(folded))
    yield from (_ending(found) for found in DIVISION.finditer(folded) if not NO_NAMES.search(found.group("name")))
    yield from (found.group() for found in SHORT.finditer(folded))
    yield from (found.group("name") for found in PERSON.finditer(folded))
    yield from LATIN.findall(folded)


def _ending(found: re.Match[str]) -> str:
    end = found.group("end")
    return found.group("name").removesuffix(end)[-BEFORE_SUFFIX:] + end
