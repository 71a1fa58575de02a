"""What publishing sites add, taken off line by line; every step says what goes and keeps a record.

A step gets the lines and gives the indexes of those that go. Unambiguous clutter goes wherever it
stands; buttons and dates that could be words of a document go only before its first or after its
last real sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher

from corpus.document import Removed
from corpus.lines import Line, split_at

Step = Callable[[list[Line]], set[int]]

# Titles repeat near the top; comparing all lines with all would take the square of their number.
TITLE_LINES = 40
LONGEST_TITLE = 120
# 石桥区人民政府办公室 stands over a notice and again under it: as issuer, not as a repeated title.
ISSUER_END = re.compile(r"(?:政府|办公室|办公厅|委员会|局|厅|部|院|委|会|组|指挥部)$")
SENTENCE = re.compile(r"[。！？；]|[!?;](?=$|[\s”])")
SALUTATION_LINE = re.compile(r"^(?:尊敬的|各位|同志们|同胞们|女士们|朋友们).{0,80}[：:！!]?$|^.{1,60}[：:]$")

# Names of page controls, alone on their line.
BUTTONS = frozenset(
    "下载 打印 打印本页 关闭 关闭窗口 关闭本页 全屏 收藏 加大 还原 减小 大 中 小 默认 超大 首页 返回首页 返回顶部 分享 分享到 "
    "分享到微信 微信 微博 新浪微博 QQ空间 扫一扫 搜索 登录 注册 举报 纠错 字号 字体 字体大小 大中小 阅读量 阅读 浏览量 浏览次数 "
    "来源 时间 发表时间 发布时间 作者 快捷下载 会员登录下载 微信登录下载 三方登录下载 微信扫一扫登录 友情提示 朗读 收听 评论 "
    "点赞 A A- A+ T + - × x ... 粗体文字".split()
)
BETWEEN_BUTTONS = re.compile(r"[\s【】\[\]()（）|｜>＞»《:：]+")
NAVIGATION = re.compile(
    r"(?:您?(?:当前)?(?:所在)?的?位置\s*[:：].{0,120}|[^<>＞»。]{1,24}(?:[>＞»][^<>＞»。]{0,40}){2,6}|.{1,12}\s首页)"
)
GREETING = re.compile(r"欢迎(?:来到|光临|访问).{1,30}[！!。]?")
FILE_NAME = re.compile(r".{2,80}\.(?:docx?|pdf|wps|txt|rtf)")
SHARE_INTRO = re.compile(
    r"(?:下面|以下|本文|这里)(?:是|为|由)?[^。]{0,20}(?:小编|范文网|文库|网友)[^。]{0,20}(?:整理|收集|分享|推荐|精选)"
    r"[^。]{0,120}(?:参考|借鉴|查阅|帮助|阅读|喜欢)[^。]{0,20}[。！!]?"
)
SOURCE_LINE = re.compile(
    r"(?:(?:信息|文章|稿件)?来源|(?:发布|发表|更新|创建)?(?:时间|日期)|作者|浏览量?|浏览次数|阅读量?|点击|字体|字号|字体大小|责任编辑|编辑|校对|审核)\s*[:：]"
    r".{0,100}|[（(](?:信息|文章|稿件)?来源\s*[:：].{0,40}[）)]"
)
# 校对：秘书科 beside 2018年12月4日印发 belongs to the document's imprint (GB/T 9704-2012, 7.4), not to a site.
IMPRINT = re.compile(r".{0,60}\d日(?:印发|翻印)")
IMPRINT_LINES = 3
# 时间：2024年5月20日上午9时 tells when a meeting is held; a site writes 2024-05-20 or a clock's time.
MEETING_TIME = re.compile(r"(?:时间|日期)\s*[:：](?!.*(?:\d{4}\s*[-/.]\s*\d|\d{1,2}:\d{2}|来源)).{0,60}日.{1,40}")
SHELF_LABEL = re.compile(r".{0,80}共\s*\d{1,4}\s*页.{0,20}(?:浏览|下载|收藏|阅读)\s*[:：].{0,60}")
TIME_STAMP = re.compile(
    r"\d{4}\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}\s*日?(?:\s+\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{0,2}秒?)?)?(?:\s*[^\s。]{2,12}(?:网|日报|文库))?"
)
BARE_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
DOWNLOAD_NOTE = re.compile(
    r"[-\s·]*(?:资源(?:ID|大小|格式)|全文页数|下载积分|文档(?:格式|大小|编号)|上传(?:人|者|时间)|积分)\s*[:：].{0,40}|"
    r"\d{1,2}、.{0,60}(?:下载|迅雷|浏览器|水印|压缩|试题试卷).{0,120}"
)
ADVERTISEMENT = re.compile(
    r"(?:本文共.{1,6}页[，,]\s*)?[【\[(（＞>→]*\s*(?:点击(?:此处|这里|查看|下载|进入|链接)|请点击|立即下载|免费下载|下载(?:本文|全文|原文|此文)|"
    r"更多[^，。]{0,20}(?:请关注|请访问|请点击|敬请|尽在|欢迎关注)|(?:扫码|微信搜索|关注公众号|加微信|联系老师|代写))[^。]{0,80}"
)
PREVIEW_END = re.compile(
    r".{0,10}(?:预览(?:阅读)?已?结束|剩余\s*\d+\s*[%％页]\s*未读|下载原文查看全文|本文已阅读完毕).{0,60}"
)
RELATED = re.compile(
    r"(?:[【\[].{0,80}[】\]])?\s*(?:相关(?:文章|阅读|推荐|文档|报道|链接|稿件|新闻|范文|附件|信息)|推荐(?:访问|阅读|文章|范文)|"
    r"延伸阅读|猜你喜欢|热门(?:文章|推荐|范文|搜索)|最近更新|上一篇|下一篇|为您推荐)\s*[:：]?.{0,300}"
)
LICENCE = re.compile(r"(?:Public domain|false|true|.{0,60}维基文库.{0,60})", re.I)
LICENCE_NOTE = re.compile(r"(?:本|这部)作品(?:是|在|之|的|已)")
# Left over where a page's script wrote: a bare hash, and controls that no document contains.
PAGE_REST = re.compile(r"[0-9a-f]{32}[:：]?|打印本页|关闭窗口|关闭本页|扫一扫在手机打开当前页|粗体文字")
PAGE_MARK = re.compile(
    r"[-—－=\s]*(?:第?\s*\d{1,4}\s*页(?:\s*[,，/共]\s*\d{1,4}\s*页)?|Page\s*\d{1,4}|[-—－]\s*\d{1,4}\s*[-—－])[-—－=\s]*",
    re.I,
)
SITE_FOOTER = re.compile(
    r".{0,60}(?:版权所有|备案号|ICP备|公网安备|网站标识码|主办单位|承办单位|技术支持|网站地图|扫一扫在手机打开).{0,120}|"
    r"Copyright.{0,160}|分享到\s*[:：]?.{0,40}|分享\s*[:：].{0,20}",
    re.I,
)
# A title that the site glued in front of the text: …讲话(完整文档) 今天…
GLUED_TITLE = re.compile(r"^.{4,60}?(?:[(（](?:完整文档|范文|精选|最新|\d+篇|通用.{0,6})[)）])\s*")
DOCUMENT_HINT = re.compile(r"〔\d{4}〕|^[（(]|^——")


def strip_clutter(lines: list[Line]) -> tuple[list[Line], list[Removed]]:
    """The lines of the document, and what was taken away, in the order of the steps."""
    lines = [part for line in lines for part in _unglued(line)]
    removed: list[Removed] = []
    for step in STEPS:
        gone = step(lines)
        removed += [Removed(lines[i].text, step.__name__, lines[i].at) for i in sorted(gone)]
        lines = [line for i, line in enumerate(lines) if i not in gone]
    return lines, removed


def _unglued(line: Line) -> list[Line]:
    found = GLUED_TITLE.match(line.text[:120])
    return split_at(line, [found.end()]) if found and len(line.text) > 200 else [line]


def _is_sentence(text: str) -> bool:
    return (
        len(text) >= 25
        and bool(SENTENCE.search(text))
        and not (
            SHARE_INTRO.fullmatch(text)
            or DOWNLOAD_NOTE.fullmatch(text)
            or GREETING.fullmatch(text)
            or SITE_FOOTER.fullmatch(text)
            or RELATED.fullmatch(text)
        )
    )


def _body(lines: list[Line]) -> tuple[int, int]:
    """Index of the first line of the document's body, and of the first after its last."""
    start = next(
        (i for i, line in enumerate(lines) if _is_sentence(line.text) or _is_salutation(line.text)),
        len(lines),
    )
    end = next((i + 1 for i in range(len(lines) - 1, -1, -1) if _is_sentence(lines[i].text)), len(lines))
    return start, max(start, end)


