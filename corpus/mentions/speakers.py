"""Who said the words that follow: a named person or body in front of a verb of saying."""

from __future__ import annotations

import re

from corpus.facts.people import HAN, NAME, SURNAMES

# Verbs of saying, longest first; with them what may stand between the verb and the words.
SAYS = (
    "强调指出|明确指出|深刻指出|反复强调|明确要求|明确提出|教导我们|教导说|号召我们|告诉我们|告诫我们|指示我们|批评说|警告说|回答说|"
    "指出|强调|要求|提出|认为|说过|说道|说|讲过|讲到|讲|谈到|写道|写到|写过|批示|指示|教导|号召|勉励|规定|宣布|宣告|声明|表示|提到|"
    "嘱托|叮嘱|嘱咐|寄语|题词|告诫|评价|警告|质问|论述|论断|名言|总结|概括|重申|呼吁|批评|要我们|希望|称赞|赞扬|赞誉"
)
SPOKEN = re.compile(
    rf"(?P<verb>{SAYS})(?:得好|得很好|得对|得很清楚)?(?:的|过|了)?(?:一样|那样|那[句段两]?[句个]?话|这[句段]?话|话)?(?:是)?(?P<mark>[，：:,]?)\s?$"
)
# 明确指出，在实现以后，“…”: a clause between the verb and the words, which then are a sentence's part.
SPOKEN_BEFORE = re.compile(rf"(?:{SAYS})过?[，,：:](?P<clause>[^。！？；：“”]{{2,40}})$")
# 强调“…”，要求“…”: another verb of the same speaker behind a quotation.
GOES_ON = re.compile(
    rf"^[。，、；,;]?(?:他|她)?(?:[又还也并同时曾多再三次进一步接着接下去特别明确深刻尖锐地严肃强烈]{{0,8}})(?:{SAYS})(?:说|的|过|了)?(?:是)?[，：:,]?$"
)
ADJACENT = re.compile(r"^(?:[，、；。]|和|以及|及|[，、]?又|[，、]并且?)?$")
OFFICES = (
    "总书记|主席|总理|同志|书记|省长|市长|区长|县长|先生|女士|委员长|副总理|副主席|院士|教授|校长|部长|主任|总统|首相"
)
KNOWN = (
    "马克思(?!主义)|恩格斯|列宁|斯大林|孔子|孟子|老子|荀子|庄子|墨子|管子|韩非子|司马迁|毛主席|周总理|小平同志|亚里士多德|柏拉图|苏格拉底|"
    "黑格尔|爱因斯坦|达尔文|歌德|雨果|培根|牛顿|莎士比亚|高尔基|托尔斯泰"
)
# Thinkers of the past, whose words in quotation marks are their own wherever the sentence puts them:
# 恩格斯说，无产阶级政党的“…”。 列宁把政治经济学视为…“…”。
THINKER = re.compile(
    rf"(?:^|[。！？；，])(?P<name>{KNOWN})(?:还|也|曾)?(?:(?:{SAYS})过?[，,]?|[把将][^。！？；，：“”]{{1,20}}(?:视为|称为|称作|看作|看成|比作))"
    r"[^。！？；：“”]{0,24}$"
)
# 爱迪生说过: three characters and more that names from abroad are written with, at a clause's beginning.
ABROAD = (
    "阿埃艾爱安奥巴贝比波伯布查达戴丹德迪杜厄恩尔法菲费弗福盖格哈海汉赫霍基吉加卡凯康考科克肯库拉莱兰劳勒雷里利列林龙卢鲁路伦罗洛马麦曼"
    "梅蒙米摩莫姆纳内尼诺帕佩皮普齐乔切萨塞桑沙舍圣史斯苏索塔泰坦汤特图托瓦万威维韦温沃伍西希夏谢休雅亚扬耶伊因尤约扎詹兹佐朱宁敦顿逊逖生思夫勃涅丘吉宾贡曾"
)
CLAUSE = r"(?:^|(?<=[，、。：；）)\s的了是由如像家人者])|(?<=正如)|(?<=诗人)|(?<=按照)|(?<=根据)|(?<=贯彻)|(?<=遵照))"
PERSON = (
    rf"(?:{CLAUSE}(?:[{SURNAMES}]{HAN}{{0,2}}?(?:{OFFICES}))|[{SURNAMES}]{HAN}{{0,2}}?(?:{OFFICES})|"
    rf"{CLAUSE}{NAME}(?=$|在|曾|多次|反复|还|又|也|所)|{CLAUSE}{HAN}{{2,6}}?(?:主席|总理|总统|首相)|总书记|{KNOWN}|{CLAUSE}[{ABROAD}]{{3,8}}(?=$|在|曾))"
)
BODY = (
    r"(?:党中央|中共中央|中央|国务院|省委|市委|县委|区委|党章|宪法|[\u4e00-\u9fff]{0,12}(?:会议|全会|大会|宣言|公报|条例|宪章|声明|社论|公约)|"
    r"决定|决议|方案|意见|通知|纲要|规划|报告|建议|政府|《[^《》]{1,60}》|党的[一二三四五六七八九十]{1,4}大(?:报告)?|[省市县区]政府)"
)
AFTER = r"(?P<between>[^。！？；：]{0,40}?)$"
BY_PERSON, BY_BODY = re.compile(rf"(?P<who>{PERSON}){AFTER}"), re.compile(rf"(?P<who>{BODY}){AFTER}")
IS_PERSON, IS_BODY = re.compile(PERSON), re.compile(rf"{BODY}$")
NOBODY = re.compile(r"^(?:[我你他她它们这那有些谁]|许多|路线|方面|高度|任何|所有|全党|全国|大家|同志$)|们$|不$")
# What runs into a name from before: 要遵照毛主席.
NAME_WITH_OFFICE = re.compile(rf"[{SURNAMES}]{HAN}{{0,2}}(?:{OFFICES})$")
# 我在会上讲到“…”: the writer himself, whom nobody names here.
SELF = re.compile(r"我(?![国省市区县党军们])")
SENTENCE_MARK = re.compile(r"[。！？；]")
# Words quoted inside the sentence, which are not part of who speaks.
INNER = re.compile(r"“[^“”]{0,200}”|「[^「」]{0,200}」")


def speaker_of(before: str) -> str | None:
    """The named person, else the body, that speaks in the last sentence before the verb.

    >>> speaker_of("工作开始了。江明同志在会上"), speaker_of("有人"), speaker_of("全会")
    ('江明同志', None, '全会')
    """
    if "“" in before or "”" in before or "「" in before:
        before = INNER.sub(lambda found: "。" if found.group()[-2] in "。！？" else "", before)
        before = re.split("[“”「」]", before)[-1]
    sentence = SENTENCE_MARK.split(before)[-1]
    found = BY_PERSON.search(sentence) or (None if SELF.search(sentence) else BY_BODY.search(sentence))
    if not found:
        return None
    who: str = found.group("who").removesuffix("所")
    if who[0] not in SURNAMES and (named := NAME_WITH_OFFICE.search(who)):
        return named.group()
    return who if len(who) > 1 and not NOBODY.search(who) else None


def is_person(speaker: str) -> bool:
    """Whether a speaker is a person and no body.

    >>> is_person("江明同志"), is_person("党中央")
    (True, False)
    """
    return not IS_BODY.match(speaker) and IS_PERSON.match(speaker) is not None
