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
    "refused.not_file": ("不是普通文件，请指定文件本身", "a pipe, device or folder; name a file"),
    "refused.changed": ("读取时文件正在被改动，请稍后再添加", "it changed while it was read; add it again later"),
    "refused.name": (
        "文件名的编码不对或含有控制字符，请改名后再添加",
        "its name is not valid Unicode or holds control characters; rename it",
    ),
    "refused.link": ("是指向文件夹之外的链接，请直接添加原文件", "a link out of the folder; add the file itself"),
    "refused.format": (
        "不支持的格式 {detail}，请另存为 docx、pdf、txt 或 html",
        "unknown format {detail}; save it as docx, pdf, txt or html",
    ),
    "refused.archive": (
        "无法读取这种压缩包（{detail}），请解压后重新打包为 zip",
        "can't unpack this archive ({detail}); unpack it and pack it again as zip",
    ),
    "refused.old_table": (
        "旧版表格（{detail}），请另存为 xlsx 后再添加",
        "a table in an old format ({detail}); save it as xlsx",
    ),
    "refused.unsafe_path": (
        "压缩包内的路径不安全，请改为普通文件名后重新打包",
        "its path leads out of the archive; give it an ordinary name and pack it again",
    ),
    "refused.too_large": ("超过 {detail}，请拆分后再添加", "larger than {detail}; split it first"),
    "refused.empty": ("文件为空，没有可读的文字", "the file is empty"),
    "refused.not_text": ("不是文本文件，请检查扩展名", "not a text file; check its ending"),
    "refused.damaged": ("文件已损坏，无法解析，请重新获取", "damaged and can't be parsed; get it again"),
    "refused.encrypted": ("需要密码，请先解除加密", "needs a password; remove it first"),
    "refused.no_office": (
        "读取 {detail} 需要 LibreOffice，本机没有安装；请安装后再添加，或另存为 docx",
        "{detail} is read with LibreOffice, which is not installed; install it or save the file as docx",
    ),
    "refused.no_text_layer": (
        "扫描件，没有文字层，请先在程序文件夹运行 make ocr 安装文字识别",
        "a scan without text layer; run make ocr in the program's folder to install text recognition",
    ),
    "refused.picture": (
        "图片，请先在程序文件夹运行 make ocr 安装文字识别",
        "a picture; run make ocr in the program's folder to install text recognition",
    ),
    "refused.no_body": ("只有页面框架或页码，没有正文", "only page furniture, no text of a document"),
    "refused.limits": (
        "展开后的大小、层数、行数或解析的时间、内存超出上限，已放弃；请拆分后再添加",
        "expands or nests too far, or takes too much time or memory to parse; split it first",
    ),
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
    "TooLong": (
        "引文有 {length} 字，超过 {most} 字，请分段核对；整篇文稿请用 youju check",
        "{length} characters are more than the {most} of one quotation; look its parts up, or check a draft with youju check",
    ),
    # -- what is wrong with a request of a program
    "BadRequest": (
        "请求中的 {field} 有误（{detail}），请更正",
        "{field} of the request is wrong ({detail}); correct it",
    ),
    "TooLarge": ("请求中的 {field} 超过 {most}，请拆分后再试", "{field} of the request is more than {most}; split it"),
    "OtherOrigin": (
        "不接受来自 {origin} 网页的请求，请从本机的程序访问",
        "pages of {origin} may not ask; use a program on this machine",
    ),
    "RouteUnknown": ("没有 {path} 这个接口，接口一览见 /api", "there is nothing at {path}; see /api"),
    "MethodUnknown": ("接口 {path} 不支持 {method}，用法见 /api", "{path} does not take {method}; see /api"),
    "ToolUnknown": ("没有名为 {name} 的工具", "there is no tool {name}"),
    "ModelUnknown": ("没有名为 {name} 的模型，请用 youju", "there is no model {name}; use youju"),
    "NotOffered": (
        "有据只用文库原文回答，不支持 {field}，请去掉这个参数",
        "answers are out of the library's own sentences; {field} is not offered, leave it out",
    ),
    "ParagraphUnknown": ("文档 {id} 没有第 {n} 段", "document {id} has no paragraph {n}"),
    "wrong.missing": ("缺少此项", "it is missing"),
    "wrong.blank": ("没有内容", "it is blank"),
    "wrong.extra_forbidden": ("没有这一项", "there is no such field"),
    "wrong.json_invalid": (
        "不是 JSON 对象，或没有写明类型 application/json",
        "no JSON object, or not sent as application/json",
    ),
    "wrong.characters": ("{count} 字", "{count} characters"),
    "unexpected": ("程序出错（{detail}），请把操作步骤告诉维护者", "unexpected error ({detail}); please report it"),
    # -- outcomes of adding
    "added": ("新增", "added"),
    "updated": ("更新", "updated"),
    "unchanged": ("未变", "unchanged"),
    "duplicate": ("重复", "duplicate"),
    "refused": ("拒绝", "refused"),
    "add.progress": ("读取与编码", "reading and embedding"),
    "add.unit": ("片段", " passages"),
    "add.judged": ("比对文档 {done}/{of}", "comparing documents {done}/{of}"),
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
    # -- what a document states of itself, and the parts of its text
    "fact.title": ("题名", "title"),
    "fact.kind": ("文种", "kind"),
    "fact.issuer": ("发文机关", "issuer"),
    "fact.number": ("发文字号", "number"),
    "fact.issued": ("成文日期", "issued"),
    "fact.place": ("地域", "place"),
    "fact.level": ("层级", "level"),
    "fact.occasion": ("场合", "occasion"),
    "fact.speaker": ("讲话人", "speaker"),
    "fact.office": ("职务", "office"),
    "fact.addressee": ("主送", "addressee"),
    "fact.from_paragraph": ("第{n}段", "paragraph {n}"),
    "fact.from_file": ("文件名或页面数据", "the file's name or data"),
    "fact.quality": ("文本质量", "quality"),
    "outline.mentions": ("提及", "mentions"),
    "mention.cited": ("引用文件 {count}", "{count} cited"),
    "mention.quotation": ("引语 {count}", "{count} quotations"),
    "mention.figure": ("数据 {count}", "{count} figures"),
    "mention.masked": ("隐去的数据 {count}", "{count} masked"),
    "mention.slogan": ("提法 {count}", "{count} phrases"),
    "mention.point": ("要点 {count}", "{count} points"),
    "role.title": ("题名", "title"),
    "role.subtitle": ("副题", "subtitle"),
    "role.byline": ("署名", "byline"),
    "role.salutation": ("称谓", "salutation"),
    "role.opening": ("开头", "opening"),
    "role.heading": ("标题", "heading"),
    "role.body": ("正文", "body"),
    "role.closing": ("结尾", "closing"),
    "role.signature": ("落款", "signature"),
    "role.date": ("日期", "date"),
    "role.attachment": ("附件", "attachment"),
    "role.note": ("附注", "note"),
    # -- answers
    "not_found": ("库内未见依据", "nothing in the library supports an answer"),
    "why.nothing": ("库内没有相关段落。", "No paragraph is related."),
    "why.far": ("最接近的段落也与问题无关。", "Even the nearest paragraph has nothing to do with it."),
    "why.number": ("库内没有{missing}。", "The library does not have {missing}."),
    "why.document": ("库内没有{missing}。", "The library does not have {missing}."),
    "why.place": ("找到的段落不是{missing}的。", "The paragraphs found are not about {missing}."),
    "why.ordinal": ("找到的段落没有写到“{missing}”。", "The paragraphs found do not mention “{missing}”."),
    "why.year": ("找到的段落不是{missing}的。", "The paragraphs found are not about {missing}."),
    "why.figure": ("找到的段落没有写明所问的数字。", "The paragraphs found do not state the figure asked for."),
    "why.masked": ("原文中的这个数字已被隐去（以 X 代替）。", "The source masks this figure with X."),
    "why.time": ("找到的段落没有写明所问的时间。", "The paragraphs found do not state the time asked for."),
    "why.person": ("找到的段落没有写明是谁。", "The paragraphs found do not say who."),
    "why.reason": ("找到的段落没有写明原因。", "The paragraphs found do not say why."),
    "why.particular": ("找到的段落没有谈到“{missing}”。", "The paragraphs found do not speak of “{missing}”."),
    "why.nearest": ("最近的是{nearest}。", "The nearest is {nearest}."),
    "held": ("只在{text}中查找", "looked only in {text}"),
    "expanded": ("全称与简称一并查找：{text}", "looked for both the full and the short name: {text}"),
    "leaned": ("优先查找{text}", "preferred {text}"),
    "plain": ("不按此限定再问", "ask again without this"),
    "understood": ("按此理解：{text}", "understood as: {text}"),
    "nearest": ("最接近的段落", "Nearest paragraphs"),
    "try": ("可以试试", "You might ask"),
    "paragraph": ("第{n}段", "paragraph {n}"),
    "quality.rewritten": ("疑似伪原创，用词可能被改动", "perhaps machine-rewritten; words may have been swapped"),
    "quality.anonymised": ("含隐名", "anonymised"),
    "quality.traditional": ("繁体", "traditional script"),
    "quality.mixed_encoding": ("编码混杂", "mixed encodings"),
    "quality.ocr": ("文字识别，可能有错字", "recognised from a scan; may have wrong characters"),
    "quality.scanned_pages": ("部分扫描页未读出", "some scanned pages were not read"),
    "quality.unbroken": ("原文无分段", "source had no line breaks"),
    "quality.pictures": ("有整页图片未读", "full-page pictures not read"),
    "quality.truncated": ("网站预览，可能不全", "a site's preview, perhaps not whole"),
    "quality.near-duplicate": ("另有同源文档", "near-duplicate"),
    "show.rewritten": (
        "疑似伪原创（{score:.2f}），引用前请核对原文；可疑用词 {count} 处：",
        "probably machine-rewritten ({score:.2f}); check before quoting. {count} suspicious words:",
    ),
    "show.family": ("同源文档（以第一篇为准）：", "near-duplicates (cite the first):"),
    "show.differences": ("与 {id} 不同之处：", "differences from {id}:"),
    "difference.paragraphs": ("第{a}段 ↔ 第{b}段", "paragraph {a} ↔ {b}"),
    "list.no_families": ("文库中没有同源文档", "no near-duplicates in the library"),
    # -- quotations
    "quote.verbatim": ("逐字一致", "word for word"),
    "quote.differs": ("与原文有出入", "differs from the source"),
    "quote.not_found": ("库内未见这句话；最接近的是：", "the library does not have it; the nearest is:"),
    "quote.nothing": ("库内未见这句话", "the library does not have it"),
    "quote.quoted": ("此处为转引，出自{by}", "quoted there from {by}"),
    "quote.wrong": ("{count} 字有出入：", "{count} characters differ: "),
    "quote.reordered": ("语序与原文不同，原文是“{words}”", "in another order; the source says “{words}”"),
    "quote.marks": ("仅标点有出入：", "only punctuation differs: "),
    "quote.edit": ("原文“{source}”，所引“{typed}”", "source “{source}”, typed “{typed}”"),
    "quote.count": ("原文这句话共出现 {count} 处：", "the source's words stand in {count} places:"),
    "quote.earliest": ("  （有日期的最早一处）", "  (the earliest dated)"),
    "quote.unmet.year": ("所说年份 {said} 不对，此文为 {found}", "said to be of {said}, but of {found}"),
    "quote.unmet.speaker": ("所说讲话人 {said} 不对，此处为 {found}", "said to be by {said}, but by {found}"),
    "quote.unmet.place": ("所说地方 {said} 不对，此文为 {found}", "said to be of {said}, but of {found}"),
    "quote.unmet.document": ("所说出处 {said} 不对，实见于 {found}", "said to stand in {said}, but stands in {found}"),
    # -- measuring
    "eval.confidence": ("把握", "confidence"),
    "eval.answered": ("回答", "answered"),
    "eval.coverage": ("覆盖率", "coverage"),
    "eval.risk": ("错答率", "risk"),
    "eval.aurc": (
        "错答率曲线下面积（AURC）{area:.3f}，至覆盖率 {coverage:.3f}",
        "area under the risk-coverage curve (AURC) {area:.3f}, up to coverage {coverage:.3f}",
    ),
    "eval.kind": ("题型", "kind"),
    "eval.measure": ("指标", "measure"),
    "eval.old": ("原", "old"),
    "eval.new": ("新", "new"),
    "eval.difference": ("差 [95 %]", "difference [95 %]"),
    "eval.changes": (
        "变差 {worse} 题，有好有坏 {mixed} 题，变好 {better} 题：",
        "{worse} worse, {mixed} mixed, {better} better:",
    ),
    "eval.unpaired": (
        "另有 {gone} 题只在旧结果中，{come} 题只在新结果中，未比较",
        "{gone} questions are only in the old results and {come} only in the new; not compared",
    ),
    "eval.worse": ("变差", "worse"),
    "eval.mixed": ("好坏", "mixed"),
    "eval.better": ("变好", "better"),
    "eval.supported": ("引文有依据了", "now supported"),
    "eval.unsupported": ("引文无依据了", "no longer supported"),
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
    # -- what programs are given
    "api.sources": ("出处", "Sources"),
    "api.documents": ("符合条件的文档 {total} 篇，列出 {shown} 篇", "{total} documents, {shown} of them listed"),
    "api.shown": ("第 {first}—{last} 段，全文共 {total} 段", "paragraphs {first} to {last} of {total}"),
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