def _is_salutation(text: str) -> bool:
    return bool(SALUTATION_LINE.match(text)) and not (
        SOURCE_LINE.match(text) or _is_buttons(text) or RELATED.match(text) or NAVIGATION.match(text)
    )


def _outside(lines: list[Line]) -> list[int]:
    start, end = _body(lines)
    return [*range(start), *range(end, len(lines))]


def _everywhere(lines: list[Line], *patterns: re.Pattern[str]) -> set[int]:
    return {i for i, line in enumerate(lines) if any(p.fullmatch(line.text) for p in patterns)}


def _off_body(lines: list[Line], *patterns: re.Pattern[str]) -> set[int]:
    return {i for i in _outside(lines) if any(p.fullmatch(lines[i].text) for p in patterns)}


def drop_site_greeting(lines: list[Line]) -> set[int]:
    """欢迎来到某某范文网!"""
    return _off_body(lines, GREETING)


def drop_share_intro(lines: list[Line]) -> set[int]:
    """下面是小编为大家整理的…,供大家参考。"""
    return {i for i in _everywhere(lines, SHARE_INTRO) if len(lines[i].text) < 200}


def drop_download_notes(lines: list[Line]) -> set[int]:
    """资源ID:123; 下载积分:15金币; 3、本站不支持迅雷下载…"""
    start = next((i for i, line in enumerate(lines) if _is_sentence(line.text)), len(lines))
    return {i for i in range(start) if DOWNLOAD_NOTE.fullmatch(lines[i].text) or SHELF_LABEL.fullmatch(lines[i].text)}


