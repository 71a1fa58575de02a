"""PDF: printed lines become paragraphs; running heads, page numbers and locks are known."""

from __future__ import annotations

import pytest

from corpus.errors import Refused
from corpus.extract.pdf import extract_pdf

Printed = tuple[float, float, float, str]
"""A line on a page: x, y, font size, text."""

LEFT, INDENTED, SIZE, WIDE = 72.0, 104.0, 16.0, 28
PARAGRAPH = (
    "汛期将至，各街道要把防汛工作摆在突出位置，提前谋划、压实责任，对辖区内的河道、涵洞、"
    "泵站逐一排查，发现隐患立即整改，一时难以整改的要落实专人值守，确保不留死角、不出问题，"
    "让群众安心。"
)
SECOND = (
    "入汛以后，气象、水务、应急三个部门每天会商一次，雨情水情及时发到村组和社区；遇有大到暴雨，"
    "街道干部一律在岗在位，低洼院落、危旧房屋、在建工地里的人员要提前转移，转移一户登记一户，"
    "不漏一人。"
)
THIRD = (
    "汛后要抓紧恢复，受损的道路、堤岸、管网列出清单，分清轻重缓急，资金由区财政统筹安排，年底之前"
    "全部修复到位；同时把今年的教训一条一条写进预案，明年不再在同一个地方吃同样的亏。"
)


def made(pages: list[list[Printed]], trailer: str = "") -> bytes:
    """A PDF with these lines, in the built-in Chinese font that needs no font file."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    kids = []
    for page in pages:
        drawn = b"".join(
            b"/F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj\n" % (size, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, size, text in page
        )
        bodies.append(b"<< /Length %d >>\nstream\nBT\n%sET\nendstream" % (len(drawn) + 5, drawn))
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(bodies)
        )
        kids.append(b"%d 0 R" % len(bodies))
    bodies[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    data, offsets = b"%PDF-1.4\n", b""
    for number, body in enumerate(bodies, 1):
        offsets += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(bodies) + 1, trailer.encode())
    return data + table + end + b"startxref\n%d\n%%%%EOF\n" % len(data)


def printed(text: str, top: float) -> list[Printed]:
    """A paragraph as it stands on paper: the first line indented by two characters, the rest full."""
    parts = [text[: WIDE - 2], *(text[i : i + WIDE] for i in range(WIDE - 2, len(text), WIDE))]
    return [(LEFT if n else INDENTED, top - 26 * n, SIZE, part) for n, part in enumerate(parts)]


def paragraphs(*pages: list[Printed]) -> list[str]:
    return extract_pdf(made(list(pages))).text.split("\n")


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        extract_pdf(data)
    return refused.value.code


def test_the_lines_of_a_paragraph_are_joined() -> None:
    page = [(200.0, 780.0, 22.0, "关于做好防汛工作的通知"), *printed(PARAGRAPH, 720), *printed(SECOND, 560)]
    assert paragraphs(page) == ["关于做好防汛工作的通知", PARAGRAPH, SECOND]


def test_each_extracted_line_is_surely_a_paragraph() -> None:
    assert extract_pdf(made([printed(PARAGRAPH, 720)])).whole_lines


def test_a_paragraph_goes_on_over_the_page_break() -> None:
    broken = printed(SECOND, 640)
    below = [(x, y + 160, size, text) for x, y, size, text in broken[2:]]
    assert paragraphs([*printed(PARAGRAPH, 780), *broken[:2]], [*below, *printed(THIRD, 660)]) == [
        PARAGRAPH,
        SECOND,
        THIRD,
    ]


def test_running_heads_and_page_numbers_are_dropped() -> None:
    texts = (PARAGRAPH, SECOND, THIRD)
    pages = [
        [(LEFT, 810.0, 10.0, "石桥区公文汇编"), *printed(text, 720), (290.0, 40.0, 10.0, f"— {n} —")]
        for n, text in enumerate(texts, 1)
    ]
    assert paragraphs(*pages) == list(texts)


def test_an_indented_line_opens_a_paragraph_though_the_one_before_is_full() -> None:
    full = PARAGRAPH[: 3 * WIDE - 2]
    assert paragraphs([*printed(full, 780), *printed(SECOND, 702)]) == [full, SECOND]


def test_the_number_of_a_single_page_is_dropped() -> None:
    assert paragraphs([*printed(PARAGRAPH, 720), (290.0, 40.0, 10.0, "— 1 —")]) == [PARAGRAPH]


def test_a_number_in_mid_page_is_not_a_page_number() -> None:
    page = [*printed(PARAGRAPH, 780), (INDENTED, 640.0, SIZE, "2024"), *printed(SECOND, 600)]
    assert paragraphs(page) == [PARAGRAPH, "2024", SECOND]


def test_a_space_after_every_character_is_taken_out() -> None:
    spaced = [(LEFT, 700.0, SIZE, "各 街 道 要 做 好 防 汛 工 作 。")]
    assert paragraphs(spaced) == ["各街道要做好防汛工作。"]


def test_a_page_without_text_is_refused_as_a_scan() -> None:
    assert refusal(made([[], []])) == "no_text_layer"


def test_a_document_with_a_password_is_refused() -> None:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'ab' * 32}> /U <{'cd' * 32}> /P -4 >> /ID [<00> <00>]"
    assert refusal(made([printed(PARAGRAPH, 720)], lock)) == "encrypted"


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n" + bytes(500), b"junk", b"%PDF"])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    assert refusal(data) == "damaged"
