"""Which documents to look in."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.names import INSIDE


@dataclass(frozen=True)
class Filters:
    """Which documents to look in. `year` is that of 成文日期, `folder` a path inside what was added, `level`
    国, 省, 市, 县 or 乡, `region` part of a 地域.
    """

    kind: str | None = None
    year: int | None = None
    issuer: str | None = None
    folder: str | None = None
    level: str | None = None
    region: str | None = None

    def __bool__(self) -> bool:
        held = (self.kind, self.year, self.issuer, self.folder, self.level, self.region)
        return any(value is not None for value in held)


def restriction(filters: Filters) -> tuple[str, dict[str, object]]:
    """The filters as SQL that follows a WHERE over documents and sources, and its values."""
    parts: list[str] = []
    values: dict[str, object] = {}
    if filters.kind is not None:
        parts.append("documents.kind = :kind")
        values["kind"] = filters.kind
    if filters.year is not None:
        parts.append("substr(documents.issued, 1, 4) = :year")
        values["year"] = f"{filters.year:04}"
    if filters.issuer is not None:
        parts.append("instr(documents.issuer, :issuer) > 0")
        values["issuer"] = filters.issuer
    if filters.folder is not None and filters.folder.strip("/"):
        parts.append(
            "(sources.name = :folder OR substr(sources.name, 1, length(:folder) + 1) = :folder || '/'"
            " OR substr(sources.name, 1, length(:folder) + 2) = :folder || :inside)"
        )
        values["inside"] = INSIDE
        values["folder"] = filters.folder.strip("/")
    if filters.level is not None:
        parts.append(
            "EXISTS (SELECT 1 FROM json_each(documents.facts) AS fact"
            " WHERE json_extract(fact.value, '$[0]') = 'level' AND json_extract(fact.value, '$[1]') = :level)"
        )
        values["level"] = filters.level
    if filters.region is not None:
        parts.append(
            "EXISTS (SELECT 1 FROM json_each(documents.facts) AS fact"
            " WHERE json_extract(fact.value, '$[0]') = 'place' AND instr(json_extract(fact.value, '$[1]'), :region) > 0)"
        )
        values["region"] = filters.region
    return "".join(f" AND {part}" for part in parts), values
