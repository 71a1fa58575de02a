"""youju verify, rebuild: the library's health."""

from __future__ import annotations

import sys
from argparse import Namespace

from assistant.commands.printing import print_json
from assistant.commands.recording import record
from assistant.compose import open_library
from assistant.messages import say
from assistant.settings import Settings


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
    with open_library(settings).writing() as writer:
        writer.rebuild()
    record(settings, "rebuild")
    print_json({"rebuilt": True}) if options.json else print(say("rebuilt", settings.language))
    return 0
