"""Abbreviations and their full forms, as texts state them."""

import pytest

from corpus.abbreviations import Abbreviation, abbreviations, known


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("各街道要抓好创建全国文明城市（以下简称“创文”）工作。", "创文", "创建全国文明城市"),
        ("由城乡供水保障联席会议(简称供保会)召集", "供保会", "供水保障联席会议"),
        ("申领人社会保障卡（下称社保卡）遗失的", "社保卡", "社会保障卡"),
        ("落实“慢阻肺”（即慢性阻塞性肺疾病）用药保障", "慢阻肺", "慢性阻塞性肺疾病"),
        ("兜牢“三保”（保基本民生、保工资、保运转）底线", "三保", "保基本民生,保工资,保运转"),
        ("从事支教、支农、支医和扶贫（以下简称“三支一扶”）的毕业生", "三支一扶", "支教,支农,支医,扶贫"),
        ("創建全國文明城市（以下簡稱「創文」）", "创文", "创建全国文明城市"),
    ],
)
def test_a_stated_abbreviation_is_read_with_its_full_form(text: str, short: str, full: str) -> None:
    """Quoted or not, before the bracket or inside of it, as a row or as words."""
    assert list(abbreviations(text)) == [Abbreviation(short, full)]


@pytest.mark.parametrize(
    "text",
    [
        "新型冠状病毒感染的肺炎疫情（以下简称疫情）",  # found by its own name
        "《石桥区供水管理办法》（以下简称《办法》）",
        "符合条件的用工所在单位（以下简称用工单位）",  # leaves a word out and shortens none
        "享受退休待遇的人员（以下简称退休人员）",
        "第二十条、第二十一条（以下简称三条）",
        "召开会议（十一）（二）部署工作（下同）",
        "石桥区水利局（区政府大院）",
    ],
)
def test_what_shortens_no_word_is_no_abbreviation(text: str) -> None:
    """A name for this document only would be wrong in any other."""
    assert list(abbreviations(text)) == []


def test_the_list_that_ships_names_each_short_form_once() -> None:
    """And no full form that holds its short form, which would be found anyway."""
    shorts = [a.short for a in known()]
    assert len(set(shorts)) == len(shorts) > 50
    assert not [a for a in known() if a.short in a.full or not a.full]


def test_a_long_line_takes_no_time() -> None:
    """Brackets and short forms by the thousand."""
    assert list(abbreviations("（创文" * 20000)) == []
    assert list(abbreviations("创" * 20000 + "（以下简称“创文”）" * 500)) == []
