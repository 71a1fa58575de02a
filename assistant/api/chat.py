"""/v1: the chat endpoint that programs made for OpenAI's know; what answers is no model but the library."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from assistant.api import calls
from assistant.api.cited_text import answer_blocks, synthesis_blocks
from assistant.api.errors import BadRequest, ModelUnknown, NotOffered, TooLarge
from assistant.api.failures import headers_of, sentence_of, status_of
from assistant.api.gate import Gate
from assistant.api.requests import AskRequest
from assistant.api.routes import Pools, Server
from assistant.followup import REMEMBERED
from assistant.messages import say
from assistant.question import LONGEST
from assistant.synthesis.synthesise import is_to_be_written, synthesise
from assistant.web.language import Language

MODEL = "youju"
BETWEEN = "\n\n"
"""Between the blocks of an answer."""
NOT_OFFERED = ("tools", "functions", "audio")
"""Parameters that nothing can come of; others that are unknown change nothing and are ignored."""
MOST_MESSAGES = 2000


class Part(BaseModel):
    """A part of a message; only text is read."""

    type: str = Field(description="text")
    text: str = Field(default="", description="文字 (text)")


class Message(BaseModel):
    """A message of a chat."""

    role: str = Field(description="user；其他角色不读 (others are not read)")
    content: str | list[Part] | None = Field(default=None, description="内容 (content)")

    @property
    def text(self) -> str:
        """Its text, of parts one a line."""
        parts = [Part(type="text", text=self.content)] if isinstance(self.content, str) else self.content or []
        return "\n".join(part.text for part in parts if part.type == "text").strip()


class StreamOptions(BaseModel):
    """What a stream holds besides."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """A chat: its last user message is the question, those before are the questions that went before."""

    model: str = Field(default=MODEL, description="youju")
    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES, description="对话 (the chat)")
    stream: bool | None = Field(default=False, description="逐句返回 (as server-sent events)")
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=1, description="只能为 1 (only 1)")
    tools: list[Any] | None = Field(default=None, description="不支持 (not offered)")
    functions: list[Any] | None = Field(default=None, description="不支持 (not offered)")
    audio: dict[str, Any] | None = Field(default=None, description="不支持 (not offered)")


class ReplyMessage(BaseModel):
    """The answer."""

    role: Literal["assistant"]
    content: str = Field(description="原文句子与 [1] 等标记，其后是出处 (verbatim sentences with marks, then sources)")


class Choice(BaseModel):
    """The one choice."""

    index: int
    message: ReplyMessage
    finish_reason: Literal["stop"]


class Usage(BaseModel):
    """Characters, since there are no tokens here."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(BaseModel):
    """A completion as OpenAI's interface has it."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage


class Model(BaseModel):
    """The one model."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelList(BaseModel):
    """The models that there are."""

    object: Literal["list"]
    data: list[Model]


class Fault(BaseModel):
    """Why a request was refused."""

    message: str = Field(description="一句话：什么不对、怎么办 (what is wrong and what to do)")
    type: str
    param: str | None = Field(description="哪个参数 (which parameter)")
    code: str | None


class ChatFailure(BaseModel):
    """A failure as OpenAI's interface has it."""

    error: Fault


class ChatGate(Gate):
    """A route that tells failures in OpenAI's shape."""

    @staticmethod
    def told(error: Exception, language: str) -> Response:
        """{"error": {"message", "type", "param", "code"}}"""
        status = 400 if isinstance(error, TooLarge) and error.fields["field"] != "HTTP" else status_of(error)
        kind = "invalid_request_error" if status < 500 else "server_error"
        codes: dict[type[Exception], str] = {
            ModelUnknown: "model_not_found",
            TooLarge: "context_length_exceeded",
            NotOffered: "unsupported",
        }
        shape = {
            "message": sentence_of(error, language),
            "type": kind,
            "param": error.fields.get("field") if isinstance(error, BadRequest | TooLarge | NotOffered) else None,
            "code": codes.get(type(error)),
        }
        return JSONResponse({"error": shape}, status, headers_of(error))


FAILURES: dict[int | str, dict[str, Any]] = {
    400: {"model": ChatFailure, "description": "请求有误，或要求的做不到 (bad request, or not offered)"},
    404: {"model": ChatFailure, "description": "没有这个模型 (no such model)"},
}

router = APIRouter(prefix="/v1", route_class=ChatGate)


