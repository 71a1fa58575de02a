"""What stands in a Word document beside plain paragraphs: changes, fields, boxes, tables, notes."""

from __future__ import annotations

import pytest
from word_files import STRICT, cell, field, level, lists, numbered, paragraph, run, table, word_file

from corpus.errors import Refused
from corpus.extract import extract
from corpus.extract.docx import extract_docx

DELETED_MARK = '<w:rPr><w:del w:id="1" w:author="某"/></w:rPr>'
BOX_WORDS = "<w:txbxContent>{}</w:txbxContent>"


def lines(body: str, **parts: str) -> list[str]:
    return extract_docx(word_file(body, **parts)).text.split("\n")


def box(inside: str) -> str:
    """A text box as Word writes it: the drawing, and the same as VML to fall back on."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{BOX_WORDS.format(inside)}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX_WORDS.format(inside)}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(width: int, height: int) -> str:
    """An inline picture of this size in millimetres."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width * 36000}" cy="{height * 36000}"/>'
        "<a:graphic><a:graphicData><a:blip/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def test_inserted_text_stays_and_deleted_text_goes() -> None:
    body = paragraph(
        run("请于")
        + '<w:del w:id="1"><w:r><w:delText>六月</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("七月")}</w:ins>'
        + f'<w:moveFrom w:id="3">{run("底前")}</w:moveFrom>'
        + f'<w:moveTo w:id="4">{run("中旬")}</w:moveTo>'
        + run("完成清淤。")
    )
    assert lines(body) == ["请于七月中旬完成清淤。"]


def test_a_deleted_paragraph_mark_joins_and_a_wholly_deleted_paragraph_is_gone() -> None:
    gone = paragraph('<w:del w:id="1"><w:r><w:delText>删去一段。</w:delText></w:r></w:del>', DELETED_MARK)
    body = paragraph("各街道要加强巡查，", DELETED_MARK) + paragraph("及时清淤。") + gone + paragraph("特此通知。")
    assert lines(body) == ["各街道要加强巡查，及时清淤。", "特此通知。"]


def test_a_joined_paragraph_has_the_number_of_the_first() -> None:
    first = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        + run("加强巡查，")
        + "</w:p>"
    )
    numbering = lists(level(0, "chineseCounting", "%1、"))
    assert lines(first + paragraph("及时清淤。") + numbered("绿化"), numbering=numbering) == [
        "一、加强巡查，及时清淤。",
        "二、绿化",
    ]


def test_deleted_rows_and_cells_are_gone() -> None:
    row = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell("删去")}{cell("一行")}</w:tr>'
    rows = table(cell("河段") + cell("长度"), cell("东河") + cell("多余", '<w:cellDel w:id="2"/>') + cell("3公里"))
    assert lines(rows.replace("</w:tbl>", row + "</w:tbl>")) == ["河段\t长度", "东河\t3公里"]


def test_old_properties_of_a_tracked_change_do_not_count() -> None:
    old = (
        '<w:pPrChange w:id="1"><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    )
    extracted = extract_docx(word_file(paragraph("清淤", old), numbering=lists(level(0, "decimal", "%1."))))
    assert (extracted.text, extracted.headings) == ("清淤", ())


def test_comments_and_marks_of_ranges_leave_no_trace() -> None:
    body = paragraph(
        '<w:commentRangeStart w:id="1"/>' + run("清淤") + '<w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r><w:bookmarkStart w:id="0" w:name="x"/>' + run("护坡")
    )
    assert lines(body) == ["清淤护坡"]


def test_fields_give_their_result_and_not_their_instruction() -> None:
    nested = field("REF x ", run("第") + field("SEQ 表", run("三")) + run("条"))
    simple = f'<w:fldSimple w:instr=" DATE ">{run("2024年5月20日")}</w:fldSimple>'
    assert lines(paragraph(run("依照") + nested + run("，自") + simple + run("起施行。"))) == [
        "依照第三条，自2024年5月20日起施行。"
    ]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert lines(paragraph(begin + run("请完成")) + paragraph("清淤。")) == ["请完成", "清淤。"]
    assert lines(paragraph(end + run("请完成")) + paragraph("清淤。")) == ["请完成", "清淤。"]


def test_a_field_whose_beginning_was_deleted_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    deleted = f'<w:del w:id="1">{begin}</w:del>'
    assert lines(paragraph(begin + run("请") + deleted + end + run("清淤。") + end)) == ["清淤。"]
    assert lines(paragraph(begin + run("请") + deleted + end + run("清淤。"))) == ["清淤。"]


def test_a_field_goes_on_over_paragraphs_and_the_table_of_contents_is_left_out() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    entry = paragraph(run("二、护坡") + "<w:r><w:tab/></w:r>" + field("PAGEREF _1", run("2")))
    body = paragraph(begin + run("一、清淤") + field("PAGEREF _0", run("1"))) + entry + paragraph(end)
    assert lines(paragraph("关于清淤的方案") + body + paragraph("一、清淤")) == ["关于清淤的方案", "一、清淤"]
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('目录')}{entry}</w:sdtContent></w:sdt>"
    assert lines(control + paragraph("二、护坡")) == ["二、护坡"]


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        (r"eq \o\ac(○,12)", "⑫"),
        (r"EQ \o\ac(○,密)", "密"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(yū),淤)', "淤"),
        ("EQ " + "(" * 5000, ""),
        ("=1+1", ""),
    ],
)
def test_signs_laid_over_each_other(instruction: str, shown: str) -> None:
    assert lines(paragraph(run("见") + field(instruction) + run("项"))) == [f"见{shown}项"]


