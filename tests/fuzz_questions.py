"""Questions, phrases, patterns and drafts that nobody would type, for every way in that takes a text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random

import httpx
from fuzz_targets import PIECES

from assistant.ask import ask
from assistant.batch import answer_lines
from assistant.quotation import quote
from assistant.wording import wording
from index import Library

SPECIALS = (
    "AND", "OR", "NOT", "NEAR(", "NEAR/2", "^", "*", "?", "~2", "title:", "text:清", "body:[a TO z]", "{a TO b}", "+", "-", '"', '""', "\\", "\\\\", "IN [a b]", "<", ">", ":", "::", "(", "))", "/.*/", "a{9999}",
    "' OR 1=1 --", "'; DROP TABLE passages; --", "SELECT", "%", "_", "NULL", "\0", "\x01", "\x1b[2J", "\x7f", "\ud800", "\udfff", "\ufeff", "\u202e", "\u2066", "\u200d", "😀", "👨‍👩‍👧", "🇨🇳", "שלום", "مرحبا", "ئۇ", "é", "ﷺ", "Ǆ", "İ", "ß",
    '{"__type__": "update"}', '{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}', "null", "[]", "[[1]]", "1e999", "NaN", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](http://b)", "![](x)", "{{7*7}}", "${7}", "%s%n", "../../etc/passwd", "$(reboot)", "`id`",
    "以…之…", "以…之", "…", "……", "...", "以A之B", "X" * 50, "清" * 300, "1" * 300, " " * 300, "（" * 100, "《" * 100, "“" * 100, "第十八次", "二〇二三年", "出自哪里", "那呢", "谁说的", "多少", "（不限定）", "比较", "分别",
)  # fmt: skip
LONGEST = 30
"""Pieces of one text."""


def texts(seed: int, count: int) -> Iterator[str]:
    """So many texts, the same ones for the same seed."""
    random = Random(seed)
    for _ in range(count):
        pieces = (random.choice(random.choice((PIECES, SPECIALS))) for _ in range(random.randint(0, LONGEST)))
        text = random.choice(("", "", " ", "\n")).join(pieces)
        yield text * random.choice((1, 1, 1, 1, 1, 1, 1, 40))


def ways_in(library: Library) -> dict[str, Callable[[str], object]]:
    """What the command line calls, each with the text as it is."""
    return {
        "ask": lambda text: ask(library, text, history=[text, text[::-1]]),
        "quote": lambda text: quote(library, text),
        "wording": lambda text: wording(library, text),
    }


def failed_row(library: Library, text: str) -> str:
    """What --batch says of a row with this question, if that is an error."""
    row = json.dumps({"id": 1, "question": text, "history": [text]})
    (result,) = answer_lines([row], lambda row: ask(library, row.question, history=row.history).to_dict(), "zh")
    json.dumps(result, ensure_ascii=False).encode("utf-8", "replace")
    return str(result.get("error", ""))


def failed_request(client: httpx.Client, route: str, text: str) -> str:
    """What a route answers to this text, if that is neither an answer nor a sentence about the text."""
    field = {"/api/ask": "question", "/api/quote": "text", "/api/wording": "query", "/api/check": "text"}[route]
    content = json.dumps({field: text}).encode()
    response = client.post(route, content=content, headers={"Content-Type": "application/json"})
    fine = response.status_code in (200, 400, 413, 422)
    told = response.json() if fine else {}
    return "" if told and "Traceback" not in str(told) else f"{response.status_code} {response.text[:200]}"


ROUTES = ("/api/ask", "/api/quote", "/api/wording", "/api/check")
