"""The lexical indexes: BM25 in tantivy over jieba's words and pairs of characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import tantivy

HEAP = 128_000_000
"""Bytes that the writer may hold before it writes a segment."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    builder.add_integer_field("document", indexed=True, fast=True)
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class WordIndex:
    """Texts by their terms, each with an id and the row of its document."""

    def __init__(self, index: tantivy.Index) -> None:
        index.reload()
        self._schema = _schema()
        self._searcher = index.searcher()

    @classmethod
    def build(cls, path: Path, texts: Iterable[tuple[int, int, str]]) -> WordIndex:
        """Write an index of (id, document row, terms parted by spaces) into an empty folder.

        One thread, so that the same texts always give the same index.
        """
        path.mkdir(parents=True)
        index = tantivy.Index(_schema(), path=str(path))
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for id, document, words in texts:
            writer.add_document(tantivy.Document(id=id, document=document, terms=words))
        writer.commit()
        writer.wait_merging_threads()
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> WordIndex:
        """Open what `build` wrote."""
        return cls(tantivy.Index.open(str(path)))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, wanted: Mapping[str, float], count: int, among: Sequence[int] | None = None) -> dict[int, float]:
        """The texts that hold terms wanted, each with its weight, best first, with their BM25.

        `among` restricts them to documents by row.
        """
        query = self._any_of(wanted)
        if query is None:
            return {}
        if among is not None:
            allowed = tantivy.Query.term_set_query(self._schema, "document", list(among))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0)),
                ]
            )
        hits = self._searcher.search(query, limit=count).hits
        values = self._searcher.fast_field_values("id", [address for _, address in hits])
        found = {int(i): float(score) for i, (score, _) in zip(values, hits, strict=True)}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    def together(self, terms: Iterable[str]) -> bool:
        """Whether one text holds all of these terms; of none any does."""
        clauses = [(tantivy.Occur.Must, self._holding(term)) for term in dict.fromkeys(terms)]
        return not clauses or bool(self._searcher.search(tantivy.Query.boolean_query(clauses), limit=1).hits)

    def frequency(self, term: str) -> int:
        """In how many texts a term stands."""
        return int(self._searcher.doc_freq("terms", term))

    def _holding(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "terms", term, index_option="freq")

    def _any_of(self, wanted: Mapping[str, float]) -> tantivy.Query | None:
        clauses = []
        for term, weight in wanted.items():
            clause = self._holding(term)
            if weight != 1:
                clause = tantivy.Query.boost_query(clause, weight)
            clauses.append((tantivy.Occur.Should, clause))
        return tantivy.Query.boolean_query(clauses) if clauses else None


def whole_documents(passages: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The terms of each document as one text with its row as id; its passages come one after another."""
    for document, group in groupby(passages, key=lambda passage: passage[1]):
        yield document, document, " ".join(words for _, _, words in group)
