"""Hostile input: a hundred thousand characters made to confuse each pattern cost seconds at most.

The one place where a test looks at the clock; the slowest case needs a quarter of the bound on a small machine.
"""

from __future__ import annotations

import time

import pytest

from corpus.breaks import mend_breaks
from corpus.clutter import strip_clutter
from corpus.facts import read_metadata
from corpus.lines import split_lines
from corpus.mentions import find_mentions
from corpus.structure import structure
from corpus.text_quality import quality_flags

SIZE = 100_000
SECONDS = 20.0  # a catastrophe takes minutes; a busy machine must not look like one
HEAD = "在全区防汛工作会议上的讲话\n"
SENTENCE = "今天召开全区防汛工作会议，主要任务是分析形势、安排今年的工作。"
UNITS = {
    "numerals": "一二三",
    "numbering": "（一）",
    "sections": "一、",
    "points": "1.",
    "articles": "第一条",
    "ordinals": "第一，",
    "digits": "0123456789",
    "one digit": "1",
    "years": "2024年",
    "dates": "（2024年1月8日",
    "numeral dates": "二〇二四年",
    "stamps": "2024-05-20 ",
    "spaces": " ",
    "wide spaces": "\u3000",
    "spaced characters": "清 ",
    "placeholders": "X",
    "wide placeholders": "×",
    "certain places": "某市",
    "masked places": "X市",
    "round brackets": "（",
    "ascii brackets": "(",
    "bracket pairs": "（）",
    "square brackets": "【",
    "square pairs": "[]",
    "numbers": "〔2024〕",
    "quotes": "“",
    "colons": "：",
    "commas": "，",
    "semicolons": "；",
    "stops": "。",
    "dots": "...",
    "ellipses": "……",
    "dashes": "—",
    "hyphens": "-",
    "page marks": "— 1 —",
    "leaders": "…",
    "page words": "第1页",
    "arrows": "首页 > ",
    "bare arrows": ">",
    "sources": "来源：",
    "share words": "下面是小编整理的",
    "related words": "相关文章",
    "footer words": "版权所有",
    "advertisements": "点击下载",
    "file names": "清淤.docx",
    "salutations": "同志们",
    "guests": "各位",
    "offices": "人民政府",
    "titles": "的通知",
    "hashes": "0123456789abcdef",
    "hidden": "\u200b",
    "photographers": "新华社记者摄",
    "captions": "。2024年1月8日，清",
    "dates before a credit": "。2024年1月8日",
    "datelines": "（新华社石桥5月20日电）",
    "reports": "某某指出，清清清清清清清清清清清清清清清清。",
    "editors": "（责任编辑：",
    "newspapers": "《石桥日报》（2024年5月20日",
    "whole texts": "讲话(完整文档)",
    "site speech": "文库下载",
    "counters": "浏览1 ",
    "labels": "页数：1 ",
    "pages": "[1] ",
    "addresses": "www.a.",
    "disclaimers": "如有侵权",
    "one word": "清",
    "title marks": "《",
    "title pairs": "《》",
    "nested titles": "《清《淤》",
    "quoted": "“清”",
    "corners": "「",
    "straight quotes": '"',
    "sayings": "指出：“",
    "speakers": "江明同志强调",
    "surnames": "江",
    "figures": "12.5万元",
    "grouped digits": "1,234",
    "wide digits": "１２，",
    "shares": "百分之",
    "spelt": "三千八百",
    "units": "万亿元",
    "masked figures": "4XXX个",
    "marks": "X.",
    "points in a row": "一是清；",
    "ordinals in a row": "第一，清。",
    "circles": "①",
    "first and next": "首先其次最后",
    "offices and names": "市长江明",
    "divisions": "石桥区",
    "provinces": "广东省广州市天河区",
    "organs": "广州市财政局",
    "meetings": "在全市会议上",
    "congresses": "第五届人民代表大会第三次会议",
    "letters": "。江明2024年5月6日（",
    "attachments": "附件1",
    "contents": "目录",
    "question marks": "问：清？",
    "latin": "a",
    "entries": "◎文件大小　",
    "reprints": "转自《",
    "ways back": "返回清，查看更多",
    "files": "http://a.torrent",
    "contacts": "※ 联系电话：",
}
# A line before or after the body is tried for clutter, one that ends a sentence is not. The two lines
# around the body differ in length, so that they are not compared as one title.
FRAMES = {
    "one line": "头{}",
    "one sentence": "{}尾。",
    "around the body": HEAD + "{0:.70000}\n" + SENTENCE + "\n{0:.30000}",
}
LINES = (
    "附件",
    "附件：1.清",
    "清淤工程",
    "清淤完成。",
    "目录",
    "一是清淤。",
    "第一条　清",
    "江明",
    "各街道：",
    "一、",
    "（一）",
    "清",
    "同志们：",
    "2024年1月8日",
    "下载",
    "— 1 —",
    "石桥区水务局",
    SENTENCE,
)


def seconds(text: str) -> float:
    """How long the whole way from text to structure and metadata takes."""
    began = time.perf_counter()
    lines, _ = strip_clutter(split_lines(text))
    lines, _ = mend_breaks(lines, whole_lines=False)
    paragraphs = structure(lines)
    read_metadata(paragraphs, {}, "文件.txt")
    find_mentions(paragraphs)
    quality_flags("".join(p.text for p in paragraphs))
    return time.perf_counter() - began


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("unit", UNITS)
def test_a_line_of_a_hundred_thousand_repeated_characters_is_read_in_time(unit: str, frame: str) -> None:
    repeated = (UNITS[unit] * (SIZE // len(UNITS[unit]) + 1))[:SIZE]
    assert seconds(FRAMES[frame].format(repeated)) < SECONDS


@pytest.mark.parametrize("line", LINES)
def test_a_hundred_thousand_characters_in_repeated_lines_are_read_in_time(line: str) -> None:
    assert seconds((line + "\n") * (SIZE // len(line + "\n"))) < SECONDS


def test_all_kinds_of_hostile_characters_together_are_read_in_time() -> None:
    mixed = "".join(unit * 40 for unit in UNITS.values())
    assert seconds((mixed * (SIZE // len(mixed) + 1))[:SIZE]) < SECONDS
    assert seconds("\n".join([mixed] * (SIZE // len(mixed) + 1))[:SIZE]) < SECONDS
