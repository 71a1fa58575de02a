"""The one place that wires objects together."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import corpus
from assistant.adding import add_with_bar
from assistant.messages import say
from assistant.settings import Settings, sample_library
from assistant.working import Work
from index import Library, LibraryMissing
from index.layout import Layout


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


class ChatLibrary:
    """The library that the page shows: the sample library until something was added to the user's own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._library: Library | None = None
        self._guard = threading.Lock()
        self.work = Work(self.to_change)
        """What is done to it from the page, whatever the visitor's language."""

    def __call__(self) -> Library:
        """That library. Raises IndexingError."""
        with self._guard:
            if self._library is None:
                self._library = library_for_chat(self._settings)
            elif is_sample(self._library) and Layout(self._settings.library).database.exists():
                own = open_library(self._settings)
                self._library = own if own.generation else self._library
            return self._library

    def to_change(self) -> Library:
        """The one to add to: the user's own, also before there is anything in it. Raises IndexingError."""
        shown = self()
        return open_library(self._settings, create=True) if is_sample(shown) else shown


def is_sample(library: Library) -> bool:
    """Whether it is the one that ships with the program, to which nothing of the user's is added."""
    return library.layout.root == sample_library()


def sample_folder() -> Path:
    """The sample documents that ship with the program."""
    return Path(corpus.__file__).parent / "sample"
