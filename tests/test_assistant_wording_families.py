"""Families of wordings: planted variants come together, other sentences of the same template stay apart."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from assistant.wording.families import fold_families, plain, same_wording

PLACES = "河道 街巷 校园 社区 窗口 村庄 市场 站点 水厂 林场".split()
WORKS = "治理 改造 巡查 服务 维护 建设 清理 登记 培训 检修".split()
THINGS = "责任 进度 质量 台账 队伍 经费 标准 时限".split()
PEOPLE = "群众 企业 居民 农户 学生 老人 商户 游客".split()
TEMPLATES = (
    "要把{}{}摆上重要位置，压实{}，让{}看得见变化、得到实惠。",
    "坚持把{}{}作为头等大事来抓，一项一项盯{}，一件一件回应{}关切。",
    "在{}{}中，谁松了{}谁就要被问责，决不允许拿{}的耐心当儿戏。",
    "{}{}不是一阵风，{}要常抓常严，{}的口碑才是最好的验收单。",
    "今年以来，{}{}取得阶段性成效，{}明显改善，{}满意度持续提升。",
)
ADDED = "的了也更再都要地"
OTHER = "甲乙丙丁戊己庚辛"


def sentences(random: Random, count: int) -> list[str]:
    """Of a few templates, any two of one template different in two slots at the least."""
    chosen: list[tuple[str, ...]] = []
    while len(chosen) < count:
        new = tuple(random.choice(of) for of in (TEMPLATES, PLACES, WORKS, THINGS, PEOPLE))
        if all(sum(a != b for a, b in zip(new, old, strict=True)) > 1 for old in chosen):
            chosen.append(new)
    return [template.format(*words) for template, *words in chosen]


def edited(random: Random, text: str) -> str:
    """With one to three characters put in, left out or exchanged."""
    characters = list(text)
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(characters))
        what = random.choice("put leave change comma".split())
        if what == "put":
            characters.insert(at, random.choice(ADDED))
        elif what == "leave":
            del characters[at]
        elif what == "change":
            characters[at] = random.choice(OTHER)
        else:
            characters.insert(at, "，")
    return "".join(characters)


@pytest.mark.parametrize("seed", range(4))
def test_planted_variants_are_found(seed: int) -> None:
    random = Random(seed)
    planted = [(label, text) for label, text in enumerate(sentences(random, 60))]
    planted += [(label, edited(random, text)) for label, text in planted for _ in range(random.randint(0, 3))]
    random.shuffle(planted)
    got = {i: family for family, members in enumerate(fold_families([t for _, t in planted])) for i in members}
    pairs = list(combinations(range(len(planted)), 2))
    same = {p for p in pairs if planted[p[0]][0] == planted[p[1]][0]}
    folded = {p for p in pairs if got[p[0]] == got[p[1]]}
    assert 2 * len(same & folded) / (len(same) + len(folded)) >= 0.95


def test_every_text_is_in_one_family_in_the_order_of_the_texts() -> None:
    texts = ["狠抓落实。", "狠抓 落实！", "", "。", "另起一行说别的事", "狠抓落实"]
    families = fold_families(texts)
    assert sorted(i for members in families for i in members) == list(range(len(texts)))
    assert families[0] == [0, 1, 5]
    assert fold_families([]) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("推诿扯皮的要坚决查处", "扯皮推诿的要坚决查处", True),
        ("深入推进河道清淤工作，还群众一河清水", "扎实推进河道清淤工作，还群众一河清水", True),
        ("全年清淤12公里、植绿3处", "全年清淤85公里、植绿9处", True),
        ("把农业放在首位", "把工业放在首位", False),
        ("狠抓工作落实", "狠抓责任落实", False),
    ],
)
def test_a_word_exchanged_makes_another_sentence(a: str, b: str, same: bool) -> None:
    assert same_wording(plain(a), plain(b)) is same
    assert same_wording(plain(b), plain(a)) is same
