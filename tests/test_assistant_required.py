"""What an answer can't do without, read off a question and held against a text."""

from __future__ import annotations

import pytest

from assistant.evidence import Rarity
from assistant.question import understand
from assistant.required import Required, _has_figure, _is_masked, _is_of_it, _of_rate, _tells_rate, required
from corpus.normal import fold


@pytest.mark.parametrize(
    ("asked", "units"),
    [
        ("办公面积有多大", ("平方米",)),
        ("议案得了多少票赞成", ("票",)),
        ("水库总库容多少亿立方米", ("立方米",)),
        ("一等奖奖金是多少", ("元", "%")),
        ("房屋登记的工本费多少", ("元", "%")),
        ("会上来了多少名代表", ("人",)),
        ("考核满分是多少分", ("分",)),
        ("签约费有多少分给医生", ()),
        ("周刊每期印多少份", ("份",)),
        ("修了多少公里", ("公里",)),
        ("“多少米见绿”的标准是什么", ()),
        ("补助这次又涨了多少", ("元", "%")),
        ("哪年建成的", ()),
    ],
)
def test_the_unit_is_read_off_what_is_asked_for(asked: str, units: tuple[str, ...]) -> None:
    assert tuple(required(understand(asked)).units) == units


@pytest.mark.parametrize(
    ("asked", "need"),
    [
        ("申请后几个工作日到账", Required(span=True)),
        ("委员一届任期几年", Required(span=True)),
        ("多久开一次会", Required()),
        ("执行情况多久监测一次", Required()),
        ("学校首任校长是谁", Required(role="校长")),
        ("是哪位副市长通报的", Required(role="副市长")),
        ("表彰决定是谁宣读的", Required(done="宣读")),
        ("全国排第几名", Required(rank=True)),
        ("申领号牌要交哪些材料", Required(papers="材料")),
    ],
)
def test_other_particulars_are_read_off_a_question(asked: str, need: Required) -> None:
    found = required(understand(asked))
    assert (found.span, found.role, found.done, found.rank, found.papers) == (
        need.span, need.role, need.done, need.rank, need.papers
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "of"),
    [
        ("2026年政府工作报告提出的赤字率是多少", "赤字"),
        ("财政赤字率控制在多少", "财政赤字"),
        ("空气优良率要达到百分之几", "优良"),
        ("贷款利率是多少", ""),
        ("怎么提高办事效率", ""),
    ],
)
def test_what_a_rate_is_of_is_read_off_the_question(asked: str, of: str) -> None:
    assert _of_rate(fold(asked)) == of


@pytest.mark.parametrize(
    ("of", "told", "holds"),
    [
        ("赤字", "赤字率拟按4%左右安排", True),
        ("财政赤字", "今年赤字率拟按2.6%安排", True),
        ("赤字", "赤字占生产总值的比重下降", True),
        ("赤字", "赤字控制在3.8%", True),
        ("优良", "优良天数比例首次突破80%", True),
        ("赤字", "地区生产总值增长4.5%左右，失业率5.5%以内", False),
        ("赤字", "压减财政赤字，增长5%", False),
    ],
)
def test_a_rate_is_told_with_what_it_is_of(of: str, told: str, holds: bool) -> None:
    assert _tells_rate(of, fold(told)) == holds


@pytest.mark.parametrize(
    ("units", "told", "holds"),
    [
        (("人",), "20万建设大军开赴工地", True),
        (("元", "%"), "每期经费一万五千", True),
        (("元", "%"), "奖金NT$25,000", True),
        (("平方米",), "占地46,600m²", True),
        (("千瓦",), "装机容量12亿千瓦以上", True),
        (("分",), "这十分重要", False),
        (("分",), "满分为100分", True),
        (("元", "%"), "热线电话020-12345", False),
        (("票",), "会议表决通过了决议", False),
    ],
)
def test_a_figure_of_the_kind_is_seen_in_its_spellings(units: tuple[str, ...], told: str, holds: bool) -> None:
    assert _has_figure(units, fold(told)) is holds


def test_a_masked_name_or_rank_is_no_answer() -> None:
    assert _is_masked(Required(role="副市长"), fold("副市长XXX通报了情况"))
    assert not _is_masked(Required(role="市长"), fold("副市长XXX通报了情况，市长李明讲话"))
    assert _is_masked(Required(done="宣读"), fold("X同志宣读了表彰决定"))
    assert _is_masked(Required(rank=True), fold("以全国第X名的成绩"))
    assert not _is_masked(Required(rank=True), fold("以全国第X名、全省第3名的成绩"))


def test_a_figure_stands_with_what_was_asked_for() -> None:
    words = Rarity({}, {"邻里中心": 6.0, "投资": 2.0, "项目": 1.0}, 0.0)
    other = [fold("五是整治背街小巷，完成3.13亿元；六是建设邻里中心136个。")]
    assert not _is_of_it(("元", "%"), other, "", Rarity({}, {"邻里中心": 6.0}, 0.0))
    assert _is_of_it(("元", "%"), [fold("邻里中心项目完成投资3.13亿元。")], "", words)
    assert _is_of_it(("元", "%"), other, fold("邻里中心建设情况"), words)
