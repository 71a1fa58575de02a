"""Which part of a web page is the document: weights, neighbours, posts, lists of links, headings."""

from __future__ import annotations

import time

import lxml.html
import pytest

from corpus.errors import Refused
from corpus.extract import Extracted
from corpus.extract.html import extract_html
from corpus.extract.html_main import Page

SENTENCES = [f"第{n}项任务是完成河道清淤，由街道负责，月底之前报送结果。" for n in "一二三四五六七八"]
BODY = "".join(f"<p>{s}</p>" for s in SENTENCES)
TITLE = "关于做好河道清淤工作的通知"


def read(body: str, head: str = "") -> Extracted:
    return extract_html(f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode())


def lines(body: str, head: str = "") -> list[str]:
    return read(body, head).text.split("\n")


def headings(body: str, head: str = "") -> list[tuple[str, int]]:
    extracted = read(body, head)
    return [(extracted.text[at:].split("\n")[0], level) for at, level in extracted.headings]


def test_a_weight_counts_characters_links_and_stops() -> None:
    page = Page(lxml.html.document_fromstring("<body><p>清 淤，<a>护岸。</a>绿化</p></body>"))
    assert page.weight[page.root] == (8, 3, 1)
    assert page.weight[page.root].prose == 8 - 3 + 10


@pytest.mark.parametrize(
    "around",
    [
        '<ul><li><a href="/1">新闻一则</a></li><li><a href="/2">公告一则</a></li></ul>',
        '<div>相关阅读：<br>·<a href="/1">清水河治理见成效，两岸绿树成荫</a>(2024-05-20)<br>·<a href="/2">两岸居民说起这几年的变化</a>(2024-05-21)</div>',
        '<div class="comment-list"><p>说得好，支持。</p></div>',
        '<div id="comments"><p>说得好，支持。</p></div>',
        '<div class="prev-next">上一篇：清水河治理见成效</div>',
        '<div style="opacity:0">看不见，也不要。</div>',
        '<div style="position:absolute; left:-9999px">看不见，也不要。</div>',
        "<aside>看看别的，都很好。</aside>",
    ],
)
def test_what_stands_in_the_documents_own_element_and_is_not_of_it_is_left_out(around: str) -> None:
    assert lines(f"<div>{around}{BODY}{around}</div>") == SENTENCES


@pytest.mark.parametrize("rule", ["#secret{display:none}", "div#secret, .x { visibility : hidden }"])
def test_an_id_that_a_style_sheet_hides_is_left_out(rule: str) -> None:
    assert lines(f'<div id="secret">水印文字，不要。</div>{BODY}', f"<style>{rule}</style>") == SENTENCES


def test_a_rule_for_what_is_inside_of_a_class_does_not_hide_the_class() -> None:
    assert lines(f'<div class="box">{BODY}</div>', "<style>.box .icon{display:none}</style>") == SENTENCES


def test_links_in_sentences_are_text() -> None:
    linked = "".join(f'<p>按照<a href="/{i}">《清淤办法》第{i}条</a>办理。</p>' for i in range(3))
    assert lines(f"<div>{BODY}<div>{linked}</div></div>")[-1] == "按照《清淤办法》第2条办理。"


def test_links_to_attachments_are_the_documents_own() -> None:
    attached = (
        '<ul><li><a href="/a.doc">附件1：清淤任务表.doc</a></li><li><a href="/b.xls">附件2：名单.xls</a></li></ul>'
    )
    expected = [*SENTENCES, "附件1：清淤任务表.doc", "附件2：名单.xls"]
    assert lines(f"<div>{BODY}{attached}</div>") == expected
    assert lines(f'<div><div id="zoom">{BODY}</div><div class="files">{attached}</div></div>') == expected


def test_a_form_behind_the_text_is_read() -> None:
    form = (
        "<table><tr><td>单位名称</td><td></td></tr><tr><td>清淤地点</td><td>清淤数量（立方米）</td></tr></table>" * 10
    )
    text = lines(f'<div class="content"><div>{BODY}{BODY}{BODY}{BODY}</div><div>{form}</div></div>')
    assert text.count("清淤地点\t清淤数量（立方米）") == 10


def test_an_abstract_before_the_text_is_read() -> None:
    abstract = "摘要：本文介绍清淤，说明方法，总结经验，提出建议，列出费用，讨论效果，指出不足，展望将来。"
    assert lines(f"<div><div>{abstract}</div><div>{BODY}{BODY}{BODY}</div></div>")[0] == abstract


def test_a_page_of_links_is_no_document() -> None:
    entries = "".join(f'<li><a href="/{i}">关于第{i}条河道清淤的公告</a>[ 2024-05-{i:02} ]</li>' for i in range(10, 30))
    with pytest.raises(Refused) as refused:
        read(f"<div><ul>{entries}</ul></div>")
    assert refused.value.code == "no_body"