def test_content_controls_smart_tags_and_links_keep_their_text() -> None:
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('云栖市')}</w:sdtContent></w:sdt>"
    tag = f'<w:smartTag w:element="date"><w:smartTagPr/><w:smartTag>{run("5月20日")}</w:smartTag></w:smartTag>'
    link = f'<w:hyperlink r:id="x">{run("河长办")}</w:hyperlink>'
    custom = f"<w:customXml><w:customXmlPr/>{run('印发')}</w:customXml>"
    whole = f"<w:sdt><w:sdtContent>{paragraph('附件')}</w:sdtContent></w:sdt>"
    assert lines(paragraph(inline + link + tag + custom) + whole) == ["云栖市河长办5月20日印发", "附件"]
    row = f"<w:tr>{cell('河段')}<w:sdt><w:sdtContent>{cell('长度')}</w:sdtContent></w:sdt></w:tr>"
    held = f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>"
    assert lines(held) == ["河段\t长度"]


def test_what_a_content_control_asks_to_fill_in_is_no_text() -> None:
    asked = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处输入文字。')}</w:sdtContent></w:sdt>"
    )
    assert lines(paragraph(run("联系人：") + asked)) == ["联系人："]


def test_line_breaks_join_and_page_breaks_part() -> None:
    broken = run("关于做好") + "<w:r><w:br/></w:r>" + run("清淤的通知")
    assert lines(paragraph(broken)) == ["关于做好清淤的通知"]
    parted = run("5月20日") + '<w:r><w:br w:type="page"/></w:r>' + run("附件")
    assert lines(paragraph(parted)) == ["5月20日", "附件"]
    assert lines(paragraph(run("River") + "<w:r><w:br/></w:r>" + run("Chief"))) == ["River Chief"]


def test_tabs_hyphens_and_symbols() -> None:
    marks = "<w:tab/><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t>"
    marks += '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Webdings" w:char="F041"/><w:sym w:font="宋体" w:char="2103"/>'
    assert lines(paragraph(f"<w:r><w:t>表</w:t>{marks}</w:r>")) == ["表 A-BC☑℃"]


def test_glyphs_of_a_symbol_font_that_are_typed_as_text() -> None:
    box = run("\uf0a8是\uf0fe否\uf021", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
    assert lines(paragraph(box + run("\uf0a8"))) == ["□是☑否"]


def test_a_reading_over_a_character_is_left_out() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('yū')}</w:rt><w:rubyBase>{run('淤')}</w:rubyBase></w:ruby></w:r>"
    assert lines(paragraph(run("清") + ruby + run("工作"))) == ["清淤工作"]


def test_equations_keep_their_text() -> None:
    def part(name: str, text: str) -> str:
        return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"

    fraction = f"<m:f><m:fPr><m:ctrlPr>{run('x')}</m:ctrlPr></m:fPr>{part('num', '清淤量')}{part('den', '总量')}</m:f>"
    body = paragraph(f"<m:oMathPara><m:oMath><m:r><m:t>完成率=</m:t></m:r>{fraction}</m:oMath></m:oMathPara>")
    assert lines(body) == ["完成率=清淤量/总量"]


