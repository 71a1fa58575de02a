"""`make bench`: ingest against the bare encoder, and questions by stage, over the sample library."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from assistant.ask import ask
from assistant.compose import sample_folder
from assistant.web.page import EXAMPLES
from corpus import Found, Reader, find_files
from index import Library
from index.passages import cut_passages

ROUNDS = 5


def main() -> None:
    """Print a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder), create=True)
        library.encoder.query("有据")
        with Reader() as reader:
            began = time.perf_counter()
            found = [f for f in find_files([sample_folder()]) if isinstance(f, Found)]
            documents = [r.document for f in found for r in reader.read(f) if r.document]
            reading = time.perf_counter() - began
        texts = [p.embedded for d in documents for p in cut_passages(d)]
        began = time.perf_counter()
        for _ in library.encoder.passages(texts):
            pass
        bare = time.perf_counter() - began
        began = time.perf_counter()
        with library.writing() as writer:
            list(writer.add([sample_folder()]))
        adding = time.perf_counter() - began
        times = [ask(library, q).took_ms for _ in range(ROUNDS) for q in EXAMPLES]
        encoding = []
        for question in EXAMPLES * ROUNDS:
            began = time.perf_counter()
            library.encoder.query(question)
            encoding.append(1000 * (time.perf_counter() - began))
        characters = sum(len(p.text) for d in documents for p in d.paragraphs)
        rows = [
            ("documents / passages", f"{len(documents)} / {len(texts)}"),
            ("reading, characters a second", f"{characters / reading:,.0f}"),
            ("bare encoder, passages a second", f"{len(texts) / bare:.1f}"),
            ("adding, passages a second", f"{len(texts) / adding:.1f}"),
            ("adding / bare encoder", f"{bare / adding:.2f}"),
            ("question to Answer, p50 / p95 ms", f"{_quantile(times, 50):.0f} / {_quantile(times, 95):.0f}"),
            ("of which encoding the question, p50 ms", f"{_quantile(encoding, 50):.0f}"),
        ]
    print("| measure | value |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


def _quantile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
