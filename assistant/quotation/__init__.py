"""核引文: from pasted or remembered words to their source, with every difference."""

from assistant.quotation.alignment import Alignment, Change, align
from assistant.quotation.attribution import Attribution, Unmet, Unstated
from assistant.quotation.framing import Framed, read_framing
from assistant.quotation.look_up import look_up, look_up_framed, look_up_near, quote
from assistant.quotation.records import Edit, Match, Quotation

__all__ = [
    "Alignment",
    "Attribution",
    "Change",
    "Edit",
    "Framed",
    "Match",
    "Quotation",
    "Unmet",
    "Unstated",
    "align",
    "look_up",
    "look_up_framed",
    "look_up_near",
    "quote",
    "read_framing",
]
