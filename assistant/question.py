"""What a question asks: its standalone form, and the particulars that an answer must state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

LONGEST = 5000
"""Characters of a question that are looked at."""
REMEMBERED = 8
"""Earlier questions that a follow-up can lean on, one through the other."""
EARLIER = 100
"""Characters of an earlier question that are kept, so that it never drowns the new one."""
# Openings and phrases that lean on what was said before.
LEANING = re.compile(
    r"^(?:那么?|它|他们?|她|这(?!几年|些年)|该|其中|上述|上面|前面|刚才|还有|另外|此外|再(?=[说讲问看])|继续(?=[说讲问，,])|具体|详细|后来|然后|换成|同样|第[一二三四五六七八九十\d]+[个点条项是方])"
    r"|^.{1,8}呢[？?。]*$|^(?:为什么|怎么说的|多少|哪些|谁|什么时候|原话)[是的呀啊]{0,2}[？?。]*$"
    r"|(?:那[次个场份篇条段些]|这[次个场份篇条段些]|上一[个条篇年])"
)
SHORTEST_ALONE = 5
"""A question with fewer characters than this, after others, goes on from them."""
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?=年|[^\d]|$)")
NUMERAL = r"(?:\d[\d,，.．]*|[一二两三四五六七八九十百千万亿零〇]+)"
# 多少公里, 几个百分点: a figure is wanted, with this unit if one is named.
FIGURE = re.compile(
    r"(?:多少|(?<![近这前后])几|百分之几|多大|多长|多高|多远|多重|多久)\s*"
    r"(万|亿|万亿)?\s*(个百分点|百分点|公里|平方公里|平方米|立方米|公顷|亩|吨|元|美元|人次|人|户|家|座|个|项|条|件|所|张|米|年|月|天|日|岁|次|倍|名|辆|处|批|家企业|级|分|度|％|%)?"
)
FIGURE_WORDS = re.compile(
    r"多少|百分之几|比例是|占比|(?<![近这前后])几(?=个|项|条|件|家|座|户|次|年|天|倍|万|亿|成|所|名|大|位|届|方面|点|类|种)"
)
WHEN = re.compile(r"什么时候|何时|哪一?年|哪一?天|几月几日|什么时间|截止(?:时间|日期)")


@dataclass(frozen=True)
class Question:
    """A question as understood.

    `asked` is what was typed; `standalone` says the same without the questions before;
    `years` are named in it; `wants` is figure, time or "" for anything else; `unit` of a figure.
    """

    asked: str
    standalone: str
    years: tuple[int, ...] = ()
    wants: str = ""
    unit: str = ""
    before: tuple[str, ...] = field(default=())


def understand(asked: str, history: Sequence[str] = ()) -> Question:
    """Read a question, after the earlier questions of the same chat (oldest first).

    >>> understand("那停车场呢", ["去年新建了多少座公厕"]).standalone
    '去年新建了多少座公厕；那停车场呢'
    """
    asked = " ".join(asked.encode("utf-8", "replace").decode("utf-8").split())[:LONGEST]
    before: tuple[str, ...] = ()
    years = tuple(dict.fromkeys(int(y) for y in YEAR.findall(asked)))
    if asked and history and _leans(asked):
        previous = understand(history[-1], history[-REMEMBERED:-1])
        before = (*previous.before, previous.asked)[-2:]
        years = years or previous.years
    standalone = "；".join([*(q[:EARLIER].rstrip("？?。 ") for q in before), asked])
    own_figure = FIGURE.search(asked) if FIGURE_WORDS.search(asked) else None
    wants = "figure" if own_figure else "time" if WHEN.search(asked) else ""
    unit = (own_figure.group(2) or "") if own_figure else ""
    return Question(asked, standalone, years, wants, unit, before)


def _leans(asked: str) -> bool:
    return len(asked) < SHORTEST_ALONE or bool(LEANING.search(asked))
