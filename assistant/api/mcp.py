"""The tools over the Model Context Protocol, on standard input and output or at /mcp."""

from __future__ import annotations

from typing import Any

import anyio
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import BaseRoute

from assistant.api.failures import sentence_of
from assistant.api.gate import AROUND, LARGEST
from assistant.api.pool import Pool
from assistant.api.tools import TOOLS, Tool, request_of, tool_of

PATH = "/mcp"
INSTRUCTIONS = (
    "有据：公文库的问答与引文核对，每句话都有出处。引用任何领导讲话、文件、数据之前先查；查不到就说库内未见依据。"
    "\n(Youju: answers and quotations out of a library of Chinese official documents, each with its source. "
    "Look words and figures up before quoting them; say so when the library does not have them.)"
)
ONLY_READS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)


def server(pool: Pool, drafts: Pool, language: str) -> Server[Any]:
    """The server, for either transport; what takes long is done in a pool of its own."""

    async def list_tools(
        context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_told(tool) for tool in TOOLS])

    async def call_tool(
        context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        try:
            tool = tool_of(params.name)
            request = request_of(tool, params.arguments or {}, language)
            work = drafts if tool.takes_long else pool
            reply = await work.run(lambda library: tool.call(library, request, language))
        except Exception as error:  # noqa: BLE001  an assistant program gets a sentence, whatever it was
            return _result(sentence_of(error, language), is_error=True)
        return _result(reply.text, reply.data)

    return Server("youju", title="有据", instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool)


def _told(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.asked.model_json_schema(),
        output_schema=tool.answered.model_json_schema(),
        annotations=ONLY_READS,
    )


def _result(text: str, data: dict[str, Any] | None = None, *, is_error: bool = False) -> types.CallToolResult:
    content: list[types.ContentBlock] = [types.TextContent(type="text", text=text)]
    return types.CallToolResult(content=content, structured_content=data, is_error=is_error)


def routes(over: Server[Any], *, beyond: bool = False) -> list[BaseRoute]:
    """The server at PATH; it keeps no sessions, since no tool has anything to remember.

    By itself it answers to this machine's names alone; `beyond` it, the application sees to that.
    """
    app = over.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=LARGEST + AROUND,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False) if beyond else None,
    )
    return list(app.routes)


def run_stdio(over: Server[Any]) -> None:
    """Serve on standard input and output until the input ends; whatever else is printed goes to stderr."""

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await over.run(incoming, outgoing, over.create_initialization_options())

    anyio.run(run)
