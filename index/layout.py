"""The name of every file in a library folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """A library's folder. `database` is its truth; all under `generations` is derived from it."""

    root: Path

    @property
    def database(self) -> Path:
        """SQLite: documents, paragraphs, passages, vectors."""
        return self.root / "library.db"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.root / "writer.lock"

    @property
    def read_only(self) -> Path:
        """There as long as nothing may be written: says which write the disk did not confirm."""
        return self.root / "read-only"

    @property
    def draft(self) -> Path:
        """A generation that is being written."""
        return self.root / "draft"

    @property
    def originals(self) -> Path:
        """Files that were handed over instead of named: kept here, so that they can be read again and given back."""
        return self.root / "originals"

    @property
    def replaced(self) -> Path:
        """Originals of which a newer one of the same name is being read."""
        return self.root / "replaced"

    @property
    def feedback(self) -> Path:
        """What readers say of answers, as JSON lines."""
        return self.root / "feedback.jsonl"

    @property
    def generations(self) -> Path:
        """One folder for each published generation that a reader may still use."""
        return self.root / "generations"

    def generation(self, number: int) -> Path:
        """The derived indexes of one generation."""
        return self.generations / f"{number:08}"

    def vectors(self, number: int) -> Path:
        """FAISS."""
        return self.generation(number) / "vectors.faiss"

    def words(self, number: int) -> Path:
        """The folder of the tantivy index of passages."""
        return self.generation(number) / "words"

    def documents(self, number: int) -> Path:
        """The folder of the tantivy index of whole documents."""
        return self.generation(number) / "documents"

    def sentences(self, number: int) -> Path:
        """The folder of the vectors of sentences."""
        return self.generation(number) / "sentences"

    def spread(self, number: int) -> Path:
        """The folder of the frequencies of terms within each document."""
        return self.generation(number) / "spread"

    def running_text(self, number: int) -> Path:
        """The folder of the folded text of all documents in a row."""
        return self.generation(number) / "text"

    def collocations(self, number: int) -> Path:
        """Which words stand beside which; only a writer reads it."""
        return self.generation(number) / "collocations.npz"

    def manifest(self, number: int) -> Path:
        """Counts and the SHA-256 of each derived file; written last."""
        return self.generation(number) / "manifest.json"
