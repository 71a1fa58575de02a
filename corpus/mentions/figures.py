"""Figures in running text: a number, its unit, and what it measures; masked ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Mention

SCALE = "[十百千万亿]{0,3}"
# What is counted or measured; the longest first. Dates (月 日 号 时) and divisions (省 市 区) are none.
UNITS = (
    "平方公里|平方千米|平方米|立方米|公顷|亩|公里|千米|厘米|毫米|海里|米|"
    "吨标准煤|标准煤|公斤|千克|微克|毫克|克|吨|斤|担|升|毫升|"
    "千瓦时|千瓦|兆瓦|瓦|度|马力|"
    "美元|欧元|港元|港币|日元|卢布|人民币|元|角|分(?=[，。；、）]|/)|"
    "个百分点|百分点|个基点|人次|人天|户次|车次|架次|件次|床位|"
    "个月|个工作日|工作日|周岁|周年|小时|分钟|秒|年(?!代|级|度|鉴|初|底|末|中|前|后[，。]|间|轻|龄|均|内乱)|天|岁|倍|成(?=[，。；以])|‰|％|%|"
    "个|人(?!民|口|才|大|均[^年]|员|士|类|工|力|们)|户|家|所|座|台(?!湾)|辆|条|张|套|处|名|位|次|项|件|批|支|组|类|种|门|栋|幢|艘|架|头|只|株|棵|部|篇|册|本|场|宗|单|笔|份|层|间|块|片|届|级|例|匹|"
    "起|股|枚|颗|粒|把|台套|对|双|幅|期|轮|步|口|眼|孔|桩|里"
)
# 微克/立方米, 元/平方米/月
PER = "(?:/(?:立方米|平方米|公里|公斤|吨|人|户|月|年|日|天|小时|次|亩|升|千瓦时|度|台|床)){0,2}"
NUMBER = r"\d{1,3}(?:[,，]\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?|[０-９]{1,15}(?:[．，][０-９]{1,6}){0,5}"
FIGURE = re.compile(
    rf"(?<![\d.．０-９A-Za-z第〔\[/\-])(?P<number>{NUMBER})[ ]?(?P<unit>[多余几]?{SCALE}[多余]?(?:{UNITS}){PER}|[多余]?[万亿]{{1,2}}[多余]?(?![多余—～~至到\\-]))"
)
YEAR = re.compile(r"(?:19|20)\d\d年|(?:１９|２０)[０-９]{2}年")
NUMERALS = "一二三四五六七八九十百千万亿零〇两"
# In Chinese numerals only what is surely a quantity: 三千八百五十六亿斤, 二十五项; never 一个, 两手, 三农.
SPELT_UNITS = (
    "个百分点|个月|小时|分钟|平方公里|平方米|公顷|亩|公里|千米|米|公斤|千克|吨|斤|担|匹|千瓦时|千瓦|度(?!过)|美元|元|人次|人(?!大|民|口|才|均|员|士|类|工|力|们)|户|倍|岁|"
    "周年|年(?!代|级|度|计划|规划|初|底|末|中|前|间|内乱|来|间)|天(?!下)|个(?!五年)|项|名|位|家|所|座|台(?!湾)|辆|艘|架|头|株|只|条(?!例)|件|种|次(?!全|会|代|党|人民)"
)
SPELT = re.compile(  # 八千万农民: a count of ten thousands needs no unit
    rf"(?<![第{NUMERALS}\d点初])(?P<number>(?![一二三四五六七八九〇零]{{4}}年)[{NUMERALS}]{{1,16}}(?:[多余][万亿]|点[{NUMERALS}]{{1,4}})?)(?P<unit>[多余]?(?:{SPELT_UNITS})|(?<=[一二三四五六七八九两十百千多余][万亿])(?=[\u4e00-\u9fff])(?![元个分之里]))"
)
PER_CENT = re.compile(
    rf"百分之(?P<number>[{NUMERALS}]{{1,8}}(?:点[{NUMERALS}]{{1,4}})?|\d{{1,3}}(?:\.\d{{1,3}})?)|千分之(?P<mille>[{NUMERALS}]{{1,6}}(?:点[{NUMERALS}]{{1,4}})?)"
)
SINGLE = frozenset("两三四五六七八九")
DIGITS = re.compile("[0-9０-９]+")
NUMERAL_RUNS = re.compile(rf"[{NUMERALS}](?:[{NUMERALS}]{{1,15}}|分之(?=[{NUMERALS}\d])|(?=倍))")
# 4XXX个, XX亿元: figures that someone took out.
MASKED = re.compile(
    rf"(?<![\dA-Za-zＸ×])(?P<number>\d{{0,4}}(?:[XxＸ×*＊]{{1,6}})(?:\.[\dXxＸ×]{{1,3}})?\d{{0,3}})(?P<unit>[多余]?{SCALE}(?!年|里|起|只|部|支|届|级|批|把|对)(?:{UNITS}))(?!市|县|区)"
)
MASK = re.compile("[XxＸ×*＊]")
# Words between what is measured and its figure.
VERBS = (
    "已经|已|累计|合计|总计|共计|共有|共|总共|年均|平均|同比|环比|比上年|较上年|预计|计划|力争|将|要|约|近|超过|突破|达到|达|增长到|增加到|提高到|"
    "上升到|下降到|减少到|降低到|降至|升至|增至|提升到|提升至|提高至|增长|增加|提高|上升|提升|下降|减少|降低|降幅|增幅|扩大|缩小|控制在|保持在|稳定在|"
    "维持在|完成|实现|建成|新建|新增|建设|改造|投入|安排|落实|发放|占|为|是|有|了|由|从|到|至|在|超|逾|仅|只|不低于|不超过|不少于|高于|低于|左右|"
    "以上|年|的|每|其中|分别|不|等|来|还|又|再|全年|目前|可|能|使|让|把|给予|满|连续|经|于|和|与|及|以|按|对|向"
)
TAIL_VERB = re.compile(rf"(?:{VERBS}|[\d.%％,，~—\-至 ]|多|余)$")
CLAUSE = re.compile(r"[，。；：、！？（）()“”《》\s\t—,;:]")
COUNTERS = frozenset(
    "个 所 座 家 项 名 位 台 辆 条 张 套 处 件 批 支 组 类 种 门 栋 幢 艘 架 头 只 株 棵 部 篇 册 本 场 宗 单 笔 份 间 块 片 例 起 股 枚 口 户".split()
)
NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{1,20}")
NOUN_STOP = re.compile(r"以上|以下|以内|左右|和|与|及|的|在|被|进行|全部|达到|实现|完成|以来|之间")
LEAD = re.compile(
    r"^(?:将由|将|由|共|并|且|使|应|可|如|按照|按|从|对|以及|但|仅|其中|保证|完成|实现|力争|确保|今年|去年|全年|每年|全国|我国|我省|我市|全省|全市|"
    r"[一二]?[〇零一二三四五六七八九]{2,4}年|[\d０-９]{2,4}年|年|预计|计划|和|与|及|也|又|还|再)"
)
LONGEST_NOUN = 16
REACH = 40


def find_figures(number: int, text: str) -> Iterator[Mention]:
    """The figures of a paragraph in the order of the text.

    >>> [(m.value, m.unit, m.of) for m in find_figures(1, "国内生产总值增长5.2%，新建50所中学。")]
    [('5.2', '%', '国内生产总值'), ('50', '所', '中学')]
    """
    found = sorted([*_digits(text), *_spelt(text)])
    subject, end = "", 0
    for start, stop, value, unit, masked in found:
        if start < end:
            continue
        subject = _measured(text, start, stop, unit, end) or subject
        yield Mention("masked" if masked else "figure", number, start, stop, value, None, unit, subject)
        end = stop


def _digits(text: str) -> Iterator[tuple[int, int, str, str, bool]]:
    for run in DIGITS.finditer(text):  # far faster than to try the whole pattern at every character
        found = FIGURE.match(text, run.start())
        if found and not YEAR.match(text, found.start()):
            yield found.start(), found.end(), found.group("number"), found.group("unit"), False
    if MASK.search(text):
        for found in MASKED.finditer(text):
            yield found.start(), found.end(), found.group("number"), found.group("unit"), True


def _spelt(text: str) -> Iterator[tuple[int, int, str, str, bool]]:
    for run in NUMERAL_RUNS.finditer(text):
        share = PER_CENT.match(text, run.start()) if run.group().endswith("之") else None
        if share:
            value = share.group("number") or share.group("mille")
            yield share.start(), share.end(), value, share.group()[:3], False
        elif (len(run.group()) > 1 or run.group() in SINGLE) and (found := SPELT.match(text, run.start())):
            yield found.start(), found.end(), found.group("number"), found.group("unit"), False


def _measured(text: str, start: int, stop: int, unit: str, since: int) -> str:
    """The noun after a counted unit, else the one before the figure in its clause; empty if neither.

    `since` is where the figure before ended: what stands before that belongs to it.
    """
    if unit[-1:] in COUNTERS:
        noun = NOUN.match(text[stop : stop + 20])
        after = NOUN_STOP.split(noun.group())[0] if noun else ""
        if len(after) >= 2:
            return after[:LONGEST_NOUN]
    before = CLAUSE.split(text[max(since, start - REACH) : start])[-1]
    while before and (found := TAIL_VERB.search(before)):
        before = before[: found.start()]
    last = before.rpartition("的")[2]
    before = last if len(last) >= 2 else before
    while found := LEAD.match(before):
        before = before[found.end() :]
    return before[-LONGEST_NOUN:] if len(before) >= 2 else ""
