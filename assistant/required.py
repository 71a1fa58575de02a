"""What an answer can't do without: who asks for an amount, a span of time or the holder of an office gets no answer
from a paragraph that states none, however near it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import NUMERAL, best_figure
from assistant.question import Question, wanted
from corpus.normal import fold

MEASURES = frozenset("公里 元 % 亩 吨 平方米 公顷 米 斤 倍".split())
"""Units that nothing else stands for: without a figure in one there is no answer."""
MONEY, AREA, PEOPLE = ("元", "%"), ("平方米", "亩"), ("人", "户")
"""Units of which one has to be there; of money a share can be told."""
BARE = re.compile(r"(?:\d[\d,.]*|[一二两三四五六七八九十百千〇]{1,6})[多余]?[万亿千百]")
"""Thousands of something, without a word for what they count: 20万建设大军, 一万五千."""
SIGNED = re.compile(r"[$¥￥€£]\s*\d|\d[\d,.]*(?:m2|㎡|平方|[港日欧韩]元|港币|人民币|新?台币|美金|卢布|镑)")
"""Amounts and areas in other spellings than figures.py reads."""
QUOTED = re.compile(r'"[^"]*"')
HOW_MUCH = r"(?:多少|几(?!乎|何|位同志)|多大|多高)"
NOUNS = (
    (MONEY, re.compile(
        rf"(?:奖金|损失|预算|资本|投资|资金|经费|[^,.?!]费用?|租金|房租|押金|罚款|津贴|补贴|补助|产值|工资|奖励)[^,.?!]{{0,5}}{HOW_MUCH}(?:亿|万|钱|块|元)*(?=[?.!]|$)"
        rf"|{HOW_MUCH}(?:的)?(?:奖金|费用|租金|押金|罚款|津贴|补贴|补助|资金|投资|经费)"
    )),
    (AREA, re.compile(rf"面积[^,.?!]{{0,5}}{HOW_MUCH}(?=[?.!]|$)|{HOW_MUCH}(?:的)?面积")),
    (("千瓦",), re.compile(rf"装机(?:容量)?[^,.?!]{{0,5}}{HOW_MUCH}|{HOW_MUCH}[万亿]?千瓦")),
    (("立方米",), re.compile(rf"{HOW_MUCH}[万亿]*立方米?|库容[^,.?!]{{0,5}}{HOW_MUCH}")),
    (("票",), re.compile(rf"{HOW_MUCH}(?:张)?票")),
    (("分",), re.compile(rf"{HOW_MUCH}分(?![之钟别析给配成发])")),
    (("份",), re.compile(rf"(?:印|发|发行|销|卖|订)了?{HOW_MUCH}[万千]?份")),
    (PEOPLE, re.compile(rf"{HOW_MUCH}(?:名|位|个)?(?:人(?![大民力才])|学生|党员|工人|孩子|代表|儿童|老人|教师|职工|员工|群众|干部|居民|村民|农民|毕业生|运动员|专家|志愿者)")),
    (PEOPLE, re.compile(rf"(?:党员|学生|工人|代表|人数)(?:有|共|是|达到?|总数)?{HOW_MUCH}(?=[?.!]|$)")),
)  # fmt: skip
"""Units by what is asked for in a folded question: 面积有多大, 多少票."""
SPAN_ASKED = re.compile(rf"多久(?!一次|[开召举换])|多长时间|{HOW_MUCH}个?工作日|{HOW_MUCH}天(?!然|气)|几个月(?!大)|任期[^,.?!]{{0,4}}几年")
SPAN = re.compile(
    rf"(?:{NUMERAL}|半)\s*(?:多|余)?\s*(?:个?工作日|个?自然日|天|日(?![,、至到起前])|个?月(?![\d一二三四五六七八九十]+日)|个?小时|分钟|秒|周|年(?!代|级|度|[\d一二三四五六七八九十]+月)|个?季度|学年)"
    r"|当[日天场]|即[时日]|长期|随时|次[日年]|每[年月日天周]|期满|届满|第[一二三四五六七八九十\d]+[天日个]|至.{0,12}[日月年止]"
)
ROLE = r"副?(?:校长|院长|行长|董事长|总经理|主任|组长|部长|书记|省长|市长|县长|秘书长|会长|总指挥|指挥长|首席专家|主席|总理)"
HOLDER = re.compile(rf"(?P<a>{ROLE})(?:都)?(?:是|由|叫)(?:谁|哪[位个])|哪[位个名](?P<b>{ROLE})")
DOER = re.compile(r"谁(?P<did>[\u4e00-\u9fff]{2})(?:了|过|的|$|[?,.])")
MASK = "(?:[x○*]{1,4}|某{1,3})"
RANK_ASKED, RANK = re.compile("第几[名位]|排名?第几"), re.compile(r"第(?:\d+|[一二三四五六七八九十]+)(?:名|位|$|[,.;])")
PAPERS_ASKED = re.compile(
    r"(?:交|带|提交|准备|提供|需要|要|出具|有)(?:哪些|什么|啥)(?:申请|申报|证明)?(?:材料|资料|证件|手续)"
)
PAPERS = re.compile(r"材料|资料|证|[户籍]口簿|复印件|[表单书卡函码](?=[,.;、()\s]|$)|原件|手续|档案|记录|许可|登记")
LEFT_OUT = re.compile(r"[(\[](?:从|省)?略[)\]]")
"""What stands in place of a text that a publication leaves out: 五、关于大连新机场…问题。（略）"""


@dataclass(frozen=True)
class Required:
    """What has to be stated: a figure in one of `units`, a `span` of time, the holder of a `role`, which `papers`, who has
    `done` something, a `rank`.
    """

    units: Sequence[str] = ()
    span: bool = False
    role: str = ""
    papers: bool = False
    done: str = ""
    rank: bool = False


def required(question: Question) -> Required:
    """Read it off a question.

    >>> required(Question("", "水库总库容多少亿立方米")).units, required(Question("", "哪年建的")).units
    (('立方米',), ())
    """
    text = QUOTED.sub("", fold(question.standalone))
    role, doer = HOLDER.search(text), DOER.search(text)
    return Required(
        units=_units(question, text),
        span=bool(SPAN_ASKED.search(text)),
        role=(role["a"] or role["b"]) if role else "",
        papers=bool(PAPERS_ASKED.search(text)),
        done=doer["did"] if doer else "",
        rank=bool(RANK_ASKED.search(text)),
    )


def _units(question: Question, text: str) -> Sequence[str]:
    wants, unit = wanted(text)
    if wants == "figure" and unit in MEASURES and question.unit_is_said:
        return (unit,)
    if wants == "figure" and unit == "元":
        return MONEY
    return next((units for units, asked in NOUNS if asked.search(text)), ())


def lacking(need: Required, told: str) -> str:
    """What of it a folded text does not state: figure, time, person, papers, masked for what was taken out of it, or ""."""
    if _is_masked(need, told):
        return "masked"
    if need.units and not _has_figure(need.units, told):
        return "figure"
    if need.span and not SPAN.search(told):
        return "time"
    if need.role and not re.search(rf"(?<!副){need.role}" if not need.role.startswith("副") else need.role, told):
        return "person"
    return "papers" if need.papers and not PAPERS.search(told) else ""


def _is_masked(need: Required, told: str) -> bool:
    """Whether it stands there with a mask in place of the name or number."""
    role = need.role and rf"(?<!副){need.role}{MASK}(?!市|县|区|省)|{MASK}(?:同志)?{need.role}"
    done = need.done and rf"{MASK}(?:同志|副?(?:书记|市长|主任|县长|省长))?[^,.;]{{0,3}}{need.done}"
    rank = need.rank and not RANK.search(told) and rf"第{MASK}[名位]"
    return any(pattern and re.search(pattern, told) for pattern in (role, done, rank))


def _has_figure(units: Sequence[str], told: str) -> bool:
    if (units in (MONEY, PEOPLE) and BARE.search(told)) or (units in (MONEY, AREA) and SIGNED.search(told)):
        return True
    if units == ("分",):
        return bool(re.search(r"\d+分(?!之|钟)|[一二三四五六七八九十]+分(?!之|钟|[明重别])|x+分", told))
    if units == ("份",):
        return bool(re.search(r"(?:\d|[一二三四五六七八九十百千万x])[万千]?[余多]?(?:份|册|本)", told))
    return any(best_figure(told, unit, {"": 1.0})[0] for unit in units)
