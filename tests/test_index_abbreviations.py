"""A question that says in short what the library says in full, and the other way round."""

from collections.abc import Iterator

import pytest
from conftest import fresh

from assistant.ask import ask
from assistant.telling import search_lines
from index import Encoder, Library
from index.abbreviations import Abbreviations

TEXTS = {
    "财政讲话.txt": """在全区财政工作会议上的讲话
同志们：
基层“三保”（保基本民生、保工资、保运转）是底线，也是红线。
各镇街要把“三保”预算编足编实，不留缺口。
区财政局对“三保”执行情况按旬监测，发现风险及时预警。
""",
    "供水办法.txt": """石桥区城乡供水管理办法
第一条 为加强供水管理，设立城乡供水保障联席会议（以下简称“供保会”）。
第二条 供水单位每季度公布水质检测结果。
""",
    "工作要点.txt": """石桥区2024年工作要点
一、城市
开展创建全国文明城市活动，投入1.2亿元，设立示范街道9条。
二、水利
召集城乡供水保障联席会议四次，修复山塘42座。
三、民生
保基本民生、保工资、保运转全年安排8.6亿元。
四、消防
全年检查商场市场310家，投入0.7亿元添置消防车。
""",
}


@pytest.fixture(scope="module")
def shortened(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """Three documents: two that abbreviate, and one that says all in full."""
    folder = tmp_path_factory.mktemp("shortened")
    (folder / "documents").mkdir()
    for name, text in TEXTS.items():
        (folder / "documents" / name).write_text(text, encoding="utf-8")
    library = fresh(folder / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder / "documents"]))
    yield library
    library.close()


@pytest.mark.parametrize(
    ("question", "stated"),
    [("三保花了多少钱", "8.6亿元"), ("创文花了多少钱", "1.2亿元"), ("供保会召集了几次", "四次")],
)
def test_an_abbreviation_is_answered_by_its_full_form(shortened: Library, question: str, stated: str) -> None:
    """What stands only beside the full form is found, and the answer tells that it was looked for."""
    answer = ask(shortened, question)
    assert stated in "".join(s.text for s in answer.sentences)
    said, full = next(iter(answer.likely["expanded"].items()))
    assert said in question
    assert f"{said}（{full}）" in " ".join(search_lines(answer, "zh"))


@pytest.mark.parametrize(("question", "stated"), [("三保花了多少钱", "8.6亿元"), ("创文花了多少钱", "1.2亿元")])
def test_a_plain_question_means_what_it_says(shortened: Library, question: str, stated: str) -> None:
    """Nothing is asked for in full, and nothing told."""
    answer = ask(shortened, question, plain=True)
    assert "expanded" not in answer.likely
    assert stated not in "".join(s.text for s in answer.sentences)


def test_a_full_form_is_answered_by_its_abbreviation(shortened: Library) -> None:
    """The other way round."""
    answer = ask(shortened, "保基本民生、保工资、保运转执行情况多久监测一次")
    assert "按旬" in "".join(s.text for s in answer.sentences)
    assert answer.likely["expanded"] == {"保基本民生,保工资,保运转": "三保"}


def test_what_a_library_states_comes_before_the_list() -> None:
    """创文 is 创建文明城区 where a document says so; of two full forms the one stated more often counts."""
    texts = ["创建文明城区（简称“创文”）", "创建全国文明城市（简称“创文”）", "创建文明城区（简称“创文”）"]
    assert Abbreviations.of(texts).full["创文"] == "创建文明城区"
    assert Abbreviations.of([]).full["创文"] == "创建全国文明城市"


def test_a_short_form_is_a_word() -> None:
    """三保 is none in 三保险, nor 创文 in 创文化; a full form beside its short one needs nothing."""
    found = Abbreviations.of([])
    assert found.meant("三保险改造") == {}
    assert found.meant("三保全年支出") == {"三保": "保基本民生,保工资,保运转"}
    assert found.meant("创文就是创建全国文明城市吗") == {}
    assert found.meant("公检法怎么配合") == {"公检法": "公安机关,人民检察院,人民法院"}


def test_what_the_library_has_no_words_for_is_not_asked_for(shortened: Library) -> None:
    """家暴 means 家庭暴力, which stands nowhere there."""
    assert shortened.snapshot().meant("家暴怎么处理") == {}
