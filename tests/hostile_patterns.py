"""Every regular expression of the project, and texts made out of it to make it slow.

`python tests/hostile_patterns.py` prints, for each expression, the seconds of processor time that its worst text
took, and fails if one took more than a second. It takes some minutes: `make soak`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import json
import pkgutil
import random
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from assistant.wording.need import LONGEST_TAIL  # noqa: E402  the project may not be installed
from corpus.clutter.body import LONGEST_CLUTTER  # noqa: E402

PACKAGES = ("corpus", "index", "assistant")
CALLS = {"compile", "sub", "subn", "search", "match", "fullmatch", "findall", "finditer", "split"}
SIZE = 100_000
SEED = 7
SECONDS = 3
"""Processor time after which an expression is given up as one that never ends."""
ENDS = ("\n", "。", "!", "清", "0", "x")
"""What makes the last step fail, so that all ways there are tried; each text is given without, too."""
MOST_PIECES = 12
CATEGORIES = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "w"}
NEAR, SHORT = 100, 200
"""Texts that almost match, and their characters at the most."""
BOUNDED = {
    **{f"corpus.clutter.patterns.{n}": LONGEST_CLUTTER for n in ("PAGE_MARK", "PREVIEW_END", "ADVERTISEMENT", "SHARE_INTRO")},
    "assistant.wording.need.TAIL": LONGEST_TAIL,
}  # fmt: skip
"""Expressions that only BOUNDING uses, which gives them at most so many characters."""
BOUNDING = {"corpus/clutter/anywhere.py", "corpus/clutter/body.py", "assistant/wording/need.py"}
LIMIT = 1.0
"""Seconds of processor time that a hundred thousand characters may take."""
RUNS = ("0", "1", "一", "十", "（", "）", "(", "《", "》", "“", "”", "〔", " ", "\u3000", "\n", "。", "，", "：", "清", "a", "X", ".", "-", "第一", "一、", "（一）", "1.", "2024年", "1月", "江明", "市", "《清》", "“清”", "同志", "的", "<p>", "&", "http://")  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Each expression by where it stands: those that modules keep, and those written where they are used."""
    seen: set[object] = set()
    for name, pattern in (*_kept(), *_written()):
        if pattern.pattern not in seen:
            seen.add(pattern.pattern)
            yield name, pattern


def _kept() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """What stands in a module by itself comes before what stands in a table, which may be the same."""
    infos = [
        i
        for package in PACKAGES
        for i in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
    ]
    found = [
        (f"{info.name}.{name}", value)
        for info in infos
        for name, value in _assigned(importlib.import_module(info.name))
    ]
    for name, value in sorted(found, key=lambda each: not isinstance(each[1], re.Pattern)):
        yield from ((name, p) for p in _inside(value))


