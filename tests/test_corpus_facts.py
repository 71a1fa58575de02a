"""Facts: each stands where it says, and the value can be told from those words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import FACTS, Fact
from corpus.facts import read_metadata
from corpus.facts.date import read_date
from corpus.facts.event import event_in_head, event_in_opening
from corpus.facts.issuer import issuer_in_title, join_organs, read_number
from corpus.facts.kind import read_kind
from corpus.facts.people import read_person
from corpus.facts.places import find_district, find_place, treated_place
from corpus.lines import split_lines
from corpus.structure import structure
from corpus.structure.head import bare

BODY = "今天召开会议，主要任务是分析全市防汛形势，安排今年的清淤、护岸和保洁工作，请各街道抓紧落实。"
REPORT = f"""政府工作报告
——2024年1月8日在云州市第五届人民代表大会第三次会议上
云州市市长　江　明
各位代表：
{BODY}"""
NOTICE = f"""石桥区财政局 石桥区水务局关于拨付清淤经费的通知
石财〔2024〕12号
各街道办事处，区直各部门：
{BODY}
石桥区财政局
石桥区水务局
二〇二四年五月六日"""
DECREE = f"""云州市人民政府令
第12号
《云州市河道管理办法》已经2024年4月1日市政府第8次常务会议通过，现予公布。
市长　江明
2024年5月6日
云州市河道管理办法
第一条　{BODY}"""
LETTER = f"""回信
石桥小学全体同学：
{BODY}
江明
2024年5月6日"""


def facts(text: str, name: str = "文件.txt", **stated: str) -> dict[str, Fact]:
    paragraphs = structure(split_lines(text), (stated.get("title", ""), name.removesuffix(".txt")))
    return {fact.name: fact for fact in read_metadata(paragraphs, stated, name).facts}


def values(text: str, name: str = "文件.txt", **stated: str) -> dict[str, str]:
    return {key: fact.value for key, fact in facts(text, name, **stated).items()}


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("今天，我们召开全市防汛工作会议，主要任务是安排工作。" + BODY, "2024-05-06_3.txt", "［全市防汛工作会议］"),
        ("石桥区全面完成春季清淤任务 5月6日，记者获悉，全区清淤完工。" + BODY, "a81f.txt", "［石桥区全面完成春季清淤任务］"),
        ("2024-05-06 10:00 全区清淤完工，群众满意。" + BODY, "a81f.txt", "a81f"),
        ("新华社石桥5月6日电（记者江明） 全区清淤完工。" + BODY, "a81f.txt", "a81f"),
        ("各街道办事处区直各部门各直属机构： 全区清淤完工。" + BODY, "a81f.txt", "a81f"),
        ("今天，我们召开全市防汛工作会议，主要任务是安排工作。" + BODY, "Flood control speech.txt", "Flood control speech"),
        ("清淤完工了，群众满意。 " + BODY, "a81f.txt", "a81f"),
        ("今天，我们召开全市防汛工作会议，主要任务是安排工作。" + BODY, "防汛材料.txt", "防汛材料"),
        (REPORT, "2024-05-06_3.txt", "政府工作报告"),
    ],
)  # fmt: skip
def test_what_is_called_by_a_number_has_a_title_supplied_in_brackets(text: str, name: str, title: str) -> None:
    paragraphs = structure(split_lines(text), ("", name.removesuffix(".txt")))
    assert read_metadata(paragraphs, {}, name).title == title


def test_title_and_signature_that_agree_outweigh_a_portals_table() -> None:
    notice = values(NOTICE, issuer="东林区财政局", title="石桥区财政局 石桥区水务局关于拨付清淤经费的通知")
    assert notice["issuer"] == "石桥区财政局、石桥区水务局"


def test_a_government_report_states_its_meeting_speaker_and_place() -> None:
    assert values(REPORT) == {
        "title": "政府工作报告", "kind": "报告", "issued": "2024-01-08", "place": "云州市", "level": "市",
        "occasion": "云州市第五届人民代表大会第三次会议", "speaker": "江明", "office": "云州市市长", "addressee": "各位代表",
    }  # fmt: skip


def test_a_joint_notice_names_all_its_issuers() -> None:
    found = values(NOTICE)
    assert found["issuer"] == "石桥区财政局、石桥区水务局"
    assert (found["number"], found["issued"], found["kind"]) == ("石财〔2024〕12号", "2024-05-06", "通知")
    assert (found["place"], found["level"], found["addressee"]) == ("石桥区", "县", "各街道办事处，区直各部门")


def test_a_decree_is_called_by_the_rule_that_it_issues() -> None:
    found = values(DECREE)
    assert (found["title"], found["kind"], found["issuer"]) == ("云州市河道管理办法", "办法", "云州市人民政府")
    assert (found["number"], found["issued"], found["speaker"]) == ("云州市人民政府令第12号", "2024-05-06", "江明")


def test_a_letter_is_signed_and_addressed() -> None:
    found = values(LETTER)
    assert (found["kind"], found["speaker"], found["addressee"]) == ("回信", "江明", "石桥小学全体同学")
    assert "issuer" not in found


def test_masked_places_are_unknown_and_their_level_is_not() -> None:
    text = f"在X市防汛工作会议上的讲话\n同志们：\n{BODY}X市、XX县、X区都要落实。全市上下要行动起来，我市任务很重。"
    found = values(text)
    assert "place" not in found
    assert (found["level"], found["occasion"]) == ("市", "X市防汛工作会议")


def test_a_repost_is_issued_by_whom_it_names() -> None:
    text = f"（转载）云州市水务局关于清淤的通知\n各区：\n{BODY}\n云州市水务局\n2024年5月6日"
    found = values(text, title="（转载）云州市水务局关于清淤的通知", issuer="云州市石桥街道办事处")
    assert (found["title"], found["issuer"]) == ("云州市水务局关于清淤的通知", "云州市水务局")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("在全区防汛工作会议上的讲话", "全区防汛工作会议"),
        ("在第三届河湖论坛的致辞", "第三届河湖论坛"),
        ("（2024年1月8日石桥区第五届人民代表大会第三次会议通过）", "石桥区第五届人民代表大会第三次会议"),
        ("在河边的一次谈话", None),
    ],
)
def test_the_event_of_a_head(text: str, event: str | None) -> None:
    found = event_in_head(text)
    assert (found and found[0]) == event
    assert found is None or text[found[1] : found[2]] == event


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("今天，我们召开全区防汛工作会议，主要任务是安排工作。", "全区防汛工作会议"),
        ("同志们：今天，我们在这里隆重集会，庆祝石桥水库建成40周年，总结经验。", "庆祝石桥水库建成40周年"),
        ("各位同事：很高兴出席今天的河湖治理峰会。", "河湖治理峰会"),
        ("各位来宾：在各方努力下，第三届澜川河湖博览会开幕了！", "第三届澜川河湖博览会"),
        ("朋友们：值此澜川第五届河湖论坛年会开幕之际，我表示祝贺！", "澜川第五届河湖论坛年会"),
        ("去年召开的会议已经作了安排。", None),
        ("第二届河湖论坛以来，各方合作不断深入。", None),
    ],
)
def test_the_event_that_is_opened(text: str, event: str | None) -> None:
    found = event_in_opening(text)
    assert (found and found[0]) == event
    assert found is None or text[found[1] : found[2]] == event


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("广东省广州市天河区教育局", ("天河区", "县")), ("北京市政府工作报告", ("北京市", "省")), ("石桥区人民政府", ("石桥区", "县")),
        ("中共云州市委办公室", ("云州市", "市")), ("2024年云州市政府工作报告", ("云州市", "市")), ("石桥区清水街道办事处", ("清水街道", "乡")),
        ("全区防汛会议", None), ("这次会议是市委召开的", None), ("创建文明城市工作", None), ("", None),
    ],
)  # fmt: skip
def test_places_are_told_by_list_and_by_form(text: str, place: tuple[str, str] | None) -> None:
    found = find_place(text)
    assert (found and (found.name, found.level)) == place


def test_a_place_that_no_list_has_is_known_by_its_use() -> None:
    assert find_district("关于受理石桥区人才公寓申请的公告", "无") is None
    assert treated_place("国务院关于加强河道管理的意见") is None


@pytest.mark.parametrize("text", ["方案", "加强领导", "勠力同心", "清水河", "石桥区水务局关于清淤的通知"])
def test_what_is_no_person(text: str) -> None:
    assert read_person(text) is None


def test_organs_are_joined_however_they_are_written() -> None:
    assert (
        join_organs(["广州市财政局　　广州市水务局"])
        == join_organs(["广州市财政局", "广州市水务局"])
        == "广州市财政局、广州市水务局"
    )
    assert (issuer_in_title("石桥区政府办公室转发区水务局关于清淤意见的通知") or ("",))[0] == "石桥区政府办公室"


some_texts = st.lists(
    st.sampled_from(
        [
            *REPORT.split("\n"),
            *NOTICE.split("\n"),
            *DECREE.split("\n"),
            *LETTER.split("\n"),
            "（2024年5月6日）",
            "　",
            "一、目标",
        ]
    ),
    max_size=16,
).map("\n".join)


@settings(deadline=None, max_examples=200)
@given(some_texts, st.sampled_from(["文件.txt", "2024年云州市政府工作报告.txt", "2024-05-06.txt"]))
def test_every_fact_can_be_told_from_the_words_that_it_names(text: str, name: str) -> None:
    paragraphs = structure(split_lines(text), (name.removesuffix(".txt"),))
    found = read_metadata(paragraphs, {}, name).facts
    assert len({fact.name for fact in found}) == len(found)
    for fact in found:
        assert fact.name in FACTS
        assert fact.value
        if not fact.paragraph:
            assert (fact.start, fact.end) == (0, 0)
            continue
        words = paragraphs[fact.paragraph - 1].text[fact.start : fact.end]
        assert words
        assert said(fact, words), (fact, words)


def said(fact: Fact, words: str) -> bool:
    """Whether the value follows from the words; what runs over several lines begins with them."""
    flat = "".join(words.split())
    match fact.name:
        case "kind":
            return read_kind(words) == fact.value
        case "issued":
            return read_date(words) == fact.value or words == fact.value
        case "number":
            return read_number(words) == fact.value or fact.value.startswith(flat)
        case "level":
            return True
        case "title":
            return bare(fact.value).startswith(bare(words))
        case "issuer":
            return "".join(fact.value.split("、")).startswith(flat.replace("、", "")) or fact.value in words
    return fact.value.replace(" ", "") == flat or fact.value.startswith(flat)
