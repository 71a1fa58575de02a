"""The sample library that ships with the program: all of it is read, and read as it is written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import corpus
from corpus import Document, Found, Paragraph, find_files, read_document
from corpus.document import ROLES
from corpus.extract import Extracted, extract
from corpus.structure.paragraphs import heading_level

SAMPLE = Path(corpus.__file__).parent / "sample"
FILES = {f.name: f for f in find_files([SAMPLE]) if isinstance(f, Found)}
# The title of each document as its writer set it.
TITLES = {
    "主持词与倡议书/关于开展爱国卫生运动的倡议书.html": "干干净净迎春夏 健健康康过日子",
    "主持词与倡议书/文明健康绿色出行倡议书.txt": "文明健康绿色出行倡议书",
    "主持词与倡议书/民生实事项目推进会主持词.txt": "在全市民生实事项目推进会上的主持词",
    "发言/巡察反馈意见整改落实工作会议上的表态发言.txt": "在巡察反馈意见整改落实工作会议上的表态发言",
    "发言/望溪区基层党建工作交流发言.docx": "望溪区基层党建工作交流发言",
    "发言/杏林街道社区治理创新经验材料.txt": "小院里议出大事情 楼道里织出一张网",
    "发言/栖岭县乡村振兴工作交流发言.txt": "栖岭县乡村振兴工作交流发言",
    "发言/青屿镇文旅融合发展交流发言.txt": "靠山唱山歌 靠海吃海饭",
    "报告与总结/2023年澜川市政府工作报告.txt": "2023年澜川市政府工作报告",
    "报告与总结/2024年澜川市政府工作报告.pdf": "2024年澜川市政府工作报告",
    "报告与总结/全市卫生健康工作总结.docx": "澜川市2022年卫生健康工作总结",
    "报告与总结/关于生态环境保护督察反馈问题整改情况的报告.txt": "澜川市人民政府关于生态环境保护督察反馈问题整改情况的报告",
    "报告与总结/数字政府建设工作总结.txt": "澜川市2023年数字政府建设工作总结",
    "报告与总结/老旧小区改造工作汇报_无换行.txt": "澜川市老旧小区改造工作情况汇报",
    "方案与办法/2024年民生实事项目实施方案.txt": "澜川市2024年民生实事项目实施方案",
    "方案与办法/招商引资工作考核办法.pdf": "澜川市招商引资工作考核办法",
    "方案与办法/澜川市优化营商环境若干措施.html": "澜川市优化营商环境若干措施",
    "方案与办法/澜川市养老服务体系建设实施意见.txt": "澜川市人民政府关于加强养老服务体系建设的实施意见",
    "方案与办法/澜川市城市更新三年行动方案.docx": (
        "澜川市人民政府关于印发《澜川市城市更新三年行动方案（2025—2027年）》的通知"
    ),
    "方案与办法/澜川市数字政府建设三年行动计划.txt": (
        "澜川市人民政府办公室关于印发《澜川市数字政府建设三年行动计划（2024—2026年）》的通知"
    ),
    "讲话/在乡村振兴现场推进会上的讲话.txt": "在乡村振兴现场推进会上的讲话",
    "讲话/在全国文明城市创建工作推进会上的讲话.txt": "在全国文明城市创建工作推进会上的讲话",
    "讲话/在全市作风建设大会上的讲话.txt": "在全市作风建设大会上的讲话",
    "讲话/在全市信访工作会议上的讲话.txt": "在全市信访工作会议上的讲话",
    "讲话/在全市垃圾分类工作推进会上的讲话_网页.html": "在全市垃圾分类工作推进会上的讲话",
    "讲话/在全市基层党建工作会议上的讲话.txt": "在全市基层党建工作会议上的讲话",
    "讲话/在全市安全生产工作会议上的讲话.txt": "在全市安全生产工作会议上的讲话",
    "讲话/在全市教育工作会议上的讲话.txt": "在全市教育工作会议上的讲话",
    "讲话/在全市科技创新大会上的讲话.txt": "在全市科技创新大会上的讲话",
    "讲话/在创建全国文明城市动员大会上的讲话_范文网.txt": "在创建全国文明城市动员大会上的讲话",
    "讲话/在庆祝教师节座谈会上的讲话.txt": "在庆祝教师节座谈会上的讲话",
    "讲话/在招商引资暨项目建设推进会上的讲话.txt": "在全市招商引资暨项目建设推进会上的讲话",
    "通知与通报/全市安全生产大检查情况通报.txt": "澜川市安全生产委员会关于全市安全生产大检查情况的通报",
    "通知与通报/关于云沐区党委巡察情况的反馈意见.txt": "关于云沐区党委巡察情况的反馈意见",
    "通知与通报/关于做好2024年防汛备汛工作的通知.pdf": "澜川市人民政府办公室关于做好2024年防汛备汛工作的通知",
    "通知与通报/关于做好今冬明春森林防灭火工作的通知.txt": "澜川市人民政府办公室关于做好今冬明春森林防灭火工作的通知",
    "通知与通报/关于整治形式主义为基层减负的通知.docx": (
        "中共澜川市委办公室 澜川市人民政府办公室关于整治形式主义为基层减负的通知"
    ),
    "通知与通报/创建国家卫生城市迎检工作督查情况通报.txt": (
        "澜川市创建国家卫生城市工作指挥部办公室关于创建国家卫生城市迎检工作督查情况的通报"
    ),
}
FANWEN = "讲话/在创建全国文明城市动员大会上的讲话_范文网.txt"
UNBROKEN = "报告与总结/老旧小区改造工作汇报_无换行.txt"
PAGE = "讲话/在全市垃圾分类工作推进会上的讲话_网页.html"
# It opens with its first chapter.
WITHOUT_OPENING = {"方案与办法/招商引资工作考核办法.pdf"}
# What the three sites of the cluttered documents put around them, and no document of the sample says.
SITE_WORDS = (
    "责任编辑", "小编", "相关文章", "首页", "上一篇", "下一篇", "范文", "浏览", "收藏", "字体", "字号", "来源：", "阅读：",
    "佚名", "admin", "预览", "共4页", ".docx", "材料库", "文稿小站", "秘写驿站", "分享到", "微信", "QQ空间", "版权所有",
    "备案号", "网站地图", "热门文章", "网友", "免费注册", "开通会员", "发表评论", "公众号", "当前位置", "供大家参考",
)  # fmt: skip


@cache
def read(name: str) -> tuple[Document, Extracted]:
    path = FILES[name].path
    return read_document(path, name), extract(path.name, path.read_bytes())[1]


def bare(text: str) -> str:
    return "".join(text.split())


def mapped(paragraph: Paragraph, source: str) -> str:
    """The paragraph's text, put together again from the extracted text by its pieces."""
    ends = [*(a for a, _ in paragraph.pieces[1:]), len(paragraph.text)]
    return "".join(source[b : b + end - a] for (a, b), end in zip(paragraph.pieces, ends, strict=True))