def test_hidden_text_goes_whether_hidden_itself_or_by_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:basedOn w:val="p"/></w:style>'
    )
    body = paragraph(
        run("清")
        + run("甲", "<w:vanish/>")
        + run("乙", '<w:rStyle w:val="h"/>')
        + run("淤", '<w:vanish w:val="0"/>')
        + run("。", '<w:vanish w:val="false"/>')
    )
    body += paragraph(run("丙") + run("护坡。", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="q"/>')
    assert lines(body, styles=styles) == ["清淤。", "护坡。"]


def test_a_heading_run_in_by_a_style_separator_is_one_line() -> None:
    separator = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    assert lines(paragraph("一、清淤。", separator) + paragraph("五月底前完成。")) == ["一、清淤。五月底前完成。"]


def test_a_drop_cap_belongs_to_its_paragraph() -> None:
    assert lines(paragraph("清", '<w:framePr w:dropCap="drop"/>') + paragraph("淤工作。")) == ["清淤工作。"]


def test_a_text_box_stands_once_and_after_the_sentence_it_is_anchored_in() -> None:
    body = paragraph(run("云栖市") + box(paragraph("内部文件") + paragraph("5月印")) + run("水务局"))
    assert lines(body + paragraph("通知")) == ["云栖市水务局", "内部文件", "5月印", "通知"]


def test_text_boxes_in_old_drawings_in_groups_and_in_each_other() -> None:
    old = f"<w:r><w:pict><v:group><v:shape><v:textbox>{BOX_WORDS.format(paragraph('甲'))}</v:textbox></v:shape>"
    old += f"<v:shape><v:textbox>{BOX_WORDS.format(paragraph('乙'))}</v:textbox></v:shape></v:group></w:pict></w:r>"
    art = '<w:r><w:pict><v:shape><v:textpath string="云栖市文件"/></v:shape></w:pict></w:r>'
    inner = box(paragraph(run("外") + box(paragraph("内"))))
    assert lines(paragraph(old) + paragraph(art) + paragraph(inner)) == ["甲", "乙", "云栖市文件", "外", "内"]


def test_a_table_in_a_text_box() -> None:
    inside = table(cell("河段") + cell("长度")) + paragraph("")
    assert lines(paragraph(box(inside))) == ["河段\t长度"]


def test_merged_cells_stand_once() -> None:
    head = '<w:vMerge w:val="restart"/>'
    rows = table(
        cell("河段", head) + cell("东河", '<w:gridSpan w:val="2"/>'),
        cell("也不该有", "<w:vMerge/>") + cell("长") + cell("3公里"),
        cell("不该有", '<w:vMerge w:val="continue"/>') + cell("宽") + cell("20米"),
    )
    assert lines(rows) == ["河段\t东河", "长\t3公里", "宽\t20米"]


def test_paragraphs_in_a_cell_and_a_column_that_numbers_itself() -> None:
    numbering = lists(level(0, "decimal", "%1"))
    rows = table(
        cell(numbered("")) + cell(paragraph("清淤") + paragraph("护坡")),
        cell(numbered("")) + cell("绿化"),
    )
    assert lines(rows, numbering=numbering) == ["1\t清淤 护坡", "2\t绿化"]


def test_a_table_that_lays_out_the_page_gives_its_paragraphs() -> None:
    inner = table(cell("河段") + cell("长度"))
    outer = table(cell(paragraph("任务如下：") + inner + paragraph("请完成。")) + cell("旁注"))
    assert lines(outer) == ["任务如下：", "河段\t长度", "请完成。", "旁注"]
    assert lines(table(cell(paragraph("甲。") + paragraph("乙。")), cell("丙。"))) == ["甲。", "乙。", "丙。"]
    long = paragraph("清淤。" * 300) + paragraph("护坡。" * 300)
    assert [line[:3] for line in lines(table(cell(long) + cell("绿化。")))] == ["清淤。", "护坡。", "绿化。"]


def test_notes_stand_at_the_end_in_their_order_without_their_marks() -> None:
    def note(kind: str, id_: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{id_}"/></w:r>'

    notes = "".join(
        f'<w:footnote w:id="{n}">{paragraph(f"<w:r><w:footnoteRef/></w:r>{run(text)}")}</w:footnote>'
        for n, text in ((3, " 河长：见办法。"), (2, "淤泥：见标准。"), (9, "无人引用。"))
    )
    separator = f'<w:footnote w:id="-1" w:type="separator">{paragraph("<w:r><w:separator/></w:r>")}</w:footnote>'
    ends = f'<w:endnote w:id="1">{paragraph("来源：水务局。")}</w:endnote>'
    custom = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>＊</w:t></w:r>'
    body = paragraph(
        run("各") + note("endnote", 1) + run("河长") + custom + run("要清理淤泥") + note("footnote", 2) + run("。")
    )
    gone = paragraph(f'<w:del w:id="1">{note("footnote", 9)}</w:del>' + run("完。"))
    assert lines(body + gone, footnotes=separator + notes, endnotes=ends) == [
        "各河长要清理淤泥。", "完。", "河长：见办法。", "淤泥：见标准。", "来源：水务局。",
    ]  # fmt: skip


def test_headings_are_reported_by_style_name_and_outline_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="二"><w:name w:val="标题 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="三"><w:name w:val="三级标题"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="g"><w:name w:val="公文小标题"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h"><w:basedOn w:val="g"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    )
    named = [
        ("t", "关于清淤的"),
        ("t", "通知"),
        ("1", "总则"),
        ("二", "任务"),
        ("三", "要求"),
        ("g", "分工"),
        ("h", "步骤"),
    ]
    body = "".join(paragraph(text, f'<w:pStyle w:val="{style}"/>') for style, text in named)
    body += paragraph("纲要", '<w:outlineLvl w:val="3"/>') + paragraph(
        "正文", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'
    )
    extracted = extract_docx(word_file(body, styles=styles))
    found = [(extracted.text[at:].split("\n")[0], depth) for at, depth in extracted.headings]
    assert found == [("总则", 1), ("任务", 2), ("要求", 3), ("分工", 2), ("步骤", 2), ("纲要", 4)]
    assert extracted.facts == {"title": "关于清淤的通知"}


def test_a_picture_of_a_page_is_flagged_and_a_seal_is_not() -> None:
    text = paragraph("请于本月底前完成清淤。")
    assert extract_docx(word_file(paragraph(picture(150, 212)) + text)).flags == ("pictures",)
    assert extract_docx(word_file(paragraph(picture(42, 42)) + text)).flags == ()
    old = '<w:r><w:pict><v:shape style="width:425.2pt;height:21cm"><v:imagedata/></v:shape></w:pict></w:r>'
    assert extract_docx(word_file(paragraph(old) + text)).flags == ("pictures",)


def test_a_document_of_pictures_is_a_scan() -> None:
    with pytest.raises(Refused) as refused:
        extract_docx(word_file(paragraph(picture(150, 212))))
    assert refused.value.code == "no_text_layer"


def test_the_strict_variant_is_read_alike() -> None:
    data = word_file(numbered("总则"), namespace=STRICT, numbering=lists(level(0, "decimal", "%1.")))
    assert extract_docx(data).text == "1.总则"


def test_a_web_page_held_in_place_of_paragraphs_is_read() -> None:
    page = "<html><body><p>一、清淤。</p><p>二、护坡。</p></body></html>".encode()
    data = word_file(paragraph("方案") + '<w:altChunk r:id="part.html"/>', extra={"part.html": page})
    assert extract("方案.docx", data)[1].text.split("\n") == ["方案", "一、清淤。", "二、护坡。"]


def test_text_pasted_with_line_breaks_for_paragraphs_is_parted() -> None:
    pasted = "<w:r><w:br/></w:r>".join(map(run, ("一是清淤。", "二是护坡。", "三是", "绿化。", "四是管护。")))
    assert lines(paragraph(pasted)) == ["一是清淤。", "二是护坡。", "三是绿化。", "四是管护。"]


@pytest.mark.parametrize("wrap", ["table", "control", "box"])
def test_deep_nesting_is_read_or_refused(wrap: str) -> None:
    body = paragraph("清淤")
    for _ in range(60):
        if wrap == "table":
            body = table(cell(body + paragraph("")))
        elif wrap == "control":
            body = f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>"
        else:
            body = paragraph(
                f"<w:r><w:pict><v:shape><v:textbox>{BOX_WORDS.format(body)}</v:textbox></v:shape></w:pict></w:r>"
            )
    try:
        assert lines(body) == ["清淤"]
    except Refused as refused:
        assert refused.code in ("damaged", "limits")
