"""Words in quotation marks: a person's, with the speaker, or a 提法."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Mention
from corpus.people import HAN, NAME, SURNAMES

LONGEST_QUOTATION, LONGEST_SLOGAN = 600, 30
QUOTED = re.compile(r"“([^“”]{1,600})”|「([^「」]{1,600})」|『([^『』]{1,600})』|(?<!\")\"([^\"]{2,200})\"(?!\")")
SAYS = (
    "强调指出|明确指出|深刻指出|曾经指出|反复强调|多次强调|特别强调|明确要求|明确提出|教导我们|号召我们|告诉我们|告诫我们|"
    "指出|强调|要求|提出|认为|说过|说道|说|讲过|讲|写道|写到|批示|指示|教导|号召|勉励|规定|宣布|表示|提到|嘱托|寄语|题词|告诫|评价|指示我们"
)
SPOKEN = re.compile(rf"(?:{SAYS})(?:的|了)?(?:是)?[，：:,]?[\s]?$")
# Who may be quoted by name: a person with an office or 同志, a classic, a body, a document.
OFFICES = "总书记|主席|总理|同志|书记|省长|市长|区长|县长|先生|委员长|副总理|副主席|院士|教授|校长|部长|主任|总统|首相"
PERSON = (
    rf"(?:[{SURNAMES}]{HAN}{{0,2}}?(?:{OFFICES})|{NAME}(?=$|在|曾|多次|反复|还|又|也)|"
    rf"{HAN}{{2,6}}?(?:主席|总理|总统|首相)|马克思|恩格斯|列宁|斯大林|孔子|孟子|老子|荀子|韩非子|司马迁|毛主席|周总理|小平同志)"
)
BODY = (
    r"(?:会议|全会|大会|公报|党中央|中共中央|中央|国务院|省委|市委|县委|区委|党章|宪法|决定|决议|条例|宪章|报告|"
    r"《[^《》]{1,60}》|党的[一二三四五六七八九十]{1,4}大(?:报告)?|[\u4e00-\u9fff]{2,12}(?:会议|全会|大会|宣言))"
)
SPEAKER = re.compile(rf"(?P<who>{PERSON}|{BODY})(?P<between>[^。！？；“”：]{{0,40}}?)$")
IRONIC = re.compile(r"(?:所谓的?|自称|号称|冒充)$")
SENTENCE_MARK = re.compile(r"[。！？；]")
REACH = 90


def find_quotes(number: int, text: str) -> Iterator[Mention]:
    """Quotations with `by`, and slogans, in the order of the text.

    >>> [(m.type, m.by, m.value) for m in find_quotes(1, "会议强调：“要抓早抓小。”落实“河长制”。")]
    [('quotation', '会议', '要抓早抓小。'), ('slogan', None, '河长制')]
    """
    for found in QUOTED.finditer(text):
        group = next(i for i in range(1, 5) if found.group(i) is not None)
        value, (start, end) = found.group(group), found.span(group)
        before = text[max(0, found.start() - REACH) : found.start()]
        said = SPOKEN.search(before)
        speaker = _speaker(before[: said.start()]) if said else None
        if speaker and (len(value) > 8 or before.endswith(("：", ":"))):
            yield Mention("quotation", number, start, end, value, speaker)
        elif _is_slogan(value, before, bool(said)):
            yield Mention("slogan", number, start, end, value)


def _speaker(before: str) -> str | None:
    """The named person or body nearest before the verb, in its own sentence."""
    sentence = SENTENCE_MARK.split(before)[-1]
    found = SPEAKER.search(sentence)
    if not found:
        return None
    who: str = found.group("who")
    return who if len(who) > 1 and not re.match(r"[我你他她它们这那]", who) else None


def _is_slogan(value: str, before: str, said: bool) -> bool:
    return (
        2 <= len(value) <= LONGEST_SLOGAN
        and not SENTENCE_MARK.search(value)
        and not IRONIC.search(before)
        and not (said and before.endswith(("：", ":")))
    )
