"""Three who write into one library at the same time: the page, the command line, and a program."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from assistant.messages import MESSAGES
from index import Library, LibraryBusy

TIMEOUT = httpx.Timeout(300.0)
LISTED = re.compile(r'<li><a href="/document/([^"]+)"[^>]*>([^<]+)</a>')
BUSY_WORDS = tuple(MESSAGES[key][0].split("{")[0] for key in ("doing.busy", "LibraryBusy", "web.LibraryBusy"))
BUSY = "busy"
"""Instead of a document's id: the library was busy, and the writer was told so."""


@dataclass
class Written:
    """What was acknowledged, by file name with the document's id; how often each was told that it is busy; and all
    that was neither."""

    there: dict[str, str] = field(default_factory=dict)
    busy: Counter[str] = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)


Write = Callable[[Path], str]
"""Adds a file: the document's id, or BUSY. Raises where it is told anything else."""


def notice(folder: Path, who: str, number: int) -> Path:
    """A file that is like no other, under a name that is its own."""
    words = random.Random(f"{who}{number}")
    place = "".join(words.choice("东南西北中上下前后左右") for _ in range(4))
    path = folder / f"{who}{number}.txt"
    path.write_text(
        f"关于{place}街{number}号安全检查的通知\n各单位：\n{place}街{number}号由{who}查了{words.randint(2, 900)}处，"
        f"发现问题{words.randint(1, 90)}个，限{words.randint(2, 60)}天内改完。\n",
        encoding="utf-8",
    )
    return path


def by_command(library: Path) -> Write:
    """With `youju add`."""

    def write(file: Path) -> str:
        command = [sys.executable, "-m", "assistant.cli", "add", str(file), "--json"]
        environment = {**os.environ, "YOUJU_LIBRARY": str(library), "YOUJU_LANG": "zh"}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
        if done.returncode == 0:
            return str(json.loads(done.stdout)["files"][0]["id"])
        if is_busy(done.stderr):
            return BUSY
        raise AssertionError(done.stderr[-300:])

    return write


def by_program(library: Library) -> Write:
    """In a process that has opened the library."""

    def write(file: Path) -> str:
        try:
            with library.writing() as writer:
                (outcome,) = writer.add([file])
        except LibraryBusy:
            return BUSY
        assert outcome.what in ("added", "unchanged", "duplicate"), outcome
        return outcome.id

    return write


def by_page(address: str) -> Write:
    """As the page's script does it: a file is uploaded, then handed over, and the list says what became of it."""
    client = httpx.Client(base_url=address, timeout=TIMEOUT, trust_env=False)
    config = client.get("/config").raise_for_status().json()
    box = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "yj-files")
    event = next(d for d in config["dependencies"] if [box, "upload"] in [list(t) for t in d["targets"]])

    def write(file: Path) -> str:
        sent = client.post("/gradio_api/upload", files={"files": (file.name, file.read_bytes(), "text/plain")})
        (path,) = sent.raise_for_status().json()
        given = {
            "path": path,
            "orig_name": file.name,
            "size": file.stat().st_size,
            "meta": {"_type": "gradio.FileData"},
        }
        session = f"w{random.random()}"
        body = {"data": [[given], None], "fn_index": event["id"], "trigger_id": box, "session_hash": session}
        client.post("/gradio_api/queue/join", json=body).raise_for_status()
        told = "".join(json.dumps(message, ensure_ascii=False) for message in _messages(client, session))
        told = told.replace('\\"', '"')
        found: dict[str, str] = {name: id for id, name in LISTED.findall(told)}
        if file.name in found:
            return found[file.name]
        if is_busy(told):
            return BUSY
        raise AssertionError(told[-600:])

    return write


def _messages(client: httpx.Client, session: str) -> Iterator[dict[str, Any]]:
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            if line.startswith("data:"):
                message = json.loads(line[5:])
                yield message
                if message["msg"] in ("process_completed", "close_stream"):
                    return


def is_busy(told: str) -> bool:
    """Whether a sentence says that something else is being done to the library."""
    return any(words in told for words in BUSY_WORDS)


def writer(who: str, write: Write, folder: Path, until: float, pause: float, written: Written) -> None:
    """One who adds a file after the other; what meets a busy library is tried again."""
    number = 0
    while time.monotonic() < until:
        number += 1
        file = notice(folder, who, number)
        try:
            while (id := write(file)) == BUSY:
                written.busy[who] += 1
                time.sleep(random.uniform(0, 2 * pause))
            written.there[file.name] = id
        except Exception as error:  # noqa: BLE001  every failure is told
            written.skipped.append(f"{file.name}: {type(error).__name__}: {error}")
        time.sleep(random.uniform(0, 2 * pause))


def write_all(library: Library, address: str, folder: Path, seconds: float, pause: float = 0.5) -> Written:
    """All three for so long."""
    folder.mkdir(exist_ok=True)
    written = Written()
    until = time.monotonic() + seconds
    ways = {"网页": by_page(address), "命令行": by_command(library.layout.root), "程序": by_program(library)}
    threads = [
        threading.Thread(target=writer, args=(who, write, folder, until, pause, written)) for who, write in ways.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return written


def lost(library: Library, written: Written) -> list[str]:
    """What was acknowledged and is not there, with its own words."""
    there = {entry.id: entry for entry in library.entries()}
    return [
        name
        for name, id in written.there.items()
        if id not in there or Path(name).stem.strip("0123456789") not in library.document(id).paragraphs[-1].text
    ]