def test_of_a_thread_the_first_post_is_read() -> None:
    posts = "".join(
        f'<tr><td><b>{n}楼</b><div class="post-body"><p>{s}</p></div></td></tr>' for n, s in enumerate(SENTENCES)
    )
    assert lines(f"<table>{posts}</table>") == [SENTENCES[0]]


def test_a_page_inside_of_a_form_is_read() -> None:
    assert lines(f'<form id="aspnetForm"><div>{BODY}</div></form>') == SENTENCES


def test_the_table_of_facts_is_not_text() -> None:
    table = "<table><tr><td>发文机关：</td><td>石桥区水务局</td></tr><tr><td>成文日期：</td><td>2024年3月5日</td></tr></table>"
    extracted = read(f"<div>{table}{BODY}</div>")
    assert extracted.text.split("\n") == SENTENCES
    assert extracted.facts["issuer"] == "石桥区水务局"


def test_number_date_and_second_title_between_title_and_text_are_kept() -> None:
    between = "<div>石水〔2024〕7号</div><div>（2024年3月5日）</div><div>——在清水街道试行</div><div>阅读 320</div>"
    text = lines(f'<div><h1>{TITLE}</h1>{between}</div><div id="zoom">{BODY}{BODY}</div>')
    assert text[:4] == [TITLE, "石水〔2024〕7号", "（2024年3月5日）", "——在清水街道试行"]
    assert text[4] == SENTENCES[0]


def test_what_the_page_calls_a_second_title_is_kept() -> None:
    head = f'<div><h1>{TITLE}</h1><p id="SubTitle">全区清淤46条河道</p><p>字号 大 中 小</p></div>'
    assert lines(f'{head}<div id="zoom">{BODY}{BODY}</div>')[:3] == [TITLE, "全区清淤46条河道", SENTENCES[0]]


def test_a_paragraph_that_a_span_crosses_is_one_line() -> None:
    crossed = "<SPAN style='font-size:14pt'><P>各街道要早动手，</SPAN><FONT><SPAN>2024</SPAN>年</FONT>完成清淤。</P>"
    assert lines(f"<div>{BODY}{crossed}</div>")[-1] == "各街道要早动手，2024年完成清淤。"


def test_a_title_with_a_bar_in_it_is_found_on_the_page() -> None:
    extracted = read(f"<h1>一周要闻 | 清淤开工</h1><div>{BODY}</div>", "<title>一周要闻 | 清淤开工_石桥网</title>")
    assert extracted.facts["title"] == "一周要闻 | 清淤开工"
    assert extracted.text.split("\n")[0] == "一周要闻 | 清淤开工"


def test_lists_in_the_cells_of_a_row_keep_their_lines() -> None:
    row = (
        "<table><tr><td>一、管住排污<br>二、护好水源<br>三、清走淤泥</td><td>街道<br>水务局<br>城管局</td></tr></table>"
    )
    assert lines(f"<div>{BODY}{row}</div>")[8:] == [
        "一、管住排污",
        "二、护好水源",
        "三、清走淤泥\t街道",
        "水务局",
        "城管局",
    ]


def test_words_set_from_top_to_bottom_in_a_cell_are_one_line() -> None:
    row = "<table><tr><td>项<br>目<br>名<br>称</td><td>清淤</td></tr></table>"
    assert lines(f"<div>{BODY}{row}</div>")[8:] == ["项目名称\t清淤"]


def test_the_boxes_of_a_flow_chart_are_a_line_each() -> None:
    chart = (
        "<table><tr><td colspan=2>申请人提交材料</td><td>窗口受理</td></tr><tr><td>↓</td><td>└─→</td></tr>"
        "<tr><td>现<br>场<br>核<br>验</td><td>补正<br>之后重报</td></tr></table>"
    )
    assert lines(f"<div>{BODY}{chart}</div>")[8:] == [
        *("申请人提交材料", "窗口受理", "↓", "└─→", "现场核验", "补正", "之后重报")
    ]


@pytest.mark.parametrize("cells", ["<td>清水河</td><td>↑</td>", "<td>—</td><td>--</td>"])
def test_arrows_and_dashes_in_a_row_of_data_make_no_chart(cells: str) -> None:
    table = f"<table><tr><td>河流</td><td>比上年</td></tr><tr>{cells}</tr></table>"
    assert lines(f"<div>{BODY}{table}</div>")[8] == "河流\t比上年"


