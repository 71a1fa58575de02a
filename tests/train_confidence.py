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
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answer import Citation
from assistant.ask import HITS, examine
from assistant.confidence import Model, expanded
from assistant.evaluate import Row, is_right, read_questions
from assistant.question import understand
from assistant.references import Catalogue
from corpus.facts.places import SHORT
from index import Filters, Library, Recall, Snapshot

SETS = {"gongwen": 0, "ncp": 160, "cmrc2018": 130, "drcd": 80, "laws": 80}
"""Question sets, and how many of their questions are asked; 0 for all."""
FOREIGN = 30
"""Questions of each other set that are asked of a library; they have nothing to do with it."""
WRONGLY_REFUSED = 0.04
"""Share of answerable questions of the set that bears it worst which the threshold may refuse."""
RIDGE = 1.0
FAR = (Path(__file__).parent / "data" / "far_questions.txt").read_text(encoding="utf-8").splitlines()
PLACES = ("青海", "海南", "黑龙江", "西藏", "澳门", "台湾", "遵义", "大同", "银川", "三亚")


class Without(Snapshot):
    """A snapshot in which some documents are not."""

    def __init__(self, whole: Snapshot, gone: set[int]) -> None:
        super().__init__(whole._generation, whole._store, whole._library)
        self._gone = gone
        catalogue = Catalogue.of(whole)
        self._catalogue = Catalogue.__new__(Catalogue)
        self._catalogue.__dict__.update(catalogue.__dict__)
        self._catalogue.cards = {row: card for row, card in catalogue.cards.items() if row not in gone}

    def kept(self, name: str, make: Any) -> Any:
        return self._catalogue

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


def threshold_of(rows: Sequence[Mapping[str, Any]], p: np.ndarray) -> float:
    """The highest threshold that no set's answerable questions bear too ill."""
    lowest = 1.0
    for name in {row["set"] for row in rows}:
        own = [(s, r) for s, r in zip(p, rows, strict=True) if r["set"] == name and r["label"]]
        ruled = sum(bool(r["reason"]) for _, r in own)
        free = sorted(s for s, r in own if not r["reason"])
        allowed = max(0, int(WRONGLY_REFUSED * len(own)) - ruled)
        lowest = min(lowest, float(free[allowed]) if free else 1.0)
    return lowest


def report(rows: Sequence[Mapping[str, Any]], p: np.ndarray, threshold: float) -> None:
    """Refused shares by set and kind, with rules and without."""
    for group in sorted({(r["set"], r["label"], r["kind"]) for r in rows}):
        own = [(s, r) for s, r in zip(p, rows, strict=True) if (r["set"], r["label"], r["kind"]) == group]
        by_model = sum(s < threshold for s, _ in own) / len(own)
        both = sum(bool(s < threshold or r["reason"]) for s, r in own) / len(own)
        print(f"{group[0]:9} {group[2]:9} {len(own):4}  refused by the model {by_model:.3f}, with the rules {both:.3f}")


def main(shared: Path, libraries: Path) -> None:
    cache = libraries / "confidence.jsonl"
    if not cache.exists():
        sets = {n: s for n, s in SETS.items() if (libraries / n).exists()}
        questions = {}
        for name, count in sets.items():
            rows = read_questions(shared / "eval" / name / "questions.jsonl")
            questions[name] = random.Random(7).sample(rows, min(count, len(rows))) if count else rows
        with cache.open("w", encoding="utf-8") as out:
            for name, rows in questions.items():
                foreign = [
                    *FAR,
                    *(
                        r.question
                        for n, other in questions.items()
                        if n not in (name, "gongwen")
                        for r in other[:FOREIGN]
                    ),
                ]
                library = Library.open(libraries / name)
                for example in examples(name, library, rows, foreign):
                    out.write(json.dumps(example, ensure_ascii=False) + "\n")
                print(name, "asked", flush=True)
    rows = [json.loads(line) for line in cache.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["features"]]
    for name in sorted({row["set"] for row in rows}):
        rest, own = [r for r in rows if r["set"] != name], [r for r in rows if r["set"] == name]
        names, beta = fit(rest)
        threshold = threshold_of(rest, scores(rest, names, beta))
        print(f"-- {name} held out, threshold {threshold:.3f}")
        report(own, scores(own, names, beta), threshold)
    names, beta = fit(rows)
    p = scores(rows, names, beta)
    threshold = threshold_of(rows, p)
    print(f"-- all, threshold {threshold:.3f}")
    report(rows, p, threshold)
    model = Model(
        {n: round(float(b), 4) for n, b in zip(names, beta, strict=False)},
        round(float(beta[-1]), 4),
        round(threshold, 4),
    )
    print(json.dumps(model.__dict__, indent=1))
    Path("assistant/confidence.json").write_text(json.dumps(model.__dict__, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
