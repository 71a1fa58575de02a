"""What a line must look like to be a heading, or to be running text under one."""

from __future__ import annotations

import re

UNFINISHED = ("。", "；", ";", "，", ",", "、", "：", ":", "！", "“", "（")
FILE_END = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|pptx?|rar|zip|jpg|png)$", re.I)
LONGEST_NUMBERED = 60
# 加强农业基础地位。 as a line of its own over its paragraph: only short ones, and only in a row of them.
LONGEST_STOPPED = 34
FEWEST_STOPPED = 3
FEWEST_PLAIN = 2
# A paragraph that a heading can stand over.
SHORTEST_RUNNING = 30


def is_running(text: str) -> bool:
    """Whether a line is a paragraph and no label."""
    return len(text) >= SHORTEST_RUNNING or text.endswith(("。", "！", "；", "？"))
