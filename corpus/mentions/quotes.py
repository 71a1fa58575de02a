"""Words in quotation marks: a person's, with the speaker, or a 提法."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Mention
from corpus.mentions.speakers import ADJACENT, GOES_ON, SPOKEN, SPOKEN_BEFORE, THINKER, is_person, speaker_of

LONGEST_SLOGAN = 30
FEWEST_SAID = 9
"""Characters of a quotation that no colon introduces; shorter ones are terms."""
WELL = r"“([^“”]{1,600})”|「([^「」]{1,600})」|『([^『』]{1,600})』"
QUOTED_WELL = re.compile(WELL)
QUOTED = re.compile(WELL + r"|(?<!\")\"([^\"]{2,200})\"(?!\")")
# What the words of a person say, and a term does not: 要有正确的路线来保证.
SENTENCE = re.compile(r"[。！？；，]|要|就|是|在于|不|必须|能|应|才|可以|使|从|把|有|让|会|都|最")
SENTENCE_MARK = re.compile(r"[。！？；]")
# 毛泽东同志关于“…”的教导
ABOUT = re.compile(r"(?:关于|的)$")
TEACHING = re.compile(
    r"^的?(?:[\u4e00-\u9fff]{0,6}?)(?:教导|指示|论述|论断|名言|批示|题词|嘱托|教诲|号召|殷切希望|原话)"
)
# Terms that the writer does not make his own.
IRONIC = re.compile(
    r"(?:所谓的?|所謂|自称|号称|冒充|什么|鼓吹[^，。]{0,4}|叫嚷|叫喊|扬言|胡说|美其名曰|标榜|[污诬]蔑[^，。“]{0,10}[为是成]|散布|抛出[^，。“]{0,4}|贩卖|"
    r"攻击[^，。“]{0,6}[为是]|借口|打着|伪造[^，。“]{0,6})$"
)
IRONY_BEHIND = re.compile(
    r"^(?:等等?|之类|一类)?的?(?:反动|反革命|荒谬|错误|修正主义)?(?:谬论|理论和|论调|奇谈怪论|怪论|谎言|借口|黑旗|招牌|幌子|把戏|鬼话|阴谋|罪名|口实)"
)
# Images and names of events in quotation marks, which nobody is called upon to follow.
IMAGES = frozenset(
    "最后一公里 最初一公里 最先一公里 中间段 拦路虎 绊脚石 断头路 中梗阻 肠梗阻 玻璃门 弹簧门 旋转门 老大难 老好人 太平官 墙头草 两面人 "
    "两张皮 一阵风 黑天鹅 灰犀牛 硬骨头 独角戏 紧箍咒 文化大革命".split()
)
# 以下简称“两库”: a short name, no 提法; 在“…”一文中: a title.
SHORT_NAME = re.compile(r"(?:简称|下称|统称)[为：:]?$")
TITLE_BEHIND = re.compile(r"^(?:著作|一书|一文|这[篇本]|的(?:文章|讲话|社论|著作)中)")
# Words that nobody named has said: 有人说“…”, 俗话说“…”.
UNNAMED = re.compile(r"(?:说|说道|常说|说什么|信奉|认为|俗话|古语|[云曰])[，：:,]?$")
REACH = 90


def find_quotes(number: int, text: str) -> Iterator[Mention]:
    """Quotations with `by`, and slogans, in the order of the text.

    >>> [(m.type, m.by, m.value) for m in find_quotes(1, "会议强调：“要抓早抓小。”落实“河长制”。")]
    [('quotation', '会议', '要抓早抓小。'), ('slogan', None, '河长制')]
    """
    if not ("“" in text or '"' in text or "「" in text or "『" in text):
        return
    quoted = QUOTED if '"' in text else QUOTED_WELL  # which is faster
    speaker: str | None = None  # of the quotation before, if this one may go on from it
    ironic, last = False, 0
    for found in quoted.finditer(text):
        value, (start, end) = found.group(found.lastindex or 1), found.span(found.lastindex or 1)
        before, behind = text[max(0, found.start() - REACH) : found.start()], text[found.end() : found.end() + 16]
        gap = text[last : found.start()] if last else " "
        next_to = bool(ADJACENT.match(gap))
        ironic = bool(IRONIC.search(before) or IRONY_BEHIND.match(behind)) or (ironic and next_to)
        speaker = None if ironic else _said_by(value, before, behind, speaker if last else None, gap)
        last = found.end()
        if speaker:
            yield Mention("quotation", number, start, end, value, speaker)
        elif not ironic and _is_slogan(value, before, behind):
            yield Mention("slogan", number, start, end, value)


def _said_by(value: str, before: str, behind: str, earlier: str | None, gap: str) -> str | None:
    """Who said the words; `earlier` is the speaker of the quotation before, `gap` what stands between."""
    long = len(value) >= FEWEST_SAID
    if earlier and long and ADJACENT.match(gap) and SENTENCE.search(value):
        return earlier
    if earlier and GOES_ON.match(gap) and (long or gap.endswith(("：", ":"))):
        return earlier
    said = SPOKEN.search(before[-24:])
    if said:
        colon = said.group("mark") in ("：", ":") and bool(said.group("mark"))
        speaker = speaker_of(before[: len(before) - len(said.group())]) if long or colon else None
        term = said.group("verb") == "提出" and not said.group("mark") and not SENTENCE_MARK.search(value)
        return None if speaker and term and not is_person(speaker) else speaker
    if long and (thinker := THINKER.search(before)):
        return thinker["name"]
    return _said_apart(value, before, behind) if long and SENTENCE.search(value) else None


def _said_apart(value: str, before: str, behind: str) -> str | None:
    """指出，在实现以后，“…”。 and 江明同志关于“…”的教导: persons only."""
    clause = SPOKEN_BEFORE.search(before)
    whole = value.endswith(("。", "！", "？")) or behind[:1] in ("。", "；", "，", "、", "")
    if clause and whole:
        speaker = speaker_of(before[: clause.start()])
        return speaker if speaker and is_person(speaker) else None
    if ABOUT.search(before) and TEACHING.match(behind):
        speaker = speaker_of(ABOUT.sub("", before))
        return speaker if speaker and is_person(speaker) else None
    return None


def _is_slogan(value: str, before: str, behind: str) -> bool:
    return (
        (len(value) >= 2 or _in_row(before, behind))
        and len(value) <= LONGEST_SLOGAN
        and not SENTENCE_MARK.search(value)
        and value not in IMAGES
        and not SHORT_NAME.search(before)
        and not TITLE_BEHIND.match(behind)
        and not before.endswith(("说：", "说:"))
        and not (UNNAMED.search(before[-6:]) and (len(value) >= FEWEST_SAID or before.endswith(("：", ":"))))
        and not (SPOKEN.search(before[-24:]) and before.endswith(("：", ":")))
    )


def _in_row(before: str, behind: str) -> bool:
    """“多”、“快”: one character alone counts beside another."""
    return before.endswith(("”、", "”和", "”与", "」、")) or behind.startswith(("、“", "和“", "与“", "、「"))