@router.post(
    "/chat/completions",
    summary="OpenAI 兼容的对话 (OpenAI-compatible chat)",
    response_model=Completion,
    responses=FAILURES,
)
async def chat_completions(request: ChatRequest, pool: Pools, language: Language, server: Server) -> Response:
    """最后一条 user 消息是问题；回答是带 [1] 标记的原文句子，其后列出处；设置了语言模型时最后是综述。

    The last user message is the question; the answer is verbatim sentences with marks and the list of sources, below
    them the synthesis where a language model is set.
    """
    asked = question_of(request, language)
    answer = await pool.run(lambda library: calls.answer_to(library, asked))
    blocks = answer_blocks(answer, language)

    async def more() -> list[str]:
        if not is_to_be_written(answer, server):
            return []
        return synthesis_blocks(await pool.run(lambda library: synthesise(library, answer, server)), language)

    head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": MODEL}
    if request.stream:
        wanted = bool(request.stream_options and request.stream_options.include_usage)
        events = _events(head, blocks, more, (lambda text: _usage(request, text)) if wanted else None)
        return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-cache"})
    text = BETWEEN.join([*blocks, *await more()])
    usage = _usage(request, text)
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}]
    return JSONResponse({**head, "object": "chat.completion", "choices": choices, "usage": usage})


@router.get("/models", summary="模型一览 (models)", response_model=ModelList)
def models() -> Response:
    """只有 youju。

    There is only youju.
    """
    return JSONResponse({"object": "list", "data": [_model()]})


@router.get("/models/{name}", summary="一个模型 (one model)", response_model=Model, responses=FAILURES)
def model(name: Annotated[str, Field(max_length=200)]) -> Response:
    """youju 的信息。

    About youju.
    """
    if name != MODEL:
        raise ModelUnknown(name=name)
    return JSONResponse(_model())


def question_of(request: ChatRequest, language: str) -> AskRequest:
    """The question of a chat and those before it. Raises NotOffered, ModelUnknown, BadRequest, TooLarge."""
    _refuse_what_is_not_offered(request)
    asked = [message.text for message in request.messages if message.role == "user"]
    if not asked or not asked[-1]:
        raise BadRequest(field="messages", detail=say("wrong.blank", language))
    if len(asked[-1]) > LONGEST:
        raise TooLarge(field="messages", most=say("wrong.characters", language, count=LONGEST))
    history = [text[:LONGEST] for text in asked[:-1] if text][-REMEMBERED:]
    return AskRequest(question=asked[-1], history=history)


def _refuse_what_is_not_offered(request: ChatRequest) -> None:
    if request.model != MODEL:
        raise ModelUnknown(name=request.model[:100])
    for name in NOT_OFFERED:
        if getattr(request, name):
            raise NotOffered(field=name)
    if request.n not in (None, 1):
        raise NotOffered(field="n")
    for message in request.messages:
        parts = message.content if isinstance(message.content, list) else []
        other = next((part.type for part in parts if part.type != "text"), None)
        if other is not None:
            raise NotOffered(field=f"messages.content.{other[:50]}")


def _usage(request: ChatRequest, text: str) -> dict[str, int]:
    asked = sum(len(message.text) for message in request.messages)
    return {"prompt_tokens": asked, "completion_tokens": len(text), "total_tokens": asked + len(text)}


async def _events(
    head: dict[str, Any],
    blocks: list[str],
    more: Callable[[], Awaitable[list[str]]],
    usage: Callable[[str], dict[str, int]] | None,
) -> AsyncIterator[str]:
    """Server-sent events: a chunk for each block, then for what comes later, the reason for the end, the usage."""
    with_usage = {} if usage is None else {"usage": None}
    told = ""
    yield _event(head | with_usage, [_chunk({"role": "assistant", "content": ""})])
    for part in (blocks, None):
        for block in await more() if part is None else part:
            text = f"{BETWEEN}{block}" if told else block
            told += text
            yield _event(head | with_usage, [_chunk({"content": text})])
    yield _event(head | with_usage, [_chunk({}, "stop")])
    if usage is not None:
        yield _event(head | {"usage": usage(told)}, [])
    yield "data: [DONE]\n\n"


def _chunk(delta: dict[str, str], reason: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": reason}


def _event(head: dict[str, Any], choices: list[dict[str, Any]]) -> str:
    chunk = {**head, "object": "chat.completion.chunk", "choices": choices}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
