"""What reading one part of a file gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.document import Document
from corpus.errors import Refused


@dataclass(frozen=True)
class Reading:
    """`name` and `origin` as in Source; then one of: a document, a refusal, the digest of what is unchanged.

    With none of them reading has only begun.
    """

    name: str
    origin: str
    document: Document | None = None
    refused: Refused | None = None
    unchanged: str = ""

    @property
    def begun(self) -> bool:
        """Whether this only says that the part is being read now."""
        return not (self.document or self.refused or self.unchanged)

    def to_dict(self) -> dict[str, Any]:
        """A dictionary that JSON can hold; `from_dict` reads it back."""
        shape: dict[str, Any] = {"name": self.name, "origin": self.origin}
        if self.document:
            shape["document"] = self.document.to_dict()
        if self.refused:
            shape |= {"refused": self.refused.code, "detail": self.refused.detail}
        if self.unchanged:
            shape["unchanged"] = self.unchanged
        return shape

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reading:
        """The inverse of `to_dict`, also after a trip through JSON."""
        return cls(
            data["name"],
            data["origin"],
            document=Document.from_dict(data["document"]) if "document" in data else None,
            refused=Refused(data["refused"], data["detail"]) if "refused" in data else None,
            unchanged=data.get("unchanged", ""),
        )
