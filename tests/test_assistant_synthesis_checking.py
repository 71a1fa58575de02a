"""What a language model wrote against what it cites: what passes, what is dropped and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted_syntheses import planted

from assistant.citation import Citation
from assistant.synthesis import Dropped, SynthesisSentence
from assistant.synthesis.checking import LONGEST, check, checked
from assistant.synthesis.coverage import Rarity
from assistant.synthesis.prompt import as_data
from assistant.synthesis.reply import Written, is_plain, sentences_of
from assistant.synthesis.synthesise import _rarity
from index import Library

PARAPHRASES = Path(__file__).parent / "data" / "paraphrases.txt"
CAUGHT = {"figure": 1.0, "swapped": 0.9, "year": 0.9, "place": 0.95, "sense": 0.85, "stitched": 0.95}
"""Share of the changed sentences that is dropped at the least; all that cite another paragraph are."""


@pytest.fixture(scope="module")
def rarity(sample: Library) -> Rarity:
    return _rarity(sample)


def cited(library: Library, title: str, number: int, n: int = 1) -> Citation:
    [entry] = [entry for entry in library.entries() if entry.title == title]
    paragraph = library.document(entry.id).paragraphs[number - 1]
    return Citation(n, entry, paragraph, ((0, len(paragraph.text)),), 0.0)


def test_what_the_source_carries_passes_and_what_was_changed_is_dropped(sample: Library, rarity: Rarity) -> None:
    kept: dict[str, Counter[bool]] = defaultdict(Counter)
    for each in planted(sample, most=40):
        found = check(Written(each.text, (1,)), [each.citation], rarity)
        kept[each.kind][isinstance(found, SynthesisSentence)] += 1
        if each.true and isinstance(found, SynthesisSentence):
            assert found.text == each.text
    dropped = {kind: count[False] / count.total() for kind, count in kept.items()}
    assert {kind: dropped[kind] for kind in ("verbatim", "led", "shortened", "joined")} == dict.fromkeys(
        ("verbatim", "led", "shortened", "joined"), 0.0
    )
    assert dropped["other document"] == dropped["other paragraph"] == 1.0
    assert {kind: (share, dropped[kind]) for kind, share in CAUGHT.items() if dropped[kind] < share} == {}


def test_other_words_for_the_same_pass_and_the_like_that_is_not_so_is_dropped(sample: Library, rarity: Rarity) -> None:
    wrong = []
    for line in PARAPHRASES.read_text(encoding="utf-8").splitlines()[1:]:
        title, number, sign, text = (part.strip() for part in line.split("|"))
        found = check(Written(text, (1,)), [cited(sample, title, int(number))], rarity)
        if isinstance(found, SynthesisSentence) != (sign == "+"):
            wrong.append((sign, text, found))
    assert wrong == []


LIFTS = ("澜川市老旧小区改造工作情况汇报", 18)
CASES = (
    ("既有住宅加装电梯47部。", "", ""),
    ("既有住宅加装电梯74部。", "figure", "74部"),
    ("既有住宅加装电梯四十七部，新增停车泊位3180个。", "", ""),
    ("2019年既有住宅加装电梯47部。", "date", "2019年"),
    ("去年既有住宅加装电梯47部。", "date", "去年"),
    ("《电梯加装条例》要求既有住宅加装电梯47部。", "title", "《电梯加装条例》"),
    ("松浦县既有住宅加装电梯47部。", "name", "松浦县"),
    ("市住建局为既有住宅加装电梯47部。", "name", "住建局"),
    ("王建国同志介绍，既有住宅加装电梯47部。", "name", "王建国"),
    ("按照BIM标准，既有住宅加装电梯47部。", "name", "bim"),
    ("汇报说“电梯要优先给老人用，大家都没有意见”。", "quotation", "电梯要优先给老人用，大家都没有意见"),
    ("汇报说“既有住宅加装电梯47部。", "quotation", "“"),
    ("既有住宅没有加装电梯。", "sense", "加装"),
    ("居民普遍希望物业公司尽快处理收费纠纷。", "beside", ""),
    ("既有住宅加装电梯47部，居民对物业收费十分满意。", "beside", ""),
    ("既有住宅加装电梯47部，见 http://example.invalid/a。", "markup", ""),
    ("既有住宅加装电梯47部，见 example.com。", "markup", ""),
    ("既有住宅加装电梯47部，![图](x)。", "markup", ""),
    ("既有住宅加装电梯<img src=x>47部。", "markup", ""),
    ("既有住宅`加装电梯`47部。", "markup", ""),
    ("既有住宅加装电梯\u202e47部。", "markup", ""),
    ("既有住宅加装电梯47部。" * 30, "long", ""),
)  # fmt: skip


@pytest.mark.parametrize(("text", "reason", "what"), CASES)
def test_a_sentence_is_dropped_for_what_its_source_does_not_have(
    sample: Library, rarity: Rarity, text: str, reason: str, what: str
) -> None:
    found = check(Written(text, (1,)), [cited(sample, *LIFTS)], rarity)
    assert found == (Dropped(reason, what) if reason else SynthesisSentence(text, (1,)))  # type: ignore[arg-type]
    assert reason != "long" or len(text) > LONGEST


def test_citations_are_of_the_set_and_have_to_do_with_the_sentence(sample: Library, rarity: Rarity) -> None:
    both = [cited(sample, *LIFTS), cited(sample, "澜川市优化营商环境若干措施", 13, 2)]
    text = "既有住宅加装电梯47部，新增停车泊位3180个。"
    assert check(Written(text, (3,)), both, rarity) == Dropped("citation", "[3]")
    assert check(Written(text, (1, 9)), both, rarity) == Dropped("citation", "[9]")
    assert check(Written(text, ()), both, rarity) == Dropped("uncited")
    assert check(Written(text, (2,)), both, rarity) == Dropped("beside")
    assert check(Written(text, (2, 1)), both, rarity) == SynthesisSentence(text, (1,))


def test_a_quotation_becomes_the_sources_own_characters(sample: Library, rarity: Rarity) -> None:
    source = cited(sample, "澜川市老旧小区改造工作情况汇报", 22)
    for typed in ("低层住户顾虑采光和噪音,目前申请加装的112部中", "低层住戶顾虑采光和噪声，目前申请加装的112部中"):
        found = check(Written(f"汇报说“{typed}”。", (1,)), [source], rarity)
        assert isinstance(found, SynthesisSentence)
        words = found.text.removeprefix("汇报说“").removesuffix("”。")
        assert words in source.paragraph.text and "噪音,目前" in words


def test_no_sentence_twice_and_no_more_than_a_few(sample: Library, rarity: Rarity) -> None:
    source = cited(sample, *LIFTS)
    written = Written("既有住宅加装电梯47部。", (1,))
    assert checked([written, written], [source], rarity) == (
        (SynthesisSentence(written.text, (1,)),),
        (Dropped("repeated"),),
    )


REPLIES = (
    ("甲地清理垃圾。[1]乙地整治排污口。[2]", [("甲地清理垃圾。", (1,)), ("乙地整治排污口。", (2,))]),
    ("1. 甲地清理垃圾【1】。\n- **乙地**整治[2][3]。", [("甲地清理垃圾。", (1,)), ("乙地整治。", (2, 3))]),
    ("会上说“要抓好。要落实。”[1]", [("会上说“要抓好。要落实。”", (1,))]),
    ("<think>先看[1]。</think>\n甲地清理[1、2]。", [("甲地清理。", (1, 2))]),
    ("<think>一直想", []),
    ("  \n\n", []),
    ("今年3.2万吨[1]，明年[2]。", [("今年3.2万吨，明年。", (1, 2))]),
)


@pytest.mark.parametrize(("reply", "found"), REPLIES)
def test_a_reply_is_taken_apart(reply: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(written.text, written.citations) for written in sentences_of(reply)] == found


@given(st.text(max_size=200))
def test_whatever_a_model_writes_only_plain_text_passes(sample: Library, text: str) -> None:
    source = cited_once(sample)
    kept, _ = checked(sentences_of(text + "[1]。"), [source], lambda words: dict.fromkeys(words, 1.0))
    assert all(is_plain(sentence.text) and sentence.citations == (1,) for sentence in kept)


@given(st.text(max_size=200))
def test_no_text_closes_its_tag_or_looks_like_a_mark(text: str) -> None:
    data = as_data(text)
    assert not set(data) & set("<>[]\n\r")
    data.encode()


_sources: dict[int, Citation] = {}


def cited_once(library: Library) -> Citation:
    return _sources.setdefault(id(library), cited(library, *LIFTS))
