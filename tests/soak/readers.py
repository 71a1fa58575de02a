"""Readers ask while a writer replaces documents: every answer is wholly of one published state."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answer import Answer
from assistant.ask import ask
from index import Library

READERS = 8
PAUSE = 0.5
"""Seconds that a reader reads between two questions."""
NOTICES = 6
"""Documents that the writer replaces, all at once."""
ROUND = re.compile(r"第(\d+)轮巡查")
QUESTIONS = (
    "这一轮巡查查了多少家店？",
    "巡查由哪个部门负责？",
    "推诿扯皮的问题怎么批评？",
    "今年教育上计划新增多少个学位？",
    "巡查发现的问题多少天内改完？",
)


@dataclass
class Told:
    """Seconds of each answer, errors, and answers in which two states are mixed or words are not their source's."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Seconds within which that share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def write_round(folder: Path, number: int) -> None:
    """The notices of a round; each says its number."""
    folder.mkdir(exist_ok=True)
    for n in range(NOTICES):
        (folder / f"巡查通知{n}.txt").write_text(
            f"关于{'甲乙丙丁戊己'[n]}片区第{number}轮巡查情况的通知\n各街道：\n"
            f"第{number}轮巡查由片区{n + 1}组负责，共查了{number * 7 + n}家店。\n"
            f"第{number}轮巡查发现的问题，限{number % 20 + n + 1}天内改完。\n",
            encoding="utf-8",
        )


def rounds(library: Path, folder: Path, until: float) -> int:
    """Replace the notices again and again, as `youju add` does it; how many rounds were published."""
    number = 1
    while time.monotonic() < until:
        number += 1
        write_round(folder, number)
        command = [sys.executable, "-m", "assistant.cli", "add", str(folder), "--json"]
        environment = {**os.environ, "YOUJU_LIBRARY": str(library)}
        subprocess.run(command, check=True, capture_output=True, env=environment)
    return number


def reader(library: Library, number: int, is_over: Callable[[], bool], told: Told, pause: float = PAUSE) -> None:
    """One who asks until it is over, and once more."""
    turn = number
    over = False
    while not over:
        over = is_over()
        turn += 1
        started = time.monotonic()
        try:
            answer = ask(library, QUESTIONS[turn % len(QUESTIONS)])
            told.seconds.append(time.monotonic() - started)
            told.mixed.extend(faults(answer))
        except Exception as error:  # noqa: BLE001  every failure is counted
            told.errors.append(f"{type(error).__name__}: {error}")
        time.sleep(pause)


def faults(answer: Answer) -> list[str]:
    """What of an answer can't be of one state: notices of two rounds, evidence that is not its paragraph's."""
    found = {
        n for hit in (*answer.hits, *answer.citations) for n in ROUND.findall(hit.entry.title + hit.paragraph.text)
    }
    faults = [f"rounds {sorted(found)}"] if len(found) > 1 else []
    for citation in answer.citations:
        if any(not citation.paragraph.text[a:b] for a, b in citation.evidence):
            faults.append(citation.id)
    return faults


def read(library: Library, seconds: float, readers: int = READERS) -> Told:
    """So many readers for so long."""
    told = Told()
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=reader, args=(library, n, lambda: time.monotonic() > until, told))
        for n in range(readers)
    ]
    run(threads)
    return told


def read_while_written(library: Library, folder: Path, seconds: float) -> tuple[Told, int]:
    """The same while another process writes; and how many rounds it published."""
    published: list[int] = []
    until = time.monotonic() + seconds
    writer = threading.Thread(target=lambda: published.append(rounds(library.layout.root, folder, until)))
    writer.start()
    told = read(library, seconds)
    writer.join()
    return told, published[0]


def run(threads: Sequence[threading.Thread]) -> None:
    """All of them, to the end."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
