"""Drafts with planted quotations: taken as they are from documents, altered in a few characters, or invented."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.normal import fold
from corpus.sentences import sentence_spans

# Sentences that no document has: the test's own.
INVENTED = (
    "巷口那盏路灯由谁来修，要写进楼长的工作手册，修好以后请住户签字。",
    "凡是雨后积水超过半小时的路口，养护班组次日上午就要带着图纸到场。",
    "窗口不设午休，轮值人员在台账上写明接待了谁、答复了什么。",
    "村里的水泵房归谁管、坏了找谁，名字和电话都要贴在门上。",
    "旧楼加装电梯的图样先挂满十天，有一户不同意就再上门谈一次。",
    "收来的意见按街巷编号，办完一件划掉一件，月底拿到院坝会上念。",
    "菜场的公平秤每天早上六点校准，校准的人要在秤盘边上留名。",
    "河道保洁船按班次靠岸称重，捞上来多少浮萍，当天记到黑板上。",
    "寄宿学校的被褥每学期晾晒四回，晾晒那天请家长代表到场看。",
    "护林员的望远镜和雨靴由乡里统一配发，损坏了凭旧换新。",
    "图书室晚上开到九点半，值夜的青年志愿者领一份热汤面。",
    "老茶厂的烟囱保留下来，改作观景台，台阶不超过一百二十级。",
    "公交末班车与医院夜诊的下班时刻对齐，差一刻钟也要重排。",
    "渡口的救生衣每季度下水试一次，沉了的当场剪掉。",
    "会议材料不得超过三页，念稿不得超过八分钟，超时由主持人摇铃。",
    "果园的滴灌管埋深三十厘米，冬天放空，开春前逐垄试压。",
    "谁家的烟囱冒黑烟，网格员先递一张提醒卡，三天后再去看一眼。",
    "社区食堂的菜价用粉笔写在门口，涨一毛也要说明缘由。",
    "冷库的钥匙分成两把，一把在保管员手里，一把在合作社监事手里。",
    "小广场的鸽子粮由退休教师轮流添，账目贴在鸽舍背面。",
)
LEADS = (
    "在座的同志都还记得：“{}”",
    "材料里有这样一段：“{}”",
    "会议指出：“{}”",
    "有一句话讲得很明白：“{}”",
    "文件中写道：“{}”",
    "大家常常引用：“{}”",
)
CARRIERS = (
    "东片的几个组昨天走了九个院子。",
    "西片的账本已经交到老魏手上。",
    "下周三之前把各组的进度报上来。",
    "遇到说不清的事，先记下来再商量。",
    "车队从北门出发，南门返回。",
)
OTHERS = "湖坡灯秤帆鼓桥巷渠苗"
FEWEST, MOST = 24, 80
"""Characters of a sentence that is planted."""


@dataclass(frozen=True)
class Planted:
    """A quotation in a paragraph of a draft, and what checking has to say of it."""

    paragraph: int
    text: str
    verdict: str


@dataclass(frozen=True)
class PlantedDraft:
    """The paragraphs of a draft, and what is planted in them in the order of the text."""

    paragraphs: tuple[str, ...]
    planted: tuple[Planted, ...]


def plant(texts: Sequence[str], each: int, seed: int) -> PlantedDraft:
    """A draft with so many exact, altered and invented quotations out of these texts of documents."""
    chance = random.Random(seed)
    sentences = chance.sample(quotable(texts), 2 * each)
    words = [(s, "verbatim") for s in sentences[:each]]
    words += [(altered(s, chance), "differs") for s in sentences[each:]]
    words += [(s, "not_found") for s in chance.sample(INVENTED, each)]
    chance.shuffle(words)
    paragraphs, planted = ["在片区工作例会上的讲话"], []
    for text, verdict in words:
        paragraphs.append(chance.choice(CARRIERS) + chance.choice(LEADS).format(text) + chance.choice(CARRIERS))
        planted.append(Planted(len(paragraphs), text, verdict))
    return PlantedDraft(tuple(paragraphs), tuple(planted))


def quotable(texts: Sequence[str]) -> list[str]:
    """Sentences that stand once in these texts, are long enough and hold no quotation themselves."""
    found = [text[a:b].strip() for text in texts for a, b in sentence_spans(text)]
    every = fold("\n".join(texts))
    return [
        s
        for s in dict.fromkeys(found)
        if FEWEST <= len(s) <= MOST
        and s.endswith("。")
        and not set('“”"「」《》') & set(s)
        and len(s.split()) == 1
        and every.count(fold(s)) == 1
    ]


def altered(sentence: str, chance: random.Random) -> str:
    """One to three characters of a sentence replaced, left out or put in, none of its first three.

    What lacks its first words is quoted as it stands.
    """
    letters = list(sentence)
    places = chance.sample(
        [i for i, c in enumerate(letters[:-1]) if i > 2 and "\u4e00" <= c <= "\u9fff"], chance.randint(1, 3)
    )
    for at in sorted(places, reverse=True):
        letters[at : at + 1] = chance.choice(([chance.choice(OTHERS)], [], [letters[at], chance.choice(OTHERS)]))
    return "".join(letters)