def _is_buttons(text: str) -> bool:
    return len(text) <= 60 and all(part in BUTTONS for part in BETWEEN_BUTTONS.split(text) if part)


def drop_buttons(lines: list[Line]) -> set[int]:
    """下载, 打印, 【字号：, 加大"""
    return {i for i in _outside(lines) if _is_buttons(lines[i].text)}


def drop_navigation(lines: list[Line]) -> set[int]:
    """首页 > 政务信息 > 要闻"""
    return _off_body(lines, NAVIGATION)


def drop_source_line(lines: list[Line]) -> set[int]:
    """来源：某某日报; 时间:2022-09-27 11:30:05; 责任编辑：某某"""
    start, end = _body(lines)
    dates = {i for i in range(start) if TIME_STAMP.fullmatch(lines[i].text) and not BARE_DATE.fullmatch(lines[i].text)}
    after = _source_value(lines, start)
    stated = {i for i in [*range(start), *range(end, len(lines))] if SOURCE_LINE.fullmatch(lines[i].text)}
    return (
        {i for i in stated if not MEETING_TIME.fullmatch(lines[i].text) and not _in_imprint(lines, i)} | dates | after
    )


def _in_imprint(lines: list[Line], i: int) -> bool:
    beside = lines[max(0, i - IMPRINT_LINES) : i + IMPRINT_LINES + 1]
    return lines[i].text.startswith("校对") and any(IMPRINT.fullmatch(line.text) for line in beside)


