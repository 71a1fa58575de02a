"""The one place that wires objects together."""

from __future__ import annotations

import sys
from pathlib import Path

import corpus
from assistant.adding import add_with_bar
from assistant.messages import say
from assistant.settings import Settings, sample_library
from index import Library, LibraryMissing


def open_library(settings: Settings, *, create: bool = False) -> Library:
    """The library that the settings name."""
    return Library.open(settings.library, model=settings.model, reranker=settings.reranker, create=create)


def library_for_chat(settings: Settings) -> Library:
    """The user's library; as long as nothing was added to it, the sample library instead.

    The sample library lies in a folder of its own, so that its invented places never mix with real
    documents. It is built on first use, with a progress bar.
    """
    try:
        library = open_library(settings)
        if library.generation:
            return library
    except LibraryMissing:
        pass  # nothing was added yet
    sample = Library.open(sample_library(), model=settings.model, reranker=settings.reranker, create=True)
    if not sample.generation:
        print(say("web.first", settings.language), file=sys.stderr)
        add_with_bar(sample, [sample_folder()], settings.language)
    return sample


def sample_folder() -> Path:
    """The sample documents that ship with the program."""
    return Path(corpus.__file__).parent / "sample"
