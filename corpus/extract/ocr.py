"""Text recognition (OCR) for scans and pictures: an optional extra, `make ocr`.

The models are inside the package `rapidocr`; nothing is fetched.
"""

from __future__ import annotations

import importlib.util
import io
import math
import resource
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageSequence, UnidentifiedImageError

from corpus import patience
from corpus.errors import Refused
from corpus.extract.extracted import Extracted
from corpus.extract.pdf_layout import laid_out
from corpus.extract.printed import Page, Span, is_chinese

FLAG = "ocr"
"""Quality flag of a document with recognised text."""
PARTS = ("rapidocr", "onnxruntime", "cv2")
"""Modules that the extra brings."""
MODELS = {"Det.model_path": "*det*.onnx", "Rec.model_path": "*rec*.onnx"}
PAGE_SECONDS = 90.0
"""Time for one page; two seconds on an idle machine with eight cores, ten on a busy one with two."""
MEMORY = 4_000_000_000
"""Bytes of address space; recognition needs half of it."""
MOST_PAGES = 500
MOST_PIXELS = 100_000_000
# Pixels on the longer side of what is recognised at once; A4 at 200 dots an inch has 2339.
LONGEST = 2340
A4 = 842
"""Points on the longer side of the paper that a picture is taken to be of."""
# A picture longer than this many widths is a long screenshot, cut where no ink is.
TALL = 1.8
# A page read with less confidence than this may lie on its side or on its head.
UNSURE = 0.75
# Sizes measured from a picture that differ by less are the same.
SAME_SIZE = 0.2

if TYPE_CHECKING:  # NumPy takes a good part of this process' start, and few files need it
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True)
class Recognised:
    """A line found in a picture: text, confidence from 0 to 1, corners clockwise from top left, in pixels."""

    text: str
    score: float
    corners: tuple[tuple[float, float], ...]


def available() -> bool:
    """Whether the extra is installed, its models with it."""
    return all(importlib.util.find_spec(part) for part in PARTS) and len(_models()) == len(MODELS)


def extract_picture(data: bytes) -> Extracted:
    """The text in a picture (png, jpg, bmp, tif with its pages).

    Raises Refused: picture where the extra is not installed, damaged, limits, empty.
    """
    pictures = _pictures(data)
    if not available():
        raise Refused("picture")
    return _text(pictures)


def recognised(scans: Sequence[bytes]) -> Extracted:
    """The text of these pictures, a page each. Raises Refused: damaged, limits, empty."""
    return _text([picture for data in scans for picture in _pictures(data)])


def _text(pictures: Sequence[Picture]) -> Extracted:
    if len(pictures) > MOST_PAGES:
        raise Refused("limits")
    pages = [recognise(picture, max(picture.shape) / A4) for picture in pictures]
    if not any(page.spans for page in pages):
        raise Refused("empty")
    return laid_out(pages, flags=(FLAG,), sizes_vary=True)


def _pictures(data: bytes) -> list[Picture]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height * getattr(image, "n_frames", 1) > MOST_PIXELS:
                raise Refused("limits")
            return [_array(frame) for frame in ImageSequence.Iterator(image)]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("damaged", str(error)[:80]) from error


