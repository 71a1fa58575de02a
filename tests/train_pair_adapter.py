"""Train index/pair_adapter.npz on the question sets: `python tests/train_pair_adapter.py ../shared [--check]`.

For each question the passages of the first paragraphs that are found, before any of them is read: one that holds the
evidence is told from others, those of the nearest wrong paragraphs and those of the right one that do not hold it
(softmax over four, each question seen once, close calls first). With --check first on one half of the documents for
the questions on the other, twice, to say what to expect. On two cores it takes 35 minutes for all, half of that for
a half.
"""

from __future__ import annotations

import math
import random
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from run_eval import CACHE
from torch import nn
from tqdm import tqdm
from transformers import AutoModel

from assistant.evaluate import Row, read_questions
from assistant.evaluate.judging import holds, is_right
from assistant.evidence import rarity_of
from assistant.question import understand
from assistant.rerank import CLOSE, READ, RIVALS, rerank
from assistant.retrieve import retrieve
from index import Filters, Library
from index.e5 import LAYER_NAMES, default_model
from index.onnx_model import ASKED, OnnxModel
from index.pair_adapter import FILE
from index.search import PASSAGES_READ, _read

SETS = ("cmrc2018", "drcd", "ncp", "gongwen", "laws")
RANK, RATE, DECAY, TOGETHER = 16, 1e-3, 1e-2, 8
FOUND, WRONG, LONGEST = 8, 3, 192
"""Paragraphs of a question that are looked at, passages that the right one is told from, and tokens of a pair."""
WARM, COLD = 0.05, 0.03
"""Share of the steps in which the rate goes up, and what is left of it at the end."""


@dataclass(frozen=True)
class Asked:
    """A question with what was found: by paragraph its score, whether it is right, and what is read of it, the best
    first; `right` and `wrong` passages for training, the hardest first; `gap` between the first two scores.
    """

    text: str
    document: int
    scores: list[float]
    right_ones: list[bool]
    read: list[list[str]]
    right: str
    wrong: tuple[list[str], list[str]]

    @property
    def gap(self) -> float:
        return self.scores[0] - self.scores[1]


def asked_of(library: Library, row: Row) -> Asked | None:
    """A question as it comes before the passages are read; None where there is nothing to choose from."""
    snapshot, question = library.snapshot(), understand(row.question, row.history)
    found = retrieve(snapshot, question, Filters(), 20)
    hits = rerank(question, found.recall.hits, rarity_of(question, snapshot))[:FOUND]
    if found.parts or found.point or len(hits) < 2:
        return None
    right = [any(is_right(hit, e) for e in row.evidence) for hit in hits]
    holding, beside, wrong = [], [], []
    for hit, good in zip(hits, right, strict=True):
        texts = _read(hit, PASSAGES_READ + 1)
        if not good:
            wrong.append(texts[:PASSAGES_READ])
            continue
        for passage, text in zip(hit.passages, texts, strict=False):
            inside = any(holds(hit.paragraph.text[passage.start : passage.stop], e.text) for e in row.evidence)
            (holding if inside else beside).append(text)
    hardest = [texts[0] for texts in wrong[:2]]
    others = beside + [t for texts in wrong[:2] for t in texts[1:]] + [texts[0] for texts in wrong[2:]]
    document = next((hit.entry.row for hit, good in zip(hits, right, strict=True) if good), hits[0].entry.row)
    scores, read = [hit.score for hit in hits], [_read(hit, PASSAGES_READ) for hit in hits]
    return Asked(question.standalone, document, scores, right, read, holding[0] if holding else "", (hardest, others))


