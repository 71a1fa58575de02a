"""How likely an answer answers, and what that likelihood hangs on."""

from __future__ import annotations

import pytest

from assistant.ask import ask
from assistant.confidence import Model, confidence, trained
from assistant.unrelated import QUESTIONS, Scale, is_small_talk
from assistant.web.examples import EXAMPLES
from index import Library


def test_what_answers_is_more_confident_than_what_does_not(sample: Library) -> None:
    answered = [ask(sample, question).confidence for question in EXAMPLES]
    far = [ask(sample, question).confidence for question in ("怎么包饺子", "who painted the Mona Lisa", "钢琴怎么调音")]
    assert min(answered) > max(far)
    assert all(0 <= value <= 1 for value in answered + far)


@pytest.mark.parametrize(
    "asked", ["你好", "谢谢你", "怎么包饺子", "用Rust写一个链表", "què tal, amigo", "明天穿什么衣服"]
)
def test_what_has_nothing_to_do_with_the_library_is_refused(sample: Library, asked: str) -> None:
    assert ask(sample, asked).verdict == "not_found"


@pytest.mark.parametrize(
    "asked", ["你好", "您好呀！", "谢谢你的帮助", "好的", "讲个笑话吧", "hello", "hi there", "哈哈哈", "你是谁呀"]
)
def test_small_talk_is_known(asked: str) -> None:
    assert is_small_talk(asked)


@pytest.mark.parametrize(
    "asked",
    ["好干部的标准是什么", "好家风怎么建", "感谢信写给谁", "讲个人得失怎么批评", "你好，防火期多久", "hi，防火期多久"],
)
def test_a_question_that_begins_like_small_talk_is_a_question(asked: str) -> None:
    assert not is_small_talk(asked)


def test_without_features_there_is_no_confidence() -> None:
    judged = confidence({})
    assert (judged.value, judged.related) == (0.0, False)


@pytest.mark.parametrize(
    ("bias", "figure", "gap", "holds"),
    [(-2.0, 1.0, 1.0, False), (-2.0, 0.0, 1.0, True), (-2.0, 1.0, 0.5, True), (2.0, 1.0, 1.0, True)],
)
def test_an_unlikely_figure_without_the_rarest_word_is_none(
    monkeypatch: pytest.MonkeyPatch, bias: float, figure: float, gap: float, holds: bool
) -> None:
    models = Model({}, 0.0, 0.1), Model({}, bias, 0.1)
    monkeypatch.setattr("assistant.confidence.trained", lambda: models)
    assert confidence({"figure": figure, "gap": gap}).supported == holds


@pytest.mark.parametrize(("bias", "untold", "holds"), [(-1.0, 1.0, False), (-1.0, 0.0, True), (3.0, 1.0, True)])
def test_a_rate_that_is_nowhere_told_takes_more_confidence(
    monkeypatch: pytest.MonkeyPatch, bias: float, untold: float, holds: bool
) -> None:
    models = Model({}, 0.0, 0.1), Model({}, bias, 0.1)
    monkeypatch.setattr("assistant.confidence.trained", lambda: models)
    assert confidence({"untold": untold}).supported == holds


def test_the_models_know_only_features_that_support_gives(sample: Library) -> None:
    answer = ask(sample, EXAMPLES[0])
    assert answer.confidence > 0
    for model in trained():
        assert 0 < model.threshold < 1
        assert {"near", "unknown", "context", "gap"} <= set(model.weights)


def test_the_scale_of_a_library_is_measured_once_and_whatever_the_model(sample: Library) -> None:
    snapshot = sample.snapshot()
    assert Scale.of(snapshot) is Scale.of(snapshot)
    narrow, wide = Scale.measured([0.85, 0.87]), Scale.measured([0.1, 0.3])
    assert narrow.distance(0.88) == pytest.approx(wide.distance(0.4))
    assert len(set(QUESTIONS)) == len(QUESTIONS)