def under(name: str, start: str) -> tuple[str, ...]:
    return next(p.heading_path for p in read(name)[0].paragraphs if p.text.startswith(start))


def ending(*endings: str) -> list[str]:
    return [name for name in FILES if name.endswith(endings)]


def test_all_of_the_sample_is_found_and_nothing_else() -> None:
    assert len(FILES) == 38
    assert set(FILES) == set(TITLES)
    assert [f for f in find_files([SAMPLE]) if not isinstance(f, Found)] == []


@pytest.mark.parametrize("name", FILES)
def test_each_title_is_as_its_writer_set_it(name: str) -> None:
    assert read(name)[0].title == TITLES[name]


@pytest.mark.parametrize("name", FILES)
def test_every_paragraph_stands_in_the_file_as_it_is_shown(name: str) -> None:
    document, extracted = read(name)
    whole = bare(extracted.text)
    assert len(document.paragraphs) >= 15
    for paragraph in document.paragraphs:
        assert bare(paragraph.text) in whole
        assert mapped(paragraph, extracted.text) == paragraph.text


@pytest.mark.parametrize("name", FILES)
def test_every_character_of_the_file_is_in_a_paragraph_or_on_record_as_removed(name: str) -> None:
    document, extracted = read(name)
    kept = [bare(p.text) for p in document.paragraphs] + [bare(r.text) for r in document.removed]
    assert sorted("".join(kept)) == sorted(bare(extracted.text))