class LowRank(nn.Module):
    """A linear layer with a change of low rank."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(layer.in_features, RANK) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(RANK, layer.out_features))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return nn.functional.linear(given, self.layer.weight + (self.down @ self.up).T, self.layer.bias)


class Pairs(nn.Module):
    """The same as index.pair_adapter makes of the model, to be trained."""

    def __init__(self) -> None:
        super().__init__()
        still = {"attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": 0.0}  # dropout takes half of the time
        self.model = AutoModel.from_pretrained(default_model(), **still).requires_grad_(False)
        self.changes: dict[str, LowRank] = {}
        for number, layer in enumerate(self.model.encoder.layer):
            for name in ("q", "k", "v", "ao", "fi", "fo"):
                path, _, last = LAYER_NAMES[name].rpartition(".")
                changed = self.changes[f"l{number}.{name}"] = LowRank(getattr(layer.get_submodule(path), last))
                setattr(layer.get_submodule(path), last, changed)
        hidden = self.model.config.hidden_size
        self.inner, self.outer = nn.Linear(hidden, hidden), nn.Linear(hidden, 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            state = self.model(input_ids=ids, attention_mask=mask).last_hidden_state[:, 0].float()
            told: torch.Tensor = self.outer(torch.tanh(self.inner(state)))[:, 0].float()
        return told

    def arrays(self) -> dict[str, np.ndarray]:
        """What is stored, in half floats."""
        found = {f"{name}.{part}": getattr(c, part) for name, c in self.changes.items() for part in ("down", "up")}
        for name, layer in (("inner", self.inner), ("outer", self.outer)):
            found |= {f"{name}.w": layer.weight.T, f"{name}.b": layer.bias}
        return {name: value.detach().numpy().astype(np.float16) for name, value in found.items()}


class Tokens:
    """Pairs of texts as OnnxModel.relevance puts them."""

    def __init__(self) -> None:
        self.model = OnnxModel.load(default_model())

    def of(self, pairs: Sequence[tuple[str, str]]) -> tuple[torch.Tensor, torch.Tensor]:
        tokenizer, prompts = self.model._tokenizer, self.model._prompts
        questions = tokenizer.encode_batch([prompts["query"] + question for question, _ in pairs])
        passages = tokenizer.encode_batch([prompts["document"] + passage for _, passage in pairs])
        read = [[*q.ids[:ASKED], *p.ids][:LONGEST] for q, p in zip(questions, passages, strict=True)]
        ids, mask = self.model._padded(read).values()
        return torch.from_numpy(ids), torch.from_numpy(mask)


def train(asked: Sequence[Asked], tokens: Tokens) -> Pairs:
    """A model that tells the right passage of each question from wrong ones."""
    torch.manual_seed(0)
    chance = random.Random(0)
    pairs = Pairs()
    parameters = [p for p in pairs.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
    batches = list(_batches([a for a in asked if a.right and any(a.wrong)], chance))
    shown = tqdm(batches, leave=False)
    for step, batch in enumerate(shown):
        optimizer.param_groups[0]["lr"] = RATE * _share(step / len(batches))
        chosen = [_chosen(a, chance) for a in batch]
        texts = [(a.text, text) for a, passages in zip(batch, chosen, strict=True) for text in passages]
        scores = _scored(pairs, tokens, texts).split([len(passages) for passages in chosen])
        loss = -torch.stack([torch.log_softmax(score, 0)[0] for score in scores]).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        shown.set_postfix(loss=f"{loss.item():.2f}")
    return pairs


def _scored(pairs: Pairs, tokens: Tokens, texts: Sequence[tuple[str, str]]) -> torch.Tensor:
    """The shorter half of the pairs by itself, so that less is spent on padding."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i][0]) + len(texts[i][1]))
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    told = torch.cat([pairs(*tokens.of([texts[i] for i in half])) for half in halves if half])
    return told[torch.tensor(np.argsort(order))]


def _batches(asked: Sequence[Asked], chance: random.Random) -> Iterator[list[Asked]]:
    """Each question once, those in doubt rather sooner: drawn by how near the first two paragraphs lie."""
    order = sorted(asked, key=lambda a: -math.log(chance.random()) * (1 + max(0.0, a.gap)))
    yield from (order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER))


def _share(done: float) -> float:
    """Of the rate: up, then down in a straight line."""
    return min(1.0, done / WARM + 0.02) * (1 - max(0.0, done - WARM) / (1 - WARM) * (1 - COLD))


def _chosen(asked: Asked, chance: random.Random) -> list[str]:
    """The right passage and those that it is told from."""
    hardest, others = asked.wrong
    return [asked.right, *hardest, *chance.sample(others, min(len(others), WRONG - len(hardest)))]


def changed(pairs: Pairs, tokens: Tokens, asked: Sequence[Asked]) -> int:
    """By how many more of the questions have a right paragraph first once close calls are read."""
    gained = 0
    pairs.eval()
    for a in asked:
        rivals = sum(score >= a.scores[0] - CLOSE for score in a.scores[: RIVALS + 1])
        if not 1 < rivals <= RIVALS:
            continue
        with torch.no_grad():
            told = [float(pairs(*tokens.of([(a.text, t) for t in texts])).max()) for texts in a.read[:rivals]]
        best = max(range(rivals), key=lambda i: a.scores[i] + READ * told[i])
        gained += int(a.right_ones[best]) - int(a.right_ones[0])
    return gained


def half_of(asked: Asked) -> int:
    """In which half of the documents the answer of a question stands."""
    return zlib.crc32(str(asked.document).encode()) // 7 % 2


def main(shared: Path, *, check: bool) -> None:
    """Say what to expect, train on all, and write the file."""
    torch.set_num_threads(2)
    tokens = Tokens()
    sets: dict[str, list[Asked]] = {}
    for name in SETS:
        library = Library.open(CACHE / name)
        rows = [row for row in read_questions(shared / "eval" / name / "questions.jsonl") if row.evidence]
        sets[name] = [a for row in tqdm(rows, name, leave=False) if (a := asked_of(library, row))]
    for half in (0, 1) if check else ():
        pairs = train([a for s in sets.values() for a in s if half_of(a) != half], tokens)
        for name, s in sets.items():
            outside = [a for a in s if half_of(a) == half]
            first = sum(a.right_ones[0] for a in outside)
            print(f"{name:9} half {half}: {first} of {len(outside)} first, {changed(pairs, tokens, outside):+d}")
    began = time.monotonic()
    np.savez_compressed(Path("index") / FILE, **train([a for s in sets.values() for a in s], tokens).arrays())
    print(f"trained in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), check="--check" in sys.argv)
