"""Every regular expression of the project, and texts made out of it to make it slow.

`python tests/hostile_patterns.py` prints, for each expression, the seconds of processor time that its worst text
took, and fails if one took more than a second. It takes some minutes: `make soak`.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from corpus.clutter.body import LONGEST_CLUTTER  # noqa: E402  the project may not be installed

PACKAGES = ("corpus", "index", "assistant")
CALLS = {"compile", "sub", "subn", "search", "match", "fullmatch", "findall", "finditer", "split"}
SIZE = 100_000
SECONDS = 3
"""Processor time after which an expression is given up as one that never ends."""
ENDS = ("", "\n", "。", "!", "清", "0")
"""What makes the last step fail, so that all ways there are tried."""
MOST_PIECES = 12
BOUNDED = dict.fromkeys(("PAGE_MARK", "PREVIEW_END", "ADVERTISEMENT", "SHARE_INTRO"), LONGEST_CLUTTER)
"""Expressions that only BOUNDING uses, which give them lines of at most so many characters."""
BOUNDING = {"corpus/clutter/anywhere.py", "corpus/clutter/body.py"}
LIMIT = 1.0
"""Seconds of processor time that a hundred thousand characters may take."""
RUNS = ("0", "1", "一", "十", "（", "）", "(", "《", "》", "“", "”", "〔", " ", "\u3000", "\n", "。", "，", "：", "清", "a", "X", ".", "-", "第一", "一、", "（一）", "1.", "2024年", "1月", "江明", "市", "《清》", "“清”", "同志", "的", "<p>", "&", "http://")  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Each expression by where it stands: those that modules keep, and those written where they are used."""
    seen: set[tuple[object, int]] = set()
    for name, pattern in (*_kept(), *_written()):
        if (key := (pattern.pattern, pattern.flags)) not in seen:
            seen.add(key)
            yield name, pattern


def _kept() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for package in PACKAGES:
        for info in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            for name, value in vars(importlib.import_module(info.name)).items():
                yield from ((f"{info.name}.{name}", p) for p in _inside(value))


def _inside(value: object, depth: int = 3) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    """Expressions in a value, in tuples, lists and dictionaries too."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth:
        for each in (*value.keys(), *value.values()):
            yield from _inside(each, depth - 1)
    elif isinstance(value, tuple | list | set | frozenset) and depth:
        for each in value:
            yield from _inside(each, depth - 1)


def _written() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Literals given to functions of `re`; what is put together only when it runs is tried through its callers."""
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func
            if called and called.attr in CALLS and isinstance(called.value, ast.Name) and called.value.id == "re":
                assert isinstance(node, ast.Call)
                if node.args and isinstance(node.args[0], ast.Constant):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", re.compile(node.args[0].value)


def pieces(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[str]:
    """What the expression is about: its literal characters, ranges and words, each as a text."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    found: dict[str, None] = {}
    word = ""
    for opcode, value in _walk(re._parser.parse(source, pattern.flags & ~re.LOCALE)):  # type: ignore[attr-defined]
        if opcode == "LITERAL":
            word += chr(value)
            found[chr(value)] = None
            continue
        if word:
            found[word] = None
        word = ""
        if opcode == "RANGE":
            found[chr(value[0])] = None
        elif opcode == "CATEGORY":
            found[{"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "w"}.get(str(value), "，")] = None
    if word:
        found[word] = None
    return sorted(found, key=len, reverse=True)


def _walk(tree: object) -> Iterator[tuple[str, object]]:
    """Operations of a parsed expression in their order."""
    if isinstance(tree, tuple) and tree and isinstance(tree[0], re._constants._NamedIntConstant):  # type: ignore[attr-defined]
        yield str(tree[0]), tree[1] if len(tree) > 1 else None
        yield from _walk(tree[1:])
    elif isinstance(tree, tuple | list) or hasattr(tree, "data"):
        for each in getattr(tree, "data", tree):
            yield from _walk(each)


def texts(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """A hundred thousand characters each: its own pieces over and over, alone, in pairs and all together."""
    own = pieces(pattern)
    some = own[:: max(1, len(own) // MOST_PIECES)][:MOST_PIECES]
    units = [
        *RUNS,
        *some,
        *(a + b for a, b in zip(some, some[1:] + some[:1], strict=True)),
        "".join(some),
        "".join(some[::-1]),
    ]
    for n, unit in enumerate(dict.fromkeys(units)):
        if unit:
            yield (unit * (SIZE // len(unit) + 1))[:SIZE] + ENDS[n % len(ENDS)]


def anywhere(name: str) -> bool:
    """Whether the project looks for an expression anywhere in a text, and not only at its beginning."""
    if ".py:" in name:
        line = name.partition(".py:")
        source = (ROOT / f"{line[0]}.py").read_text(encoding="utf-8").split("\n")[int(line[2]) - 1]
        return not re.search(r"re\.(?:full)?match\(", source)
    used = re.findall(rf"\b{name.rpartition('.')[2]}(?:\[[^\]]*\])?\.(\w+)\(", _source())
    return not used or not {*used} <= {"match", "fullmatch"}


@cache
def _source() -> str:
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def slowest(name: str, pattern: re.Pattern[str] | re.Pattern[bytes], anywhere: bool) -> tuple[float, str]:
    """Seconds of processor time for the worst text, and how that begins; `anywhere` as the function says."""
    worst = (0.0, "")
    for text in (text[: BOUNDED.get(name.rpartition(".")[2], SIZE)] for text in texts(pattern)):
        given = text.encode("utf-8", "surrogatepass") if isinstance(pattern.pattern, bytes) else text
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            if anywhere:
                for _ in pattern.finditer(given):  # type: ignore[arg-type]
                    pass
            pattern.match(given)  # type: ignore[arg-type]
            pattern.fullmatch(given)  # type: ignore[arg-type]
        except TimeoutError:
            return time.process_time() - began, text[:20]
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        worst = max(worst, (time.process_time() - began, text[:20]))
    return worst


def _give_up(number: int, frame: object) -> None:
    """Called by the matcher itself, which looks for signals as it goes."""
    raise TimeoutError


def main(part: int = 0, of: int = 1) -> int:
    """A line of JSON for each expression: where it stands, seconds, how the worst text begins. 1 if one is slow."""
    slow = 0
    signal.signal(signal.SIGPROF, _give_up)
    for name, pattern in [*patterns()][part::of]:
        seconds, text = slowest(name, pattern, anywhere(name))
        print(json.dumps([name, seconds, text]), flush=True)
        slow += seconds > LIMIT
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
