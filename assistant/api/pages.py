"""/api: a page that lists every route, in Chinese and English, out of the OpenAPI description; no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse, Response

VERSION = "1"
TITLE = "有据 · 程序接口 (Youju: API)"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
TABLE = "<tr><th>字段 (field)</th><th>类型 (type)</th><th>说明 (meaning)</th></tr>"

router = APIRouter()


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of all that programs may ask for.

    FastAPI would have it that what is invalid is answered with 422 and a list of faults; here it is 400 and a sentence.
    """
    told = get_openapi(title=TITLE, version=VERSION, routes=app.routes)
    for methods in told["paths"].values():
        for operation in methods.values():
            operation["responses"].pop("422", None)
    for name in ("HTTPValidationError", "ValidationError"):
        told["components"]["schemas"].pop(name, None)
    return told


@router.get("/api/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description for programs."""
    return JSONResponse(described(request.app))


@router.get("/api/page.css", include_in_schema=False)
def style() -> Response:
    """The style of the page."""
    return Response(resources.files("assistant.api").joinpath("page.css").read_text("utf-8"), media_type="text/css")


@router.get("/api", include_in_schema=False)
def page(request: Request) -> Response:
    """The description for people."""
    return HTMLResponse(page_html(described(request.app)), headers={"Content-Security-Policy": POLICY})


def page_html(openapi: dict[str, Any]) -> str:
    """The page of an OpenAPI description: routes with what they take and give, then the shapes that they name."""
    shapes = openapi.get("components", {}).get("schemas", {})
    operations = "".join(
        _operation(method, path, operation)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    )
    told = "".join(_shape(name, schema) for name, schema in sorted(shapes.items()) if schema.get("properties"))
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(TITLE)}</title><link rel="stylesheet" href="/api/page.css"></head><body><main>'
        f"<h1>{escape(TITLE)}</h1>"
        "<p>有账号时须带令牌（Authorization: Bearer）；出错时返回 {&quot;error&quot;: 一句话}。机器可读的说明：<a href='/api/openapi.json'>openapi.json</a>。"
        "助手程序用的 MCP 服务在 /mcp，或用命令 <code>youju mcp</code>。</p>"
        "<p lang='en'>Where there are accounts, send a token (Authorization: Bearer); errors are {&quot;error&quot;: a sentence}. For machines: "
        "<a href='/api/openapi.json'>openapi.json</a>. The MCP server for assistant programs is at /mcp, "
        "or the command <code>youju mcp</code>.</p>"
        f"{operations}<h2>数据 (shapes)</h2>{told}</main></body></html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    texts = "".join(f"<p>{escape(text)}</p>" for text in operation.get("description", "").split("\n\n"))
    taken = "".join(
        _row(p["name"], p["schema"] | _meaning(p), p.get("required")) for p in operation.get("parameters", ())
    )
    body = operation.get("requestBody", {}).get("content", {})
    sent = "".join(f"<p>请求 (request)：{escape(media)} {_type(each['schema'])}</p>" for media, each in body.items())
    given = "".join(_response(status, told) for status, told in operation["responses"].items())
    table = f"<table>{TABLE}{taken}</table>" if taken else ""
    return (
        f"<section><h2>{escape(operation.get('summary', ''))}</h2><p><b>{method.upper()}</b> <code>{escape(path)}</code></p>"
        f"{texts}{table}{sent}<ul>{given}</ul></section>"
    )


def _meaning(parameter: dict[str, Any]) -> dict[str, Any]:
    return {"description": parameter["description"]} if "description" in parameter else {}


def _response(status: str, told: dict[str, Any]) -> str:
    types = ", ".join(_type(each["schema"]) for each in told.get("content", {}).values() if each.get("schema"))
    meaning = "成功 (done)" if status == "200" else escape(told.get("description", ""))
    return f"<li>{escape(status)} {meaning} {types}</li>"


def _shape(name: str, schema: dict[str, Any]) -> str:
    needed = schema.get("required", ())
    rows = "".join(_row(field, each, field in needed) for field, each in schema["properties"].items())
    return f"<section><h3 id='{escape(name)}'>{escape(name)}</h3><table>{TABLE}{rows}</table></section>"


def _row(name: str, schema: dict[str, Any], needed: object) -> str:
    told = [schema.get("description", ""), *_limits(schema)]
    star = "*" if needed else ""
    return (
        f"<tr><td><code>{escape(name)}</code>{star}</td><td>{_type(schema)}</td>"
        f"<td>{escape('；'.join(filter(None, told)))}</td></tr>"
    )


def _limits(schema: dict[str, Any]) -> Iterator[str]:
    for part in (schema, *schema.get("anyOf", ())):
        for key, sign in (
            ("minimum", "≥"),
            ("maximum", "≤"),
            ("maxLength", "字数 (length) ≤"),
            ("maxItems", "项数 (items) ≤"),
        ):
            if key in part:
                yield f"{sign} {part[key]}"
    if schema.get("default") not in (None, [], {}, ""):
        yield f"默认 (default) {schema['default']}"


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
