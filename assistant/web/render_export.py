"""What of a result can be saved and copied: the buttons, and files as data in the page."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from assistant.answer import Answer
from assistant.citing import plain
from assistant.export import FORMS, File, places_of, turn_of
from assistant.messages import say
from assistant.quotation import Quotation
from assistant.telling import lead_of
from assistant.web.copying import copy_button
from assistant.wording import Wordings


def answer_exports(answer: Answer, earlier: Sequence[str], language: str) -> str:
    """An answer; behind others of a chat the whole of it, too."""
    turn = turn_of(answer)
    asked = {"what": "answers", "turns": [asdict(turn)]}
    lines = [lead_of(answer, s, language) + plain(s.text, answer.citations[s.citation - 1]) for s in answer.sentences]
    buttons = copy_button("\n".join(lines), say("export.copy", language), language) if lines else ""
    buttons += _buttons(asked, language)
    if earlier:
        label = escape(say("export.chat", language))
        buttons += f"<span>{label}{_buttons(asked, language, whole=True)}</span>"
    return _folded(buttons, language)


def wording_exports(found: Wordings, language: str) -> str:
    """All wordings that are shown."""
    places = places_of(found)
    turn = {"question": found.query, "places": places}
    return _folded(_buttons({"what": "wordings", "turns": [turn]}, language), language) if places else ""


def quotation_exports(found: Quotation, language: str) -> str:
    """The report on a quotation, which is looked up again for it."""
    asked = {"what": "quotation", "turns": [{"question": found.query}]}
    return _folded(_buttons(asked, language), language)


def report_exports(files: Sequence[File], language: str) -> str:
    """Files that are there already, since what they were made of is not kept."""
    buttons = "".join(
        f'<button type="button" data-save="{escape(saved(file))}">'
        f"{escape(say('export.' + file.name.rpartition('.')[2], language))}</button>"
        for file in files
    )
    return _folded(buttons, language)


def saved(file: File) -> str:
    """A file as the page's script saves it."""
    return json.dumps({"name": file.name, "type": file.media_type, "data": b64encode(file.data).decode()})


def _buttons(asked: dict[str, Any], language: str, *, whole: bool = False) -> str:
    told = escape(json.dumps(asked | {"language": language}, ensure_ascii=False))
    failed = escape(say("export.failed", language))
    chat = " data-whole" if whole else ""
    return "".join(
        f'<button type="button" data-export="{told}" data-form="{form}" data-failed="{failed}"{chat}>'
        f"{escape(say(f'export.{form}', language))}</button>"
        for form in FORMS
    )


def _folded(buttons: str, language: str) -> str:
    label = escape(say("export", language))
    return (
        f'<details class="yj-others yj-exports"><summary>{label}</summary><p class="yj-actions">{buttons}</p></details>'
    )
