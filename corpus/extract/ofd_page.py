"""A page of an OFD as spans: text objects with the place of each character (GB/T 33190-2016, clause 11)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.extract.printed import Page, Rule, Span, is_chinese

POINTS = 72 / 25.4
"""Points in a millimetre, the unit of OFD."""
WIDE_GAP = 0.9
HEAVY_WEIGHT = 600
A4 = "0 0 210 297"
# A repeat in a list of distances: g, how often, how far.
MOST_REPEATS = 100_000
THICKEST, SHORTEST = 2.5, 6.0
LINES = re.compile(r"([MSLC])\s*([-+.\d\seE]*)")

Matrix = tuple[float, float, float, float, float, float]
UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Look:
    """A typeface: its name, and whether it is heavy."""

    font: str
    heavy: bool


def page_of(root: etree._Element, looks: dict[str, Look], default_box: str | None) -> Page:
    """The spans and ruled lines of a page; its background layers only if nothing else has text."""
    box = next((b.text for b in root.iter("{*}PhysicalBox")), None) or default_box or A4
    height = (_numbers(box) or [0.0])[-1]
    layers = list(root.iter("{*}Layer"))
    body = [layer for layer in layers if layer.get("Type", "Body") != "Background"]
    spans = [span for layer in body for span in _spans(layer, looks, height)]
    if not spans:
        spans = [span for layer in layers for span in _spans(layer, looks, height)]
    rules = [rule for layer in body for rule in _rules(layer, height)]
    return Page(tuple(spans), tuple(rules))


def _spans(layer: etree._Element, looks: dict[str, Look], height: float) -> Iterator[Span]:
    for thing in layer.iter("{*}TextObject"):
        if thing.get("Visible") == "false":
            continue
        look = looks.get(thing.get("Font", ""), Look("", False))
        heavy = look.heavy or (_numbers(thing.get("Weight", "")) or [0.0])[0] >= HEAVY_WEIGHT
        x = y = 0.0
        for code in thing.iter("{*}TextCode"):
            x = _number(code.get("X"), x)
            y = _number(code.get("Y"), y)
            yield from _text(thing, code, (x, y), Look(look.font, heavy), height)


def _text(
    thing: etree._Element, code: etree._Element, origin: tuple[float, float], look: Look, height: float
) -> Iterator[Span]:
    """The characters of a text code, parted at wide gaps."""
    text = "".join(code.itertext())
    size = _number(thing.get("Size"), 3.5)
    left, top = _corner(thing)
    matrix = _matrix(thing.get("CTM"))
    scale = math.hypot(matrix[2], matrix[3]) or 1.0
    places = list(_places(text, distances(code.get("DeltaX", "")), origin[0], size))
    start = 0
    for i in range(1, len(text) + 1):
        end = places[i - 1] + _advance(text[i - 1]) * size
        if i < len(text) and places[i] - end <= WIDE_GAP * size:
            continue
        part = text[start:i]
        if part.strip():
            start += len(part) - len(part.lstrip())
            a = _moved(places[start], origin[1], matrix, left, top)
            b = _moved(places[start + len(part.strip()) - 1], origin[1], matrix, left, top)
            right = max(a[0], b[0]) + _advance(part.strip()[-1]) * size * scale
            yield Span(
                part.strip(),
                a[0] * POINTS,
                right * POINTS,
                (height - a[1]) * POINTS,
                max(size * scale * POINTS, 0.1),
                look.font,
                look.heavy,
            )
        start = i


def _moved(x: float, y: float, m: Matrix, left: float, top: float) -> tuple[float, float]:
    return left + m[0] * x + m[2] * y + m[4], top + m[1] * x + m[3] * y + m[5]


def _places(text: str, steps: list[float], x: float, size: float) -> Iterator[float]:
    """Where each character begins; where no distance is given, after the width of the one before."""
    for i, character in enumerate(text):
        yield x
        x += steps[i] if i < len(steps) else _advance(character) * size


def _advance(character: str) -> float:
    return 1.0 if is_chinese(character) or character in "—…“”‘’" else 0.5


def distances(value: str) -> list[float]:
    """A list of distances with its repeats written out: "g 3 5" is three times 5.

    >>> distances("2 g 3 5 1.5")
    [2.0, 5.0, 5.0, 5.0, 1.5]
    """
    words = value.replace(",", " ").split()
    result: list[float] = []
    i = 0
    while i < len(words) and len(result) < MOST_REPEATS:
        if words[i].lower() == "g" and i + 2 < len(words):
            times = min(int(_number(words[i + 1], 0.0)), MOST_REPEATS - len(result))
            result += [_number(words[i + 2], 0.0)] * times
            i += 3
        else:
            result.append(_number(words[i], 0.0))
            i += 1
    return result


def _rules(layer: etree._Element, height: float) -> Iterator[Rule]:
    """The straight lines along the axes among the paths of a layer."""
    for thing in layer.iter("{*}PathObject"):
        left, top = _corner(thing)
        matrix = _matrix(thing.get("CTM"))
        data = " ".join("".join(d.itertext()) for d in thing.iter("{*}AbbreviatedData"))
        points = [(kind, _moved(*place, matrix, left, top)) for kind, place in _steps(data)]
        for rule in _sides(points, height):
            width, tall = rule.right - rule.left, rule.top - rule.bottom
            if min(width, tall) <= THICKEST and max(width, tall) >= SHORTEST:
                yield rule


def _steps(data: str) -> Iterator[tuple[str, tuple[float, float]]]:
    for step in LINES.finditer(data):
        numbers = _numbers(step.group(2))
        if step.group(1) == "C" or len(numbers) >= 2:
            yield step.group(1), (numbers[0], numbers[1]) if len(numbers) >= 2 else (0.0, 0.0)


def _sides(points: list[tuple[str, tuple[float, float]]], height: float) -> Iterator[Rule]:
    """Each side of a path, closed paths with the last one, as a rule in points."""
    start = last = (0.0, 0.0)
    for kind, point in points:
        point = start if kind == "C" else point
        if kind in "LC":
            xs, ys = sorted((last[0], point[0])), sorted((height - last[1], height - point[1]))
            yield Rule(xs[0] * POINTS, ys[0] * POINTS, xs[1] * POINTS, ys[1] * POINTS)
        else:
            start = point
        last = point


def _corner(thing: etree._Element) -> tuple[float, float]:
    """The upper left corner of an object, from which its text and paths are measured."""
    numbers = _numbers(thing.get("Boundary", ""))
    return (numbers[0], numbers[1]) if len(numbers) >= 2 else (0.0, 0.0)


def _matrix(value: str | None) -> Matrix:
    n = _numbers(value or "")
    return (n[0], n[1], n[2], n[3], n[4], n[5]) if len(n) == 6 else UNTURNED


def _numbers(value: str) -> list[float]:
    return [_number(word, 0.0) for word in value.split()]


def _number(value: str | None, otherwise: float) -> float:
    """A finite number, or another where the attribute is missing or says nothing."""
    try:
        number = float(value or "")
    except ValueError:
        return otherwise
    return number if math.isfinite(number) else otherwise
