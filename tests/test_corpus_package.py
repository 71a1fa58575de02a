"""The package: its public names are there, and the examples in its docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import corpus

MODULES = sorted(m.name for m in pkgutil.walk_packages(corpus.__path__, "corpus."))


def test_every_public_name_is_there() -> None:
    assert corpus.__all__ == sorted(corpus.__all__)
    assert all(hasattr(corpus, name) for name in corpus.__all__)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_some_docstrings_have_examples() -> None:
    finder = doctest.DocTestFinder()
    examples = [t for name in MODULES for t in finder.find(importlib.import_module(name)) if t.examples]
    assert len(examples) >= 5
