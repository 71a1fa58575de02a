"""Routes that give exports: what a browser names by ids, in the words that the library has now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from assistant.errors import AssistantError
from assistant.export import (
    FORMS,
    File,
    Sheet,
    Turn,
    answers_sheet,
    document_sheet,
    file_of,
    passages_sheet,
    quotation_sheet,
)
from assistant.messages import explain, say
from assistant.question import LONGEST
from assistant.quotation import quote as look_up
from assistant.web.body import body_up_to
from assistant.web.language import Language
from index import DocumentUnknown, IndexingError, Library

LARGEST = 2_000_000
"""Bytes of a request: a chat of fifty long questions."""
MOST_TURNS, MOST_PLACES = 50, 1000
SAVED = "sandbox; default-src 'none'"
Place = Annotated[str, Field(max_length=90)]


class AskedTurn(BaseModel):
    """A question, query or quotation, the ids of what was found for it, and whose words these are."""

    model_config = ConfigDict(extra="forbid")
    question: Annotated[str, Field(max_length=LONGEST)]
    places: Annotated[list[Place], Field(max_length=MOST_PLACES)] = []
    of: Annotated[list[Annotated[str, Field(max_length=LONGEST)]], Field(max_length=MOST_PLACES)] = []


class Wanted(BaseModel):
    """What to export, and how."""

    model_config = ConfigDict(extra="forbid")
    what: Literal["answers", "wordings", "quotation"]
    form: Literal["docx", "md"]
    language: Literal["zh", "en"] = "zh"
    turns: Annotated[list[AskedTurn], Field(min_length=1, max_length=MOST_TURNS)]


def export_routes(app: FastAPI, open_library: Callable[[], Library]) -> None:
    """POST /export gives results, GET /export/ID.docx and .md a document; both as a file to save."""

    @app.post("/export", include_in_schema=False)
    async def results(request: Request) -> Response:
        body = await body_up_to(LARGEST, request.receive)
        if body is None:
            return Response(status_code=413)
        wanted = _wanted(body)
        if wanted is None:
            return Response(status_code=400)
        try:
            file = await run_in_threadpool(lambda: file_of(sheet_of(open_library(), wanted), wanted.form))
        except (IndexingError, AssistantError) as error:
            return Response(explain(error, wanted.language), 422, media_type="text/plain")
        return given(file)

    @app.get("/export/{id}.{form}", include_in_schema=False)
    def document(id: str, form: str, language: Language) -> Response:
        if form not in FORMS:
            return Response(status_code=404)
        try:
            library = open_library()
            return given(file_of(document_sheet(library.document(id), library.entry(id), language), form))
        except DocumentUnknown:
            return Response(say("web.unknown", language), 404, media_type="text/plain")


def sheet_of(library: Library, wanted: Wanted) -> Sheet:
    """What is asked for, made of the library. Raises IndexingError, AssistantError."""
    first, language = wanted.turns[0], wanted.language
    if wanted.what == "quotation":
        return quotation_sheet(look_up(library, first.question.strip()), language)
    if wanted.what == "wordings":
        return passages_sheet(library, first.question, first.places, language)
    turns = [Turn(turn.question, tuple(turn.places), tuple(turn.of)) for turn in wanted.turns]
    return answers_sheet(library, turns, language)


def given(file: File) -> Response:
    """A file to save, never to be shown by the browser."""
    return Response(file.data, media_type=file.media_type, headers=to_save(file.name))


def to_save(name: str) -> dict[str, str]:
    """The headers of a file to save."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": SAVED,
    }


def _wanted(body: bytes) -> Wanted | None:
    """What a request asks for, None if it means nothing."""
    try:
        return Wanted.model_validate_json(body)
    except ValidationError:
        return None
