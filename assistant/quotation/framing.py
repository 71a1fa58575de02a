"""What is quoted, and what is said of it: 习近平2020年说过：“…”, 这句话出自哪里."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.quotation.edges import TURNED
from corpus.facts.people import NAME
from corpus.mentions.speakers import OFFICES, SPOKEN, speaker_of

LEAST_QUOTED = 8
"""Characters in quotation marks that can be a quotation; fewer are a term in one."""
NESTED = r"“((?:[^“”]|“[^“”]*”)+)”"
"""Words in quotation marks with those in them that are quoted there."""
QUOTED = re.compile(NESTED + r'|"([^"]+)"|「([^「」]+)」|『([^『』]+)』')
WHOLE_QUOTED = 0.5
"""Share of what was typed that stands in quotation marks, from which on it is the quotation."""
LONGEST_AROUND = 40
"""Characters around a quotation that say whose it is; more are text themselves."""
STOPS = "，,。.；;：:！!？?、—–-…~～ \t\n"
# What one asks behind a quotation. It begins at a stop, a space or, where it can't be part of one, anywhere.
ASKED = (
    r"(?:请问)?(?:这|那|此)?(?:句|段|个)?(?:话|说法|提法)?(?:的|是)?"
    r"(?:原话|原文|原句|出处|出自|引自|哪[篇次个份年场些位](?![^，。]{0,6}都)|哪里(?:说|讲|提|来|写)的?$|谁[说讲提]的|是谁[说讲提]?的?|对不对|对吗|对么|怎么[说讲]|是啥"
    r"|(?:帮我|请|麻烦)(?:核|查)[对实一查下找]|(?:核|查)(?:对|实|一下|查)|帮我)"
)
BEHIND = re.compile(
    rf"(?:(?<![{re.escape(STOPS)}])[{re.escape(STOPS)}]+|(?=(?:出自|引自)(?:哪|何|谁)|(?:的)?出处[？?]?$|原话怎么)){ASKED}[^，。；！“”]{{0,20}}[？?。]*$"
)
# 是在达沃斯讲的吗: a guess at where it was said.
GUESSED = re.compile(
    rf"(?<![{re.escape(STOPS)}])[{re.escape(STOPS)}]+(?:这|应该|好像|大概)?是[^，。；！“”]{{1,24}}(?:[说讲提里中上]的?|报告|讲话|文件)(?:吗|吧|么|对吧)[？?。]*$"
)
# A character of what leads in, or a 《title》 with whatever marks in it.
NAMED = r"《(?:[^《》]|《[^《》]*》){1,120}》"
LED = rf"(?:{NAMED}|[^：:，,。；“”《》])"
SAYING = "说过?|讲过?|指出|强调|要求|提出|写道|写过|写明|载明|提到|表示|认为|规定|明确"
KINDS = "报告|讲话|文章|致辞|演讲|贺信|通知|意见|方案|决定|决议|会议|全会|大会|公报"
# 2014年政府工作报告：, 十九大报告里说，, 《规则》规定，: what stands in front, up to its colon, or a verb of saying.
BEFORE = re.compile(
    rf"(?=(?:{NAMED}|[^：:“”《》]){{1,40}}[：:])(?:{LED}{{0,30}}(?:{KINDS}){LED}{{0,8}}|(?:{LED}|[，,]){{0,40}}(?:{SAYING})(?:的|过)?)[：:]"
    rf"|(?={NAMED}|[^，,]{{2}}){LED}{{1,40}}?(?:{SAYING})(?:了|过)?[，,](?=.{{8}})"
    rf"|{LED}{{0,20}}{NAMED}(?:[（(][^（）()]{{1,40}}[）)])?(?:第[一二三四五六七八九十百零\d]{{1,6}}条)?(?:中|里)?(?:也|还|明确)?(?:{SAYING})(?![的了过和与及等、])(?=.{{8}})"
)
# 根据某发〔2025〕2号，, 按照《条例》要求，, 依据2021年政府工作报告，: only what names a document; 根据需要，is a sentence's own.
ACCORDING = re.compile(
    rf"(?:根据|按照|依据|依照|遵照|参照)(?:{LED}{{0,20}}(?:{NAMED}|[〔\[（(【]\d{{4}}[〕\]）)】]第?\d{{1,4}}号|令第?\d{{1,4}}号)"
    rf"|{LED}{{2,30}}(?:报告|讲话|通知|意见|方案|决定|决议|条例|办法|规划|纲要|细则|规则|公报)){LED}{{0,16}}[，,：:](?=.{{8}})"
)
WHEN = re.compile(r"(?:19|20)?\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?")
# 云岭市市长江明在会上: whoever is named behind the office.
NAMED_BEHIND = re.compile(rf"(?:{OFFICES})(?P<name>{NAME})(?=$|同志|在|曾|多次|反复|还|又|也)")
# Marks in marks (GB/T 15834): single ones in double ones, 〈〉 in 《》; many write double ones in both places.
MARKS_IN_MARKS, TITLES_IN_TITLES = re.compile("“[^”]*[‘“]"), re.compile("《[^》]*[〈《]")
OF_QUOTES, OF_TITLES = str.maketrans("‘’'", '“”"'), str.maketrans("〈〉", "《》")


@dataclass(frozen=True)
class Framed:
    """`words` are held to be quoted; `around` is what else was typed; `speaker` the one it is put to, if named.

    `before` is what of it stands in front of the words, which were `quoted` if they stood in quotation marks.
    """

    words: str
    around: str = ""
    speaker: str | None = None
    before: str = field(default="", repr=False)
    quoted: bool = field(default=False, repr=False)

    @property
    def levels(self) -> dict[int, int]:
        """Marks that are no others than these in another depth of quotation, for str.translate; none as a rule.

        >>> "推进‘放管服’改革".translate(Framed("推进‘放管服’改革", quoted=True).levels), Framed("‘三农’").levels
        ('推进“放管服”改革', {})
        """
        quotes = self.quoted or MARKS_IN_MARKS.search(self.words)
        return (OF_QUOTES if quotes else {}) | (OF_TITLES if TITLES_IN_TITLES.search(self.words) else {})


def read_framing(typed: str) -> Framed:
    """Tell the words from what is said of them.

    >>> read_framing("2014年政府工作报告：用权力的减法换取活力的加法，对不对")
    Framed(words='用权力的减法换取活力的加法', around='2014年政府工作报告：，对不对', speaker=None)
    >>> read_framing("江明同志强调：“要一抓到底，抓出成效”，出处？").speaker
    '江明同志'
    """
    typed = typed.strip()
    quoted = max((m for m in QUOTED.finditer(typed)), key=lambda m: len(m.group()), default=None)
    whole = quoted is not None and _is_all(quoted, typed)
    if quoted and whole:
        words = quoted.group(quoted.lastindex or 1)
        before, behind = typed[: quoted.start()], typed[quoted.end() :]
    else:
        lead = BEFORE.match(typed) or ACCORDING.match(typed)
        start = lead.end() if lead else 0
        stop = len(typed)
        while (
            tail := BEHIND.search(typed, start, stop) or GUESSED.search(typed, start, stop)
        ) and tail.start() > start:
            stop = tail.start()
        words, before, behind = typed[start:stop], typed[:start], typed[stop:]
    return Framed(words.strip(), f"{before}{behind}".strip(), _speaker(before), before.strip(), whole)


def _is_all(quoted: re.Match[str], typed: str) -> bool:
    """Whether one run in quotation marks is the whole quotation, and no term in it."""
    words = quoted.group(quoted.lastindex or 1)
    if len(words) < LEAST_QUOTED:
        return False
    before, outside = typed[: quoted.start()], len(typed) - len(quoted.group())
    if TURNED.search(before):
        return False
    whole = len(words) >= WHOLE_QUOTED * (len(words) + outside)
    return whole or (outside <= LONGEST_AROUND and SPOKEN.search(before) is not None)


def _speaker(before: str) -> str | None:
    said = SPOKEN.search(before)
    if not said:
        return None
    before = WHEN.sub("", before[: said.start()])
    named = NAMED_BEHIND.search(before)
    return named["name"] if named else speaker_of(before)
