"""What an Answer lists as found: all that it cites, and what holds for the whole country where a place is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import fresh

from assistant.answer import Answer
from assistant.ask import ask
from index import Encoder, Library

STEPS = ("第一步，登录。", "第二步，上传。", "第三步，清卡。", "第四步，退出。")
WHERE = "商贸 餐饮 物流 纺织 化工 建材 电子 旅游 家政 印刷 包装 种植 养殖 船舶 家具 食品".split()
LOCAL = "\n".join(f"云州市对{what}企业发放稳岗补贴，标准由云州市另行确定。" for what in WHERE)
DOCUMENTS = {
    "云州市稳岗补贴办法": f"云州市稳岗补贴办法\n{LOCAL}\n云州市人民政府\n2022年3月1日\n",
    "关于稳岗补贴的通知": "关于稳岗补贴的通知\n各省、自治区、直辖市：\n对不裁员的企业，稳岗补贴按上年度缴费的百分之六十发放。\n2022年2月1日\n",
    "石桥区稳岗补贴细则": "石桥区稳岗补贴细则\n根据云州市有关要求，石桥区的企业向区就业中心申领稳岗补贴。\n石桥区人民政府\n2022年4月1日\n",
    "关于抄报税的提示": "关于抄报税的提示\n二月份抄报税的操作步骤：\n" + "\n".join(STEPS) + "\n2022年2月1日\n",
    "抄报税问答": "抄报税问答\n"
    + "\n".join(f"{what}企业抄报税时，操作步骤有疑问的，可以来电。" for what in WHERE)
    + "\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("texts")
    for name, text in DOCUMENTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("listed") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


def titles(answer: Answer) -> list[str]:
    return [hit.entry.title for hit in answer.hits]


def test_what_holds_everywhere_is_listed_where_a_place_is_named(library: Library) -> None:
    answer = ask(library, "云州市对企业发放稳岗补贴的标准是什么？")
    assert answer.likely["place"] == ["云州"]
    assert titles(answer)[:6] == ["云州市稳岗补贴办法"] * 6
    assert {*titles(answer)[6:]} >= {"关于稳岗补贴的通知", "石桥区稳岗补贴细则"}
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    assert len({(hit.entry.row, hit.paragraph.number) for hit in answer.hits}) == 10


def test_no_place_in_the_list_is_held_where_none_is_named(library: Library) -> None:
    everywhere = ask(library, "云州市对企业发放稳岗补贴的标准是什么？", plain=True)
    assert titles(everywhere) == ["云州市稳岗补贴办法"] * 10


@pytest.mark.parametrize("k", [1, 3, 10, 40])
def test_what_is_cited_is_listed(library: Library, k: int) -> None:
    answer = ask(library, "二月份抄报税的操作步骤是什么？", k=k)
    assert [s.text for s in answer.sentences] == ["二月份抄报税的操作步骤：", *STEPS]
    cited = [(c.entry.row, c.paragraph.number) for c in answer.citations]
    there = [(hit.entry.row, hit.paragraph.number) for hit in answer.hits]
    assert len(there) == min(k, len(there))
    assert there[0] == cited[0]
    assert {*cited} <= {*there} or k < len(cited)
