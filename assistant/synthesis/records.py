"""What a language model made of an answer, after checking."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Failure = Literal["", "unreachable", "slow", "redirect", "key", "status", "large", "nonsense", "empty", "busy"]
Reason = Literal[
    "markup", "uncited", "citation", "long", "repeated", "title", "quotation", "figure", "date", "name", "sense", "beside"
]  # fmt: skip


@dataclass(frozen=True)
class SynthesisSentence:
    """A sentence that a model wrote, plain text without marks, and the numbers of the citations that it rests on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True)
class Dropped:
    """Why a sentence was left out: a code, and the word that no cited paragraph has; the sentence itself is not kept."""

    reason: Reason
    what: str = ""


@dataclass(frozen=True)
class Synthesis:
    """综述: the sentences that passed, in the model's order; what was dropped; `model` by its name.

    `failed` says why there is none: unreachable, slow (no whole reply in time), redirect, key (401 or 403), status,
    large, nonsense (no such protocol), empty (nothing was written), busy (too many are being written).
    """

    sentences: tuple[SynthesisSentence, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    model: str = ""
    failed: Failure = ""
    took_ms: float = field(default=0.0, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """As docs/language-model.md gives it."""
        return {
            "sentences": [{"text": s.text, "citations": list(s.citations)} for s in self.sentences],
            "dropped": [{"reason": d.reason, "what": d.what} for d in self.dropped],
            "model": self.model,
            "failed": self.failed,
            "took_ms": round(self.took_ms, 1),
        }
