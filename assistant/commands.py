"""What each command of `youju` does: gets the parsed options, prints, returns the exit code."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tqdm import tqdm

from assistant.about import about_lines, difference_lines, entry_line, suspicions_of, warnings_of
from assistant.adding import add_with_bar
from assistant.answer import Answer
from assistant.ask import ask as ask_library
from assistant.batch import answer_lines, read_lines
from assistant.compose import library_for_chat, open_library
from assistant.errors import BadInput
from assistant.evaluate import Run, compare, evaluate, read_questions
from assistant.evaluate.questions import digest
from assistant.evaluate.table import comparison_lines, measures_table, risk_lines
from assistant.messages import say
from assistant.outline import outline
from assistant.settings import Settings
from assistant.telling import search_lines, why
from corpus import Document, Found, Reader
from index import Entry, Filters, Library, Outcome


def add(options: Namespace, settings: Settings) -> int:
    """youju add PATH…"""
    library = open_library(settings, create=True)
    outcomes, seconds = add_with_bar(library, options.paths, settings.language, quiet=options.json)
    refused = [o for o in outcomes if o.what == "refused"]
    counts = library.counts()
    if options.json:
        _print_json(
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
        _print_json([_document(document, removed=options.removed) for document in documents])
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
    filters = _filters(options)
    if options.families:
        return _list_families(options, settings)
    entries = open_library(settings).entries(filters)
    if options.json:
        _print_json([_entry(entry) for entry in entries])
    elif not entries:
        print(say("list.none" if filters else "library.empty", settings.language))
    for entry in entries if not options.json else ():
        print(entry_line(entry, settings.language))
    return 0


def _list_families(options: Namespace, settings: Settings) -> int:
    families = open_library(settings).families(_filters(options))
    if options.json:
        _print_json([_family(family) for family in families])
    elif not families:
        print(say("list.no_families", settings.language))
    for family in families if not options.json else ():
        for number, entry in enumerate(family):
            print(("  " if number else "") + entry_line(entry, settings.language))
    return 0


def _family(family: Sequence[Entry]) -> dict[str, Any]:
    return {"representative": family[0].id, "members": [_entry(entry) for entry in family]}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "issuer": entry.issuer,
        "number": entry.number,
        "issued": entry.issued,
        "quality": list(entry.quality),
        "sources": list(entry.names),
    }


def show(options: Namespace, settings: Settings) -> int:
    """youju show ID"""
    library = open_library(settings)
    document, about = library.document(options.id), library.about(options.id)
    if options.json:
        family = _family(about.family) if about.family else None
        shape = _document(document, removed=options.removed)
        _print_json(shape | {"family": family, "rewritten": suspicions_of(about, document)})
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
        _print_json(_document(document, removed=removed))
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
    if options.json:
        _print_json({"removed": ids})
    for id in ids if not options.json else ():
        print(say("removed", settings.language, id=id))
    return 0


def ask(options: Namespace, settings: Settings) -> int:
    """youju ask "…" """
    library = open_library(settings)
    if options.batch:
        return _ask_batch(options, settings, library)
    if not options.question:
        print("youju ask: QUESTION?", file=sys.stderr)
        return 2
    history = _history(options.history) if options.history else []
    answer = ask_library(
        library, options.question, history=history, filters=_filters(options), k=options.k, plain=options.plain
    )
    if options.json:
        _print_json(answer.to_dict())
    else:
        _print_answer(answer, settings.language)
    return 0


def _ask_batch(options: Namespace, settings: Settings, library: Library) -> int:
    """Answers go to a file of another name until all are there, so that no result is ever half written."""
    lines = read_lines(options.batch)
    failed = False
    draft = options.out.with_name(options.out.name + ".part") if options.out else None
    with draft.open("w", encoding="utf-8", errors="replace") if draft else nullcontext(sys.stdout) as out:
        for row in answer_lines(library, lines, k=options.k, language=settings.language):
            failed = failed or "error" in row
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    if draft:
        draft.replace(options.out)
    return 1 if failed else 0


def _history(path: Path) -> list[str]:
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error


def _print_answer(answer: Answer, language: str) -> None:
    if answer.understood != answer.question:
        print(say("understood", language, text=answer.understood))
    for line in search_lines(answer, language):
        print(line)
    if answer.verdict == "not_found":
        print(f"{say('not_found', language)}。{why(answer, language)}")
        for hit in answer.hits[:3]:
            print(f"  {say('nearest', language)}：{hit.printed}{warnings_of(hit.entry, language)}")
    for sentence in answer.sentences:
        print(f"{sentence.text}[{sentence.citation}]")
    for citation in answer.citations:
        print(f"  [{citation.n}] {citation.printed}  {citation.id}{warnings_of(citation.entry, language)}")


def eval_(options: Namespace, settings: Settings) -> int:
    """youju eval QUESTIONS.jsonl"""
    old = Run.load(options.compare) if options.compare else None
    rows, read = read_questions(options.questions), digest(options.questions)
    library = open_library(settings)
    asked = tqdm(evaluate(library, rows), total=len(rows), mininterval=1, disable=options.json, leave=False)
    run = Run(str(options.questions), read, list(asked))
    comparison = compare(old, run) if old else None
    if options.json:
        _print_json(run.to_dict() | ({"comparison": comparison.to_dict()} if comparison else {}))
    else:
        lines = [*measures_table(run), "", *risk_lines(run, settings.language)]
        lines += ["", *comparison_lines(comparison, settings.language)] if comparison else []
        print("\n".join(lines))
    if options.out:
        run.save(options.out)
    return 0


def verify(options: Namespace, settings: Settings) -> int:
    """youju verify"""
    library = open_library(settings)
    problems = library.verify()
    counts = {} if problems else library.counts()
    if options.json:
        _print_json({"problems": problems, "generation": library.generation, **counts})
    elif problems:
        print("\n".join(problems), file=sys.stderr)
    else:
        print(say("verified", settings.language, generation=library.generation, **counts))
    return 1 if problems else 0


def rebuild(options: Namespace, settings: Settings) -> int:
    """youju rebuild"""
    with open_library(settings).writing() as writer:
        writer.rebuild()
    _print_json({"rebuilt": True}) if options.json else print(say("rebuilt", settings.language))
    return 0


def chat(options: Namespace, settings: Settings) -> int:
    """youju chat"""
    from assistant.web.server import serve

    serve(library_for_chat(settings), settings, port=options.port)
    return 0


def _filters(options: Namespace) -> Filters:
    return Filters(kind=options.kind, year=options.year, issuer=options.issuer, folder=options.folder)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))
