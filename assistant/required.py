"""What an answer can't do without: who asks for an amount, a span of time or the holder of an office gets no answer
from a paragraph that states none, however near it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Rarity
from assistant.figures import NUMERAL, UNITS, best_figure
from assistant.question import Question, wanted
from corpus.normal import fold
from corpus.segment import segmenter
from index import Hit

MEASURES = frozenset("公里 元 % 亩 吨 平方米 公顷 米 斤 倍".split())
"""Units that nothing else stands for: without a figure in one there is no answer."""
MONEY, AREA, PEOPLE = ("元", "%"), ("平方米",), ("人",)
"""Units of which one has to be there; an amount can be told as a share."""
BARE = re.compile(
    r"(?:\d[\d,.]*|[一二两三四五六七八九十百千〇]{1,6})[多余]?[万亿千百](?![万亿千百]*[多余]?(?:"
    + "|".join(UNITS)
    + "))"
)
"""Thousands of something, without a word for what they count: 20万建设大军, 一万五千."""
SIGNED = re.compile(r"[$¥￥€£]\s*\d|\d[\d,.]*(?:m2|㎡|平方|[港日欧韩]元|港币|人民币|新?台币|美金|卢布|镑)")
"""Amounts and areas in other spellings than figures.py reads."""
POINTS, COPIES = re.compile(r"\d+分(?![之钟])|x+分"), re.compile(r"[\d一二三四五六七八九十百千万x][余多]?(?:份|册|本)")

QUOTED = re.compile(r'"[^"]*"')
HOW_MUCH = r"(?:多少|几(?!乎|何|位同志)|多大|多高)"
END = r"(?=[?.!]|$)"
PAID = "奖金|租金|押金|罚款|津贴|补贴|补助|资金|投资|经费"
MANY = "学生|党员|工人|孩子|代表|儿童|老人|教师|职工|员工|群众|干部|居民|村民|农民|毕业生|运动员|专家|志愿者"
UNITS_ASKED = (
    (MONEY, rf"(?:{PAID}|损失|预算|资本|[^,.?!]费用?|房租|产值|工资|奖励)[^,.?!]{{0,5}}{HOW_MUCH}(?:亿|万|钱|块|元)*{END}"),
    (MONEY, rf"{HOW_MUCH}(?:的)?(?:{PAID}|费用)"),
    (AREA, rf"面积[^,.?!]{{0,5}}{HOW_MUCH}{END}|{HOW_MUCH}(?:的)?面积"),
    (("千瓦",), rf"装机(?:容量)?[^,.?!]{{0,5}}{HOW_MUCH}|{HOW_MUCH}[万亿]?千瓦"),
    (("立方米",), rf"{HOW_MUCH}[万亿]*立方米?|库容[^,.?!]{{0,5}}{HOW_MUCH}"),
    (("票",), rf"{HOW_MUCH}张?票"),
    (("分",), rf"(?:满分|总分|最低|录取|合格|及格|积分)[^,.?!]{{0,6}}{HOW_MUCH}分(?![之钟别析给配成发])"),
    (("份",), rf"(?:印|发|发行|销|卖|订)了?{HOW_MUCH}[万千]?份"),
    (PEOPLE, rf"{HOW_MUCH}[名位个]?(?:人(?![大民力才])|{MANY})"),
    (PEOPLE, rf"(?:{MANY}|人数)(?:有|共|是|达到?|总数)?{HOW_MUCH}{END}"),
)  # fmt: skip
"""Units by what a folded question asks for: 面积有多大, 多少票."""
SPAN_ASKED = re.compile(
    rf"多久(?!一次|[开召举换]|[^,.?!]{{1,6}}一次)|多长时间|{HOW_MUCH}个?工作日|{HOW_MUCH}天(?!然|气)|几个月(?!大)|任期[^,.?!]{{0,4}}几年"
)
SPAN = re.compile(
    rf"(?:{NUMERAL}|半)\s*[多余]?\s*(?:个?(?:工作日|自然日|小时|季度)|天|日(?![,、至到起前])|个?月(?!{NUMERAL}日)|分钟|秒|周|学?年(?!代|级|度|{NUMERAL}月))"
    r"|当[日天场]|即[时日]|长期|随时|次[日年]|每[年月日天周]|期满|届满|第[一二三四五六七八九十\d]+[天日个]|至.{0,12}[日月年止]"
)
ROLE = r"副?(?:校长|院长|行长|董事长|总经理|主任|组长|部长|书记|省长|市长|县长|秘书长|会长|总指挥|指挥长|首席专家|主席|总理)"
HOLDER = re.compile(rf"(?P<a>{ROLE})都?(?:是|由|叫)(?:谁|哪[位个])|哪[位个名](?P<b>{ROLE})")
DOER = re.compile(r"谁(?P<did>[\u4e00-\u9fff]{2})(?:了|过|的|$|[?,.])")
RANK_ASKED = re.compile("第几[名位]|排名?第几")
RANK = re.compile(r"第(?:\d+|[一二三四五六七八九十]+)(?:名|位|$|[,.;])")
MASK = "(?:[x○*]{1,4}|某{1,3})"
PAPERS_ASKED = re.compile(
    r"(?:交|带|提交|准备|提供|需要|要|出具|有)(?:哪些|什么|啥)(?:申请|申报|证明)?(?P<what>材料|资料|证件|手续)"
)
PAPERS = re.compile(r"材料|资料|证|[户籍]口簿|复印件|[表单书卡函码](?=[,.;、()\s]|$)|原件|手续|档案|记录|许可|登记")
# 赤字率是多少, 森林覆盖率达到百分之几; 利率 and 费率 stand for too many things.
RATE_ASKED = re.compile(
    rf"(?P<rate>[\u4e00-\u9fff]{{2,12}}率)(?:[是为有达到约占能可要应控制在保持增长提高下降]{{0,6}}了?)(?:{HOW_MUCH}|百分之几)"
)
RATE_TOLD = r"[^,.;]{0,8}(?:率|占?比|[\d.]+%)"
"""What stands behind the word that a rate is of where it is told: 赤字率, 优良天数比例, 覆盖95%."""
RAREST = 3
"""Words of the question one of which has to stand with a figure."""
SENTENCE = re.compile(r"(?<=[;!?])|(?<=\.)(?!\d)|\n")


@dataclass(frozen=True)
class Required:
    """What has to be stated: a figure in one of `units`, a `span` of time, the holder of a `role`, who has `done`
    something, a `rank`, which `papers`.
    """

    units: Sequence[str] = ()
    span: bool = False
    role: str = ""
    done: str = ""
    rank: bool = False
    papers: str = ""


def required(question: Question) -> Required:
    """Read it off a question.

    >>> required(Question("", "水库总库容多少亿立方米")).units, required(Question("", "哪年建的")).units
    (('立方米',), ())
    """
    text = QUOTED.sub("", fold(question.standalone))
    role, doer, papers = HOLDER.search(text), DOER.search(text), PAPERS_ASKED.search(text)
    return Required(
        units=_units(question, text),
        span=bool(SPAN_ASKED.search(text)),
        role=(role["a"] or role["b"]) if role else "",
        done=doer["did"] if doer else "",
        rank=bool(RANK_ASKED.search(text)),
        papers=papers["what"] if papers else "",
    )


def _units(question: Question, text: str) -> Sequence[str]:
    wants, unit = wanted(text)
    if wants == "figure" and unit in MEASURES and question.unit_is_said:
        return (unit,)
    if wants == "figure" and unit == "元":
        return MONEY
    return next((units for units, asked in UNITS_ASKED if re.search(asked, text)), ())


def _of_rate(text: str) -> str:
    """What the rate that a folded question asks for is of: 赤字 of 赤字率; nothing of 利率."""
    asked = RATE_ASKED.search(text)
    if asked is None:
        return ""
    *before, last = segmenter().cut(asked["rate"], HMM=False)
    of = before[-1] if last == "率" and before else last.removesuffix("率")
    return of if len(of) > 1 else ""


def lacking(question: Question, evidence: str, hits: Sequence[Hit], rarity: Rarity) -> tuple[str, str]:
    """What an answer can't do without and neither the folded evidence nor its paragraphs state: a reason (figure, time,
    person, masked, particular or "" if nothing lacks), and what lacks in words. `rarity` is of the question's words: a
    figure in whose sentence stands none of the rarest ones that are there is one of something else.
    """
    need = required(question)
    above = fold(" ".join(" ".join([hit.entry.title, *hit.paragraph.heading_path]) for hit in hits))
    paragraphs = [fold(hit.paragraph.text) for hit in hits]
    told = " ".join([evidence, *(fold(" ".join(hit.paragraph.heading_path)) for hit in hits), *paragraphs])
    if _is_masked(need, told):
        return "masked", ""
    if need.units and not (_has_figure(need.units, told) and _is_of_it(need.units, paragraphs, above, rarity)):
        return "figure", ""
    if need.span and not SPAN.search(told):
        return "time", ""
    if need.role and not re.search(rf"(?<!副){need.role}", told):
        return "person", ""
    return ("particular", need.papers) if need.papers and not PAPERS.search(told) else ("", "")


def untold_rate(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether a rate is asked for of which neither the paragraphs nor their headings speak."""
    of = _of_rate(QUOTED.sub("", fold(question.own)))
    return bool(of) and not _tells_rate(
        of, " ".join(fold(f"{' '.join(h.paragraph.heading_path)} {h.paragraph.text}") for h in hits)
    )


