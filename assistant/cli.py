"""The command `youju`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import commands
from assistant.citing import FORMS
from assistant.commands.user_options import add_user_commands
from assistant.errors import AssistantError
from assistant.messages import explain
from assistant.settings import Settings
from assistant.wording import CHINESE
from assistant.wording.concordance import COUNTS, SORTS
from assistant.wording.pattern import GAP
from corpus import CorpusError
from index import IndexingError

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 done, 1 something was refused, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    language = "zh"
    try:
        settings = Settings.from_environment()
        language = settings.language
        if options.library:
            settings = replace(settings, library=options.library.expanduser())
        if options.model:
            settings = replace(settings, model=options.model)
        return int(options.run(options, settings))
    except (CorpusError, IndexingError, AssistantError) as error:
        print(explain(error, language), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  people get a sentence, whatever it was
        print(explain(error, language), file=sys.stderr)
        return REFUSED


def parser() -> argparse.ArgumentParser:
    """All sub-commands with their options."""
    top = argparse.ArgumentParser(
        prog="youju", description="有据：公文问答，句句有出处 (answers out of official documents)"
    )
    commands_ = top.add_subparsers(title="命令 (commands)", required=True, metavar="COMMAND")

    add = _command(
        commands_, "add", "把文件和文件夹加入文库 (add files and folders)", "youju add 讲话稿/ 通知.docx", commands.add
    )
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    read = _command(
        commands_,
        "read",
        "看一个文件会读成什么，不入库 (what a file would become)",
        "youju read 通知.docx",
        commands.read,
    )
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--paragraphs", action="store_true", help="逐段显示全文 (the numbered text)")
    read.add_argument("--removed", action="store_true", help="列出清理掉的内容 (what cleaning took away)")

    list_ = _command(
        commands_, "list", "列出文库中的文档 (list documents)", "youju list --kind 讲话 --year 2023", commands.list_
    )
    list_.add_argument("--families", action="store_true", help="只列同源文档，每组以第一篇为准 (near-duplicates)")
    _filters(list_)

    show = _command(
        commands_, "show", "显示一篇文档 (show one document)", "youju show 3f2a91c04b7d --paragraphs", commands.show
    )
    show.add_argument("id", metavar="ID")
    show.add_argument("--paragraphs", action="store_true", help="逐段显示全文 (the numbered text)")
    show.add_argument("--removed", action="store_true", help="列出清理掉的内容 (what cleaning took away)")
    _export(show)
    show.add_argument(
        "--differences", action="store_true", help="与同源文档逐段对照 (where its near-duplicates differ)"
    )

    remove = _command(
        commands_, "remove", "从文库移除文档 (remove documents)", "youju remove 3f2a91c04b7d", commands.remove
    )
    remove.add_argument("ids", nargs="+", metavar="ID")

    ask = _command(
        commands_,
        "ask",
        "提问，回答由原文句子组成 (ask a question)",
        'youju ask "推诿扯皮的问题怎么批评" -k 5',
        commands.ask,
    )
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("-k", type=_count, default=10, metavar="N", help="列出几个段落，默认 10 (hits to list)")
    ask.add_argument(
        "--history", type=Path, metavar="FILE", help="同一对话中先前的问题，每行一个 (earlier questions, one a line)"
    )
    ask.add_argument(
        "--plain",
        action="store_true",
        help="不按问题中提到的文件、地名、年份限定 (search everywhere, whatever it names)",
    )
    _batch(ask)
    _filters(ask)

    quote = _command(
        commands_,
        "quote",
        "核引文：查原文、逐字比对 (the exact source of a quotation)",
        'youju quote "一分部署，九分落实，这话出自哪里"',
        commands.quote,
    )
    quote.add_argument("quotation", nargs="?", metavar="QUOTATION")
    quote.add_argument("-k", type=_count, default=5, metavar="N", help="列出几处来源，默认 5 (sources to list)")
    quote.add_argument(
        "--copy", choices=sorted(FORMS), help="只输出原文与出处：纯文本、GB/T 7714、Markdown (words with their source)"
    )
    _batch(quote)
    _filters(quote)
    _wording(commands_)

    check = _command(
        commands_,
        "check",
        "核稿：逐条核对引文、数据和复写 (check a draft's quotations, figures and copied wording)",
        "youju check 讲话稿.docx --docx 讲话稿-批注.docx",
        commands.check_,
    )
    check.add_argument("draft", type=Path, metavar="DRAFT", help="稿件：docx、md 或 txt (the draft)")
    check.add_argument(
        "--docx", type=Path, metavar="OUT", help="另存一份带批注的 docx，原稿不动 (the draft with comments)"
    )
    _export(check)

    evaluate = _command(
        commands_,
        "eval",
        "用题集衡量检索与回答 (measure on a question set)",
        "youju eval questions.jsonl --out new.json --compare old.json",
        commands.eval_,
    )
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    evaluate.add_argument("--out", type=Path, metavar="FILE", help="逐题结果写入此文件 (keep the results by question)")
    evaluate.add_argument(
        "--compare", type=Path, metavar="OLD.json", help="与先前 --out 的结果逐题比较 (what got better and worse)"
    )

    _command(commands_, "verify", "检查文库是否完好 (check the library)", "youju verify", commands.verify)
    _command(commands_, "rebuild", "由数据库重建索引 (derive the indexes again)", "youju rebuild", commands.rebuild)
    backup = _command(
        commands_,
        "backup",
        "把文库备份成一个文件，不影响使用 (a consistent copy while in use)",
        "youju backup 文库备份.zip",
        commands.backup,
    )
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = _command(
        commands_,
        "restore",
        "从备份恢复到空文件夹，先检查后恢复 (a backup back into an empty folder)",
        "youju restore 文库备份.zip --library 恢复的文库/",
        commands.restore,
    )
    restore.add_argument("file", type=Path, metavar="FILE")

    chat = _command(commands_, "chat", "打开网页问答 (the web chat)", "youju chat --port 7860", commands.chat)
    chat.add_argument(
        "--port", type=_port, default=7860, metavar="PORT", help="端口，被占用时自动后移 (the next free one is taken)"
    )
    _served_to_others(chat)

    add_user_commands(commands_, _command)

    _command(
        commands_,
        "mcp",
        "供助手程序查引文：MCP 服务，经标准输入输出 (the library as tools for an assistant program)",
        "youju mcp --library 文库/",
        commands.mcp,
    )
    return top


def _wording(group: Any) -> None:
    command = _command(
        group,
        "wording",
        "找提法：按意思、原词、句式、部位或排比标题找现成的写法 (find precedent wording)",
        'youju wording "批评推诿扯皮的话"；youju wording "既要…又要…"；youju wording "抓落实" --sort right',
        commands.wording,
    )
    command.add_argument("query", nargs="?", metavar="QUERY")
    command.add_argument("-k", type=_count, default=10, metavar="N", help="列出几条，默认 10 (how many to list)")
    how = command.add_mutually_exclusive_group()
    for name, help_ in (
        ("meaning", "按意思找 (by meaning)"),
        ("phrase", "找原词，一处不漏 (every occurrence of these words)"),
        ("pattern", "找句式，… 或 ＿＿ 处可填字 (a pattern with slots)"),
        ("headings", "找排比标题，如 4+4、动宾、坚持… (parallel headings)"),
    ):
        how.add_argument(f"--{name}", dest="mode", action="store_const", const=name, default="", help=help_)
    command.add_argument("--place", choices=list(CHINESE), help="只找此部位 (only at this place of a document)")
    command.add_argument(
        "--gap", type=_count, default=GAP, metavar="N", help=f"句式空处最多几字，默认 {GAP} (longest gap)"
    )
    command.add_argument("--sort", choices=SORTS, help="按左文、右文或日期排列 (sort the concordance)")
    command.add_argument("--count", choices=COUNTS, help="按年份、文种或机关计数 (count the occurrences)")
    command.add_argument("--all", action="store_true", help="列出每一处 (print every occurrence)")
    command.add_argument("--plot", type=Path, metavar="OUT.svg", help="提法逐年演变图 (a picture of the yearly counts)")
    _batch(command)
    _filters(command)


def _command(group: Any, name: str, help_: str, example: str, run: Callable[..., int]) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = group.add_parser(
        name, help=help_, description=help_, epilog=f"例 (example)：{example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    command.add_argument("--library", type=Path, metavar="DIR", help="文库文件夹 (the library's folder; YOUJU_LIBRARY)")
    command.add_argument(
        "--model", metavar="NAME", help="向量模型的名称或路径 (a sentence-transformers model; YOUJU_MODEL)"
    )
    command.add_argument("--json", action="store_true", help="输出 JSON (for programs)")
    command.set_defaults(run=run)
    return command


def _served_to_others(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="监听地址，默认只供本机 (where to listen; accounts needed)",
    )
    command.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="允许的主机名，可多次 (a name it answers to)"
    )
    command.add_argument(
        "--root-path", default="", metavar="URL", help="代理对外的完整地址 (the whole address of a proxy in front)"
    )
    command.add_argument(
        "--proxy",
        default="",
        metavar="IP",
        help="信任其转发头的代理地址 (the proxy whose forwarded headers are believed)",
    )
    command.add_argument("--certfile", type=Path, metavar="PEM", help="HTTPS 证书 (certificate)")
    command.add_argument("--keyfile", type=Path, metavar="PEM", help="HTTPS 私钥 (its key)")


def _batch(command: argparse.ArgumentParser) -> None:
    command.add_argument("--batch", type=Path, metavar="IN.jsonl", help="批量处理，每行一个 (many, one a line)")
    command.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="结果导出为 .docx（公文格式）或 .md；批量时为 .jsonl (where the results go)",
    )


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="导出为 .docx（公文格式）或 .md (as a Word document or Markdown)"
    )


def _filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--kind", metavar="文种", help="只看此文种，如 讲话 (only this kind)")
    command.add_argument("--year", type=int, metavar="YEAR", help="只看此年成文的 (only of this year)")
    command.add_argument("--issuer", metavar="机关", help="只看此发文机关的 (only by this issuer)")
    command.add_argument("--level", choices=("国", "省", "市", "县", "乡"), help="只看此层级 (only of this level)")
    command.add_argument("--region", metavar="地域", help="只看此地域的，如 澜川 (only of this region)")
    command.add_argument("--in", dest="folder", metavar="FOLDER", help="只看此文件夹 (only in this folder)")


def _port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 65535:
        raise argparse.ArgumentTypeError("1-65535")
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError("1-1000")
    return value


if __name__ == "__main__":
    sys.exit(main())