@pytest.mark.parametrize("name", FILES)
def test_paragraphs_are_numbered_in_the_order_of_the_file(name: str) -> None:
    paragraphs = read(name)[0].paragraphs
    assert [p.number for p in paragraphs] == list(range(1, len(paragraphs) + 1))
    offsets = [b for p in paragraphs for _, b in p.pieces]
    assert offsets == sorted(set(offsets))


@pytest.mark.parametrize("name", FILES)
def test_each_document_has_a_head_and_a_body_with_headings(name: str) -> None:
    paragraphs = read(name)[0].paragraphs
    roles = [p.role for p in paragraphs]
    assert set(roles) <= set(ROLES)
    assert roles[0] == "title"
    assert roles.count("opening") == (name not in WITHOUT_OPENING)
    assert sum(bool(p.heading_path) for p in paragraphs) > len(paragraphs) / 6


@pytest.mark.parametrize("name", FILES)
def test_a_heading_path_goes_down_the_levels(name: str) -> None:
    for paragraph in read(name)[0].paragraphs:
        levels = [level for title in paragraph.heading_path if (level := heading_level(title))]
        assert levels == sorted(set(levels), key=lambda level: level or 0)


@pytest.mark.parametrize(
    ("name", "start", "path"),
    [
        (FANWEN, "（二）院里要整洁", ("二、突出重点，弄明白“创什么”", "（二）院里要整洁")),
        (FANWEN, "2. 7月底前", ("二、突出重点，弄明白“创什么”", "（二）院里要整洁")),
        (PAGE, "1. 车辆喷涂", ("二、抓住环节，把“分得清、运得走、用得好”的链条接牢", "（二）中端运输要运得走。")),
        (UNBROKEN, "2.先公示再开工", ("二、主要做法。", "(一)问需于民,改什么由居民说了算。", "2.先公示再开工")),
        (UNBROKEN, "(四)完善配套", ("二、主要做法。", "(四)完善配套,生活便不便下楼就知道")),
        (
            "报告与总结/2024年澜川市政府工作报告.pdf",
            "1.提升城市能级",
            ("三、2024年重点工作", "（三）突出城乡融合，在促进区域协调上攻坚", "1.提升城市能级"),
        ),
        (
            "报告与总结/全市卫生健康工作总结.docx",
            "2. 资源一张网",
            ("一、主要工作及成效", "（一）医共体建设由“挂牌”走向“融合”", "2. 资源一张网"),
        ),
        (
            "主持词与倡议书/关于开展爱国卫生运动的倡议书.html",
            "3. 用公筷",
            ("二、从自身做起，把好习惯养起来", "3. 用公筷"),
        ),
        ("方案与办法/澜川市城市更新三年行动方案.docx", "三年计划实施更新项目", ("二、行动目标",)),
        ("讲话/在全市作风建设大会上的讲话.txt", "春节后上班第二天", ()),
    ],
)
def test_a_paragraph_stands_under_its_headings(name: str, start: str, path: tuple[str, ...]) -> None:
    assert under(name, start) == path


@pytest.mark.parametrize("name", [FANWEN, UNBROKEN, PAGE])
def test_no_word_of_the_site_is_left_in_a_cluttered_document(name: str) -> None:
    document, _ = read(name)
    text = document.title + "".join(p.text for p in document.paragraphs)
    assert [word for word in SITE_WORDS if word in text] == []


@pytest.mark.parametrize("name", [FANWEN, UNBROKEN])
def test_no_offer_to_download_is_left_in_a_cluttered_text(name: str) -> None:
    assert not any("下载" in p.text for p in read(name)[0].paragraphs)


