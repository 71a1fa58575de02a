"""youju add, read, list, show, remove: documents come, are looked at, and go."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.about import about_lines, difference_lines, entry_dict, entry_line, suspicions_of
from assistant.adding import add_with_bar
from assistant.commands.courtesy import give_way
from assistant.commands.printing import export, filters_of, print_json
from assistant.commands.recording import record
from assistant.compose import open_library
from assistant.export import document_sheet
from assistant.messages import say
from assistant.outline import outline
from assistant.settings import Settings
from corpus import Document, Found, Reader
from index import Entry, Outcome


def add(options: Namespace, settings: Settings) -> int:
    """youju add PATH…"""
    give_way()
    library = open_library(settings, create=True)
    outcomes, seconds = add_with_bar(library, options.paths, settings.language, quiet=options.json)
    record(settings, "add", [o.id for o in outcomes if o.what in ("added", "updated")])
    refused = [o for o in outcomes if o.what == "refused"]
    counts = library.counts()
    if options.json:
        print_json(
            {
                "files": [_outcome(o, settings.language) for o in outcomes],
                "library": counts,
                "seconds": round(seconds, 1),
            }
        )
    else:
        tally: Counter[str] = Counter(o.what for o in outcomes)
        order = ("added", "updated", "unchanged", "duplicate", "refused")
        print("  ".join(f"{say(what, settings.language)} {tally[what]}" for what in order))
        print(say("add.total", settings.language, seconds=seconds, **counts))
    for outcome in refused:
        print(f"{outcome.name}：{_reason(outcome, settings.language)}", file=sys.stderr)
    return 1 if refused else 0


def _outcome(outcome: Outcome, language: str) -> dict[str, str]:
    shape = {"name": outcome.name, "what": outcome.what, "id": outcome.id}
    return shape | ({"reason": _reason(outcome, language), "code": outcome.code} if outcome.code else {})


def _reason(outcome: Outcome, language: str) -> str:
    return say(f"refused.{outcome.code}", language, detail=outcome.detail)


def read(options: Namespace, settings: Settings) -> int:
    """youju read FILE"""
    found = Found(options.file, options.file.name)
    documents: list[Document] = []
    refused = inside = False
    with Reader() as reader:
        for reading in reader.read(found):
            inside = inside or reading.name != found.name
            if reading.document:
                documents.append(reading.document)
            if reading.refused:
                refused = True
                reason = say(f"refused.{reading.refused.code}", settings.language, detail=reading.refused.detail)
                print(f"{_beside(options.file, reading.name)}：{reason}", file=sys.stderr)
    if options.json and inside:
        print_json([_document(document, removed=options.removed) for document in documents])
    for document in documents if not (options.json and inside) else ():
        if inside:
            print(f"== {document.source.name}")
        _print_document(
            document, options.json, settings.language, paragraphs=options.paragraphs, removed=options.removed
        )
    return 1 if refused else 0


def _beside(path: Path, name: str) -> str:
    """What is inside of a file, named by the path that was typed."""
    return f"{path}{name.removeprefix(path.name)}"


def list_(options: Namespace, settings: Settings) -> int:
    """youju list"""
    filters = filters_of(options)
    if options.families:
        return _list_families(options, settings)
    entries = open_library(settings).entries(filters)
    if options.json:
        print_json([entry_dict(entry) for entry in entries])
    elif not entries:
        print(say("list.none" if filters else "library.empty", settings.language))
    for entry in entries if not options.json else ():
        print(entry_line(entry, settings.language))
    return 0


def _list_families(options: Namespace, settings: Settings) -> int:
    families = open_library(settings).families(filters_of(options))
    if options.json:
        print_json([_family(family) for family in families])
    elif not families:
        print(say("list.no_families", settings.language))
    for family in families if not options.json else ():
        for number, entry in enumerate(family):
            print(("  " if number else "") + entry_line(entry, settings.language))
    return 0


def _family(family: Sequence[Entry]) -> dict[str, Any]:
    return {"representative": family[0].id, "members": [entry_dict(entry) for entry in family]}


def show(options: Namespace, settings: Settings) -> int:
    """youju show ID"""
    library = open_library(settings)
    document, about = library.document(options.id), library.about(options.id)
    if options.out:
        export(document_sheet(document, library.entry(options.id), settings.language), options.out, settings.language)
        return 0
    if options.json:
        family = _family(about.family) if about.family else None
        shape = _document(document, removed=options.removed)
        print_json(shape | {"family": family, "rewritten": suspicions_of(about, document)})
        return 0
    _print_document(document, False, settings.language, paragraphs=options.paragraphs, removed=options.removed)
    for line in about_lines(about, document, settings.language):
        print(line)
    for other in about.family if options.differences else ():
        if other.id != document.id:
            for line in difference_lines(document, library.document(other.id), settings.language):
                print(line)
    return 0


def _print_document(document: Document, as_json: bool, language: str, *, paragraphs: bool, removed: bool) -> None:
    if as_json:
        print_json(_document(document, removed=removed))
        return
    print(f"{document.title}  [{document.id}]")
    for line in outline(document, language, paragraphs=paragraphs, removed=removed):
        print(line)


def _document(document: Document, *, removed: bool) -> dict[str, Any]:
    shape = document.to_dict() | {"id": document.id}
    return shape if removed else {k: v for k, v in shape.items() if k != "removed"}


def remove(options: Namespace, settings: Settings) -> int:
    """youju remove ID…"""
    with open_library(settings).writing() as writer:
        ids = writer.remove(options.ids)
    record(settings, "remove", ids)
    if options.json:
        print_json({"removed": ids})
    for id in ids if not options.json else ():
        print(say("removed", settings.language, id=id))
    return 0
