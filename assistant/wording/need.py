"""What a request for wording needs, apart from the words of asking: its meaning, a place, a form, examples."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.normal import fold_character

CLAUSE = re.compile(r"[^，,；;？?。！!：:\s]+")
COUNT = r"(?:一些|一两[句个段]|[几两三][个句条段种类]|一[句段个]|[些点])"
KIND = (
    r"(?:话|说法|提法|表述|表达|语句|句子|句式|句|范句|范例|例句|例子|金句|名句|警句|好词好句|好句|段落|素材|语录|写法|讲法|措辞|用语|"
    r"口气|语气|漂亮话|比喻|排比句?|过渡句?|开头|开场白?|结尾|结束语|收尾|标题)"
)
LEAD = re.compile(
    r"^(?:[写来找给]一?个|请问?|帮[我忙]|麻烦|我们?想?|想要?|需要|有没有|有无|有啥|有什么|能不能|可否|给[我出]?(?=几|些|一|点|个)|找一?找?|来(?=几|些|一|点|个)|"
    rf"写(?!照|实|入|意)|查一?查?|搜|推荐|提供|列出?|引用?(?={COUNT})|关于|有关|谈一?谈?(?!判)|论述|论(?!坛|文|证)|讲一?讲|讲(?!话)|说说|形容|描述|怎么样?|如何|怎样"
    rf"|(?:要|用|引|带){COUNT}|{COUNT}(?=[^\s]))++"
)
ADJECTIVE = r"(?:(?:类似|相关|经典|现成|形象|生动|有力|新鲜|漂亮|好|精彩|常用|有温度|有劲|比较|合适)点?)"
ASK = r"(?:段落?|部分|那块|这块|方面)?(?:想要?|需要|要|写|来|说|讲|用|引|找|还)?"
TAIL = re.compile(
    rf"(?:(?>(?:[的之]?(?:这|那)?(?:一?[类种些])?{ASK}{COUNT}?(?:有什么|有哪些|有啥|有)?{ADJECTIVE}*的?{COUNT}?{KIND}(?:或{KIND})*)"
    r"|怎么(?:写|说|讲|表述|论述|表达|开头|收尾|结尾|批评|强调|形容|描述|概括)(?:比较好|才好|好|比较有[劲力])?|如何(?:写|说|讲|表述|论述|表达)|(?:比较)?有[劲力]"
    rf"|有(?:哪些|什么|啥|没有){ADJECTIVE}?的?|有现成的?|都可以|都行|也行|可以参考|参考|借鉴|这(?:层|个)?意思|的意思|[吗呢吧]|之类|这类|这种|那种|那类|等等?|用|稿子|的|最好带?点?|别太空|怎么|如何|写{COUNT}))+$"
)
LONGEST_TAIL = 60
"""Characters at the end of a clause among which words of asking are looked for at once."""
# What stands only for where the words go: 马年开年动员会, 写作风整顿的稿子用, 五四活动发言.
USE = re.compile(r"(?:稿子?|材料|发言|讲话|动员会|推进会|大会|会议|会上)(?:里|中|上|用)*$")
# 五四活动发言要引几句…: where the words go, said before what they say.
USE_LEAD = re.compile(
    rf"^.{{0,12}}?(?:发言|讲话稿?|稿子?|材料|会上?|活动|报告)(?:里|中|上)?(?:想要?|准备|需要|要)?(?:引用?|用|写|来|加|放|讲|说)?{COUNT}"
)
ASIDE = re.compile(
    r"^(?:别|不要)太|^最好|^(?:语气|口气|语言|文风|措辞|篇幅)|^[要能]?(?:有|带)?点?(?:排比|比喻|金句)$|^要有$|^想?从.{1,4}说$"
)
QUOTED = re.compile(r"[“\"「『]([^”\"」』]{1,40})[”\"」』]")
WITH = re.compile(r"[带含有]着?个?[“\"「『]([^”\"」』]{1,4})[”\"」』]字?")
# 绿水青山之外还有啥: what is known already.
EXCEPT = re.compile(r"(?:除了?)?([^，,。；;？?\s除]{2,12}?)(?:之外|以外)(?:还有?|的)?")
PLACES = {
    "closing": re.compile(r"结尾|收尾|结束语|最后一[段句]|末尾|收束|尾声|号召"),
    "opening": re.compile(r"开头|开篇|开场|引言|起首|开门见山"),
    "transition": re.compile(r"过渡|承上启下|转折|承接"),
    "achievement": re.compile(r"(?:写|讲|谈|总结|回顾|说)[^，,。]{0,6}成绩|成绩怎么"),
    "problem": re.compile(
        r"点问题|查摆|(?:写|讲|谈|指出|点出)[^，,。]{0,6}(?:问题|不足)|(?:问题|困难|不足|短板)(?:怎么|如何|写得?|讲得?|说得?)"
    ),
}
# What says the place and nothing else.
POSITION = re.compile(
    r"最后一[段句]的?|承上启下的?|过渡的?|(?:在|用作|作为)?(?:结尾|收尾|开头|开篇|开场|末尾|尾声|结束语)(?:处|部分|段落?)?的?(?:想用点?|用点?)?"
)
FORMS = {
    "metaphor": re.compile(r"比喻|形象|打比方|生动"),
    "parallel": re.compile(r"排比|对仗|对偶|工整"),
    "maxim": re.compile(r"金句|警句|名言|格言|漂亮话|名句|好词好句|有文采"),
    "negative": re.compile(r"反面|不要什么|不搞什么|反对|批评|警示"),
    "importance": re.compile(r"重要|意义|作用|地位|为什么要"),
    "resolve": re.compile(r"决心|表态|干劲|信心|必胜"),
    "wish": re.compile(r"寄语|期望|希望|勉励|嘱托"),
    "thanks": re.compile(r"感谢|致敬|慰问|敬意|问候"),
}


@dataclass(frozen=True)
class Need:
    """What is looked for.

    `asked` is the request in simplified characters; `meaning` the same without the words of asking; `place` a part of
    a document or ""; `forms` of FORMS; `examples` stood in quotation marks; `letters` must stand in
    what is found (带“马”字); `known` is not wanted again (绿水青山之外).
    """

    asked: str
    meaning: str
    place: str = ""
    forms: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


def read_need(asked: str) -> Need:
    """Read a request for wording.

    >>> read_need("想找几句批评推诿扯皮的话，写作风整顿的稿子用").meaning
    '批评推诿扯皮'
    >>> need = read_need("谈规划重要性，有没有形象点的比喻")
    >>> need.meaning, need.forms
    ('规划重要性', ('metaphor', 'importance'))
    """
    text = simplified(" ".join(asked.split()))
    letters = tuple(dict.fromkeys(WITH.findall(text)))
    examples = tuple(e for e in dict.fromkeys(QUOTED.findall(text)) if e not in letters)
    place = next((name for name, pattern in PLACES.items() if pattern.search(text)), "")
    forms = tuple(name for name, pattern in FORMS.items() if pattern.search(text))
    known = tuple(dict.fromkeys(EXCEPT.findall(text)))
    return Need(text, _meaning(EXCEPT.sub(r"\1，", text)), place, forms, examples, letters, known)


def simplified(text: str) -> str:
    """Chinese characters in simplified form, all else as it is."""
    return "".join(fold_character(c) if "\u3400" <= c <= "\u9fff" else c for c in text)


def _meaning(text: str) -> str:
    clauses = [(clause, _stripped(clause)) for clause in CLAUSE.findall(text)]
    kept = [(whole, own) for whole, own in clauses if len(own) > 1 and not ASIDE.search(own)]
    told = [own for whole, own in kept if not USE.search(whole)] or [own for _, own in kept]
    return "，".join(told) or text


def _stripped(clause: str) -> str:
    clause = WITH.sub("", clause)
    for place in PLACES.values():
        clause = POSITION.sub("", clause) if place.search(clause) else clause
    while (shorter := _without_tail(LEAD.sub("", USE_LEAD.sub("", clause)))) != clause:
        clause = shorter
    return clause


def _without_tail(clause: str) -> str:
    tail = TAIL.search(clause, max(0, len(clause) - LONGEST_TAIL))
    return clause[: tail.start()] if tail else clause
