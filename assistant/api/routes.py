"""/api: what programs ask for over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote as quote_name

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from fastapi.responses import JSONResponse, Response
from starlette.routing import Match

from assistant.api import calls
from assistant.api.drafts import WORD, check_file, comment_file
from assistant.api.errors import MethodUnknown, RouteUnknown, TooLarge
from assistant.api.gate import LARGEST, MEGABYTE, Gate
from assistant.api.health import HealthCheck
from assistant.api.pool import Pool
from assistant.api.requests import AskRequest, ListRequest, QuoteRequest, ShowRequest, WordingRequest
from assistant.api.shapes import (
    AnswerShape,
    CheckedShape,
    DocumentList,
    DocumentShape,
    Failure,
    Health,
    Hit,
    QuotationShape,
    WordingsShape,
)
from assistant.synthesis import ModelServer
from assistant.web.language import Language

EVERY = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
MAX_PARAGRAPHS = 10**9
FAILURES: dict[int | str, dict[str, Any]] = {
    400: {"model": Failure, "description": "请求有误 (bad request)"},
    409: {"model": Failure, "description": "文库正忙 (the library is busy)"},
    413: {"model": Failure, "description": "超过上限 (too large)"},
    503: {"model": Failure, "description": "还没有文库，或排队的请求太多 (no library yet, or too many requests wait)"},
}
UNKNOWN: dict[int | str, dict[str, Any]] = {
    404: {"model": Failure, "description": "没有这篇文档或这一段 (no such document or paragraph)"},
}

router = APIRouter(prefix="/api", route_class=Gate, responses=FAILURES)


def pool_of(request: Request) -> Pool:
    """The application's pool of threads."""
    pool: Pool = request.app.state.pool
    return pool


def server_of(request: Request) -> ModelServer | None:
    """The server of a language model, if one is set."""
    server: ModelServer | None = request.app.state.server
    return server


Pools = Annotated[Pool, Depends(pool_of)]
Server = Annotated[ModelServer | None, Depends(server_of)]


@router.post("/ask", summary="提问 (ask a question)", response_model=AnswerShape)
async def ask(request: AskRequest, pool: Pools, language: Language, server: Server) -> Response:
    """回答由文库原文句子组成，句句有出处；没有依据就说库内未见依据。设置了语言模型时另有综述。

    The answer is made of verbatim sentences, each with its citation; without evidence it says so. A synthesis stands
    beside it where a language model is set.
    """
    return JSONResponse((await pool.run(lambda library: calls.ask(library, request, language, server))).data)


@router.post("/quote", summary="核引文 (look a quotation up)", response_model=QuotationShape)
async def quote(request: QuoteRequest, pool: Pools, language: Language) -> Response:
    """给出引文的原文、出处、逐字差异和出现的各处。

    The exact source of a quotation, what differs, and where else the words stand.
    """
    return JSONResponse((await pool.run(lambda library: calls.quote(library, request, language))).data)


@router.post("/wording", summary="找提法 (find precedent wording)", response_model=WordingsShape)
async def wording(request: WordingRequest, pool: Pools, language: Language) -> Response:
    """按意思、原词、句式、部位或排比标题找现成的写法，相近的归为一组。

    Precedent wording by meaning, phrase, pattern, place or as parallel headings; near-same wordings are one family.
    """
    return JSONResponse((await pool.run(lambda library: calls.wording(library, request, language))).data)


@router.post(
    "/check", summary="核稿 (check a draft)", response_model=CheckedShape, responses={200: {"content": {WORD: {}}}}
)
async def check(
    draft: Annotated[UploadFile, File(description="稿件：txt、md 或 docx (the draft)")],
    request: Request,
    language: Language,
    docx: Annotated[bool, Query(description="返回带批注的 docx (the draft with comments instead)")] = False,
) -> Response:
    """逐条核对引文、数据和复写；原稿不保存。

    Quotations, figures and copied wording of a draft against the library; the draft is not kept.
    """
    drafts: Pool = request.app.state.drafts
    name, data = draft.filename or "", await draft.read()
    if len(data) > LARGEST:
        raise TooLarge(field="draft", most=f"{LARGEST // MEGABYTE} MB")
    if not docx:
        return JSONResponse((await drafts.run(lambda library: check_file(library, name, data, language))).data)
    with_comments = await drafts.run(lambda library: comment_file(library, name, data, language))
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote_name(name)}"}
    return Response(with_comments, media_type=WORD, headers=headers)


@router.get("/documents", summary="列出文档 (list documents)", response_model=DocumentList)
async def list_documents(request: Annotated[ListRequest, Query()], pool: Pools, language: Language) -> Response:
    """文库中符合条件的文档。

    The documents that pass the filters.
    """
    return JSONResponse((await pool.run(lambda library: calls.list_documents(library, request, language))).data)


@router.get("/documents/{id}", summary="一篇文档 (one document)", response_model=DocumentShape, responses=UNKNOWN)
async def show_document(
    id: str,
    pool: Pools,
    language: Language,
    start: Annotated[int, Query(ge=1, le=MAX_PARAGRAPHS, description="从第几段开始 (first paragraph)")] = 1,
    count: Annotated[
        int, Query(ge=1, le=MAX_PARAGRAPHS, description="最多几段，默认全部 (paragraphs, all unless told)")
    ] = MAX_PARAGRAPHS,
) -> Response:
    """文中写明的题名、机关、日期，目录，各自然段。

    What it states of itself, its headings, its paragraphs.
    """
    asked = ShowRequest.model_construct(id=id, start=start, count=count)
    return JSONResponse((await pool.run(lambda library: calls.show_document(library, asked, language))).data)


@router.get(
    "/documents/{id}/paragraphs/{n}", summary="一个自然段 (one paragraph)", response_model=Hit, responses=UNKNOWN
)
async def show_paragraph(id: str, n: int, pool: Pools) -> Response:
    """引文编号所指的那一段，连同所在文档。

    The paragraph that a citation names, with its document.
    """
    return JSONResponse(await pool.run(lambda library: calls.show_paragraph(library, id, n)))


@router.get("/health", summary="文库状态 (the state of the library)", response_model=Health)
async def health(request: Request) -> Response:
    """版本号与文档、自然段数；检查服务是否可用时用。

    Number of the published state and what it holds; answers while all else is busy.
    """
    check: HealthCheck = request.app.state.health
    return JSONResponse(await check.tell())


def unknown(request: Request) -> Response:
    """What is no route: the path is wrong, or the method."""
    path, method = request.url.path, request.method
    if any(route.matches(request.scope)[0] is Match.PARTIAL for route in request.app.routes):
        raise MethodUnknown(path=path[:100], method=method)
    raise RouteUnknown(path=path[:100])
