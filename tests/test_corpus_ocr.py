"""Text recognition: pictures and scans become text where the extra is installed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.errors import Refused
from corpus.extract import extract, ocr

LINES = (
    "The district council met on 12 March 2024 to prepare for the rains.",
    "All pumping stations shall be inspected before the end of April.",
    "Each street office reports to the water bureau once a week.",
)
installed = pytest.mark.skipif(not ocr.available(), reason="text recognition, the extra ocr, is not installed")


def drawn(lines: tuple[str, ...] = LINES, quarters: int = 0) -> Image.Image:
    """A page in the typeface that comes with Pillow, which has no Chinese: the samples hold that."""
    image = Image.new("L", (1000, 100 + 70 * len(lines)), "white")
    draw = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        draw.text((40, 40 + 70 * n), line, font=ImageFont.load_default(28), fill="black")
    return image.rotate(90 * quarters, expand=True)


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **more)
    return data.getvalue()


def bare(text: str) -> str:
    return "".join(text.split())


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        extract(name, data)
    return refused.value.code


def test_a_picture_is_refused_with_the_name_of_the_extra_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    assert refusal("通知.png", saved(drawn(), "PNG")) == "picture"


@pytest.mark.parametrize("data", [b"junk", saved(drawn(), "PNG")[:200]])
def test_a_damaged_picture_is_refused(data: bytes) -> None:
    assert refusal("通知.png", data) == "damaged"


def test_a_picture_of_too_many_pixels_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MOST_PIXELS", 1000)
    assert refusal("通知.png", saved(drawn(), "PNG")) == "limits"


@installed
def test_the_text_of_a_picture_is_read_and_flagged() -> None:
    media_type, extracted = extract("通知.png", saved(drawn(), "PNG"))
    assert media_type == "image/png"
    assert extracted.flags == ("ocr",)
    for line in LINES:
        assert bare(line) in bare(extracted.text)


@installed
@pytest.mark.parametrize("quarters", [1, 2])
def test_a_picture_on_its_side_or_on_its_head_is_turned(quarters: int) -> None:
    _, extracted = extract("通知.jpg", saved(drawn(quarters=quarters), "JPEG"))
    assert [bare(extracted.text).index(bare(line)) for line in LINES] == sorted(
        bare(extracted.text).index(bare(line)) for line in LINES
    )


@installed
def test_the_pages_of_a_tif_are_read_in_order() -> None:
    first, second = drawn(LINES[:1]), drawn(LINES[1:2])
    _, extracted = extract("通知.tif", saved(first, "TIFF", save_all=True, append_images=[second]))
    assert bare(extracted.text).index(bare(LINES[0])) < bare(extracted.text).index(bare(LINES[1]))


@installed
def test_a_picture_without_text_is_refused_as_empty() -> None:
    assert refusal("空白.png", saved(Image.new("L", (400, 400), "white"), "PNG")) == "empty"


@installed
def test_only_the_pages_without_text_are_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    from test_corpus_pdf import PARAGRAPH, SCANNED, made, printed

    seen = []

    def recognise(picture: ocr.Picture, scale: float) -> object:
        seen.append(picture.shape)
        return ocr.Page(())

    monkeypatch.setattr(ocr, "recognise", recognise)
    _, extracted = extract("通知.pdf", made([printed(PARAGRAPH, 720), [SCANNED]]))
    assert extracted.text == PARAGRAPH
    assert extracted.flags == ("ocr",)
    assert len(seen) == 1
    assert max(seen[0]) == pytest.approx(ocr.LONGEST, abs=2)


def test_a_long_picture_is_cut_where_it_is_empty() -> None:
    picture = np.full((4000, 500, 3), 255, dtype=np.uint8)
    for row in range(0, 4000, 40):
        picture[row : row + 30, 100:400] = 0
    parts = list(ocr._strips(picture))
    assert len(parts) > 3
    assert sum(len(strip) for _, strip in parts) == len(picture)
    assert all(strip[-3:].min() == 255 for _, strip in parts[:-1])
    assert [top for top, _ in parts] == [sum(len(strip) for _, strip in parts[:n]) for n in range(len(parts))]


@installed
def test_a_child_with_limits_asks_for_time_and_memory_and_reads(tmp_path: Path) -> None:
    (tmp_path / "notice.png").write_bytes(saved(drawn(), "PNG"))
    child = subprocess.run(
        [sys.executable, "-m", "corpus.worker"],
        input=json.dumps({"path": str(tmp_path / "notice.png"), "name": "notice.png", "known": {}, "skip": []}) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
        timeout=300,
    )
    _, *asked, reply, end = [json.loads(line) for line in child.stdout.splitlines()]
    assert end == {"end": True}
    assert asked == [{"needs": ocr.PAGE_SECONDS}] * len(asked)
    assert asked
    assert bare(LINES[0]) in bare(json.dumps(reply))
