"""youju verify, rebuild, backup, restore: the library's health."""

from __future__ import annotations

import sys
from argparse import Namespace

from assistant.backups import size_line
from assistant.bar import Bar
from assistant.commands.courtesy import give_way
from assistant.commands.printing import print_json
from assistant.commands.recording import record
from assistant.compose import open_library
from assistant.messages import say
from assistant.settings import Settings
from index import back_up
from index import restore as restore_library


def verify(options: Namespace, settings: Settings) -> int:
    """youju verify"""
    library = open_library(settings)
    problems = library.verify()
    counts = {} if problems else library.counts()
    if options.json:
        print_json({"problems": problems, "generation": library.generation, **counts})
    elif problems:
        print("\n".join(problems), file=sys.stderr)
    else:
        print(say("verified", settings.language, generation=library.generation, **counts))
    return 1 if problems else 0


def rebuild(options: Namespace, settings: Settings) -> int:
    """youju rebuild"""
    give_way()
    desc, unit = say("rebuild.progress", settings.language), say("rebuild.unit", settings.language)
    with open_library(settings).writing() as writer, Bar(desc=desc, unit=unit, disable=options.json) as bar:
        writer.rebuild(bar.told)
    record(settings, "rebuild")
    print_json({"rebuilt": True}) if options.json else print(say("rebuilt", settings.language))
    return 0


def backup(options: Namespace, settings: Settings) -> int:
    """youju backup FILE"""
    library = open_library(settings)
    made = back_up(library.layout, options.file)
    record(settings, "backup")
    if options.json:
        print_json({**vars(made), "path": str(made.path)})
        return 0
    told = {"documents": made.documents, "originals": made.originals, "size": size_line(made.size)}
    print(say("backed_up", settings.language, path=made.path, **told))
    for name in made.missing:
        print(say("backed_up.missing", settings.language, name=name), file=sys.stderr)
    return 0


def restore(options: Namespace, settings: Settings) -> int:
    """youju restore FILE"""
    made = restore_library(options.file, settings.library)
    record(settings, "restore")
    told = {"documents": made.documents, "originals": made.originals}
    if options.json:
        print_json({"library": str(settings.library), **told})
    else:
        print(say("restored", settings.language, path=settings.library, **told))
    return 0
