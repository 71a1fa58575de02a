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
    "not_file",  # a pipe, a device or a folder
    "changed",  # written to while it was read
    "name",  # a file name that is not valid Unicode or holds control characters
    "link",  # a symbolic link that leads out of the folder given
    "format",  # an ending that no reader knows
    "archive",  # packed in another way than zip
    "old_table",  # a table in the binary format from before 2007
    "unsafe_path",  # a member of an archive that would be written outside of it
    "too_large",  # more bytes than LIMIT_BYTES
    "empty",  # nothing in it
    "not_text",  # binary content under the name of a text
    "damaged",  # the format's own parser gives up
    "encrypted",  # needs a password
    "no_text_layer",  # a scan
    "no_office",  # LibreOffice, which reads this format, is not installed
    "no_body",  # only page furniture, no sentence
    "limits",  # over a limit of time, memory, expanded size, rows or nesting
)


def refused_by(error: Exception) -> Refused:
    """What a failure of a parser means for its file.

    >>> refused_by(MemoryError()).code, refused_by(KeyError("w:p")).code
    ('limits', 'damaged')
    """
    if isinstance(error, Refused):
        return error
    if isinstance(error, MemoryError | RecursionError):
        return Refused("limits")
    return Refused("damaged", type(error).__name__)
