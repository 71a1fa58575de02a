"""/api: a page that lists every route, in Chinese or English, out of the OpenAPI description; no script, nothing fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.messages import say
from assistant.web.language import TAGS, Language, switch_html

VERSION = "1"
TITLE = f"{say('api.title', 'zh')} ({say('api.title', 'en')})"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
IN_BOTH = re.compile(r"(?=[^()]*[\u3000-\u9fff])(?P<zh>[^()]+) \((?P<en>.*)\)", re.DOTALL)
"""A text of the description in both languages, as each field and route has one: 题名 (title)."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")

router = APIRouter()


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of all that programs may ask for.

    FastAPI would have it that what is invalid is answered with 422 and a list of faults; here it is 400 and a sentence.
    """
    told = get_openapi(title=TITLE, version=VERSION, routes=app.routes)
    for methods in told["paths"].values():
        for operation in methods.values():
            operation["responses"].pop("422", None)
    shapes = told["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        shapes.pop(name, None)
    return _renamed(told, {name: f"{name.split('_')[1].title()}Form" for name in shapes if name.startswith("Body_")})


def _renamed(told: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The same with other names for some shapes: FastAPI's own for a form holds its route's address."""
    text = json.dumps(told, ensure_ascii=False)
    for old, new in names.items():
        text = text.replace(json.dumps(old), json.dumps(new)).replace(f'/schemas/{old}"', f'/schemas/{new}"')
    renamed: dict[str, Any] = json.loads(text)
    return renamed


@router.get("/api/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description for programs."""
    return JSONResponse(described(request.app))


@router.get("/api/page.css", include_in_schema=False)
def style() -> Response:
    """The style of the page."""
    return Response(resources.files("assistant.api").joinpath("page.css").read_text("utf-8"), media_type="text/css")


@router.get("/api", include_in_schema=False)
def page(request: Request, language: Language) -> Response:
    """The description for people."""
    return HTMLResponse(page_html(described(request.app), language), headers={"Content-Security-Policy": POLICY})


def page_html(openapi: dict[str, Any], language: str = "zh") -> str:
    """The page of an OpenAPI description: routes with what they take and give, then the shapes that they name."""
    shapes = openapi.get("components", {}).get("schemas", {})
    operations = "".join(
        _operation(method, path, operation, language)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    )
    named = ((name, schema) for name, schema in sorted(shapes.items()) if schema.get("properties"))
    told = "".join(_shape(name, schema, language) for name, schema in named)
    title = escape(say("api.title", language))
    return (
        f'<!DOCTYPE html><html lang="{TAGS[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="/api/page.css"></head><body><main>'
        f'{switch_html(language)}<p><a href="/">{escape(say("web.back", language))}</a></p><h1>{title}</h1>'
        f"<p>{escape(say('api.here', language))}<a href='/api/openapi.json'>openapi.json</a></p>"
        f"<p>{escape(say('api.mcp', language))}</p>"
        f"{operations}<h2>{escape(say('api.shapes', language))}</h2>{told}</main></body></html>"
    )


def in_language(text: str, language: str) -> str:
    """Of a text in both languages, or of paragraphs each in one, what is in that language.

    >>> in_language("题名 (title)", "zh"), in_language("题名 (title)", "en"), in_language("JSON", "zh")
    ('题名', 'title', 'JSON')
    """
    if both := IN_BOTH.fullmatch(text):
        return both[language]
    parts = text.split("\n\n")
    return "\n\n".join(p for p in parts if bool(CHINESE.search(p)) == (language == "zh")) or text


def _operation(method: str, path: str, operation: dict[str, Any], language: str) -> str:
    about = in_language(operation.get("description", ""), language)
    texts = "".join(f"<p>{escape(text)}</p>" for text in about.split("\n\n"))
    taken = "".join(
        _row(p["name"], p["schema"] | _meaning(p), p.get("required"), language) for p in operation.get("parameters", ())
    )
    body = operation.get("requestBody", {}).get("content", {})
    asked = escape(say("api.request", language))
    sent = "".join(f"<p>{asked}{escape(media)} {_type(each['schema'])}</p>" for media, each in body.items())
    given = "".join(_response(status, told, language) for status, told in operation["responses"].items())
    table = f"<table>{_heads(language)}{taken}</table>" if taken else ""
    summary = escape(in_language(operation.get("summary", ""), language))
    return (
        f"<section><h2>{summary}</h2><p><b>{method.upper()}</b> <code>{escape(path)}</code></p>"
        f"{texts}{table}{sent}<ul>{given}</ul></section>"
    )


def _meaning(parameter: dict[str, Any]) -> dict[str, Any]:
    return {"description": parameter["description"]} if "description" in parameter else {}


def _response(status: str, told: dict[str, Any], language: str) -> str:
    types = ", ".join(_type(each["schema"]) for each in told.get("content", {}).values() if each.get("schema"))
    meaning = say("api.done", language) if status == "200" else in_language(told.get("description", ""), language)
    return f"<li>{escape(status)} {escape(meaning)} {types}</li>"


def _shape(name: str, schema: dict[str, Any], language: str) -> str:
    needed = schema.get("required", ())
    rows = "".join(_row(field, each, field in needed, language) for field, each in schema["properties"].items())
    return f"<section><h3 id='{escape(name)}'>{escape(name)}</h3><table>{_heads(language)}{rows}</table></section>"


def _heads(language: str) -> str:
    heads = "".join(f"<th>{escape(say(f'api.{head}', language))}</th>" for head in ("field", "type", "meaning"))
    return f"<tr>{heads}</tr>"


def _row(name: str, schema: dict[str, Any], needed: object, language: str) -> str:
    told = [in_language(schema.get("description", ""), language), *_limits(schema, language)]
    star = "*" if needed else ""
    return (
        f"<tr><td><code>{escape(name)}</code>{star}</td><td>{_type(schema)}</td>"
        f"<td>{escape(('；' if language == 'zh' else '; ').join(filter(None, told)))}</td></tr>"
    )


def _limits(schema: dict[str, Any], language: str) -> Iterator[str]:
    length, items = (f"{say(f'api.{each}', language)} ≤" for each in ("length", "items"))
    for part in (schema, *schema.get("anyOf", ())):
        for key, sign in (("minimum", "≥"), ("maximum", "≤"), ("maxLength", length), ("maxItems", items)):
            if key in part:
                yield f"{sign} {part[key]}"
    if schema.get("default") not in (None, [], {}, ""):
        yield f"{say('api.default', language)} {_value(schema['default'], language)}"


def _value(value: object, language: str) -> str:
    return say("api.yes" if value else "api.no", language) if isinstance(value, bool) else str(value)


def _type(schema: dict[str, Any]) -> str:
    """A type as HTML, a named shape as a link to it."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f"<a href='#{name}'>{name}</a>"
    if "allOf" in schema:
        return _either(schema["allOf"])
    if "anyOf" in schema:
        return _either(schema["anyOf"])
    if "enum" in schema:
        return " | ".join(escape(str(value)) for value in schema["enum"])
    if "const" in schema:
        return escape(str(schema["const"]))
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    return escape(str(schema.get("type", "")))


def _either(schemas: Iterable[dict[str, Any]]) -> str:
    return " | ".join(_type(each) for each in schemas)
