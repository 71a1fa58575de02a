"""Every sentence that people read, Chinese first, English second: one catalogue."""

from __future__ import annotations

import corpus
import index
from assistant import errors

MESSAGES: dict[str, tuple[str, str]] = {
    # -- why a file was not read
    "refused.missing": ("文件不存在，请检查路径", "no such file; check the path"),
    "refused.unreadable": (
        "系统不允许打开（{detail}），请检查权限",
        "can't be opened ({detail}); check its permissions",
    ),
    "refused.name": ("文件名的编码不对，请改名后再添加", "its name is not valid Unicode; rename it"),
    "refused.link": ("是指向文件夹之外的链接，请直接添加原文件", "a link out of the folder; add the file itself"),
    "refused.format": (
        "不支持的格式 {detail}，请另存为 txt、md、html、docx 或 pdf",
        "unknown format {detail}; save it as txt, md, html, docx or pdf",
    ),
    "refused.too_large": ("超过 {detail}，请拆分后再添加", "larger than {detail}; split it first"),
    "refused.empty": ("文件为空，没有可读的文字", "the file is empty"),
    "refused.not_text": ("不是文本文件，请检查扩展名", "not a text file; check its ending"),
    "refused.damaged": ("文件已损坏，无法解析，请重新获取", "damaged and can't be parsed; get it again"),
    "refused.encrypted": ("需要密码，请先解除加密", "needs a password; remove it first"),
    "refused.no_text_layer": ("扫描件，没有文字层，请先做文字识别", "a scan without text layer; run OCR first"),
    "refused.no_body": ("只有页面框架或页码，没有正文", "only page furniture, no text of a document"),
    "refused.limits": ("解析时超出时间或内存上限，已放弃", "took too much time or memory to parse"),
    # -- what went wrong
    "LibraryMissing": (
        "文库不存在：{path}，请先用 youju add 添加文件",
        "no library in {path}; add files with youju add first",
    ),
    "LibraryBusy": (
        "文库 {path} 正在被另一个进程写入，请稍后再试",
        "another process is writing to {path}; try again later",
    ),
    "LibraryDamaged": (
        "文库 {path} 有损坏（{detail}），请运行 youju rebuild 重建索引",
        "the library {path} is damaged ({detail}); run youju rebuild",
    ),
    "LibraryTooNew": (
        "文库 {path} 由更新版本的程序创建，请升级本程序",
        "{path} was written by a newer version; upgrade this program",
    ),
    "ModelMismatch": (
        "文库是用模型 {library} 建立的，不能改用 {given}；请去掉 --model，或另建文库",
        "the library was built with {library}, not {given}; drop --model or build another library",
    ),
    "ModelMissing": (
        "无法加载模型 {model}（{detail}），请检查名称或路径",
        "can't load the model {model} ({detail}); check its name or path",
    ),
    "DocumentUnknown": ("文库中没有编号为 {id} 的文档，请用 youju list 查看", "no document {id}; see youju list"),
    "BadSetting": ("设置 {name}={value} 无效，请更正或删除", "{name}={value} means nothing; correct or remove it"),
    "BadInput": ("{path} 第 {line} 行有误（{detail}），请更正", "{path}, line {line}: {detail}"),
    "unexpected": ("程序出错（{detail}），请把操作步骤告诉维护者", "unexpected error ({detail}); please report it"),
    # -- outcomes of adding
    "added": ("新增", "added"),
    "updated": ("更新", "updated"),
    "unchanged": ("未变", "unchanged"),
    "duplicate": ("重复", "duplicate"),
    "refused": ("拒绝", "refused"),
    "add.progress": ("读取与编码", "reading and embedding"),
    "add.unit": ("片段", " passages"),
    "add.files": ("文件 {files}/{of}", "files {files}/{of}"),
    "add.total": (
        "文库现有文档 {documents} 篇，自然段 {paragraphs} 个（用时 {seconds:.1f} 秒）",
        "{documents} documents, {paragraphs} paragraphs in the library ({seconds:.1f} s)",
    ),
    "removed": ("已移除 {id}", "removed {id}"),
    "rebuilt": ("索引已重建", "indexes rebuilt"),
    "verified": (
        "文库完好：文档 {documents} 篇，自然段 {paragraphs} 个，版本号 {generation}",
        "all well: {documents} documents, {paragraphs} paragraphs, generation {generation}",
    ),
    "list.none": ("没有符合条件的文档", "no document passes the filters"),
    "library.empty": ("文库为空，请先用 youju add 添加文件", "the library is empty; add files with youju add"),
    # -- answers
    "not_found": ("库内未见依据", "nothing in the library supports an answer"),
    "why.nothing": ("库内没有相关段落。", "No paragraph is related."),
    "why.far": ("最接近的段落也与问题无关。", "Even the nearest paragraph has nothing to do with it."),
    "why.year": ("找到的段落不是所问年份的。", "The paragraphs found are not of the year asked for."),
    "why.figure": ("找到的段落没有写明所问的数字。", "The paragraphs found do not state the figure asked for."),
    "why.masked": ("原文中的这个数字已被隐去（以 X 代替）。", "The source masks this figure with X."),
    "why.time": ("找到的段落没有写明所问的时间。", "The paragraphs found do not state the time asked for."),
    "understood": ("按此理解：{text}", "understood as: {text}"),
    "nearest": ("最接近的段落", "Nearest paragraphs"),
    "try": ("可以试试", "You might ask"),
    "paragraph": ("第{n}段", "paragraph {n}"),
    "quality.anonymised": ("含隐名", "anonymised"),
    "quality.traditional": ("繁体", "traditional script"),
    "quality.mixed_encoding": ("编码混杂", "mixed encodings"),
    "quality.unbroken": ("原文无分段", "source had no line breaks"),
    "quality.rewritten": ("疑似伪原创", "machine-rewritten"),
    "quality.near-duplicate": ("另有同源文档", "near-duplicate"),
    "show.rewritten": (
        "疑似伪原创（{score:.2f}），引用前请核对原文；可疑用词 {count} 处：",
        "probably machine-rewritten ({score:.2f}); check before quoting. {count} suspicious words:",
    ),
    "show.family": ("同源文档（以第一篇为准）：", "near-duplicates (cite the first):"),
    "list.no_families": ("文库中没有同源文档", "no near-duplicates in the library"),
    # -- the web page
    "web.title": ("有据", "Youju"),
    "web.tagline": ("公文问答，句句有出处", "Answers out of official documents, every sentence with its source"),
    "web.placeholder": ("请输入问题，回车提问", "Ask about the documents; Enter sends"),
    "web.send": ("提问", "Ask"),
    "web.new": ("新对话", "New chat"),
    "web.examples": ("试着问一问", "Try one of these"),
    "web.open": ("查看原文", "Open document"),
    "web.source": ("出处 {n}", "source {n}"),
    "web.copy": ("复制带出处", "Copy with source"),
    "web.copied": ("已复制", "Copied"),
    "web.also": ("也见于 {count} 处", "also in {count} places"),
    "web.more": ("展开全段", "Whole paragraph"),
    "web.less": ("收起", "Less"),
    "web.library": (
        "文库 {documents} 篇文档 · {paragraphs} 个自然段",
        "{documents} documents · {paragraphs} paragraphs",
    ),
    "web.contents": ("目录", "Contents"),
    "web.back": ("返回问答", "Back to the chat"),
    "web.unknown": ("文库中没有这篇文档", "There is no such document in the library"),
    "web.searching": ("正在查找依据…", "Searching…"),
    "web.undated": ("日期不详", "undated"),
    "web.found": ("依据 {count} 处", "{count} sources"),
    "web.address": ("请在浏览器中打开 {address}", "Open {address} in a browser"),
    "web.first": ("首次运行：正在建立示例文库", "First run: building the sample library"),
}


def say(key: str, language: str = "zh", **fields: object) -> str:
    """A sentence of the catalogue with its fields filled in."""
    return MESSAGES[key][0 if language == "zh" else 1].format(**fields)


def explain(error: Exception, language: str = "zh") -> str:
    """An error as one sentence: what, which, what to do."""
    if isinstance(error, corpus.Refused):
        return say(f"refused.{error.code}", language, detail=error.detail)
    if isinstance(error, index.IndexingError | errors.AssistantError):
        return say(type(error).__name__, language, **error.fields)
    return say("unexpected", language, detail=f"{type(error).__name__}: {error}")