def _array(image: Image.Image) -> Picture:
    """The pixels on white paper, upright as the camera noted it, no larger than needed."""
    import numpy

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        image = Image.new("RGBA", clear.size, "white")
        image.alpha_composite(clear)
    turn = {3: 180, 6: 270, 8: 90}.get(image.getexif().get(0x0112, 1))
    image = image.convert("RGB")
    if turn:
        image = image.rotate(turn, expand=True)
    short = min(image.size)
    if short > LONGEST:
        image = image.resize((image.width * LONGEST // short, image.height * LONGEST // short))
    return numpy.asarray(image, dtype="uint8")


def recognise(picture: Picture, scale: float = 1.0) -> Page:
    """The text of a picture as a page; `scale` is how many pixels a point has.

    A page that lies on its side or on its head is turned.
    """
    import numpy

    best, upright = _read(picture), picture
    if best and _doubtful(best):
        for quarters in (1, 3, 2):
            turned = numpy.rot90(picture, quarters)
            other = _read(turned)
            if _weight(other) > _weight(best):
                best, upright = other, turned
    centre = upright.shape[1] / 2, upright.shape[0] / 2
    return Page(tuple(_spans(best, scale, centre)))


def _read(picture: Picture) -> list[Recognised]:
    """The lines of a picture, strip by strip if it is long."""
    import numpy

    found: list[Recognised] = []
    for top, strip in _strips(numpy.ascontiguousarray(picture)):
        patience.needs(PAGE_SECONDS)
        result = _engine()(strip)
        if result.boxes is None or result.txts is None:
            continue
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
            if text.strip():
                found.append(Recognised(text.strip(), float(score), tuple((float(x), float(y) + top) for x, y in box)))
    return found


def _strips(picture: Picture) -> Iterator[tuple[int, Picture]]:
    """A long picture in parts about as high as a page, cut at the emptiest row near there."""
    height, width = picture.shape[:2]
    page = int(1.4 * width)
    top = 0
    while height - top > TALL * width:
        start = top + page - page // 5
        cut = start + _emptiest(picture[start : top + page])
        yield top, picture[top:cut]
        top = cut
    yield top, picture[top:]


def _emptiest(picture: Picture) -> int:
    """The middle of the broadest band of rows in which the least happens."""
    import numpy

    busy = picture[:, :, 0].std(axis=1)
    empty = numpy.concatenate(([False], busy <= busy.min() + 1, [False]))
    starts, ends = numpy.flatnonzero(empty[1:] & ~empty[:-1]), numpy.flatnonzero(empty[:-1] & ~empty[1:])
    widest = int(numpy.argmax(ends - starts))
    return int(starts[widest] + ends[widest] + 1) // 2


def _doubtful(lines: Sequence[Recognised]) -> bool:
    upright = [line for line in lines if len(line.text) > 2 and _height(line) > 1.5 * _width(line)]
    sure = sum(line.score * len(line.text) for line in lines) / sum(len(line.text) for line in lines)
    return len(upright) > 0.5 * len(lines) or sure < UNSURE


def _weight(lines: Sequence[Recognised]) -> float:
    """How much was read with how much confidence; lines that stand upright count little."""
    return sum(line.score**2 * len(line.text) * (0.1 if _height(line) > 1.5 * _width(line) else 1.0) for line in lines)


def _width(line: Recognised) -> float:
    (x, y), (u, v) = line.corners[0], line.corners[1]
    return math.hypot(u - x, v - y)


def _height(line: Recognised) -> float:
    (x, y), (u, v) = line.corners[0], line.corners[3]
    return math.hypot(u - x, v - y)


def _spans(lines: Sequence[Recognised], scale: float, centre: tuple[float, float]) -> list[Span]:
    """The lines as spans, the slant of the paper taken out; line heights stand for font sizes."""
    if not lines:
        return []
    slant = _slant(lines)
    sizes = [_size(line) for line in lines]
    body = median(size for size, line in zip(sizes, lines, strict=True) for _ in line.text)
    spans: list[Span] = []
    for line, size in zip(lines, sizes, strict=True):
        across = sum(x for x, _ in line.corners) / 4 - centre[0]
        down = sum(y for _, y in line.corners) / 4 - centre[1]
        x = centre[0] + across * math.cos(slant) + down * math.sin(slant)
        y = centre[1] + down * math.cos(slant) - across * math.sin(slant)
        half = _width(line) / 2
        height = body if abs(size - body) < SAME_SIZE * body else size
        spans.append(Span(line.text, (x - half) / scale, (x + half) / scale, -y / scale, height / scale))
    return spans


def _slant(lines: Sequence[Recognised]) -> float:
    """How much the lines of the paper rise or fall, in radians."""
    slants = [
        math.atan2(line.corners[1][1] - line.corners[0][1], line.corners[1][0] - line.corners[0][0])
        for line in lines
        if _width(line) > 8 * _height(line)
    ]
    return median(slants) if slants else 0.0


def _size(line: Recognised) -> float:
    """Size of a character: from the width of the line if it is Chinese, else from the height of its box."""
    ems = sum(1.0 if is_chinese(c) else 0.5 for c in line.text)
    return _width(line) / ems if sum(map(is_chinese, line.text)) >= 2 else 0.8 * _height(line)


@cache
def _engine() -> Callable[[Picture], Any]:
    """The recogniser, loaded once, with its own models by their paths so that none is fetched."""
    _more_memory()
    from rapidocr import RapidOCR

    settings: dict[str, Any] = {
        "Global.use_cls": False,
        "Global.log_level": "critical",
        "Global.max_side_len": LONGEST,
        **{key: str(path) for key, path in _models().items()},
    }
    engine: Callable[[Picture], Any] = RapidOCR(params=settings)
    return engine


@cache
def _models() -> dict[str, Path]:
    """Where the package keeps its models for finding and for reading lines."""
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    return {key: found[0] for key, pattern in MODELS.items() if (found := sorted(folder.glob(pattern)))}


def _more_memory() -> None:
    """In a process with a limit on memory that may be raised, raise it to what recognition needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY and soft < MEMORY:
        limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