def _assigned(module: ModuleType) -> Iterator[tuple[str, object]]:
    """What a module gives a name, and does not import."""
    source = inspect.getsource(module)
    for name, value in vars(module).items():
        if re.search(rf"^(?:\w+, )*{name}\b[^=\n]*=", source, re.MULTILINE):
            yield name, value


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
            found[CATEGORIES.get(str(value), "，")] = None
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
            text = (unit * (SIZE // len(unit) + 1))[:SIZE]
            yield from (text, text + ENDS[n % len(ENDS)])


def nearly(pattern: re.Pattern[str] | re.Pattern[bytes], times: int = NEAR) -> Iterator[str]:
    """Short texts that an expression matches almost to their ends: where repeats stand in repeats, an expression that
    tries every way to part them never ends, however short the text.
    """
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = re._parser.parse(source, pattern.flags & ~re.LOCALE)  # type: ignore[attr-defined]
    rng = random.Random(SEED)
    for _ in range(times):
        made: list[str] = []
        _make(tree, rng, rng.choice((12, 25, 40)), made)
        text = "".join(made)[:SHORT]
        yield text[: rng.randint((len(text) + 1) // 2, len(text))] + "\x01" if text else "\x01"
        yield text * 2 + "!"


def _make(tree: Iterable[tuple[object, Any]], rng: random.Random, often: int, made: list[str]) -> None:
    """A text that parsed operations match; what may be repeated at will is repeated `often`."""
    for opcode, value in tree:
        operation = str(opcode)
        if operation == "LITERAL":
            made.append(chr(value))
        elif operation in ("NOT_LITERAL", "ANY"):
            made.append(rng.choice("清a1 ，"))
        elif operation == "IN":
            made.append(_one_of(value, rng))
        elif operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = value
            enough = len(made) >= SHORT
            times = rng.randint(least, most) if most <= often else least if enough else rng.choice((least, often))
            units: list[list[str]] = [[] for _ in range(rng.choice((1, 2)))]
            for unit in units:
                _make(inner, rng, 1, unit)
            for _ in range(times):
                made += rng.choice(units)
        elif operation == "BRANCH":
            _make(rng.choice(value[1]), rng, often, made)
        elif operation in ("SUBPATTERN", "ATOMIC_GROUP"):
            _make(value[3] if operation == "SUBPATTERN" else value, rng, often, made)
        elif operation == "ASSERT" and rng.random() < 0.5:
            _make(value[1], rng, often, made)


def _one_of(members: Sequence[tuple[object, Any]], rng: random.Random) -> str:
    """A character of a class."""
    operation, value = rng.choice(members)
    if str(members[0][0]) == "NEGATE":
        return rng.choice("清a1一的")
    if str(operation) == "RANGE":
        return chr(rng.randint(value[0], min(value[1], value[0] + 30)))
    return chr(value) if str(operation) == "LITERAL" else CATEGORIES.get(str(value), "，")


def anywhere(name: str) -> bool:
    """Whether the project looks for an expression anywhere in a text, and not only at its beginning."""
    if ".py:" in name:
        line = name.partition(".py:")
        source = (ROOT / f"{line[0]}.py").read_text(encoding="utf-8").split("\n")[int(line[2]) - 1]
        return not re.search(r"re\.(?:full)?match\(", source)
    used = _used()[name.rpartition(".")[2]]
    return not used or not used <= {"match", "fullmatch"}


@cache
def _used() -> Mapping[str, set[str]]:
    """How the project looks for what has a name: by the methods that are called of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for name, method in re.findall(r"\b([A-Z][A-Z0-9_]*)(?:\[[^\]]*\])?\.(\w+)\(", source):
            found[name].add(method)
        for given in re.findall(r"\boff_body\(([^()]*)\)", source):  # which matches whole lines
            for name in re.findall(r"\b[A-Z][A-Z0-9_]*\b", given):
                found[name].add("fullmatch")
    return found


def slowest(
    name: str, pattern: re.Pattern[str] | re.Pattern[bytes], anywhere: bool, tried: Iterable[str]
) -> tuple[float, str]:
    """Seconds of processor time for the worst of some texts, and how that begins; `anywhere` as the function says."""
    worst = (0.0, "")
    for text in (text[-BOUNDED[name] :] if name in BOUNDED else text for text in tried):
        given = text.encode("utf-8", "surrogatepass") if isinstance(pattern.pattern, bytes) else text
        began = time.process_time()
        try:
            with within(SECONDS):
                if anywhere:
                    for _ in pattern.finditer(given):  # type: ignore[arg-type]
                        pass
                pattern.match(given)  # type: ignore[arg-type]
                pattern.fullmatch(given)  # type: ignore[arg-type]
        except TimeoutError:
            return time.process_time() - began, text[:20]
        worst = max(worst, (time.process_time() - began, text[:20]))
    return worst


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises TimeoutError, out of an expression that never ends too, after so much processor time."""
    before = signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _give_up(number: int, frame: object) -> None:
    """Called by the matcher itself, which looks for signals as it goes."""
    raise TimeoutError


def main(part: int = 0, of: int = 1) -> int:
    """A line of JSON for each expression: where it stands, seconds, how the worst text begins. 1 if one is slow."""
    slow = 0
    for name, pattern in [*patterns()][part::of]:
        seconds, text = slowest(name, pattern, anywhere(name), itertools.chain(nearly(pattern), texts(pattern)))
        print(json.dumps([name, seconds, text]), flush=True)
        slow += seconds > LIMIT
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
