"""What can go wrong while reading.

CorpusError
└── Refused      a file that is not read, with a code that names the reason

A code is turned into a sentence for people by `assistant.messages`.
"""

from __future__ import annotations


class CorpusError(Exception):
    """Anything that goes wrong in `corpus`."""


class Refused(CorpusError):
    """A file is not read.

    `code` is one of REFUSALS; `detail` is a short addition such as a limit.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


REFUSALS = (
    "missing",  # no such file
    "unreadable",  # the system does not let us open it
    "name",  # a file name that is not valid Unicode
    "link",  # a symbolic link that leads out of the folder given
    "format",  # an ending that no reader knows
    "too_large",  # more bytes than LIMIT_BYTES
    "empty",  # nothing in it
    "not_text",  # binary content under the name of a text
    "damaged",  # the format's own parser gives up
    "encrypted",  # needs a password
    "no_text_layer",  # a scan, and text recognition is not installed
    "picture",  # an image, and text recognition is not installed
    "no_body",  # only page furniture, no sentence
    "limits",  # the reader went over its time or memory
)
