"""What can go wrong while answering.

AssistantError
├── BadSetting      an environment variable or option that means nothing
├── BadInput        a question set or history file that can't be read
├── TooLong         more than can be one quotation
├── BadPattern      a sentence pattern without parts, or with too many or too long ones
├── NotDraft        a draft in a format that is not checked
├── NotWord         comments wanted for a draft that is no Word document
├── OwnDraft        the commented draft would take the place of the draft itself
├── BadForm         an ending in which nothing is exported
├── BadOutput       a file that can't be written
└── BadServing      where or how the chat can't be served
"""

from __future__ import annotations


class AssistantError(Exception):
    """Anything that goes wrong in `assistant`; `fields` fill the sentence shown to people."""

    def __init__(self, **fields: str) -> None:
        super().__init__(", ".join(f"{key}={value}" for key, value in fields.items()))
        self.fields = fields


class BadSetting(AssistantError):
    """`name`: the setting; `value`: what it was set to."""


class BadInput(AssistantError):
    """`path`: the file; `line`: where in it; `detail`: what is wrong."""


class TooLong(AssistantError):
    """`length` of what was given, in characters; `most` that may be."""


class BadPattern(AssistantError):
    """`pattern`: its beginning; `parts`, `length`: how many parts, and how long each, are allowed."""


class NotDraft(AssistantError):
    """`path`: the file."""


class NotWord(AssistantError):
    """`path`: the draft."""


class OwnDraft(AssistantError):
    """`path`: the draft."""


class BadForm(AssistantError):
    """`path`: the file."""


class BadOutput(AssistantError):
    """`path`: the file."""


class BadServing(AssistantError):
    """`option` of the command; `value` that it was given."""
