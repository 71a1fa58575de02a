"""Web pages: the document without the page around it, and the facts that the page states."""

from __future__ import annotations

import pytest

from corpus.errors import Refused
from corpus.extract.html import extract_html

BODY = "".join(f"<p>第{n}项任务是完成河道清淤，由街道负责，月底之前报送结果。</p>" for n in "一二三四五六七")


def lines(page: str) -> list[str]:
    return extract_html(page.encode()).text.split("\n")


def page(body: str, head: str = "") -> str:
    return f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def test_each_block_is_a_line_and_inline_marks_are_not() -> None:
    assert lines(page("<p>请于<b>本月底</b>前<span>完成</span>清淤。</p><div>请报送<br>总结。</div>")) == [
        "请于本月底前完成清淤。",
        "请报送",
        "总结。",
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>首页新闻公开</nav>",
        "<footer>版权归石桥区所有</footer>",
        "<script>var a = '河道';</script>",
        "<style>p { color: red }</style>",
        "<form><input value='搜'><button>查找</button></form>",
        "<aside>热门阅读</aside>",
        '<div class="breadcrumb">首页 &gt; 新闻</div>',
        '<div id="share-box">分享到微博</div>',
        '<div class="related-list">相关新闻</div>',
        "<div hidden>看不见</div>",
        '<div style="display: none">看不见</div>',
        '<span style="font-size:0">看不见</span>',
        "<!-- 编者按 -->",
    ],
)
def test_page_furniture_and_hidden_words_are_left_out(furniture: str) -> None:
    assert lines(page(furniture + BODY + furniture)) == lines(page(BODY))


def test_a_class_that_a_style_sheet_hides_is_left_out() -> None:
    hidden = page('<p class="x secret">水印文字</p>' + BODY, "<style>.secret { display: none }</style>")
    assert lines(hidden) == lines(page(BODY))


def test_a_body_hidden_until_its_script_has_run_is_read() -> None:
    text = f'<html><body style="display:none" class="share-page">{BODY}</body></html>'
    assert lines(text) == lines(page(BODY))


def test_an_element_named_like_furniture_that_holds_the_document_is_read() -> None:
    assert lines(page(f'<div class="banner-content">{BODY}</div>')) == lines(page(BODY))


def test_the_document_is_found_among_the_boxes_around_it() -> None:
    text = page(f"<div><ul><li>新闻</li><li>公告</li></ul></div><div><div>{BODY}</div></div><div>石桥区政府网</div>")
    assert lines(text) == lines(page(BODY))


def test_a_row_of_data_is_one_line_with_tabs() -> None:
    table = "<table><tr><th>序号</th><th>任务</th></tr><tr><td>1</td><td>清 淤<br>护岸</td></tr></table>"
    assert lines(page("<p>任务如下，请照办。</p>" + table)) == ["任务如下，请照办。", "序号\t任务", "1\t清淤护岸"]


def test_a_table_that_lays_out_the_page_is_not_data() -> None:
    laid_out = f"<table><tr><td>导航</td><td><table><tr><td>{BODY}</td></tr></table></td></tr></table>"
    assert lines(page(laid_out)) == lines(page(BODY))


def test_two_columns_of_text_in_a_table_are_not_a_row_of_data() -> None:
    column = f"<td><table><tr><td>{BODY}</td></tr></table></td>"
    assert lines(page(f"<table><tr>{column}{column}</tr></table>")) == lines(page(BODY)) * 2


def test_white_space_of_the_markup_is_not_text() -> None:
    assert lines(page("<p>请于本月底\n      前完成\n\t清淤。</p>")) == ["请于本月底前完成清淤。"]
    assert lines(page("<p>flood\n control   plan</p>")) == ["flood control plan"]


def test_the_table_of_facts_states_title_issuer_number_and_date() -> None:
    table = (
        "<table><tr><td>标　题：</td><td>关于河道清淤的通知</td><td>发文机关：</td><td>石桥区水务局</td></tr>"
        "<tr><td>发文字号：</td><td>石水〔2024〕7号</td><td>成文日期：</td><td>2024年3月5日</td></tr></table>"
    )
    assert extract_html(page(table + BODY).encode()).facts == {
        "title": "关于河道清淤的通知",
        "issuer": "石桥区水务局",
        "number": "石水〔2024〕7号",
        "issued": "2024年3月5日",
    }


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="ArticleTitle" content="关于河道清淤的通知">', "<h1>石桥区人民政府网站</h1>"),
        ('<meta property="og:title" content="关于河道清淤的通知">', ""),
        ("", "<h1>关于河道清淤的通知</h1>"),
        ("<title>关于河道清淤的通知_通知公告_石桥区</title>", "<h2>关于河道清淤的通知</h2>"),
        ("<title>关于河道清淤的通知 - 石桥区</title>", '<div class="art-title">关于河道清淤的通知</div>'),
    ],
)
def test_the_title_comes_from_where_the_page_states_it(head: str, body: str) -> None:
    extracted = extract_html(page(body + BODY, head).encode())
    assert extracted.facts["title"] == "关于河道清淤的通知"
    assert extracted.text.split("\n").count("关于河道清淤的通知") == 1


@pytest.mark.parametrize("head", ["关于河道清淤的通知_通知公告_石桥区", "关于河道清淤的通知 - 石桥区"])
def test_a_title_that_only_the_head_holds_is_a_fact_and_not_a_line(head: str) -> None:
    extracted = extract_html(page(BODY, f"<title>{head}</title>").encode())
    assert extracted.facts["title"] == "关于河道清淤的通知"
    assert "关于河道清淤的通知" not in extracted.text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ('<meta charset="big5">', "big5"),
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta charset="utf-8">', "gb18030"),
        ('<meta charset="no-such-thing">', "gb18030"),
        ("", "gb18030"),
        ("", "utf-8"),
    ],
)
def test_the_encoding_is_the_declared_one_unless_the_bytes_say_otherwise(declared: str, encoding: str) -> None:
    sentence = "我市召開防汛工作會，要求各部門高度重視，做好全面工作。" if encoding == "big5" else "各部门要做好防汛。"
    text = f"<html><head>{declared}</head><body><p>{sentence}</p></body></html>"
    extracted = extract_html(text.encode(encoding))
    assert extracted.text == sentence
    assert extracted.flags == ()


@pytest.mark.parametrize("data", [b" ", b"<!-- -->"])
def test_a_page_of_nothing_is_refused_as_damaged(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        extract_html(data)
    assert refused.value.code == "damaged"


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 30_000,
        "<table><tr><td>" * 5_000,
        '<div class="nav">' * 5_000,
        "<p" * 50_000,
        "&lt;" * 25_000,
        "<style>" + ".a{display" * 10_000,
        "<title>" + "- " * 50_000 + "</title>",
        "<meta " * 15_000,
    ],
    ids=["nested", "tables", "furniture", "unclosed", "entities", "rules", "title", "meta"],
)
def test_hostile_markup_neither_crashes_nor_hides_the_text_before_it(hostile: str) -> None:
    assert "请于本月底前完成清淤。" in extract_html(("<p>请于本月底前完成清淤。</p>" + hostile).encode()).text
