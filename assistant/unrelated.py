"""How near a library's passages come to questions that have nothing to do with it.

Cosines mean nothing by themselves: with one model unrelated texts stand at .85, with another at .1.
So a few questions of daily life are asked of each library once; what they reach is its zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import fmean, pstdev

from index import Snapshot

QUESTIONS = (
    "番茄炒鸡蛋先放哪个", "孩子半夜发烧怎么降温", "怎样练好毛笔字", "手机屏幕碎了换一块贵吗", "足球越位是什么意思", "怎么用Excel画折线图",
    "how to bake sourdough bread at home", "write a function that reverses a string", "最近有什么好看的电视剧", "失恋了很难过", "去海边旅游带什么衣服",
    "狗狗掉毛严重怎么办", "三角函数公式怎么记", "恐龙是怎么灭绝的", "口琴入门先学什么曲子", "这双鞋显脚大吗", "冰箱不制冷了", "想写一封情书",
    "月亮离地球多远", "下棋怎么开局", "咖啡豆怎么磨", "夜里总做噩梦", "Comment dit-on merci en anglais", "今天晚上吃什么",
)  # fmt: skip
# A greeting with nothing behind it, thanks, a question about the assistant itself, a wish to be entertained.
SMALL_TALK = re.compile(
    r"^(?:(?:你好|您好|早上?好|上午好|下午好|晚上好|晚安|再见|拜拜|在吗|在不在|哈+|嗯+|好的?|ok|hi|hello)(?:there|\W|[呀啊哦呢吗吧了啦哈嘛你您们大家各位])*"
    r"|(?:谢谢|多谢|感谢(?!信))[^0-9]{0,8}|(?:你是谁|你叫什么|你会什么|你能做什么)[^0-9]{0,8}"
    r"|(?:陪我|讲个|说个|唱首)[^0-9]{0,8}(?:笑话|故事|段子|谜语|歌|聊天|聊聊|说话|玩)\W*[吧呀啊吗]?)\W*$"
)
NARROWEST = 1e-3
"""Least spread, for libraries of one passage."""


@dataclass(frozen=True)
class Scale:
    """Mean and spread of the cosines that unrelated questions reach."""

    mean: float
    spread: float

    @classmethod
    def of(cls, snapshot: Snapshot) -> Scale:
        """The scale of a generation, measured once."""
        return snapshot.kept("unrelated", lambda: cls.measured([snapshot.nearest(q) for q in QUESTIONS]))

    @classmethod
    def measured(cls, cosines: list[float]) -> Scale:
        """
        >>> Scale.measured([0.1, 0.3]).distance(0.4)
        2.0
        """
        return cls(fmean(cosines), max(pstdev(cosines), NARROWEST))

    def distance(self, cosine: float) -> float:
        """How far a cosine lies above what unrelated questions reach, in spreads."""
        return round((cosine - self.mean) / self.spread, 6)


def is_small_talk(question: str) -> bool:
    """Whether somebody only says something nice.

    >>> is_small_talk("谢谢你"), is_small_talk("讲个笑话吧"), is_small_talk("好干部的标准是什么")
    (True, True, False)
    """
    return bool(SMALL_TALK.match(question.strip().lower()))
