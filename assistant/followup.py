"""What a question means after the earlier ones of the same chat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asking import ASKS, TO_YOU, own_words
from assistant.more import asks_more
from assistant.references.named import LEAD, POINTED, SHORT_YEAR, YEAR, whole_year
from corpus.facts.places import FULL, SHORT

REMEMBERED = 8
"""Earlier questions that a follow-up can lean on, one through the other."""
BRIEF = 16
"""Characters of a question that may mean nothing without the one before."""
EARLIER = 100
"""Characters of an earlier question that are kept, so that it never drowns the new one."""
SHORTEST_ALONE = 5
"""A question with fewer characters than this, after others, goes on from them, unless what that brings says nothing of it."""
NUMERAL = "[一二三四五六七八九十两\\d]{1,3}"
UNIT = "个问题|个方面|个|点|条|项|步|方面|部分|类|种|句|段|件"
# 第二点, 最后一条, 倒数第二项: one point of those that were asked for.
POINT = re.compile(
    rf"(?P<back>倒数)?第(?P<n>{NUMERAL})(?:{UNIT})(?!五年|产业)|(?P<last>最后一?(?:{UNIT}))|(?P<first>首先)"
)
LEANING = re.compile(
    r"^(?:那么?(?![个些]?(?:省|市|县|地方|单位))|它|他们?|她|这(?!几年|些年|一?年)|该|其中|上述|上面|前面|刚才|还有|另外|此外|再(?=[说讲问看])|继续(?=[说讲问，,])|具体|详细|后来|然后|换成|同样|里面|里头)"
    r"|^.{1,12}呢[？?。]*$|^(?:为什么|怎么说的|多少|哪些|谁|什么时候|原话|原文)[是的呀啊]{0,2}[？?。]*$"
    r"|(?:那[次个场份篇条段些]|这[次个场份篇条段些]|上一[个条篇年])(?!省|市|县)|又(?=去|到|是|有)|^(?:具体|详细|准确)?(?:数字|内容|原话|原文|时间|日期|名单)(?=[是呢？?有在多什哪怎]|$)"
)
# A place or a year by itself: 那2022年呢, 上海呢, 换成浙江.
OTHER = re.compile(
    r"^(?:那么?|换成|换|如果是|改成|要是)?(?P<what>[^，。？?]{2,14}?)(?:的话|的|那边)?(?:呢|怎么样)?[？?。！]*$"
)
THEN = re.compile(r"^(?:那么?|还有|另外|此外|其中|里面的?|里头的?)[，,]?(?:[的])?")
# 新建了多少座公厕: what is counted stands at the end.
COUNTED = re.compile(
    r"(?P<many>多少|几)(?P<unit>[座个所条项家处件名位人公里吨亩辆台张篇户]{0,2})(?P<what>[\u4e00-\u9fff]{2,10})$"
)
PRONOUN = re.compile(
    r"^(?:它|他们?|她|其|该(?:文件|报告|讲话|意见|通知|省|市|区|县)?|这[个篇份次](?:讲话|报告|文件|意见|通知|会)?|那[个篇份次](?:讲话|报告|文件|意见|通知|会)?)(?:里面?|中|上)?的?"
)
# 各省2026年…, then 那四川呢.
EVERY_PLACE = re.compile(r"(?:全国)?(?:各个?|哪[些几]个?)(?:省区市|省份|省市|省|地市|城市|市|地区|地)(?=[^级场民]|$)")
ASKED_OF_EACH = re.compile(
    rf"(?P<of>{EVERY_PLACE.pattern}(?:(?:19|20)\d\d年|今年)?的?).*?(?P<aim>(?:增长)?目标)?(?:[是为]?多少)?$"
)
# 两个省哪个高, of the two that were asked about one after the other.
WHICH_OF_TWO = re.compile(
    r"^(?:那么?|这|它)?(?:两个?|二者|两者)?(?:[省市区县年地者家]|地方)?(?:相比|比较|之间)?,?(?P<which>(?:哪[一个]?个?|谁)[省市年]?的?(?:更|比较)?[高低多少大小快慢强弱好])"
)
# 那为什么呢, 原话呢: more of what was answered, and no other matter.
OF_THE_ANSWER = re.compile(r"为什么|为何|原因|谁|什么|原[话文]|数[字据]|出处|依据|具体|详细|点$|意思|^继续")
DEFINES = re.compile("什么[是叫]|为什么要?")
END = "？?。！!；; "


@dataclass(frozen=True)
class Turn:
    """A question among others.

    `standalone` says it without them; `base` is the earlier question that it goes on from, or that
    was asked last; `leans` whether it means nothing alone; `point` the point of an enumeration that
    is asked for, from 1, negative from the end, 0 for none.
    """

    standalone: str
    base: str = ""
    leans: bool = False
    point: int = 0


def place_in_chat(asked: str, history: Sequence[str]) -> Turn:
    """Read a question after the earlier ones, oldest first.

    >>> place_in_chat("那2022年呢", ["2023年全市空气质量优良率是多少？"]).standalone
    '2022年全市空气质量优良率是多少'
    >>> place_in_chat("那停车场呢", ["去年新建了多少座公厕"]).standalone
    '去年新建了多少停车场'
    >>> place_in_chat("第二点具体怎么说", ["会上提了哪三条要求？"]).standalone
    '会上提了哪三条要求：其中第二点具体怎么说'
    """
    asked, history, _ = turn_before(asked.strip(), history)
    if not history or not asked:
        return Turn(asked)
    before = place_in_chat(history[-1].strip(), history[-REMEMBERED:-1])
    earlier = before.standalone[: 2 * EARLIER].rstrip(END) if before.leans else before.standalone[:EARLIER].rstrip(END)
    if before.base and not before.leans and names_little(earlier):
        earlier = f"{before.base[:EARLIER].rstrip(END)}；{earlier}"  # 什么时候公示, after 积分入户要什么条件
    elif before.base and not before.leans and not subject_of(earlier) and (about := subject_of(before.base)):
        earlier = f"{about}{earlier}"  # what named nothing was asked of what had been named before
    if both := _of_two(asked, before, history):
        return Turn(both, earlier, True)
    if not leans(asked):
        return Turn(asked, earlier)
    point = point_of(asked)
    if point:
        base = before.base if before.point else earlier
        return Turn(f"{base}：其中{THEN.sub('', asked)}", base, True, point)
    if before.point and OTHER.match(asked):  # 那四川呢, after 第二点: of what was asked for the points of
        earlier = before.base
    return Turn(_standalone(asked, earlier), earlier, True)


def _of_two(asked: str, before: Turn, history: Sequence[str]) -> str:
    """Both of the two places that the last two questions asked the same of; "" if they did not."""
    which = WHICH_OF_TWO.match(asked)
    first = place_in_chat(history[-2].strip(), history[-REMEMBERED:-2]) if which and len(history) > 1 else None
    if not which or not first:
        return ""
    one, other = SHORT.search(first.standalone), SHORT.search(before.standalone)
    if (
        not one
        or not other
        or one.group() == other.group()
        or _changed(first.standalone, other.group()) != before.standalone
    ):
        return ""
    named = FULL[one.group()] if FULL[one.group()] in first.standalone else one.group()
    return first.standalone.replace(named, f"{one.group()}和{other.group()}").rstrip(END) + which["which"]


def turn_before(asked: str, history: Sequence[str]) -> tuple[str, Sequence[str], int]:
    """The question that more is asked for of, those before it, and how many times that was asked for: 0 for a question
    that asks for something itself. After the second point the third is.

    >>> turn_before("再来几条", ["有哪些举措", "还有呢"])
    ('有哪些举措', [], 2)
    >>> turn_before("还有呢", ["有哪些举措", "第二点"])
    ('第3点', ['有哪些举措'], 0)
    """
    times = 0
    while history and asks_more(asked, next((h for h in reversed(history) if not asks_more(h, "")), "")):
        *history, asked = history
        times += 1
    pointed = POINT.search(asked) if times and history and leans(asked) else None
    point = point_of(asked) if pointed else 0
    return (f"第{point + times}{pointed.group()[-1]}", history, 0) if pointed and point > 0 else (asked, history, times)


def leans(asked: str) -> bool:
    """Whether a question goes on from one before.

    >>> leans("那停车场呢"), leans("这几年招商引资怎么样")
    (True, False)
    """
    return (
        (len(asked.rstrip(END)) < SHORTEST_ALONE and not TO_YOU.search(asked))
        or bool(LEANING.search(asked))
        or bool((found := POINT.search(asked)) and found.start() < 4)
    )


def is_short(asked: str) -> bool:
    """Whether a question goes on from one before only because it is so short: 租金, 就业目标."""
    other = LEANING.search(asked) or POINT.search(asked) or OF_THE_ANSWER.search(asked) or TO_YOU.search(asked)
    return len(asked.rstrip(END)) < SHORTEST_ALONE and not other


def names_little(asked: str) -> bool:
    """Whether a question asks something and hardly says of what: it may go on from one before.

    >>> names_little("什么时候公示"), names_little("低保标准是多少"), names_little("低保")
    (True, False, False)
    """
    brief = len(asked) <= BRIEF and bool(ASKS.search(asked)) and not TO_YOU.search(asked) and not DEFINES.match(asked)
    return brief and len(own_words(asked)) < 2 and not subject_of(asked)


def point_of(asked: str) -> int:
    """Which point of an enumeration is asked for: 2 for 第二点, -1 for the last, 0 for none.

    >>> point_of("那第七项呢"), point_of("最后一点里怎么说"), point_of("倒数第二条")
    (7, -1, -2)
    """
    found = POINT.search(asked)
    if not found:
        return 0
    if found.group("last"):
        return -1
    number = 1 if found.group("first") else numeral(found.group("n"))
    return -number if found.group("back") else number


def numeral(said: str) -> int:
    """A numeral under a hundred, in digits or Chinese.

    >>> numeral("十二"), numeral("二十"), numeral("7")
    (12, 20, 7)
    """
    if said.isdigit():
        return int(said)
    digits = {c: i for i, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}
    tens, ten, ones = said.rpartition("十")
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)


def _standalone(asked: str, earlier: str) -> str:
    other = OTHER.match(asked)
    if other:
        what = other.group("what")
        changed = _changed(earlier, what)
        if changed:
            return changed
        counted = COUNTED.search(earlier)
        if counted and asked.rstrip(END).endswith("呢") and not OF_THE_ANSWER.search(what):
            return f"{earlier[: counted.start()]}{counted.group('many')}{what}"
    pronoun = PRONOUN.match(asked)
    about = subject_of(earlier)
    if pronoun and about:
        return f"{about}{asked[pronoun.end() :]}"
    return f"{earlier}；{THEN.sub('', asked) or asked}"


def _changed(earlier: str, what: str) -> str:
    """The earlier question with its year or place changed for the one that is named now; "" if that can't be."""
    year = re.fullmatch(r"((?:19|20)?\d{2})年?(?:度|的)?", what)
    if year:
        now = whole_year(year.group(1))
        for pattern, said in ((YEAR, f"{now}"), (SHORT_YEAR, f"{now}年")):
            if pattern.search(earlier):
                return pattern.sub(said, earlier, count=1)
        return f"{what.removesuffix('的')}{'' if '年' in what else '年'}{re.sub('^(?:今年|去年|前年)', '', earlier)}"
    place = SHORT.fullmatch(re.sub(r"[省市]$", "", what))
    each = ASKED_OF_EACH.match(earlier) if place or not OF_THE_ANSWER.search(what) else None
    if each and (every := EVERY_PLACE.match(earlier)):  # 那四川呢; 那粮食产量呢 of each of them again
        aim = "" if "目标" in what else each.group("aim") or ""
        return f"{place.group()}{earlier[every.end() :]}" if place else f"{each.group('of')}{what}{aim}"
    old = SHORT.search(earlier)
    if old and EVERY_PLACE.fullmatch(what):
        return re.sub(rf"{FULL[old.group()]}|{old.group()}省?", what, earlier, count=1)
    if place and old:
        full, new = FULL[old.group()], FULL[place.group()]
        return earlier.replace(full, new) if full in earlier else earlier.replace(old.group(), place.group())
    return ""


def subject_of(earlier: str) -> str:
    """What an earlier question is about: the document that it points to, or its place and year.

    >>> subject_of("上海2026年计划新增多少座公园")
    '上海2026年'
    """
    pointed = POINTED.search(earlier)
    if pointed:
        return LEAD.sub("", pointed.group()) + "里"
    place = SHORT.search(earlier)
    year = YEAR.search(earlier)
    parts = [place.group() if place else "", f"{year.group(1)}年" if year else ""]
    return "".join(parts)
