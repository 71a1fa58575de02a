"""A cross-encoder named by the user: a real one, tiny, with random weights."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import NOTICE, SPEECH, fresh

from assistant.ask import ask
from assistant.cli import main
from assistant.compose import library_for_chat, open_library
from assistant.errors import BadSetting
from assistant.question import understand
from assistant.rerank import cross, together
from assistant.settings import Settings
from index import Encoder, Library, ModelMissing

QUESTION = "供热企业储煤要多少天"


def build(folder: Path, kind: str = "BertForSequenceClassification", labels: int = 1) -> Path:
    """A model as transformers saves it, with the characters of the documents for a vocabulary."""
    import torch
    import transformers

    transformers.utils.logging.disable_progress_bar()
    folder.mkdir()
    characters = dict.fromkeys(
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(SPEECH + NOTICE).split(), *SPEECH, *NOTICE]
    )
    (folder / "vocab.txt").write_text("\n".join(c for c in characters if c.strip()), encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(str(folder / "vocab.txt"))
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=256, initializer_range=0.5, num_labels=labels,
    )  # fmt: skip
    getattr(transformers, kind)(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("models") / "cross")


def scores_of(model: Path, question: str, passages: list[str]) -> list[float]:
    """What sentence-transformers itself says, without the sigmoid."""
    import sentence_transformers
    from torch.nn import Identity

    encoder = sentence_transformers.CrossEncoder(str(model), device="cpu", local_files_only=True)
    pairs = [(question, passage) for passage in passages]
    return [float(s) for s in encoder.predict(pairs, activation_fn=Identity(), show_progress_bar=False)]


def named(library: Library, model: Path | str | None) -> Library:
    """The same library, opened with a cross-encoder."""
    again = fresh(library.layout.root, library.encoder)
    again.reranker = str(model) if model else None
    return again


def test_hits_are_in_the_order_of_both_scores_together(library: Library, model: Path) -> None:
    own = ask(library, QUESTION)
    told = ask(named(library, model), QUESTION)
    everything = ask(library, QUESTION, k=20).hits
    read = [
        "\n".join([h.entry.title, *h.paragraph.heading_path[-1:], h.paragraph.text[slice(*h.evidence[0])]])
        for h in everything
    ]
    expected = together([h.score for h in everything], scores_of(model, QUESTION, read))
    order = sorted(range(len(everything)), key=lambda i: -expected[i])
    assert [h.id for h in told.hits] == [everything[i].id for i in order][: len(told.hits)]
    assert [h.id for h in told.hits] != [h.id for h in own.hits]
    assert [h.score for h in told.hits] == pytest.approx([expected[i] for i in order][: len(told.hits)], abs=1e-3)


def test_among_equals_its_order_is_the_order(library: Library, model: Path) -> None:
    snapshot = named(library, model).snapshot()
    hits = [replace(hit, score=1.0) for hit in snapshot.search(QUESTION, 8).hits]
    scores = snapshot.crossed(QUESTION, hits)
    assert scores
    best_first = sorted(range(len(hits)), key=lambda i: -scores[i])
    found = cross(understand(QUESTION), hits, snapshot.crossed)
    assert [h.paragraph for h in found] == [hits[i].paragraph for i in best_first]
    half = cross(understand(QUESTION), hits, snapshot.crossed, 4)
    assert half[4:] == tuple(hits[4:])


def test_answers_stay_verbatim_and_traceable(library: Library, model: Path) -> None:
    again = named(library, model)
    for question in (QUESTION, "巡河走过场被群众叫作什么", "排污口和水源地分别怎么管"):
        answer = ask(again, question)
        for sentence in answer.sentences:
            citation = answer.citations[sentence.citation - 1]
            assert any(citation.paragraph.text[a:b] == sentence.text for a, b in citation.evidence)
            stored = again.document(citation.entry.id).paragraphs[citation.paragraph.number - 1]
            assert stored.text == citation.paragraph.text
            assert citation.paragraph in [hit.paragraph for hit in answer.hits]


def test_without_a_name_nothing_is_loaded(library: Library) -> None:
    ask(library, QUESTION)
    assert library.cross_encoder is None


def test_what_is_no_cross_encoder_is_refused(library: Library, tmp_path: Path) -> None:
    wrong = {
        str(tmp_path / "nowhere"): "not found",
        "nobody/no-such-model": "",
        str(build(tmp_path / "three", labels=3)): "3 scores",
        str(build(tmp_path / "embedding", kind="BertModel")): "BertModel",
    }
    for name, told in wrong.items():
        with pytest.raises(ModelMissing) as caught:
            ask(named(library, name), QUESTION)
        assert caught.value.fields["model"] == name
        assert told in caught.value.fields["detail"]


@pytest.fixture
def youju(library: Library, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs a command on the library of two documents."""
    monkeypatch.setattr("index.encoder.Encoder.load", lambda name="": encoder)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--library", str(library.layout.root)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_commands_take_it_from_the_setting(
    youju, library: Library, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    expected = [h.id for h in ask(named(library, model), QUESTION).hits]
    rows, out = tmp_path / "rows.jsonl", tmp_path / "run.json"
    evidence = next(p.text for d in library.entries() for p in library.document(d.id).paragraphs if "储煤" in p.text)
    row = {"id": "a", "question": QUESTION, "kind": "qa", "evidence": [evidence]}
    rows.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setenv("YOUJU_RERANKER", str(model))
    assert [h["id"] for h in json.loads(youju("ask", QUESTION, "--json")[1])["hits"]] == expected
    assert [h["id"] for h in json.loads(youju("ask", "--batch", str(rows))[1])["hits"]] == expected
    assert youju("eval", str(rows), "--out", str(out))[0] == 0
    rank = next(i for i, id in enumerate(expected, 1) if "储煤" in _text(library, id))
    assert json.loads(out.read_text("utf-8"))["questions"][0]["ranks"] == [rank]
    chat = library_for_chat(Settings(library.layout.root, reranker=str(model)))
    assert chat.reranker == str(model)
    assert [h.id for h in ask(chat, QUESTION).hits] == expected


def _text(library: Library, id: str) -> str:
    document, number = id.split(":")
    return library.document(document).paragraphs[int(number) - 1].text


def test_a_wrong_name_is_one_sentence(youju, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("YOUJU_RERANKER", "./没有这个文件夹")
    code, out, err = youju("ask", QUESTION)
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
    assert "没有这个文件夹" in err
    assert "请检查名称或路径" in err


def test_the_setting_is_read(tmp_path: Path, library: Library) -> None:
    settings = Settings.from_environment({"YOUJU_LIBRARY": str(library.layout.root), "YOUJU_RERANKER": "a/b"})
    assert open_library(settings).reranker == "a/b"
    assert Settings.from_environment({}).reranker is None
    with pytest.raises(BadSetting):
        Settings.from_environment({"YOUJU_RERANK": "a/b"})
