"""Steps that take a line wherever it stands, because no document holds such a line."""

from __future__ import annotations

import re

from corpus.clutter.body import LONGEST_CLUTTER
from corpus.clutter.patterns import (
    ADVERTISEMENT,
    PAGE_MARK,
    PAGE_REST,
    PREVIEW_END,
    SHARE_INTRO,
    is_site_speech,
)
from corpus.lines import Line


def everywhere(lines: list[Line], *patterns: re.Pattern[str], longest: int = LONGEST_CLUTTER) -> set[int]:
    """Indexes of the lines, up to this length, that one of the patterns matches as a whole."""
    short = [(i, line.text) for i, line in enumerate(lines) if len(line.text) < longest]
    return {i for pattern in patterns for i, text in short if pattern.fullmatch(text)}


def drop_page_marks(lines: list[Line]) -> set[int]:
    """— 3 —; 第 3 页; 第1页/共3页; [1] [2] [3]"""
    return everywhere(lines, PAGE_MARK, longest=80)


def drop_preview_end(lines: list[Line]) -> set[int]:
    """预览阅读已结束,下载原文查看全文; 已超出免费预览范围"""
    return everywhere(lines, PREVIEW_END, longest=100)


def drop_advertisement(lines: list[Line]) -> set[int]:
    """【点击下载本文Word版】; 更多讲话稿请关注本站栏目"""
    return everywhere(lines, ADVERTISEMENT, longest=100)


def drop_share_intro(lines: list[Line]) -> set[int]:
    """下面是小编为大家整理的…,供大家参考。"""
    return everywhere(lines, SHARE_INTRO, longest=200)


def drop_site_speech(lines: list[Line]) -> set[int]:
    """开通文库会员，千万文档免费下载; 该文档所得收入归上传者、原创作者"""
    return {i for i, line in enumerate(lines) if is_site_speech(line.text)}


def drop_page_rest(lines: list[Line]) -> set[int]:
    """打印本页; 粗体文字"""
    return everywhere(lines, PAGE_REST, longest=40)