def _tells_rate(of: str, told: str) -> bool:
    """A rate of 财政赤字 is told as one of 赤字, too."""
    return any(re.search(re.escape(of[start:]) + RATE_TOLD, told) for start in range(len(of) - 1))


def _is_masked(need: Required, told: str) -> bool:
    """Whether it stands there with a mask in place of the name or number."""
    role = need.role and rf"(?<!副){need.role}{MASK}(?![省市县区])|{MASK}(?:同志)?{need.role}"
    done = need.done and rf"{MASK}(?:同志|副?(?:书记|市长|主任|县长|省长))?[^,.;]{{0,3}}{need.done}"
    rank = need.rank and not RANK.search(told) and rf"第{MASK}[名位]"
    return any(pattern and re.search(pattern, told) for pattern in (role, done, rank))


def _has_figure(units: Sequence[str], told: str) -> bool:
    if (units in (MONEY, PEOPLE) and BARE.search(told)) or (units in (MONEY, AREA) and SIGNED.search(told)):
        return True
    if units in (("分",), ("份",)):
        return bool((POINTS if units == ("分",) else COPIES).search(told))
    return any(best_figure(told, unit, {"": 1.0})[0] for unit in units)


def _is_of_it(units: Sequence[str], paragraphs: Sequence[str], above: str, rarity: Rarity) -> bool:
    """Whether one of the figures stands with one of the rarest words; what title and headings say holds for all."""
    words, above, text = rarity.words, rarity.read(above), rarity.read(" ".join(paragraphs))
    held = sorted((w for w in words if len(w) > 1 and (w in text or w in above)), key=lambda w: -words[w])[:RAREST]
    if not held or any(word in above for word in held):
        return True
    sentences = [rarity.read(s) for p in paragraphs for s in SENTENCE.split(p) if _has_figure(units, s)]
    return not sentences or any(word in s for s in sentences for word in held)
