"""Train assistant/confidence.json: python tests/train_confidence.py SHARED LIBRARIES

Answerable questions are those of the sets; unanswerable ones are the same questions with their own
documents taken away, with their year, place or ordinal changed to one that is not there, questions of
one set asked of another's library, and small talk. Each set is held out once to say what to expect.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answering import HITS, examine
from assistant.citation import Citation
from assistant.confidence import Model, expanded
from assistant.evaluate import Row, read_questions
from assistant.evaluate.judging import is_right
from assistant.question import understand
from assistant.references import Catalogue
from corpus.facts.places import SHORT
from index import Filters, Library, Occurrence, Recall, Snapshot

SETS = {"gongwen": 0, "ncp": 200, "cmrc2018": 100, "drcd": 60, "laws": 100}
"""Question sets, and how many of their questions are asked; 0 for all."""
FOREIGN = 20
"""Questions of each other set that are asked of a library; they have nothing to do with it."""
WRONGLY_REFUSED = {"related": 0.03, "supported": 0.009}
"""Share of answerable questions of the set that bears it worst which each model may refuse."""
RIDGE = 1.0
FAR = (Path(__file__).parent / "data" / "far_questions.txt").read_text(encoding="utf-8").splitlines()
PLACES = ("青海", "海南", "黑龙江", "西藏", "澳门", "台湾", "遵义", "大同", "银川", "三亚")


class _TextWithout:
    """The running text in which some documents are not."""

    def __init__(self, whole: Snapshot, gone: set[int]) -> None:
        self._whole, self._gone = whole, gone

    def find(self, phrase: str) -> Iterator[Occurrence]:
        return (found for found in self._whole.text.find(phrase) if found.document not in self._gone)


class Without(Snapshot):
    """A snapshot in which some documents are not."""

    def __init__(self, whole: Snapshot, gone: set[int]) -> None:
        super().__init__(whole._generation, whole._store, whole._library)
        self._gone = gone
        self._whole = whole
        catalogue = Catalogue.of(whole)
        self._catalogue = Catalogue.__new__(Catalogue)
        self._catalogue.__dict__.update(catalogue.__dict__)
        self._catalogue.cards = {row: card for row, card in catalogue.cards.items() if row not in gone}

    @property
    def text(self) -> Any:
        return _TextWithout(self._whole, self._gone)

    def kept(self, name: str, make: Any) -> Any:
        return self._catalogue if name == "catalogue" else self._whole.kept(name, make)

    def search(self, text: str, count: int, filters: Filters | None = None, **how: Any) -> Recall:
        lift = {row: by for row, by in (how.pop("lift", None) or {}).items() if row not in self._gone}
        recall = super().search(text, count + 40, filters, lift=lift, **how)
        hits = tuple(hit for hit in recall.hits if hit.entry.row not in self._gone)[:count]
        nearest = max((hit.cosine for hit in hits), default=0.0)
        return Recall(hits, nearest, self._generation.vectors.outlying(self._query(text), nearest))


def examples(name: str, library: Library, rows: Sequence[Row], foreign: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Features and label of each question, 1 for answerable."""
    snapshot = library.snapshot()
    catalogue = Catalogue.of(snapshot)
    by_name = {n: row for row, card in catalogue.cards.items() for n in card.entry.names}

    def example(label: int, kind: str, asked: str, history: Sequence[str] = (), gone: set[int] | None = None) -> Any:
        state = Without(snapshot, gone) if gone else snapshot
        found, _, held = examine(state, understand(asked, history), Filters(), HITS)
        hits = [Citation(0, h.entry, h.paragraph, (), h.score) for h in found.recall.hits]
        row = {
            "set": name,
            "kind": kind,
            "label": label,
            "asked": asked,
            "reason": held.reason,
            "features": held.features,
        }
        return row, hits

    for row in rows:
        if not row.evidence:
            yield example(0, "refuse", row.question, row.history)[0]
            continue
        found, hits = example(1, row.kind, row.question, row.history)
        if any(is_right(hit, e) for hit in hits for e in row.evidence):
            yield found
        gone = {by_name[e.doc] for e in row.evidence if e.doc in by_name}
        gone |= {hit.entry.row for hit in hits if any(is_right(hit, e) for e in row.evidence)}
        if row.kind in ("qa", "multi") and gone:
            taken, left = example(0, "taken", row.question, row.history, gone)
            if not any(is_right(hit, e) for hit in left for e in row.evidence):
                yield taken
        if row.kind == "qa" and (changed := swapped(row.question)):
            yield example(0, "swapped", changed)[0]
    for asked in foreign:
        yield example(0, "far", asked)[0]


