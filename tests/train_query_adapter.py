"""Train index/query_adapter.npz on the question sets: `python tests/train_query_adapter.py ../shared`.

Questions are pulled towards the passages that hold their evidence and away from those that lie nearest
without it (InfoNCE, van den Oord et al. 2018), and back to where the model put them, so that what is not
learned stays as it was. First each quarter of the questions is held out once, to say what to expect.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from run_eval import CACHE
from torch.nn.functional import normalize

from assistant.evaluate import Row, read_questions
from assistant.evaluate.judging import DISTINCT, END, LONG_SPAN, bare
from assistant.question import understand
from index import Library
from index.query_adapter import FILE, STEEP, QueryAdapter

SETS = {"ncp": 1000, "gongwen": 1000, "cmrc2018": 1000, "drcd": 1000, "laws": 1000}
"""How many questions of each set are looked at, at the most, spread evenly over it."""
SIZE, ROUNDS, BATCH, RATE, TEMPERATURE, PULL = 64, 10, 32, 2e-3, 0.03, 5.0
NEAREST = 256
"""Passages nearest to a question that it is told from, with those of the other questions of its batch."""
FOLDS = 4


@dataclass(frozen=True)
class Asked:
    """Questions of a set: the fold of each, their vectors, the vectors of all passages, the places of the right ones
    by piece of evidence."""

    name: str
    folds: list[int]
    queries: torch.Tensor
    passages: torch.Tensor
    right: list[list[list[int]]]

    def part(self, chosen: Sequence[int]) -> Asked:
        """Some of the questions."""
        folds, right = ([values[i] for i in chosen] for values in (self.folds, self.right))
        return Asked(self.name, folds, self.queries[list(chosen)], self.passages, right)


def asked_of(name: str, library: Library, rows: Sequence[Row]) -> Asked:
    """A set's questions with evidence, as the bare model puts them."""
    rows = [row for row in rows if row.evidence]
    rows = rows[:: max(1, len(rows) // SETS[name])]
    snapshot = library.snapshot()
    encoder = library.encoder
    bent, encoder.adapter = encoder.adapter, None
    queries = np.stack([encoder.query(understand(row.question, row.history).standalone) for row in rows])
    encoder.adapter = bent
    ids, vectors = snapshot._store.all_vectors(snapshot.generation, encoder.dimension)
    places = {entry.row: entry.names for entry in library.entries()}
    found = snapshot._store.passage_rows(ids.tolist())
    texts = [bare(found[int(id)].text) for id in ids]
    names = [places[found[int(id)].document] for id in ids]
    whole = "\n".join(texts)
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    right = [[_places(whole, starts, names, e.text, e.doc) for e in row.evidence] for row in rows]
    folds = [fold_of(row) for row in rows]
    return Asked(name, folds, torch.tensor(queries), torch.tensor(vectors.astype(np.float32)), right)


def _places(
    whole: str, starts: np.ndarray, names: Sequence[Sequence[str]], text: str, document: str | None
) -> list[int]:
    """The passages that hold a piece of evidence."""
    span = bare(text)
    found = set()
    for end in (span,) if len(span) <= LONG_SPAN else (span[:END], span[-END:]):
        at = whole.find(end) if end else -1
        while at >= 0 and len(found) < 50:
            place = int(np.searchsorted(starts, at, "right") - 1)
            if not document or len(span) >= DISTINCT or document in names[place]:
                found.add(place)
            at = whole.find(end, at + 1)
    return sorted(found)


class Adapter(torch.nn.Module):
    """The same as index.query_adapter, to be trained."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.down = torch.nn.Linear(dimension, SIZE, bias=False)
        self.up = torch.nn.Linear(SIZE, dimension, bias=False)
        torch.nn.init.zeros_(self.up.weight)

    def forward(self, queries: torch.Tensor) -> torch.Tensor:
        return normalize(queries + self.up(torch.tanh(STEEP * self.down(queries))), dim=-1)


def train(sets: Sequence[Asked]) -> Adapter:
    """An adapter for all sets, each counting the same."""
    torch.manual_seed(0)
    adapter = Adapter(sets[0].queries.shape[1])
    optimizer = torch.optim.AdamW(adapter.parameters(), lr=RATE, weight_decay=1e-2)
    near = {
        s.name: [torch.topk(q @ s.passages.T, min(NEAREST, len(s.passages))).indices for q in s.queries] for s in sets
    }
    for _ in range(ROUNDS):
        for s, chosen in _batches(sets):
            loss = _loss(adapter, s, chosen, near[s.name])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return adapter


def _batches(sets: Sequence[Asked]) -> Iterator[tuple[Asked, list[int]]]:
    most = min(max(len(s.right) for s in sets), 600)
    batches = []
    for s in sets:
        order = [i for i in torch.randperm(len(s.right)).tolist() if any(s.right[i])][:most]
        batches += [(s, order[i : i + BATCH]) for i in range(0, len(order), BATCH)]
    yield from (batches[i] for i in torch.randperm(len(batches)).tolist())


def _loss(adapter: Adapter, s: Asked, chosen: list[int], near: list[torch.Tensor]) -> torch.Tensor:
    right = [sorted({place for places in s.right[i] for place in places}) for i in chosen]
    columns = torch.unique(torch.cat([*(near[i] for i in chosen), *(torch.tensor(r) for r in right)]))
    at = {int(place): column for column, place in enumerate(columns)}
    wanted = torch.zeros(len(chosen), len(columns), dtype=torch.bool)
    for k, places in enumerate(right):
        wanted[k, [at[place] for place in places]] = True
    bent = adapter(s.queries[chosen])
    scores = bent @ s.passages[columns].T / TEMPERATURE
    gained = torch.logsumexp(scores.masked_fill(~wanted, -1e9), 1) - torch.logsumexp(scores, 1)
    return -gained.mean() + PULL * ((bent - s.queries[chosen]) ** 2).sum(1).mean()


def recall(queries: torch.Tensor, s: Asked, count: int) -> float:
    """Share of the evidence among the nearest passages."""
    shares = []
    for query, pieces in zip(queries, s.right, strict=True):
        found = set(torch.topk(query @ s.passages.T, count).indices.tolist())
        shares.append(np.mean([bool(found & set(places)) for places in pieces]))
    return float(np.mean(shares))


def report(adapter: Adapter, s: Asked, what: str) -> None:
    """Recall of the bare model and of the adapted one."""
    with torch.no_grad():
        bent = adapter(s.queries)
    figures = (f"recall@{k} {recall(s.queries, s, k):.3f} -> {recall(bent, s, k):.3f}" for k in (1, 10, 100))
    print(f"{s.name:9} {what:24} {'   '.join(figures)}", flush=True)


def fold_of(row: Row) -> int:
    """In which part of its set a question is."""
    return zlib.crc32(row.id.encode()) % FOLDS


def held_out(sets: Sequence[Asked], fold: int) -> tuple[list[Asked], list[Asked]]:
    """The questions of all sets but for one part of each, and those."""
    inside = [s.part([i for i, f in enumerate(s.folds) if f != fold]) for s in sets]
    return inside, [s.part([i for i, f in enumerate(s.folds) if f == fold]) for s in sets]


def all_sets(shared: Path) -> list[Asked]:
    """The question sets with the libraries that `make eval` keeps."""
    return [
        asked_of(name, Library.open(CACHE / name), read_questions(shared / "eval" / name / "questions.jsonl"))
        for name in SETS
    ]


def adapter_of(trained: Adapter) -> QueryAdapter:
    """What is stored, in half floats."""
    down, up = (layer.weight.detach().T.numpy().astype(np.float16) for layer in (trained.down, trained.up))
    return QueryAdapter(down.astype(np.float32), up.astype(np.float32))


def main(shared: Path) -> None:
    """Say what to expect, train on all, and write the file."""
    torch.set_num_threads(2)
    sets = all_sets(shared)
    inside, outside = held_out(sets, 0)
    trained = train(inside)
    for s in outside:
        report(trained, s, "a quarter held out")
    for s in sets:
        report(train([other for other in sets if other is not s]), s, "the whole set held out")
    found = adapter_of(train(sets))
    np.savez_compressed(Path("index") / FILE, down=found.down.astype(np.float16), up=found.up.astype(np.float16))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
