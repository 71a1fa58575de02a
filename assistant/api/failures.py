"""A failure as programs are told of it: a status of HTTP and one sentence."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from starlette.exceptions import HTTPException

from assistant.api import errors
from assistant.api.pool import COME_AGAIN
from assistant.errors import AssistantError, TooLong
from assistant.messages import explain, say
from corpus import Refused
from index import DocumentUnknown, IndexingError, LibraryBusy, LibraryMissing

logger = logging.getLogger(__name__)

STATUS: dict[type[Exception], int] = {
    errors.OtherOrigin: 403,
    errors.RouteUnknown: 404,
    errors.ParagraphUnknown: 404,
    errors.ModelUnknown: 404,
    errors.MethodUnknown: 405,
    errors.TooLarge: 413,
    errors.Crowded: 503,
    TooLong: 413,
    DocumentUnknown: 404,
    LibraryBusy: 409,
    LibraryMissing: 503,
}
"""What is not here is 400 if the request is to blame, 500 if the library or the program is."""
LARGE = ("too_large", "limits")
"""Codes of a refused draft that mean its size."""


def status_of(error: Exception) -> int:
    """The status that a failure has.

    >>> status_of(DocumentUnknown(id="3f2a")), status_of(Refused("damaged")), status_of(ZeroDivisionError())
    (404, 400, 500)
    """
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, Refused):
        return 413 if error.code in LARGE else 400
    return STATUS.get(type(error), 400 if isinstance(error, AssistantError) else 500)


def headers_of(error: Exception) -> dict[str, str]:
    """What the headers of a failure tell: when to come again.

    >>> headers_of(errors.Crowded()), headers_of(ZeroDivisionError())
    ({'Retry-After': '3'}, {})
    """
    return {"Retry-After": str(COME_AGAIN)} if isinstance(error, errors.Crowded) else {}


def sentence_of(error: Exception, language: str) -> str:
    """The sentence that a failure is told with; what no sentence was made for goes to the log in full."""
    if isinstance(error, AssistantError | IndexingError | Refused):
        return explain(error, language)
    if isinstance(error, HTTPException):
        return say("BadRequest", language, field="HTTP", detail=error.detail)
    logger.error("a request failed", exc_info=error)
    return say("unexpected", language, detail=type(error).__name__)


def refused_by(error: ValidationError, language: str) -> errors.RequestError:
    """What a model of ours has against what was sent, the first of it."""
    return wrong(error.errors()[0], language)


def wrong(fault: Mapping[str, Any], language: str) -> errors.RequestError:
    """One fault that pydantic found, as an error of ours.

    >>> wrong({"type": "string_too_long", "loc": ("body", "question"), "ctx": {"max_length": 5000}}, "zh").fields
    {'field': 'question', 'most': '5000 字'}
    """
    field = ".".join(str(part) for part in fault["loc"] if part not in ("body", "query", "path")) or "JSON"
    if fault["type"] == "string_too_long":
        return errors.TooLarge(field=field, most=say("wrong.characters", language, count=fault["ctx"]["max_length"]))
    if fault["type"] == "model_attributes_type":
        return errors.BadRequest(field=field, detail=say("wrong.json_invalid", language))
    if fault["type"] in ("missing", "blank", "extra_forbidden", "json_invalid"):
        return errors.BadRequest(field=field, detail=say(f"wrong.{fault['type']}", language))
    return errors.BadRequest(field=field, detail=fault["msg"])
