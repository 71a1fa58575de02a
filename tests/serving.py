"""The page as `youju chat` serves it, for tests in a browser."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

WIDTHS = {"wide": (1280, 900), "narrow": (390, 844)}
PATIENCE = 60_000
"""Milliseconds: how long a page may take on a machine that is busy with other things."""
expect.set_options(timeout=PATIENCE)


@contextmanager
def served(library: Path, *, language: str | None = "zh") -> Iterator[str]:
    """The address of the page over a library in a folder; without a language, in that of the browser."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "YOUJU_LIBRARY": str(library)} | ({"YOUJU_LANG": language} if language else {})
    command = [sys.executable, "-m", "assistant.cli", "chat", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        for _ in range(200):
            try:
                urllib.request.urlopen(found.group(0), timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        try:
            yield found.group(0)
        finally:
            process.terminate()


@contextmanager
def opened(browser: Browser, address: str, width: str) -> Iterator[Page]:
    """The open page; afterwards: nothing was fetched from elsewhere, nothing was hurt, nothing is too wide."""
    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high}, locale="zh-CN")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    outside: list[str] = []
    context.on(
        "request", lambda r: outside.append(r.url) if urlsplit(r.url).hostname not in (None, "127.0.0.1") else None
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    errors: list[str] = []
    page.on("console", lambda m: errors.append(f"{m.text} {m.location}") if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(address)
    page.locator("#yj-question textarea").wait_for()
    yield page
    assert outside == []
    assert not errors, errors
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()
