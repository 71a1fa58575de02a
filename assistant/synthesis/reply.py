"""A model's reply taken apart: sentences as plain text, each with the numbers that it gives as its sources."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.sentences import sentence_spans

# What a model thinks aloud before it answers; also when it never came to an end.
THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
MARK = re.compile(r"[\[［【]\s?(\d{1,3}(?:\s?[,，、]\s?\d{1,3})*)\s?[\]］】]")
# 甲。[1]乙: the mark belongs to the sentence before it.
LATE = re.compile(rf"((?<![。！？!?])[。！？!?]+[”’」』）)》]*)\s*((?:{MARK.pattern}\s*)+)")
# Models that were told not to still begin lines with 1. or -, and set words in bold.
LEAD = re.compile(r"^\s*(?:[-*•·]\s+|#{1,6}\s+|\d{1,2}[.、)]\s*(?=[\u4e00-\u9fff“《]))")
BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,200}?)(?<=\S)\1")
# Letters, figures and the marks of Chinese writing; nothing that Markdown or HTML could read as its own.
PLAIN = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff〇A-Za-z0-9\uff10-\uff19\uff21-\uff3a\uff41-\uff5aⅠ-Ⅻ①-⑳㎡²³℃°，。、；：！？“”‘’（）《》〈〉〔〕…—·～％‰%.,:;!?()+/\-－×＋／．﹣~\"' \u3000]*"
)
ADDRESS = re.compile(
    r"(?:https?|ftp|file|data|javascript|mailto|tel)\s*:|//|www\.|(?<![a-z0-9\-])[a-z0-9\-]+\.(?:[a-z]{2,}|中国|公司|网络)|(?<!\d)\d+\.\d+\.\d+\.\d+|&[a-z#0-9]+;?",
    re.IGNORECASE,
)
CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Written:
    """A sentence as the model wrote it, without its marks, and the numbers in them in their order."""

    text: str
    citations: tuple[int, ...]


def sentences_of(reply: str) -> list[Written]:
    """The sentences of a reply.

    >>> [(w.text, w.citations) for w in sentences_of("<think>想</think>- 清理垃圾3.2万吨[1]。水质变好。[2,3]")]
    [('清理垃圾3.2万吨。', (1,)), ('水质变好。', (2, 3))]
    """
    lines = THOUGHT.sub("", reply).splitlines()
    found = [written for line in lines for written in _of_line(BOLD.sub(r"\2", LEAD.sub("", line)))]
    return [written for written in found if CHINESE.search(written.text) or not is_plain(written.text)]


def _of_line(line: str) -> list[Written]:
    line = LATE.sub(lambda found: found.group(2).strip() + found.group(1), line)
    spans = _outside_quotes(line)
    return [_written(line[start:end]) for start, end in spans]


def _outside_quotes(line: str) -> list[tuple[int, int]]:
    """The sentences; one that ends inside quotation marks goes on."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(line):
        if spans and _is_open(line[spans[-1][0] : spans[-1][1]]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _is_open(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("“”", "《》", "「」"))


def _written(sentence: str) -> Written:
    numbers = (int(n) for found in MARK.finditer(sentence) for n in re.findall(r"\d+", found.group(1)))
    return Written(" ".join(MARK.sub("", sentence).split()), tuple(dict.fromkeys(numbers)))


def is_plain(text: str) -> bool:
    """Whether a text is nothing but words: no markup, no address, nothing hidden.

    >>> is_plain("增长8.5%，见《条例》第3条。"), is_plain("见<b>条例</b>"), is_plain("见 www.a.invalid"), is_plain("![图](x)")
    (True, False, False, False)
    """
    return PLAIN.fullmatch(text) is not None and not ADDRESS.search(unicodedata.normalize("NFKC", text))
