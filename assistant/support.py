"""Whether the evidence states what was asked. Similarity can't tell; the particulars can."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import NUMERAL, Question
from index import DEFAULT_MODEL, Hit, Recall

FAR = {DEFAULT_MODEL: 0.868}
"""Cosine of the nearest passage under which a question has nothing to do with the library, by model.

Measured on questions about policies against such about recipes, travel and code; other models have
other scales and are not judged by it."""
FIGURE = re.compile(NUMERAL)
ARABIC = re.compile(r"\d")
# A figure that somebody replaced: 新增泊位4XXX个, X万元, ××家.
MASKED = re.compile(r"\d*[XxＸ×]+\s*(?:多|余)?\s*[万亿千百]?\s*[个项条件家座户次年天倍万亿所名吨元人米亩%％公平]")
TIME = re.compile(
    r"\d{1,4}\s*年|\d{1,2}\s*月|[一二三四五六七八九十]+月|年底|月底|季度|今年|明年|去年|当前|期间|之前|以前|日前|前完成"
)
SCALE = r"\s*(?:多|余|几)?\s*[万亿千百]*\s*"


def missing_particular(question: Question, recall: Recall, model: str, hits: Sequence[Hit], evidence: str) -> str:
    """What keeps the evidence from answering: far, year, figure, masked, time, or "" if nothing does.

    `hits` are the paragraphs that the evidence was taken from, the best first.
    """
    if recall.hits and question.years and not of_the_years(question, recall.hits):
        return "year"
    if not hits:
        return "nothing"
    if recall.nearest < FAR.get(model, -1.0):
        return "far"
    if question.wants and not states_what_is_asked(question, evidence):
        if question.wants == "figure" and MASKED.search(evidence):
            return "masked"
        return question.wants
    return ""


def of_the_years(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The paragraphs about the years that a question names; all, if it names none."""
    return [hit for hit in hits if not question.years or _about_year(question.years, hit)]


def states_what_is_asked(question: Question, text: str) -> bool:
    """Whether a text holds a figure (with the unit asked for) or a time, if one is asked for.

    >>> from assistant.question import understand
    >>> states_what_is_asked(understand("新增多少公里管网"), "新增管网12公里")
    True
    >>> states_what_is_asked(understand("新增多少公里管网"), "新增管网X公里")
    False
    """
    if question.wants == "time":
        return bool(TIME.search(text))
    if question.wants == "figure":
        if question.unit:
            return bool(re.search(NUMERAL + SCALE + re.escape(question.unit), text)) or _other_unit(question.unit, text)
        return bool(FIGURE.search(text))
    return True


def _other_unit(unit: str, text: str) -> bool:
    """几条 may be answered by 一是…二是…, 多少元 by 万元; counting words stand for each other."""
    if unit in {"个", "项", "条", "件", "次", "家", "处", "名", "人", "所", "座"}:
        return bool(
            re.search(NUMERAL + SCALE + r"[个项条件次家处名人所座户类种批大]|[一二三四五]是|[（(][一二三四]", text)
        )
    return unit in {"元", "%", "％", "分"} and bool(ARABIC.search(text))


def _about_year(years: Sequence[int], hit: Hit) -> bool:
    """The paragraph or its title names the year, or the document is of it or reports on the year before."""
    told = f"{hit.entry.title} {' '.join(hit.paragraph.heading_path)} {hit.paragraph.text}"
    issued = int(hit.entry.issued[:4]) if hit.entry.issued else 0
    return any(str(year) in told or issued in (year, year + 1) for year in years)
