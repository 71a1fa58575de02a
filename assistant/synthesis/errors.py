"""What can go wrong with the server of a language model.

Exception
└── ServerFailed    it gave no reply that can be used; holds a code and nothing that the server said
"""

from __future__ import annotations

from assistant.synthesis.records import Failure


class ServerFailed(Exception):
    """`code`: as in Synthesis.failed."""

    def __init__(self, code: Failure) -> None:
        super().__init__(code)
        self.code: Failure = code
