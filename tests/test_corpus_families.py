"""Near-duplicate families: planted pairs out of texts of our own, and the known ones among real documents."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, Found, Paragraph, Refused, Source, find_files, read_document
from corpus.differences import differences, edits
from corpus.families import (
    Likeness,
    Standing,
    candidates,
    cluster,
    likeness,
    representative,
    shingles,
    signature,
    text_of,
)

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SAME_SPEECH = [
    ("2020-01-08_30", "2020-01-09_10"),
    ("2020-09-09_18", "2020-10-15_54"),
    ("2020-10-23_52", "2020-10-24_51"),
    ("2020-11-10_48", "2020-11-11_47"),
    ("2020-11-12_45", "2020-11-13_43"),
    ("2020-11-12_46", "2020-11-13_44"),
    ("2020-11-19_41", "2020-11-20_40"),
]
SAME_PAGE = [
    ("07_异地就医备案_穗好办", "b3_异地就医_穗好办"),
    ("09_生育津贴直接发放个人_2025", "b3_生育津贴直接发放个人"),
    ("10_广东医保新措_大病保险门特结算", "b3_广东医保新措_大病保险"),
]


@cache
def texts_under(folder: Path) -> dict[str, str]:
    found = {}
    for file in find_files([folder]):
        if isinstance(file, Found):
            try:
                document = read_document(file.path, file.name)
                found[file.name] = text_of((p.role, p.text) for p in document.paragraphs)
            except Refused:
                continue
    return found


def families(texts: list[str]) -> list[Likeness]:
    samples = {i: signature(text) for i, text in enumerate(texts)}
    pairs = candidates(samples, range(len(texts)))
    return [found for a, b in pairs if (found := likeness(a, b, texts[a], texts[b]))]


def edited(text: str, share: float, rnd: random.Random) -> str:
    """Every tenth character or so changed, doubled by another, or left out."""
    others = [c for c in text if c.isalpha()]
    parts = []
    for c in text:
        chance = rnd.random() / share if c.isalnum() else 1
        parts.append(c if chance >= 1 else (rnd.choice(others), c + rnd.choice(others), "")[int(3 * chance)])
    return "".join(parts)


def planted(text: str, rnd: random.Random) -> dict[str, str]:
    lines = text.split("\n")
    return {
        "cut": text[: len(text) // 2],
        "shuffled": "\n".join(rnd.sample(lines, len(lines))),
        "edited": edited(text, 0.1, rnd),
        "cut and edited": edited(text[: len(text) // 2], 0.08, rnd),
        "unbroken": text.replace("\n", ""),
        "half-width": text.replace("，", ",").replace("“", '"').replace("。", "."),
    }


def measured(folder: Path, least: int) -> tuple[float, float]:
    """Precision and recall over all pairs of originals and their planted copies."""
    rnd = random.Random(7)
    originals = [text for text in texts_under(folder).values() if len(text) >= least]
    kin = {(i, i) for i in range(len(originals))}
    alone = {(p.a, p.b) for p in families(originals)}
    kin |= alone
    everything, owner = list(originals), list(range(len(originals)))
    true = set()
    for i, text in enumerate(originals):
        for copy in planted(text, rnd).values():
            true.add((i, len(everything)))
            everything.append(copy)
            owner.append(i)
    found = {(p.a, p.b) for p in families(everything)}
    wrong = [(a, b) for a, b in found if tuple(sorted((owner[a], owner[b]))) not in kin]
    return 1 - len(wrong) / len(found), len(true & found) / len(true)


def test_planted_copies_of_our_own_texts_are_found_and_nothing_else() -> None:
    precision, recall = measured(SAMPLE, 0)
    assert precision >= 0.98
    assert recall >= 0.98


def test_no_two_of_our_own_texts_are_of_one_family() -> None:
    assert families(list(texts_under(SAMPLE).values())) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents, ../shared/corpus, are not here")
def test_planted_copies_of_real_speeches_are_found_and_nothing_else() -> None:
    precision, recall = measured(CORPUS / "speeches_2020", 900)
    assert precision >= 0.98
    assert recall >= 0.98


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents, ../shared/corpus, are not here")
def test_the_real_documents_that_stand_twice_are_found_and_nothing_else() -> None:
    texts = texts_under(CORPUS)
    names = [Path(name).stem for name in texts]
    found = {tuple(sorted((names[p.a], names[p.b]))) for p in families(list(texts.values()))}
    assert found == {tuple(sorted(pair)) for pair in SAME_SPEECH + SAME_PAGE}


def test_only_pairs_with_a_new_document_are_put_up() -> None:
    text = next(iter(texts_under(SAMPLE).values()))
    samples = {1: signature(text), 2: signature(text), 3: signature(text)}
    assert candidates(samples, [3]) == [(1, 3), (2, 3)]
    assert candidates(samples, []) == []
    assert candidates({}, []) == []
    assert candidates({1: signature(""), 2: signature("")}, [1, 2]) == []


def test_short_texts_are_of_one_family_only_when_equal() -> None:
    thanks, other = "谢谢大家，祝各位工作顺利", "谢谢大家，祝各位身体健康"
    assert likeness(1, 2, thanks, thanks.replace("，", " ")) == Likeness(1, 2, 1.0, 1.0, 1.0)
    assert likeness(1, 2, thanks, other) is None
    assert likeness(1, 2, "", "") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_edits_turn_one_text_into_the_other(a: str, b: str) -> None:
    found = edits(a, b)
    assert "".join(out for out, _ in found) == "" or len(found) >= 1
    assert len(a) - sum(len(out) for out, _ in found) == len(b) - sum(len(put) for _, put in found)
    assert (a == b) == (found == ())


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(21, 40)), max_size=30))
def test_every_tied_pair_is_in_one_family_and_families_are_apart(pairs: list[tuple[int, int]]) -> None:
    found = cluster(Likeness(a, b, 1, 1, 1) for a, b in pairs)
    for a, b in pairs:
        assert any(a in family and b in family for family in found)
    assert all(not set(x) & set(y) for x, y in combinations(found, 2))


def test_the_representative_is_the_one_to_cite() -> None:
    plain = Standing(rewritten=False, anonymised=False, dated=True, length=1000, issued="2023-04-18")
    standing = {
        1: replace(plain, rewritten=True, length=2000),
        2: replace(plain, anonymised=True, length=2000),
        3: replace(plain, dated=False, length=1200),
        4: replace(plain, length=600),
        5: replace(plain, issued="2023-04-19"),
        6: plain,
        7: replace(plain, length=990, issued="2023-04-20"),
    }
    assert representative([1, 2, 3, 4, 5, 6, 7], standing) == 6
    assert representative([1, 2, 3], standing) == 3
    assert representative([1, 2], standing) == 2


def made(*paragraphs: str) -> Document:
    parts = tuple(Paragraph(n, "body", text) for n, text in enumerate(paragraphs, 1))
    return Document(Source("a.txt", "/a.txt", "", "text/plain"), "题", None, None, None, None, (), parts)


def test_differences_name_the_paragraphs_and_the_characters() -> None:
    first = "上半年全市清理河道垃圾三点二万吨，整治排污口一百四十六个。"
    second = "年底前完成剩余五十八个排污口整治，逐一销号，不留死角。"
    a = made("同志们：", first, second)
    b = made(second.replace("五十八", "五十六"), "同志们:", first, "请各县区抓紧落实，按月报送进度。")
    found = differences(a, b)
    assert [(d.a, d.b, d.edits) for d in found] == [
        (3, 1, (("八", "六"),)),
        (0, 4, (("", "请各县区抓紧落实，按月报送进度。"),)),
    ]
    assert differences(a, a) == []


def test_hostile_texts_take_no_time() -> None:
    long = "甲" * 100_000
    assert len(shingles(long)) == 99_996
    assert likeness(1, 2, long, long) is not None
    assert len(np.unique(shingles(long))) == 1