def test_what_was_taken_from_the_sites_text_is_on_record_with_the_step() -> None:
    taken = {(r.step, r.text[:7]) for r in read(FANWEN)[0].removed}
    assert taken >= {
        ("drop_advertisement", "【点击下载本文"),
        ("drop_share_intro", "下面是小编为大"),
        ("drop_related", "相关文章："),
        ("drop_related", "责任编辑：ad"),
        ("drop_navigation", "首页 > 范文"),
        ("drop_source_line", "时间：2022"),
        ("drop_repeated_title", "在创建全国文明"),
    }
    assert {r.step for r in read(UNBROKEN)[0].removed} == {"drop_preview_end", "drop_download_notes"}


def test_from_the_clean_documents_nothing_longer_than_a_line_of_the_head_is_taken() -> None:
    for name in set(FILES) - {FANWEN, UNBROKEN, PAGE}:
        assert all(r.step == "drop_repeated_title" and len(r.text) < 25 for r in read(name)[0].removed), name


@pytest.mark.parametrize("name", ending(".docx", ".pdf"))
def test_word_and_pdf_give_one_paragraph_a_line(name: str) -> None:
    document, extracted = read(name)
    assert extracted.whole_lines
    assert [p.text for p in document.paragraphs] == [
        line.strip() for line in extracted.text.split("\n") if line.strip()
    ]


@pytest.mark.parametrize("name", ending(".docx", ".pdf"))
def test_no_paragraph_of_a_printed_document_breaks_off_in_mid_sentence(name: str) -> None:
    for paragraph in read(name)[0].paragraphs:
        if paragraph.role == "body" and not paragraph.text.startswith(("澜川市", "附件")):
            assert paragraph.text.endswith(("。", "！", "；", "：", "）")), paragraph.text


def test_only_the_text_without_line_breaks_is_called_unbroken() -> None:
    assert {name: read(name)[0].quality for name in FILES if read(name)[0].quality} == {
        UNBROKEN: ("unbroken", "truncated")
    }


def test_the_text_without_line_breaks_is_broken_at_its_numbering() -> None:
    starts = [p.text[:3] for p in read(UNBROKEN)[0].paragraphs]
    assert [s for s in starts if s[1] == "、"] == ["一、基", "二、主", "三、存", "四、下"]
    assert starts.count("(一)") == starts.count("(五)") == 2
    assert starts[:2] == ["澜川市", "各位领"]


@pytest.mark.parametrize(
    ("name", "kind", "issuer", "number", "issued"),
    [
        (
            "方案与办法/招商引资工作考核办法.pdf",
            "办法",
            "澜川市人民政府办公室",
            "澜政办发〔2025〕6号",
            "2025-01-23",
        ),
        (
            "方案与办法/澜川市优化营商环境若干措施.html",
            "措施",
            "澜川市人民政府办公室",
            "澜政办发〔2024〕21号",
            "2024-06-14",
        ),
        (
            "通知与通报/关于整治形式主义为基层减负的通知.docx",
            "通知",
            "中共澜川市委办公室、澜川市人民政府办公室",
            "澜办发〔2024〕26号",
            "2024-09-12",
        ),
        ("讲话/在全市信访工作会议上的讲话.txt", "讲话", None, None, "2022-06-24"),
        (PAGE, "讲话", None, None, "2024-06-14"),
        ("报告与总结/2023年澜川市政府工作报告.txt", "报告", None, None, "2023-01-12"),
        ("主持词与倡议书/民生实事项目推进会主持词.txt", "主持词", None, None, "2024-07-18"),
    ],
)
def test_the_facts_of_a_document_are_read(
    name: str, kind: str, issuer: str | None, number: str | None, issued: str
) -> None:
    document, _ = read(name)
    assert (document.kind, document.issuer, document.number, document.issued) == (kind, issuer, number, issued)


def test_no_two_documents_have_one_id() -> None:
    assert len({read(name)[0].id for name in FILES}) == len(FILES)
