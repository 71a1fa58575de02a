"""What one may ask to begin with: what ships with the sample library, of any other what its own documents answer."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import chain, islice, zip_longest

from assistant.ask import ask
from assistant.compose import is_sample
from assistant.wording.headings import bare_heading
from corpus import Paragraph
from index import Entry, Library

EXAMPLES = (
    "推诿扯皮的问题怎么批评？",
    "今年教育上计划新增多少个学位？",
    "老人去社区食堂吃饭，政府每餐补助多少？",
    "同一家企业一年最多检查几次？",
    "企业的同志给走过场的检查起了个什么名字？",
    "什么时候是森林防火期？",
    "“无会日”是怎么规定的？",
    "科技“揭榜挂帅”给了多少财政支持？",
    "安全生产大检查中哪个县整改进度最慢？",
    "老旧小区加装电梯难在哪里？",
)
ON_THE_PAGE = 6
"""Examples shown on the empty page; more would need scrolling on a phone."""
TRIED = 18
"""Documents that a question is made of, at the most."""
TITLE, TOPIC = range(6, 31), range(4, 17)
"""Characters of a title and of a heading that a question can be made of."""
ANYWHERE = frozenset(
    "总体要求 指导思想 基本原则 工作要求 工作目标 组织领导 保障措施 有关要求 主要任务 附则 总则".split()
)
"""Headings that say nothing of what stands below."""


class Examples:
    """Of the library that the page shows, worked out once for each of its states, by the first who comes; who comes
    meanwhile gets what there was before, or waits.
    """

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library
        self._guard = threading.Lock()
        self._known: tuple[object, tuple[str, ...]] = (None, ())

    def now(self) -> tuple[str, ...]:
        """ON_THE_PAGE at the most; none of an empty library. Raises IndexingError."""
        library = self._open()
        if is_sample(library):
            return EXAMPLES[:ON_THE_PAGE]
        state = (library.layout.root, library.generation)
        before = self._known[1]
        if self._known[0] != state and self._guard.acquire(blocking=not before):  # others get what there was before
            try:
                if self._known[0] != state:
                    self._known = (state, tuple(islice(_answered(library), ON_THE_PAGE)))
            finally:
                self._guard.release()
        return self._known[1]


def _answered(library: Library) -> Iterator[str]:
    """Questions about the newest documents, one of each kind in turn, that their own document answers; each about
    something else.
    """
    told: set[str] = set()
    for entry in islice(_in_turn(library.entries()), TRIED):
        topic = _topic(library.document(entry.id).paragraphs, told)
        question = f"《{entry.title.strip('《》')}》关于“{topic}”怎么说？"
        if topic and (cited := ask(library, question).citations) and cited[0].entry.id == entry.id:
            told.add(topic)
            yield question


def _in_turn(entries: Sequence[Entry]) -> Iterator[Entry]:
    kinds: dict[str | None, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.issued or "", reverse=True):
        if len(entry.title.strip("《》")) in TITLE and not entry.quality and not entry.title.startswith("［"):
            kinds[entry.kind].append(entry)
    return filter(None, chain.from_iterable(zip_longest(*kinds.values())))


def _topic(paragraphs: Sequence[Paragraph], told: Set[str]) -> str:
    """The first heading that tells what stands below it, and was not told before; "" without one."""
    headings = (bare_heading(p.text).removeprefix("关于") for p in paragraphs if p.role == "heading")
    return next((h for h in headings if len(h) in TOPIC and h not in ANYWHERE | told and h.isalnum()), "")