def test_a_chart_inside_of_a_table_does_not_make_a_chart_of_it() -> None:
    chart = "<table><tr><td>受理</td><td>核验</td></tr><tr><td>↓</td></tr></table>"
    table = f"<table><tr><td>街道</td><td>电话</td></tr><tr><td>{chart}</td></tr></table>"
    assert lines(f"<div>{BODY}{table}</div>")[8:] == ["街道\t电话", "受理", "核验", "↓"]


@pytest.mark.parametrize(
    "page",
    [
        f"<div><div>{BODY}</div></div><!-- end --><h1>街道办事大厅</h1>",
        f'<div class="sidebar"><h1>街道办事大厅</h1></div><div>{BODY}</div><p>完</p>',
    ],
    ids=["behind", "beside"],
)
def test_a_heading_of_a_box_around_the_document_is_not_its_title(page: str) -> None:
    assert "title" not in read(page).facts


def test_headings_have_offsets_and_levels_from_one_without_the_title() -> None:
    body = f"<h1>{TITLE}</h1><h2>总体要求</h2>{BODY}<h3>时间安排</h3>{BODY}<p><strong>联系方式</strong></p>{BODY}"
    assert headings(f"<div>{body}</div>") == [("总体要求", 1), ("时间安排", 2), ("联系方式", 3)]


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>请各街道于本月底之前完成清淤。</b></p>",
        "<p><b>一要抓早</b>，早动手早主动。</p>",
        f"<p><b>{'清淤护岸' * 11}</b></p>",
        "<table><tr><td><b>街道</b></td><td><b>数量</b></td></tr></table>",
    ],
    ids=["sentence", "words in bold", "long", "cells"],
)
def test_not_all_that_is_bold_is_a_heading(line: str) -> None:
    assert headings(f"<div>{BODY}{line}{BODY}</div>") == []


def test_a_page_all_in_bold_has_no_headings() -> None:
    bold = "".join(f"<p><b>清淤第{n}项</b></p>" for n in range(20))
    assert headings(f"<div>{bold}{BODY}</div>") == []


def test_bold_by_style_is_bold() -> None:
    assert headings(f'<div>{BODY}<p><span style="font-weight: bold">工作要求</span></p>{BODY}</div>') == [
        ("工作要求", 1)
    ]


def test_white_space_of_windows_in_gbk_is_white_space() -> None:
    data = b'<meta charset="gbk"><body>' + b"\xa3\xa0\xa3\xa0" + BODY.encode("gb18030")
    assert "\ue5e5" not in extract_html(data).text


def test_a_stray_byte_is_dropped_and_flagged() -> None:
    data = b'<meta charset="gbk"><body>' + BODY.encode("gb18030") + b"<p>\xb0 " + "清淤。".encode("gb18030")
    extracted = extract_html(data)
    assert extracted.text.split("\n")[-1] == "清淤。"
    assert extracted.flags == ("mixed_encoding",)


@pytest.mark.parametrize(
    "hostile",
    [
        '<div class="post-body">' * 3_000 + "清淤。",
        '<a href="/1">清淤</a>' * 5_000,
        "<style>" + "a,b{" * 25_000 + "</style>",
        "<style>" + ".a{display:none}" * 6_000 + "</style>",
        f"<div class='{'nav-' * 25_000}'>清淤。</div>",
        f"<div style='{'left:' * 20_000}'>清淤。</div>",
        "<table><tr><td>标题</td><td>清淤</td></tr>" * 2_000,
        f"<h1>{'清淤' * 50_000}</h1>",
        "<br>" * 50_000,
        "<span><p>清</span>" * 6_000,
        "<span " * 20_000,
        "<p><" * 25_000,
        "<table><tr><td>↓<td>清淤" * 3_000,
    ],
    ids=[
        "posts",
        "links",
        "open rules",
        "rules",
        "class",
        "style",
        "facts",
        "title",
        "breaks",
        "crossed",
        "open spans",
        "open tags",
        "charts",
    ],
)
def test_hostile_pages_are_read_in_bounded_time(hostile: str) -> None:
    began = time.perf_counter()
    assert SENTENCES[0] in read(f"<div>{BODY}</div>" + hostile, f"<title>{'清淤_' * 20_000}</title>").text
    assert time.perf_counter() - began < 20


def test_links_under_a_label_in_the_middle_of_a_text_lead_elsewhere() -> None:
    related = '<p>延伸阅读：<a href="1.html">邻县清淤有新招</a></p><p><a href="2.html">护岸工程昨日完工</a></p>'
    own = '<p>附：<a href="3.doc">清淤任务表</a></p><p><a href="4.html">各街道联系方式</a></p>'
    assert lines(BODY + related + BODY + own) == [*SENTENCES, *SENTENCES, "附：清淤任务表", "各街道联系方式"]