def swapped(question: str) -> str:
    """The question with its place, ordinal or year changed to one that hardly any library has."""
    if (place := SHORT.search(question)) and place.group() not in PLACES:
        return question.replace(place.group(), PLACES[len(question) % len(PLACES)])
    ordinal = re.search(r"第[一二三四五六七八](?=[次批届轮])", question)
    if ordinal:
        return question.replace(ordinal.group(), "第十九")
    year = re.search(r"(?:19|20)\d\d(?=年)", question)
    return question.replace(year.group(), "1937") if year else ""


def fit(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], np.ndarray]:
    """Ridge logistic regression by Newton's method; each set and label weighs the same."""
    names = sorted(expanded(rows[0]["features"]))
    x = matrix(rows, names)
    y = np.array([row["label"] for row in rows], float)
    groups = [(row["set"], row["kind"] if not row["label"] else 1) for row in rows]
    weight = np.array([1 / groups.count(group) ** 0.5 for group in groups])
    weight *= len(rows) / weight.sum()
    beta = np.zeros(x.shape[1])
    penalty = np.diag([RIDGE] * (x.shape[1] - 1) + [1e-6])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (y - p)) - penalty @ beta
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + penalty
        beta += np.linalg.solve(hessian, gradient)
    return names, beta


def matrix(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> np.ndarray:
    return np.array([[*(expanded(row["features"]).get(n, 0.0) for n in names), 1.0] for row in rows])


def scores(rows: Sequence[Mapping[str, Any]], names: Sequence[str], beta: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(matrix(rows, names) @ beta, -30, 30)))


def threshold_of(rows: Sequence[Mapping[str, Any]], p: np.ndarray, share: float) -> float:
    """The highest threshold under which no set loses more than its share of answerable questions."""
    lowest = 1.0
    for name in {row["set"] for row in rows}:
        own = sorted(float(s) for s, r in zip(p, rows, strict=True) if r["set"] == name and r["label"])
        lowest = min(lowest, own[int(share * len(own))])
    return lowest


def train(rows: Sequence[Mapping[str, Any]]) -> dict[str, Model]:
    """A model against questions that have nothing to do with the library, and one against near misses."""
    models = {}
    for name, against in (("related", True), ("supported", False)):
        own = [row for row in rows if row["label"] or (row["kind"] == "far") is against]
        names, beta = fit(own)
        threshold = threshold_of(own, scores(own, names, beta), WRONGLY_REFUSED[name])
        weights = {n: round(float(b), 4) for n, b in zip(names, beta, strict=False)}
        models[name] = Model(weights, round(float(beta[-1]), 4), round(threshold, 4))
    return models


def report(rows: Sequence[Mapping[str, Any]], models: Mapping[str, Model]) -> None:
    """Refused shares by set and kind, by the models and with the rules."""
    for group in sorted({(r["set"], r["label"], r["kind"]) for r in rows}):
        own = [r for r in rows if (r["set"], r["label"], r["kind"]) == group]
        weak = [any(m.likelihood(r["features"]) < m.threshold for m in models.values()) for r in own]
        ruled = [bool(r["reason"]) or w for r, w in zip(own, weak, strict=True)]
        print(
            f"{group[0]:9} {group[2]:9} {len(own):4}  refused {np.mean(weak):.3f}, with the rules {np.mean(ruled):.3f}"
        )


def main(shared: Path, libraries: Path) -> None:
    """Collect examples (kept in LIBRARIES/confidence.jsonl), hold each set out once, train on all."""
    cache = libraries / "confidence.jsonl"
    if not cache.exists():
        collect(shared, libraries, cache)
    rows = [json.loads(line) for line in cache.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["features"]]
    for name in sorted({row["set"] for row in rows}):
        print(f"-- {name} held out")
        report([r for r in rows if r["set"] == name], train([r for r in rows if r["set"] != name]))
    models = train(rows)
    print("-- all")
    report(rows, models)
    text = json.dumps({name: asdict(model) for name, model in models.items()}, indent=1)
    Path("assistant/confidence.json").write_text(text + "\n", encoding="utf-8")


def collect(shared: Path, libraries: Path, cache: Path) -> None:
    """Ask everything and write features and labels."""
    sets = {n: s for n, s in SETS.items() if (libraries / n).exists()}
    questions = {}
    for name, count in sets.items():
        rows = read_questions(shared / "eval" / name / "questions.jsonl")
        questions[name] = random.Random(7).sample(rows, min(count, len(rows))) if count else rows
    with cache.open("w", encoding="utf-8") as out:
        for name, rows in questions.items():
            foreign = [
                r.question for n, other in questions.items() if n not in (name, "gongwen") for r in other[:FOREIGN]
            ]
            for example in examples(name, Library.open(libraries / name), rows, [*FAR, *foreign]):
                out.write(json.dumps(example, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
