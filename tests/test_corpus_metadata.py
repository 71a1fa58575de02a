"""Metadata: kind, issuer, number and date are read where they stand; what is not there is None."""

from __future__ import annotations

import pytest

from corpus.document import Fact, Paragraph
from corpus.facts.date import read_date
from corpus.facts.kind import read_kind
from corpus.facts.metadata import Metadata, read_metadata
from corpus.text_quality import quality_flags


def read(*parts: tuple[str, str], name: str = "文件.txt", **facts: str) -> Metadata:
    return read_metadata([Paragraph(n, role, text) for n, (role, text) in enumerate(parts, 1)], facts, name)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于做好清淤工作的通知", "通知"),
        ("关于做好清淤工作的通知（试行）", "通知"),
        ("在全区防汛会议上的讲话", "讲话"),
        ("在全区防汛会议上的讲话稿", "讲话"),
        ("2024年石桥区政府工作报告", "报告"),
        ("石桥区河道管理实施细则", "细则"),
        ("石桥区河道管理办法（2024年修订）", "办法"),
        ("全区防汛行动方案", "方案"),
        ("石桥区三年行动计划（2024—2026年）", "计划"),
        ("关于清淤情况的通报", "通报"),
        ("关于印发《石桥区河道清淤工作方案》的通知", "通知"),
        ("《石桥区河道管理条例》", "条例"),
        ("爱护河道倡议书", "倡议书"),
        ("在推进会上的主持词", "主持词"),
        ("在座谈会上的交流发言", "发言"),
        ("石桥区河道保护法", "法律"),
        ("关于同意成立清淤指挥部的批复", "批复"),
        ("关于清淤经费的复函", "函"),
        ("河道边的故事", None),
        ("", None),
    ],
)
def test_the_kind_stands_at_the_end_of_the_title(title: str, kind: str | None) -> None:
    assert read_kind(title) == kind


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年5月6日", "2024-05-06"),
        ("（2024年12月31日）", "2024-12-31"),
        ("二〇二四年五月六日", "2024-05-06"),
        ("二○一九年十月十一日", "2019-10-11"),
        ("二零二〇年十二月三十一日", "2020-12-31"),
        ("二〇二一年一月二十日", "2021-01-20"),
        ("二〇二一年十月三十日", "2021-10-30"),
        ("石桥区水务局 2024年5月6日印发", "2024-05-06"),
        ("自2024年5月6日起到2025年1月1日止", "2024-05-06"),
        ("2024年13月6日", None),
        ("2024年5月32日", None),
        ("2024年0月6日", None),
        ("2024年5月", None),
        ("五月六日", None),
        ("", None),
    ],
)
def test_a_whole_date_is_read_in_figures_or_numerals(text: str, date: str | None) -> None:
    assert read_date(text) == date


def test_what_is_not_stated_is_none() -> None:
    title = Fact("title", "河道边的故事", 1, 0, 6)
    assert read(("title", "河道边的故事"), ("body", "河水清清，柳树成荫。")) == Metadata(
        "河道边的故事", None, None, None, None, (title,)
    )


def test_a_notice_is_read_off_its_text() -> None:
    notice = read(
        ("title", "石桥区水务局关于做好清淤工作的通知"),
        ("byline", "石水发〔2024〕7号"),
        ("salutation", "各街道："),
        ("body", "请于2024年6月30日前完成清淤。"),
        ("signature", "石桥区水务局"),
        ("date", "2024年5月6日"),
    )
    assert notice.facts == (
        Fact("title", "石桥区水务局关于做好清淤工作的通知", 1, 0, 17),
        Fact("kind", "通知", 1, 15, 17),
        Fact("issuer", "石桥区水务局", 1, 0, 6),
        Fact("number", "石水发〔2024〕7号", 2, 0, 11),
        Fact("issued", "2024-05-06", 6, 0, 9),
        Fact("place", "石桥区", 1, 0, 3),
        Fact("level", "县", 1, 0, 3),
        Fact("addressee", "各街道", 3, 0, 3),
    )
    assert (notice.title, notice.kind, notice.issuer, notice.number, notice.issued) == tuple(
        fact.value for fact in notice.facts[:5]
    )


