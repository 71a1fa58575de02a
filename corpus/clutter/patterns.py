"""What clutter looks like, a pattern a kind; each matches a whole line unless it says otherwise."""

from __future__ import annotations

import re

# Names of page controls, alone on their line.
BUTTONS = frozenset(
    "下载 打印 打印本页 打印本文 打印本稿 关闭 关闭窗口 关闭本页 关闭本窗口 全屏 收藏 加入收藏 加大 还原 减小 大 中 小 默认 超大 "
    "首页 返回首页 返回顶部 返回 返目录 返回目录 分享 分享到 分享到微信 微信 微博 新浪微博 QQ空间 扫一扫 搜索 登录 注册 举报 "
    "纠错 我要纠错 字号 字体 字体大小 大中小 阅读量 阅读 浏览量 浏览次数 来源 时间 发表时间 发布时间 作者 快捷下载 会员登录下载 "
    "微信登录下载 三方登录下载 微信扫一扫登录 友情提示 温馨提示 下载说明 相关附件 文档介绍 朗读 收听 评论 发表评论 发送给朋友 推荐 推荐给朋友 "
    "点赞 点击阅读全文 阅读全文 展开全文 查看全文 查看原文 点击看大图 广告 上一页 下一页 上一篇 下一篇 回到顶部 繁体版 简体版 无障碍 "
    "A A- A+ T + - × x ... | 粗体文字 网站地图 联系我们 关于我们".split()
)
BETWEEN_BUTTONS = re.compile(r"[\s【】\[\]()（）|｜>＞»《:：]+")
NAVIGATION = re.compile(
    r"(?:您?(?:当前)?(?:所在)?的?位置\s*[:：].{0,120}|[^<>＞»。]{1,24}(?:[>＞»][^<>＞»。]{0,40}){2,6}|.{1,12}\s首页)"
)
GREETING = re.compile(r"欢迎(?:来到|光临|访问).{1,30}[！!。]?")
FILE_NAME = re.compile(r".{2,80}\.(?:docx?|pdf|wps|txt|rtf)")
SHARE_INTRO = re.compile(
    r"(?:(?:下面|以下|本文|这里)(?:是|为|由)?[^。]{0,20}|(?:内容)?(?:摘要|简介|导读)\s*[:：][^。]{0,100})"
    r"(?:小编|范文网|文库|网友|本站)[^。]{0,20}(?:整理|收集|分享|推荐|精选)"
    r"[^。]{0,120}(?:参考|借鉴|查阅|帮助|阅读|喜欢)[^。]{0,20}[。！!]?"
)
_LABEL = (
    r"(?:资源(?:ID|大小|格式)|全文页数|(?:下载|所需)积分|(?:文档|文件)(?:格式|大小|编号|类型)|上传(?:人|者|时间|日期)|"
    r"积分|格式|页数|价格)"
)
DOWNLOAD_NOTE = re.compile(
    rf"[-\s·]*{_LABEL}\s*[:：].{{0,40}}|[-\s·]*{_LABEL}\s*[:：].{{0,60}}{_LABEL}\s*[:：].{{0,100}}|"
    r"\d{1,2}、.{0,60}(?:下载|迅雷|浏览器|水印|压缩|试题试卷).{0,120}"
)
# ◎文件格式　RMVB: an entry of the list in which a sharing site describes what it offers for download.
MARKED_ENTRY = re.compile(r"([◎★☆◆◇●■□▲△※])[\s\u3000]*[^\s\u3000].{0,80}")
FILE_ENTRY = re.compile(
    r"[◎★☆◆◇●■□▲△※][\s\u3000]*(?:(?:文件|视频|影片|软件|资源|压缩包)(?:格式|大小|尺寸|编码|语言)|下载地址|解压密码)(?=[\s\u3000:：]).{1,60}"
)
FILE_ADDRESS = re.compile(
    r"(?:ed2k|magnet|thunder):\S{4,400}|(?:https?|ftp)://\S{4,200}\.(?:torrent|rar|7z|exe|iso|apk|rmvb|mkv|avi)", re.I
)
# How often a page was seen and how large a file is.
COUNTER = re.compile(
    r"(?:[（(【\[]?(?:已有)?(?:浏览|下载|阅读|点击|收藏|评论|点赞|分享|查看)(?:量|次数|数|率)?\s*+(?:[:：]\s*+)?[\d.,]++\s*+[万次人]*+[）)】\]]?\s*+){1,5}|"
    r"(?:分享到[\s_]*)?[-—_]{1,3}\s*次|(?:文件|文档)?大小\s*+(?:[:：]\s*+)?[\d.]++\s*+[KMG]B?|约?\s*\d{1,4}\s*页|(?:阅读)?(?:约需?|需|时长)?\s*\d{1,3}\s*分钟|价格\s*+(?:[:：]\s*+)?[\d.]++\s*元",
    re.I,
)
SOURCE_LINE = re.compile(
    r"(?:(?:信息|文章|稿件)?来源|(?:发布|发表|更新|创建)?(?:时间|日期)|作者|浏览量?|浏览次数|阅读量?|点击|字体|字号|字体大小|责任编辑|编辑|校对|审核)\s*[:：]"
    r".{0,100}|.{2,30}网站?\s*(?:https?://)?www\.[\w./-]{4,60}|"
    r".{2,30}网站?\s*[(（]?(?:https?://)?www\.[\w./-]{4,60}[)）]?\s*(?:搜集|收集|整理|转载)[^。]{0,30}|"
    r"[(（]?(?:转自|转载自|摘自|原载)\s*[:：]?\s*《[^《》]{2,30}》[^。]{0,60}|音频\s*\d{1,2}:\d{2}|[（(【\[](?:(?:信息|文章|稿件)?来源|责任编辑|责编|编辑)\s*[:：].{0,40}[）)】\]]"
)
_DATE = r"\d{4}\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}\s*日?"
_CLOCK = r"\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{0,2}秒?)?"
TIME_STAMP = re.compile(rf"{_DATE}(?:\s+{_CLOCK})?(?:\s*[^\s。]{{2,12}}(?:网|日报|文库))?")
# The line under a headline: address of the site, date and time, and then source, author, counters.
STAMPED = re.compile(
    rf"(?:(?:https?://|www\.)?[\w.-]{{4,40}}\.[\w./-]{{2,40}}\s*)?{_DATE}(?:\s*{_CLOCK})?[^。]{{0,6}}"
    r"(?:来源|作者|发布|浏览|点击|阅读|字号|编辑|更新|发表|评论|访问)[^。]{0,80}",
    re.A,
)
# 校对：秘书科 beside 2018年12月4日印发 belongs to the document's imprint (GB/T 9704-2012, 7.4), not to a site.
IMPRINT = re.compile(r".{0,60}\d日(?:印发|翻印)")
# 时间：2024年5月20日上午9时 tells when a meeting is held; a site writes 2024-05-20 or a clock's time.
MEETING_TIME = re.compile(r"(?:时间|日期)\s*[:：](?!.*(?:\d{4}\s*[-/.]\s*\d|\d{1,2}:\d{2}|来源)).{0,60}日.{1,40}")
SHELF_LABEL = re.compile(r".{0,80}共\s*\d{1,4}\s*页.{0,20}(?:浏览|下载|收藏|阅读)\s*[:：].{0,60}")
BARE_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
ADVERTISEMENT = re.compile(
    r"(?:本文共.{1,6}页[，,]\s*)?[【\[(（＞>→↓⬇👇👉★☆●◆\s]*(?:点击(?:此处|这里|查看|下载|进入|链接|阅读更多)|请点击|立即下载|免费下载|下载(?:本文|全文|原文|此文)|"
    r"更多[^，。]{0,20}(?:请关注|请访问|请点击|敬请|尽在|欢迎关注)|(?:扫码|微信搜索|关注公众号|加微信|联系老师|代写))[^。]{0,80}"
)
PREVIEW_END = re.compile(
    r".{0,40}(?:预览(?:阅读)?已?结束|剩余\s*\d+\s*[%％页]\s*未读|下载原文查看全文|本文已阅读完毕|超出(?:了)?(?:免费)?(?:预览|阅读)范围|"
    r"试读(?:已)?结束|(?:登录|付费|开通会员|购买)后(?:可)?(?:继续|查看|阅读)(?:全文|剩余|阅读)?).{0,60}"
)
RELATED = re.compile(
    r"[■□◆●·\s]*+(?:[【\[].{0,80}[】\]]\s*+)?(?:相关(?:文章|阅读|推荐|文档|报道|链接|连接|稿件|新闻|范文|信息|专题)|推荐(?:访问|阅读|文章|范文)|"
    r"延伸阅读|猜你喜欢|热门(?:文章|推荐|范文|搜索)|最近更新|上一篇|下一篇|为您推荐|专题信息)\s*[:：]?.{0,300}"
)
LICENCE = re.compile(r"(?:Public domain|false|true|.{0,60}维基文库.{0,60})", re.I)
LICENCE_NOTE = re.compile(r"(?:本|这部)作品(?:是|在|之|的|已)")
# Left over where a page's script wrote: a bare hash, a button, what an editor of wiki text shows.
PAGE_REST = re.compile(
    r"[0-9a-f]{32}[:：]?|打印本页|关闭窗口|关闭本页|扫一扫在手机打开当前页|粗体文字|斜体文字|插入图片描述|展开全文|收起全文"
)
PAGE_MARK = re.compile(
    r"[-—－=\s]*(?:第?\s*\d{1,4}\s*页(?:\s*[,，/共]{1,2}\s*\d{1,4}\s*页)?|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?|[-—－]\s*\d{1,4}\s*[-—－]|"
    r"共\s*\d{1,4}\s*页\s*[:：]?(?:\s*+(?:首页|尾页|上一页|下一页|\d++))*+|(?:\[\d{1,3}\]\s*){2,30}|(?:页\s*[:：])\s*\[\d{1,3}\])[-—－=\s]*"
    r"|第\s*\d{1,4}\s*页\s*[/共]{0,2}\s*\d{1,4}\s*页[\s<>«»|｜上下一页]{0,20}",
    re.I,
)
SITE_FOOTER = re.compile(
    r".{0,60}(?:版权所有|备案号|ICP备|公网安备|网站标识码|主办单位|承办单位|技术支持|网站地图|扫一扫在手机打开).{0,120}|"
    r"Copyright.{0,160}|分享到\s*[:：]?.{0,40}|分享\s*[:：].{0,20}|Trackback\s*[:：].{0,120}|Powered\s*by.{0,80}|.{0,30}©.{0,60}",
    re.I,
)
DISCLAIMER = re.compile(
    r".{0,20}(?:版权|免责|郑重|特别)(?:(?:与|及|和)(?:版权|免责))?声明\s*[:：]?.{0,300}|"
    r"[①-⑨\d.、（()）\s]{0,4}(?:凡本(?:网|站|报)|本(?:网|站)(?:转载|所有|文章|内容)).{0,300}|"
    r"[①-⑨\d.、（()）\s]{0,4}如(?:有|因|涉及)[^。]{0,30}(?:侵权|版权).{0,80}(?:联系|删除).{0,80}"
)
# Whom to call about it stands under a disclaimer.
CONTACT = re.compile(r"[※*·\s]{0,3}(?:联系|咨询|举报)?(?:电话|邮箱|信箱|方式|QQ|E-?mail)\s*[:：].{1,80}", re.I)
# The words in which sites that share documents speak of themselves, and what one does there.
_SITE = re.compile(
    r"文库|范文|素材库|小编|网友|本站资源|(?:该|本|此|下载|上传的?|千万|海量)文档|文档(?:下载|编号|完整|由网)|原创作者|金币|免费预览"
)
_DONE_THERE = re.compile(
    r"下载|上传|预览|会员|积分|金币|侵权|收藏|整理|搜集|收集|扫码|立减|特惠|VIP|Word|客服|认领|登录|一键|到电脑", re.I
)
LONGEST_SPEECH = 200


def is_site_speech(text: str) -> bool:
    """Whether a line is a document-sharing site speaking of itself.

    >>> is_site_speech("开通文库会员，千万文档免费下载")
    True
    >>> is_site_speech("申请人下载申请表，填写后上传至业务系统。")
    False
    """
    if len(text) > LONGEST_SPEECH or not _SITE.search(text):
        return False
    return len(set(_DONE_THERE.findall(text))) >= 2
