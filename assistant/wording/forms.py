"""What a wording looks like: a figure of speech, parallel members, a maxim, a warning."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from corpus.normal import fold

# 是城市建设的“第一粒扣子”, 绣花般的, 犹如: one thing said to be another.
LIKENED = re.compile(
    r'(?:好比|犹如|如同|宛如|仿佛|就像|好像|恰似)|[般似]的|(?:是|成为|当作|变成|由|到|绣出|当好)[^,;.]{0,10}"[^"]{2,12}"|是[^,;.]{1,8}的(?:基石|灵魂|命脉|血脉|名片|根基|钥匙|窗口|底色|脊梁|镜子|源头活水|压舱石|生命线)'
)
WARNED = re.compile(r"不[要搞得能准许做当图]|反对|杜绝|防止|避免|严禁|决不|绝不|坚决不|少数|有的|不可|不是")
# What sentences do whose purpose is named: 论重要性, 表决心, 寄语, 致敬.
WEIGHTY = re.compile(
    r"是[^,;.]{0,24}(?:基础|基石|关键|根本|前提|保[证障]|灵魂|生命|命脉|核心|龙头|首要|重要|第一|所在|标志|重心|支撑|源泉|动力|大计|大事)|关乎|事关|关系到|决定着?|取决于|离不开|首先[看要在]|不[^,.;]{1,4},[^,.;]{0,4}(?:不|就|地动)|至关|才[能有]"
)
RESOLVED = re.compile(
    r"决不|绝不|坚决|务必|务求|一定要|必须|不达|不收兵|说干就干|马上就|说到做到|[一两]抓到底|咬定|誓|敢于?|勇于?|实打实|硬碰硬|绝对|必将|能够战胜|打赢|必胜|[定说做干抓](?:一件|就)|成一件|办法"
)
WISHED = re.compile(r"希望|争做|立志|要[做当成把]|青春|未来|勇[做当担]|努力|让[^,.]{1,12}[在为]|寄托|前途|勉励")
THANKED = re.compile(r"致以|表示[^,.]{0,10}(?:感谢|敬意|问候|慰问)|致敬|感谢|敬意|辛苦|崇高|了不起|英雄")
MEMBER = re.compile(r"[,;.!?:]+")
DIGIT = re.compile(r"\d")


def is_likened(text: str) -> bool:
    """Whether a sentence says one thing by another.

    >>> is_likened("规划是城市建设的“第一粒扣子”"), is_likened("全年新建公园12个")
    (True, False)
    """
    return bool(LIKENED.search(fold(text)))


def is_parallel(text: str) -> bool:
    """Whether two neighbouring members of a sentence have one length and share a character in one place.

    >>> is_parallel("环境就是民生，青山就是美丽"), is_parallel("要加强领导，抓好各项工作的落实")
    (True, False)
    """
    members = [m for m in MEMBER.split(fold(text)) if len(m) > 2]
    pairs = pairwise(members)
    return any(len(a) == len(b) and any(x == y for x, y in zip(a, b, strict=True)) for a, b in pairs)


def is_maxim(text: str) -> bool:
    """Whether a sentence is short, without figures, and parallel or likened."""
    return 8 <= len(text) <= 60 and not DIGIT.search(text) and (is_parallel(text) or is_likened(text))


def is_warning(text: str) -> bool:
    """Whether a sentence says what should not be."""
    return bool(WARNED.search(fold(text)))


FORMS: dict[str, Callable[[str], bool]] = {
    "metaphor": is_likened,
    "parallel": is_parallel,
    "maxim": is_maxim,
    "negative": is_warning,
    "importance": lambda text: bool(WEIGHTY.search(fold(text))),
    "resolve": lambda text: bool(RESOLVED.search(fold(text))),
    "wish": lambda text: bool(WISHED.search(fold(text))),
    "thanks": lambda text: bool(THANKED.search(fold(text))),
}
