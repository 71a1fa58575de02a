"""还有呢: more of what was asked for before."""

from __future__ import annotations

import re

# 还有呢, 除此之外还有哪些举措, 再来几条, 换一个, 继续, 其他的呢.
MORE = re.compile(
    r"(?:那么?|嗯|好的?|请|麻烦)?[,，]?(?:(?:除此之外|除此以外|此外|另外)[,，]?(?=.))?(?:"
    r"还有(?:没有)?(?:(?:哪些|什么|其[他它]|别的|更多)的?(?P<what>[\u4e00-\u9fff]{0,6}?)|几[条个点])?"
    r"|(?:其[他它]|别的)的?(?P<other>[\u4e00-\u9fff]{0,6}?)|(?:除此之外|除此以外|此外|另外)"
    r"|(?:再|多|再多)(?:来|给|找|说|举|列|查|看)(?:出|几|点|些|[一两三])[条个点些处句例]?(?:例子)?"
    r"|换(?:一|几)[个条批些处句]?|继续(?:找|说|列|查|往下)?|更多|下一[批页条]|[就只][有是]?这[些几][个条点]?|没有?(?:别的|其[他它]的?|更多的?)?了"
    r")[了呢吗么吧啊呀没]{0,2}[?？。!！]*"
)
ANYTHING = frozenset("内容 方面 例子 表述 说法 提法 写法 依据 出处 来源 文件 文章 段落 原文 答案 结果".split())
"""What there may be more of, whatever was asked for."""


def asks_more(asked: str, earlier: str) -> bool:
    """Whether all that is asked for is more of what was asked for before.

    >>> asks_more("还有呢", "有哪些举措"), asks_more("还有哪些举措", "有哪些举措"), asks_more("还有什么要求", "有哪些举措")
    (True, True, False)
    """
    found = MORE.fullmatch(asked.strip())
    what = found and (found["what"] or found["other"])
    return bool(found) and (not what or what in ANYTHING or (len(what) > 1 and what in earlier))
