"""What a page of a PDF draws besides text: pictures, and the straight lines of its tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.extract.printed import Rule

# A ruled line is at most this thick, in points, and at least this long.
THICKEST, SHORTEST = 2.5, 6.0
MOST_OBJECTS = 20_000
MOST_SEGMENTS = 2_000
# A share of the page's area: a picture that covers it is a scan, and the invisible text over it is OCR's.
SCAN = 0.5


def covered(page: pdfium.PdfPage) -> float:
    """Share of the page's area that its largest picture covers."""
    width, height = page.get_size()
    largest = 0.0
    for thing, matrix in _objects(page, raw.FPDF_PAGEOBJ_IMAGE):
        left, bottom, right, top = _bounds(thing, matrix)
        largest = max(largest, (right - left) * (top - bottom))
    return float(largest / max(1.0, width * height))


def rules(page: pdfium.PdfPage) -> Iterator[Rule]:
    """The straight lines along the axes that the page draws, thin filled boxes among them."""
    for thing, matrix in _objects(page, raw.FPDF_PAGEOBJ_PATH):
        box = _bounds(thing, matrix)
        if _thin(box):
            yield Rule(*box)
        else:
            yield from (Rule(*line) for line in _segments(thing, matrix) if _thin(line))


Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _thin(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= THICKEST and max(width, height) >= SHORTEST


def _objects(page: pdfium.PdfPage, kind: int) -> Iterator[tuple[ctypes.c_void_p, Matrix]]:
    """The page's objects of a kind, those of its forms with the form's matrix."""
    for i in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page, i)
        its = raw.FPDFPageObj_GetType(thing)
        if its == kind:
            yield thing, UNTURNED
        elif its == raw.FPDF_PAGEOBJ_FORM:
            matrix = _matrix(thing)
            for j in range(min(max(0, raw.FPDFFormObj_CountObjects(thing)), MOST_OBJECTS)):
                inner = raw.FPDFFormObj_GetObject(thing, j)
                if raw.FPDFPageObj_GetType(inner) == kind:
                    yield inner, matrix


def _matrix(thing: ctypes.c_void_p) -> Matrix:
    m = raw.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if raw.FPDFPageObj_GetMatrix(thing, m) else UNTURNED


def _moved(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _bounds(thing: ctypes.c_void_p, matrix: Matrix) -> Box:
    ends = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *ends)
    left, bottom, right, top = (end.value for end in ends)
    return _box(_moved(left, bottom, matrix), _moved(right, top, matrix))


def _box(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _segments(thing: ctypes.c_void_p, matrix: Matrix) -> Iterator[Box]:
    """The sides of a path, each as a box."""
    outer, own = matrix, _matrix(thing)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(min(max(0, raw.FPDFPath_CountSegments(thing)), MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(thing, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(*_moved(x.value, y.value, own), outer)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            start = point
        else:
            yield _box(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield _box(last, start)
