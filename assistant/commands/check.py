"""youju check: a draft against the library."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from assistant.bar import Bar
from assistant.commands.printing import export, print_json
from assistant.compose import open_library
from assistant.draft import Checked, Draft, check, comments_of, read_draft, report_lines, write_comments
from assistant.errors import BadOutput, NotWord, OwnDraft
from assistant.export import form_of, report_sheet
from assistant.messages import say
from assistant.settings import Settings
from corpus import Refused
from index import Library


def check_(options: Namespace, settings: Settings) -> int:
    """youju check DRAFT"""
    try:
        draft = read_draft(options.draft)
    except Refused as refused:
        reason = say(f"refused.{refused.code}", settings.language, detail=refused.detail)
        print(f"{options.draft}：{reason}", file=sys.stderr)
        return 1
    if options.docx:
        _refuse_output(draft, options.docx)
    if options.out:
        form_of(options.out)
    checked = _with_bar(open_library(settings), draft, settings.language, quiet=options.json)
    if options.docx:
        _write(draft, checked, options.docx, settings.language)
    if options.out:
        sheet = report_sheet(checked, len(draft.paragraphs), settings.language)
        export(sheet, options.out, settings.language)
    elif options.json:
        print_json(checked.to_dict())
    else:
        print("\n".join(report_lines(checked, len(draft.paragraphs), settings.language)))
    if options.docx and not options.json:
        print(say("check.written", settings.language, path=options.docx))
    return 0


def _refuse_output(draft: Draft, out: Path) -> None:
    """Before anything is checked: nobody wants to wait for a file that can't be written."""
    if draft.word is None:
        raise NotWord(path=str(draft.path))
    if out.exists() and out.samefile(draft.path):
        raise OwnDraft(path=str(draft.path))
    if not out.parent.is_dir() or out.is_dir():
        raise BadOutput(path=str(out))


def _write(draft: Draft, checked: Checked, out: Path, language: str) -> None:
    try:
        write_comments(draft, comments_of(checked, language), out)
    except OSError as error:
        raise BadOutput(path=str(out)) from error


def _with_bar(library: Library, draft: Draft, language: str, *, quiet: bool) -> Checked:
    """Check with a progress bar on stderr."""
    with Bar(desc=say("check.progress", language), disable=quiet) as bar:
        return check(library, draft, bar.told)
