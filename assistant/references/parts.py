"""The several things that one question compares."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.references.named import Named


@dataclass(frozen=True)
class Part:
    """One of several things that a question compares: what it names, and its words in the question."""

    named: Named
    words: tuple[str, ...]


def parts_of(named: Named, question: str) -> tuple[Part, ...]:
    """One part for each place, congress, year, document or amount of a folded question that compares them.

    >>> from assistant.references.named import read_named
    >>> asked = "北京和上海的地铁里程各是多少公里"
    >>> [part.words for part in parts_of(read_named(asked), asked)]
    [('北京',), ('上海',)]
    """
    if not COMPARING.search(question):
        return ()
    if len(named.places) > 1:
        return tuple(Part(replace(named, places=(p,)), (p,)) for p in named.places)
    if len(named.congresses) > 1:
        return tuple(Part(replace(named, congresses=(c,), phrases=()), (f"{c}大",)) for c in named.congresses)
    if len(named.years) > 1 and "报告" in named.kind:
        return tuple(Part(replace(named, years=(y,)), (f"{y}年", f"{y % 100:02}年")) for y in named.years)
    parts = [
        *(Part(Named(numbers=(n,)), (f"{n[0]}[{n[1]}]{n[2]}号", f"{n[1]}年{n[0]}{n[2]}号文")) for n in named.numbers),
        *(Part(Named(titles=(t,)), (f"《{t}》",)) for t in named.titles),
        *(Part(_of_phrase(named, p), (p,)) for p in named.phrases),
    ]
    if len(parts) > 1:
        return tuple(parts)
    amounts = AMOUNTS.search(question)
    return tuple(Part(named, (a,)) for a in AMOUNT.findall(amounts.group())) if amounts else ()


def _of_phrase(named: Named, phrase: str) -> Named:
    return Named(
        phrases=(phrase,),
        places=tuple(p for p in named.places if p in phrase),
        years=tuple(y for y in named.years if str(y) in phrase),
    )


# 1万亿、3万亿、20万亿: each is looked for by itself.
AMOUNT = re.compile(r"(?<![\d.])\d[\d.]*(?:[万亿]+|[%％])元?")
AMOUNTS = re.compile(rf"(?:{AMOUNT.pattern}[,和与及]){{1,8}}{AMOUNT.pattern}")
COMPARING = re.compile(
    r"分别|各(?!级|地|类|项|种|方|部|单|区|县|市|位|族|界)|比较|对比|比一比|谁(?:更|最|长|高|多|大)|哪个(?:更|最)|异同|区别|不一样|不同|历年|历次"
)
