"""Plain text: the encodings that Chinese offices use, told apart by their bytes alone."""

from __future__ import annotations

import codecs
import struct
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import Refused
from corpus.extract.text import decode, everyday_share, extract_text

SENTENCES = (
    "各街道要在汛期到来之前完成排水管网的清淤工作。",
    "上半年全区新建口袋公园12处，改造背街小巷46条。",
    "对群众反映的停车难问题，由城管部门牵头，一个月内拿出办法。",
    "（二）压实责任。各单位主要负责人要亲自过问、亲自协调。",
    "会议强调，安全生产必须警钟长鸣，容不得半点马虎。",
)
TRADITIONAL = (
    "各街道要在汛期到來之前完成排水管網的清理工作。",
    "上半年全區新建口袋公園12處，改造後巷46條。",
    "對群眾反映的停車難問題，由主管部門牽頭，一個月內提出辦法。",
    "會議強調，安全生產必須警鐘長鳴，容不得半點馬虎。",
)
texts = st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=12).map("\n".join)
traditional_texts = st.lists(st.sampled_from(TRADITIONAL), min_size=2, max_size=12).map("\n".join)


def png() -> bytes:
    """A real picture: 64 by 64 pixels of grey noise-like stripes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + bytes((x * y * 7) % 256 for x in range(64)) for y in range(64))
    header = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@settings(deadline=None)
@given(texts, st.sampled_from(["utf-8", "gb18030"]))
def test_simplified_text_is_read_in_either_office_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, False)


@settings(deadline=None)
@given(traditional_texts, st.sampled_from(["utf-8", "big5", "gb18030"]))
def test_traditional_text_is_read_in_all_three_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, False)


@settings(deadline=None)
@given(
    texts,
    st.sampled_from(
        [
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
        ]
    ),
)
def test_a_byte_order_mark_decides_and_is_taken_off(text: str, marked: tuple[bytes, str]) -> None:
    bom, encoding = marked
    assert decode(bom + text.encode(encoding)) == (text, False)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_utf16_without_a_mark_is_known_by_the_zeros_of_its_line_ends(encoding: str, end: str) -> None:
    text = end.join(SENTENCES)
    assert decode(text.encode(encoding)) == (text, False)


def test_rare_characters_of_gb18030_are_read() -> None:
    text = "镕、堃、喆、㛃、𬭎、𠮷等字常见于人名。\n" + "\n".join(SENTENCES)
    assert decode(text.encode("gb18030")) == (text, False)


def test_a_text_in_utf8_then_gb18030_is_read_line_by_line_and_flagged() -> None:
    upper, lower = "\n".join(SENTENCES[:3]) + "\n", "\n".join(SENTENCES[3:])
    data = upper.encode("utf-8") + lower.encode("gb18030")
    assert decode(data) == (upper + lower, True)
    assert extract_text(data).flags == ("mixed_encoding",)


def test_a_text_in_one_encoding_has_no_flag() -> None:
    assert extract_text("\n".join(SENTENCES).encode("gb18030")).flags == ()


def test_plain_ascii_is_text() -> None:
    assert decode(b"Notice on Flood Control\n1. Clean the drains.\n") == (
        "Notice on Flood Control\n1. Clean the drains.\n",
        False,
    )


@pytest.mark.parametrize(
    "data",
    [
        png(),
        bytes(range(256)) * 8,
        b"\x00" * 4000,
        bytes((i * i * 31 + i) % 256 for i in range(5000)),
        zlib.compress("\n".join(SENTENCES).encode() * 50, 9) * 3,
        b"\xff\xfa\x92\x04" * 900,
        bytes(0xF8 + (i * i + i // 3) % 8 for i in range(3000)),
    ],
    ids=["picture", "all bytes", "zeros", "noise", "compressed", "high bytes", "no control bytes"],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        decode(data)
    assert refused.value.code == "not_text"


def test_everyday_share_tells_words_from_mojibake() -> None:
    text = "".join(SENTENCES)
    assert everyday_share(text) == 1.0
    assert everyday_share("".join(TRADITIONAL)) == 1.0
    assert everyday_share(text.encode("gb18030").decode("big5", errors="replace")) < 0.7
    assert everyday_share("only ascii") == 1.0
    assert everyday_share(" \n") == 0.0


LINE = "".join(SENTENCES)


@pytest.mark.parametrize("first", ["utf-8", "gb18030"])
@pytest.mark.parametrize("between", ["", "\n", "\n2024年3月5日\n"])
def test_the_encoding_may_change_anywhere_once_or_often(first: str, between: str) -> None:
    other = "gb18030" if first == "utf-8" else "utf-8"
    once = (LINE + between).encode(first) + (between + LINE).encode(other)
    assert decode(once) == (LINE + between + between + LINE, True)
    often = b"\n".join(LINE.encode(encoding) for encoding in (first, other) * 4)
    assert decode(often) == ("\n".join([LINE] * 8), True)


@pytest.mark.parametrize("stray", [b"\xff", b"\x80", b"\xb0", b"\xe5\x85"])
def test_a_stray_byte_does_not_flip_the_encoding(stray: bytes) -> None:
    lines = "\n".join([LINE] * 5)
    for encoding, unit in (("utf-8", 3), ("gb18030", 2)):
        data = bytearray(lines.encode(encoding))
        data[12 * unit : 12 * unit] = stray
        text, _ = decode(bytes(data))
        assert text.split("\n")[1:] == [LINE] * 4
        assert text.startswith(LINE[:12])
    assert decode(b"The town\x92s notice on flood control was issued. " * 9)[0].count("notice on flood control") == 9


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_short_text_is_read(encoding: str) -> None:
    for length in range(6, 20):
        assert decode(LINE[:length].encode(encoding))[0] == LINE[:length]
    assert decode("會議強調安全生產".encode("big5"))[0] == "會議強調安全生產"


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-32", "utf-16", "utf-16-le", "utf-16-be"])
def test_wide_characters_are_read_with_and_without_a_mark(encoding: str) -> None:
    for text in (LINE, "\n".join(SENTENCES)):
        assert decode(text.encode(encoding)) == (text, False)


@pytest.mark.parametrize(
    "data",
    [
        b"a" * 100_000 + LINE.encode("gb18030"),
        b"\xe5\x85\x83" * 33_000 + b"\xff",
        (b"\xe5\x85\x83" * 3 + b"x" * 1000) * 100 + b"\xff",
        (b"\xe5\x85\x83" * 5 + b"x" * 1000 + b"\xff") * 100,
        b"\xe5\x85\x83x" * 25_000 + b"\xff",
        b"\xc2\xb7" * 50_000 + b"\xff",
    ],
)
def test_hostile_bytes_are_decoded_in_time(data: bytes) -> None:
    began = time.perf_counter()
    assert decode(data)[0]
    assert time.perf_counter() - began < 10.0  # measured: 0.5
