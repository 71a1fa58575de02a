"""The excerpts that somebody collected, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.excerpts import Excerpt, notes
from assistant.export import FORMS
from assistant.messages import say
from assistant.web.render import copy_button


def excerpts_html(excerpts: Sequence[Excerpt], language: str = "zh", told: str = "") -> str:
    """Each with its source and a button that takes it out; `told` is a sentence about what was just done."""
    lead = f'<p class="yj-legend" role="status">{escape(told)}</p>' if told else ""
    if not excerpts:
        return f'<div class="yj-result">{lead}<p class="yj-hint">{escape(say("excerpt.none", language))}</p></div>'
    items = "".join(_item(excerpt, language) for excerpt in excerpts)
    return f'<div class="yj-result">{lead}{_exports(excerpts, language)}<ol class="yj-places">{items}</ol></div>'


def held_html(excerpts: Sequence[Excerpt]) -> str:
    """Their ids, for the page's script."""
    return f'<i data-held="{escape(" ".join(excerpt.id for excerpt in excerpts))}"></i>'


def _item(excerpt: Excerpt, language: str) -> str:
    warned = "".join(f'<span class="yj-flag">{escape(note)}</span>' for note in notes(excerpt, language))
    drop = escape(say("excerpt.drop", language))
    return (
        f'<li><p class="yj-text">{escape(excerpt.text)}</p><p class="yj-about">{escape(excerpt.printed)}{warned}</p>'
        f'<p class="yj-actions"><button type="button" data-do="drop {escape(excerpt.id)}">{drop}</button></p></li>'
    )


def _exports(excerpts: Sequence[Excerpt], language: str) -> str:
    everything = "\n".join(f"“{excerpt.text}”——{excerpt.printed}" for excerpt in excerpts)
    buttons = "".join(
        f'<button type="button" data-do="{form}">{escape(say(f"excerpt.{form}", language))}</button>' for form in FORMS
    )
    sure, clear = escape(say("excerpt.sure", language)), escape(say("excerpt.clear", language))
    return (
        f'<p class="yj-actions">{buttons}{copy_button(everything, say("excerpt.copy", language), language)}'
        f'<button type="button" data-do="clear" data-sure="{sure}">{clear}</button></p>'
    )
