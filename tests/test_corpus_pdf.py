"""PDF: printed lines become paragraphs; running heads, page numbers and locks are known."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium
import pytest

from corpus.errors import Refused
from corpus.extract import ocr
from corpus.extract.pdf import extract_pdf
from corpus.extract.pdf_heads import is_page_number
from corpus.extract.printed import Page, Span

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


def made(pages: Sequence[Sequence[Printed | bytes]], trailer: str = "", turned: int = 0) -> bytes:
    """A PDF with these lines, in built-in fonts that need no font file; bytes are drawn as they are.

    F1 is a Chinese typeface, F2 its bold one.
    """
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /SimHei /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimHei /DW 1000 /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\n\x80\nendstream",
    ]
    kids = []
    for page in pages:
        drawn = b"".join(item if isinstance(item, bytes) else shown(*item) for item in page)
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate %d /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R /F2 6 0 R >> /XObject << /P1 8 0 R >> >> >>" % (turned, len(bodies))
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


def shown(
    x: float, y: float, size: float, text: str, font: str = "F1", matrix: str = "1 0 0 1", mode: int = 0
) -> bytes:
    """The operators that show a line."""
    code = text.encode("utf-16-be").hex()
    return f"BT /{font} {size:g} Tf {mode} Tr {matrix} {x:g} {y:g} Tm <{code}> Tj ET\n".encode()


def printed(text: str, top: float, left: float = LEFT, wide: int = WIDE) -> list[Printed]:
    """A paragraph as it stands on paper: the first line indented by two characters, the rest full."""
    parts = [text[: wide - 2], *(text[i : i + wide] for i in range(wide - 2, len(text), wide))]
    return [(left if n else left + 2 * SIZE, top - 26 * n, SIZE, part) for n, part in enumerate(parts)]


def paragraphs(*pages: Sequence[Printed | bytes]) -> list[str]:
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


def test_pages_without_anything_are_refused() -> None:
    assert refusal(made([[], []])) == "no_text_layer"


def test_a_document_with_a_password_is_refused() -> None:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'ab' * 32}> /U <{'cd' * 32}> /P -4 >> /ID [<00> <00>]"
    assert refusal(made([printed(PARAGRAPH, 720)], lock)) == "encrypted"


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n" + bytes(500), b"junk", b"%PDF"])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    assert refusal(data) == "damaged"


COLUMN = 14
GUTTER = 40.0
RIGHT = LEFT + COLUMN * SIZE + GUTTER
SCANNED = b"q 595 0 0 842 0 0 cm /P1 Do Q\n"
MARKS = ("— 1 —", "第一页", "iv", "1/12", "第 3 页 共 9 页", "Page 3 of 9", "- 2 -", "·3·", "Ⅳ", "— 十二 —")
NOT_MARKS = ("2024年", "一、", "第一条", "1.5亿元", "12万人", "civil")


def row_by_row(*columns: list[Printed]) -> list[Printed]:
    """Columns drawn as some programs do, a row across all of them at a time."""
    return sorted((line for column in columns for line in column), key=lambda line: (-line[1], line[0]))


def test_two_columns_are_read_one_after_the_other_under_their_title() -> None:
    title = (150.0, 790.0, 22.0, "关于全面做好防汛工作的通知")
    left = printed(PARAGRAPH, 720, LEFT, COLUMN)
    right = printed(SECOND, 720, RIGHT, COLUMN)
    assert paragraphs([title, *row_by_row(left, right)]) == [title[3], PARAGRAPH, SECOND]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    left = printed(PARAGRAPH, 720, LEFT, COLUMN)
    top = [(x + RIGHT - LEFT, y + 26 * 4, size, text) for x, y, size, text in left[4:]]
    below = printed(SECOND, 720 - 26 * len(top), RIGHT, COLUMN)
    assert paragraphs(row_by_row(left[:4], [*top, *below])) == [PARAGRAPH, SECOND]


def test_a_last_page_with_few_rows_has_the_columns_of_the_others() -> None:
    full = row_by_row(printed(PARAGRAPH, 720, LEFT, COLUMN), printed(SECOND, 720, RIGHT, COLUMN))
    ragged = [(LEFT + 32, 720.0, SIZE, "请抓好落实。"), (RIGHT + 32, 720.0, SIZE, "附件另行印发。")]
    assert paragraphs(full, ragged)[2:] == ["请抓好落实。", "附件另行印发。"]


@pytest.mark.parametrize("mark", MARKS)
def test_page_numbers_in_many_forms_are_known(mark: str) -> None:
    assert is_page_number(mark)


@pytest.mark.parametrize("words", NOT_MARKS)
def test_words_with_numbers_are_not_page_numbers(words: str) -> None:
    assert not is_page_number(words)


@pytest.mark.parametrize("marks", [("i", "ii", "iii"), ("一", "二", "三"), ("第一页", "第二页", "第三页")])
def test_roman_and_chinese_page_numbers_are_dropped(marks: tuple[str, ...]) -> None:
    texts = (PARAGRAPH, SECOND, THIRD)
    pages = [[*printed(text, 720), (290.0, 40.0, 10.0, mark)] for text, mark in zip(texts, marks, strict=True)]
    assert paragraphs(*pages) == list(texts)


def test_heads_that_differ_on_odd_and_even_pages_and_by_chapter_are_dropped() -> None:
    texts = [PARAGRAPH, SECOND, THIRD, PARAGRAPH, SECOND, THIRD]
    heads = ["石桥区公文汇编", "第一章 防汛", "石桥区公文汇编", "第二章 抗旱", "石桥区公文汇编", "第三章 救灾"]
    pages = [[(LEFT, 810.0, 10.0, head), *printed(text, 720)] for text, head in zip(texts, heads, strict=True)]
    assert paragraphs(*pages) == texts


def test_a_heading_that_happens_to_begin_a_page_stays() -> None:
    pages = [
        [(INDENTED, 760.0, SIZE, head), *printed(text, 734)]
        for head, text in (("一、排查隐患", PARAGRAPH), ("二、会商研判", SECOND), ("三、恢复重建", THIRD))
    ]
    assert paragraphs(*pages) == ["一、排查隐患", PARAGRAPH, "二、会商研判", SECOND, "三、恢复重建", THIRD]


def test_a_number_is_not_broken_where_a_line_ends() -> None:
    text = (
        "全区"
        + "今年共排查整治各类隐患点位并全部登记造册逐一销号"
        + "2024"
        + "处，其中河道隐患一百余处，都已整改到位。"
    )
    assert paragraphs([*printed(text, 720), *printed(SECOND, 600)])[0] == text


def test_the_title_on_two_lines_is_one_line() -> None:
    title = [(142.0, 790.0, 22.0, "石桥区人民政府关于进一步做好"), (219.0, 758.0, 22.0, "防汛工作的通知")]
    assert paragraphs([*title, *printed(PARAGRAPH, 700)])[0] == "石桥区人民政府关于进一步做好防汛工作的通知"


def test_headings_are_marked_where_the_typeface_says_so() -> None:
    page: list[Printed | bytes] = [
        (200.0, 780.0, 22.0, "关于做好防汛工作的通知"),
        *printed(PARAGRAPH, 720),
        shown(INDENTED, 580, SIZE, "一、明确责任分工", "F2"),
        *printed(SECOND, 554),
        (INDENTED, 420.0, SIZE, "二、这一行和正文一样"),
    ]
    extracted = extract_pdf(made([page]))
    assert [extracted.text[at:].split("\n")[0] for at, _ in extracted.headings] == ["一、明确责任分工"]
    assert [level for _, level in extracted.headings] == [1]


def ruled(xs: Sequence[float], ys: Sequence[float]) -> bytes:
    """The lines of a table."""
    lines = [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs] + [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys]
    return "\n".join(lines).encode() + b"\n"


def test_a_typeface_that_the_file_does_not_bring_is_the_same_on_every_machine() -> None:
    page = pdfium.PdfDocument(made([[(100.0, 700.0, 10.0, "1个")]]))[0].get_textpage()
    assert [page.get_charbox(i) for i in range(2)] == [
        pytest.approx((100.0, 699.2, 109.2, 708.4), abs=0.2),
        pytest.approx((110.0, 699.2, 119.2, 708.4), abs=0.2),
    ]


def test_what_is_typed_over_a_scan_in_a_typeface_that_is_not_there_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn it is blank, so that what recognises the page can't see it."""
    drawn: list[bool] = []

    def recognise(picture, scale):  # type: ignore[no-untyped-def]
        drawn.append(bool((picture[: picture.shape[0] // 4] < 100).any()))
        return Page((Span("扫描件上认出的正文。", 72.0, 300.0, 400.0, 16.0),), ())

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "recognise", recognise)
    read = "".join(paragraphs([SCANNED, (200.0, 780.0, 16.0, "澜政发〔2023〕1号")]))
    assert read == "澜政发〔2023〕1号扫描件上认出的正文。"
    assert drawn == [False]


def test_a_ruled_table_is_a_line_a_row_with_tabs_between_its_cells() -> None:
    table: list[Printed | bytes] = [
        ruled([100, 200, 300, 400], [500, 530, 590, 620]),
        (104.0, 600.0, 12.0, "序号"),
        (204.0, 600.0, 12.0, "任务"),
        (304.0, 600.0, 12.0, "责任单位"),
        (104.0, 555.0, 12.0, "1"),
        (204.0, 570.0, 12.0, "清理河道和沿线"),
        (204.0, 550.0, 12.0, "涵洞"),
        (304.0, 555.0, 12.0, "区水务局"),
        (104.0, 510.0, 12.0, "2"),
        (204.0, 510.0, 12.0, "检修泵站"),
        (304.0, 510.0, 12.0, "区应急局"),
    ]
    assert paragraphs([*printed(PARAGRAPH, 780), *table, *printed(SECOND, 460)]) == [
        PARAGRAPH,
        "序号\t任务\t责任单位",
        "1\t清理河道和沿线涵洞\t区水务局",
        "2\t检修泵站\t区应急局",
        SECOND,
    ]


def test_words_in_line_under_each_other_are_a_table_without_lines() -> None:
    rows = [("组长", "李明远", "区长"), ("副组长", "王静", "副区长"), ("成员", "赵海", "水务局局长")]
    table = [
        (INDENTED + 120 * n, 600.0 - 26 * i, SIZE, word) for i, row in enumerate(rows) for n, word in enumerate(row)
    ]
    assert paragraphs([*printed(PARAGRAPH, 780), *table])[1:] == ["\t".join(row) for row in rows]


def test_footnotes_come_last_and_their_numbers_leave_the_sentence() -> None:
    body = printed(PARAGRAPH, 720)
    x, y, size, text = body[0]
    noted: list[Printed | bytes] = [
        (x, y, size, text[:10]),
        (x + 10 * size, y + 5, 8.0, "1"),
        (x + 10 * size + 8, y, size, text[10:]),
        *body[1:],
    ]
    page = [*noted, (LEFT, 90.0, 10.0, "1 汛期指每年五月至九月。")]
    assert paragraphs(page, printed(SECOND, 720)) == [PARAGRAPH, SECOND, "1 汛期指每年五月至九月。"]


def test_a_watermark_across_the_page_is_left_out() -> None:
    mark = shown(150, 300, 60, "内部资料", matrix=".7 .7 -.7 .7")
    assert paragraphs([*printed(PARAGRAPH, 720), mark]) == [PARAGRAPH]


def test_a_page_on_its_side_is_read_upright(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)  # as text, and not recognised as a picture
    lines = [shown(400 - y + 400, x, size, text, matrix="0 1 -1 0") for x, y, size, text in printed(PARAGRAPH, 720)]
    assert extract_pdf(made([lines], turned=90)).text == PARAGRAPH


def test_text_that_nobody_sees_is_left_out_unless_it_is_the_layer_over_a_scan() -> None:
    hidden = shown(LEFT, 300, SIZE, "这行字谁也看不见。", mode=3)
    assert paragraphs([*printed(PARAGRAPH, 720), hidden]) == [PARAGRAPH]
    layer = [shown(*line, mode=3) for line in printed(PARAGRAPH, 720)]
    assert paragraphs([SCANNED, *layer]) == [PARAGRAPH]


def test_text_outside_the_page_is_left_out() -> None:
    assert paragraphs([*printed(PARAGRAPH, 720), (700.0, 300.0, SIZE, "页面之外的字")]) == [PARAGRAPH]


def test_half_and_full_width_forms_stay_as_they_are() -> None:
    text = "投资１２亿元，完成率98.5%，位居全市第一（ＡＢ类）。"
    assert paragraphs([(LEFT, 720.0, SIZE, text)]) == [text]


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    lines = [(LEFT, 720.0, SIZE, "本标准采用国际标准编号为ISO/IEC 10646-"), (LEFT, 694.0, SIZE, "2020的规定。")]
    assert "".join(paragraphs(lines)).replace(" ", "") == "本标准采用国际标准编号为ISO/IEC10646-2020的规定。"


def test_scans_among_pages_with_text_are_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.extract.ocr.available", lambda: False)
    extracted = extract_pdf(made([printed(PARAGRAPH, 720), [SCANNED]]))
    assert extracted.text == PARAGRAPH
    assert extracted.flags == ("scanned_pages",)


def test_a_scan_with_the_stamp_of_its_scanner_has_no_text_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.extract.ocr.available", lambda: False)
    assert refusal(made([[SCANNED, (200.0, 20.0, 10.0, "由扫描仪创建")], [SCANNED]])) == "no_text_layer"