def _source_value(lines: list[Line], start: int) -> set[int]:
    """来源: and, on the line of its own that follows, the newspaper's name."""
    return {
        i + 1
        for i in range(start - 1)
        if re.fullmatch(r"(?:来源|时间|发表时间|发布时间|作者)\s*[:：]", lines[i].text) and len(lines[i + 1].text) <= 24
    }


def drop_file_name(lines: list[Line]) -> set[int]:
    """2023年度在…大会上讲话.docx"""
    return _off_body(lines, FILE_NAME)


def drop_advertisement(lines: list[Line]) -> set[int]:
    """【点击下载本文Word版】; 更多讲话稿请关注本站栏目"""
    return {i for i in _everywhere(lines, ADVERTISEMENT) if len(lines[i].text) < 100}


def drop_preview_end(lines: list[Line]) -> set[int]:
    """预览阅读已结束,下载原文查看全文"""
    return _everywhere(lines, PREVIEW_END)


def drop_related(lines: list[Line]) -> set[int]:
    """相关文章: and the list under it, to the end; nothing if sentences of the document follow."""
    for i in range(len(lines) - 1, -1, -1):
        if _is_sentence(lines[i].text) and not RELATED.fullmatch(lines[i].text):
            start = i + 1
            break
    else:
        return set()
    first = next((i for i in range(start, len(lines)) if RELATED.fullmatch(lines[i].text)), None)
    return set(range(first, len(lines))) if first is not None else set()


def drop_licence(lines: list[Line]) -> set[int]:
    """Public domain; 本作品是中华人民共和国的法律… and what follows it"""
    first = next((i for i, line in enumerate(lines) if i > 0.6 * len(lines) and LICENCE_NOTE.match(line.text)), None)
    notes = set(range(first, len(lines))) if first is not None and len(lines) - first <= 40 else set()
    return notes | _off_body(lines, LICENCE)


def drop_page_rest(lines: list[Line]) -> set[int]:
    """打印本页"""
    return _everywhere(lines, PAGE_REST)


def drop_page_marks(lines: list[Line]) -> set[int]:
    """— 3 —; 第 3 页"""
    return _everywhere(lines, PAGE_MARK)


def drop_site_footer(lines: list[Line]) -> set[int]:
    """版权所有…备案号…"""
    return _off_body(lines, SITE_FOOTER)


def drop_repeated_title(lines: list[Line]) -> set[int]:
    """A title that stands several times over the text: the last, nearest to the text, stays."""
    start, end = _body(lines)
    head = [
        i for i in range(min(start, TITLE_LINES)) if len(lines[i].text) >= 8 and not DOCUMENT_HINT.search(lines[i].text)
    ]
    gone = {i for i in head if any(i < j and _same_title(lines[i].text, lines[j].text) for j in head)}
    tail = {
        j
        for j in range(end, min(end + TITLE_LINES, len(lines)))
        if not ISSUER_END.search(lines[j].text)
        and any(not ISSUER_END.search(lines[i].text) and _same_title(lines[i].text, lines[j].text) for i in head)
    }
    return gone | tail


def _same_title(a: str, b: str) -> bool:
    if max(len(a), len(b)) > LONGEST_TITLE or abs(len(a) - len(b)) > 0.4 * max(len(a), len(b)):
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() > 0.85 and _digits(a) == _digits(b)


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))


STEPS: tuple[Step, ...] = (
    drop_page_marks,
    drop_preview_end,
    drop_advertisement,
    drop_share_intro,
    drop_download_notes,
    drop_licence,
    drop_related,
    drop_page_rest,
    drop_site_greeting,
    drop_navigation,
    drop_file_name,
    drop_source_line,
    drop_buttons,
    drop_site_footer,
    drop_repeated_title,
)
"""In this order: what stands alone first, what needs to know where the body begins last."""