def test_what_the_format_states_goes_before_what_the_text_says() -> None:
    metadata = read(
        ("title", "石桥区水务局关于清淤的通知"),
        ("byline", "石水发〔2024〕7号"),
        ("date", "2024年5月6日"),
        issuer="石桥区人民政府",
        number="石政〔2024〕1号",
        issued="2024年5月1日",
    )
    assert (metadata.issuer, metadata.number, metadata.issued) == ("石桥区人民政府", "石政〔2024〕1号", "2024-05-01")


def test_a_title_over_several_lines_is_joined() -> None:
    assert read(("title", "石桥区水务局"), ("title", "关于清淤的通知")).title == "石桥区水务局关于清淤的通知"


def test_without_a_title_in_the_text_the_stated_one_then_the_file_name_is_used() -> None:
    assert read(("body", "请清淤。"), name="讲话/清淤动员.txt", title="关于清淤的通知").title == "关于清淤的通知"
    assert read(("body", "请清淤。"), name="讲话/清淤动员.txt").title == "清淤动员"


def test_a_file_name_that_says_more_than_the_title_is_the_title() -> None:
    assert read(("title", "政府工作报告"), name="2024年石桥区政府工作报告.txt").title == "2024年石桥区政府工作报告"
    assert read(("title", "政府工作报告"), name="讲话.txt").title == "政府工作报告"


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2024-05-06_清淤.txt", "2024-05-06"),
        ("20240506清淤.txt", "2024-05-06"),
        ("清淤2024.05.06.txt", "2024-05-06"),
        ("2024年清淤方案.txt", "2024"),
        ("清淤20241345.txt", None),
        ("清淤120240506.txt", None),
        ("清淤.txt", None),
    ],
)
def test_the_file_name_dates_a_document_that_does_not_date_itself(name: str, date: str | None) -> None:
    assert read(("title", "河道清淤"), ("body", "请清淤。"), name=name).issued == date


def test_the_date_under_the_signature_goes_before_the_file_name() -> None:
    assert read(("title", "清淤"), ("date", "2024年5月6日"), name="2023-01-01.txt").issued == "2024-05-06"


def test_a_date_inside_the_text_does_not_date_the_document() -> None:
    assert read(("title", "清淤"), ("body", "2024年6月30日前完成清淤。")).issued is None


def test_the_issuer_is_read_off_the_signature_when_the_title_has_none() -> None:
    assert read(("title", "关于清淤的通知"), ("signature", "石桥区水务局")).issuer == "石桥区水务局"
    assert read(("title", "关于清淤的通知"), ("signature", "谢谢大家")).issuer is None


def test_a_document_number_quoted_in_the_text_is_not_its_own() -> None:
    quoting = "根据《关于清淤的通知》（石水发〔2023〕9号）要求，各街道要抓紧完成今年的任务，按时上报。"
    assert read(("title", "清淤方案"), ("body", quoting)).number is None


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("X市X区XX同志在会上讲话", ("anonymised",)),
        ("某市、某县、某区都要抓好清淤", ("anonymised",)),
        ("××同志、××同志、××同志", ("anonymised",)),
        ("202x年、202x年、202x年", ("anonymised",)),
        ("X市的清淤工作", ()),
        ("泵站统一命名为“XX区XX街道XX村泵站”，由水务局编号。", ()),
        ("各级泵站的名称依次为“××区泵站”“××街××村泵站”、“××镇××村泵站”。", ()),
        ("泵站门口挂“XX区XX街道XX村泵站”字样。", ()),
        ('桩号按顺序填写，例如"XX区XX河XX村001"。', ()),
        ("“幸福XX”建设以来，“XX市泵站”和“XX区泵站”先后建成", ("anonymised",)),
        ("统一命名为“长堤泵站”，由XX区XX街道XX村管理", ("anonymised",)),
        ("统一命名为“XX区泵站”。XX市委、XX县政府、XX镇都要抓好清淤", ("anonymised",)),
        ("使用X射线和XML格式，Xbox除外", ()),
        ("各級各部門要高度重視防汛工作", ("traditional",)),
        ("各级各部门要高度重视防汛工作", ()),
        ("", ()),
    ],
)
def test_masked_names_and_traditional_script_are_flagged(text: str, flags: tuple[str, ...]) -> None:
    assert quality_flags(text) == flags
