"""Many people at the page at once, over the protocol that its own script speaks."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from assistant.web.admission import BUSY

TIMEOUT = httpx.Timeout(60.0, connect=30.0)


@dataclass
class Told:
    """What became of the questions: seconds of each that was answered, seconds until the others were told to come
    again, errors."""

    seconds: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def percentile(self, share: float) -> float:
        """Seconds within which that share of the answers came."""
        return percentile(self.seconds, share)


def percentile(seconds: Sequence[float], share: float) -> float:
    """Seconds within which that share was done."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


@dataclass(frozen=True)
class Page:
    """Where the page's question goes: the number of the event and of the box that triggers it."""

    event: int
    box: int
    inputs: int


async def page_of(client: httpx.AsyncClient) -> Page:
    """The page, loaded as a browser does: itself, then its configuration."""
    (await client.get("/")).raise_for_status()
    config = (await client.get("/config")).raise_for_status().json()
    box = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "yj-again")
    for dependency in config["dependencies"]:
        if [box, "change"] in [list(target) for target in dependency["targets"]]:
            return Page(dependency["id"], box, len(dependency["inputs"]))
    raise LookupError("no event for a question")


async def ask(client: httpx.AsyncClient, page: Page, session: str, question: str) -> str:
    """The data of the answer's last step. Raises httpx.HTTPStatusError, RuntimeError where the page shows an error."""
    body = {
        "data": [f"1|{json.dumps({'question': question})}", *[None] * (page.inputs - 1)],
        "event_data": None,
        "fn_index": page.event,
        "trigger_id": page.box,
        "session_hash": session,
    }
    joined = (await client.post("/gradio_api/queue/join", json=body)).raise_for_status().json()["event_id"]
    shown = ""
    async for message in _messages(client, session):
        if message.get("event_id") not in (None, joined):
            continue
        if message["msg"] == "process_generating":
            shown = json.dumps(message["output"]["data"], ensure_ascii=False)
        if message["msg"] == "process_completed":
            if not message["success"]:
                raise RuntimeError(str(message["output"].get("error")))
            return shown
    raise RuntimeError("the stream ended without an answer")


async def _messages(client: httpx.AsyncClient, session: str) -> AsyncIterator[dict[str, Any]]:
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        stream.raise_for_status()
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                yield json.loads(line[5:])


async def person(
    address: str, number: int, questions: Sequence[str], until: float, pause: tuple[float, float], told: Told
) -> None:
    """One who comes, asks, reads for so many seconds, and asks again, until that time; once at least."""
    chance = random.Random(number)
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT, trust_env=False, verify=False) as client:
        page: Page | None = None
        await asyncio.sleep(chance.uniform(0, pause[1]))
        while True:
            started = time.monotonic()
            try:
                page = page or await page_of(client)
                started = time.monotonic()
                shown = await ask(client, page, f"p{number}-{chance.random()}", chance.choice(questions))
                if "yj-answer" not in shown and "yj-none" not in shown:
                    told.errors[shown[:200]] += 1
                told.seconds.append(time.monotonic() - started)
            except httpx.HTTPStatusError as error:
                if error.response.status_code == BUSY:
                    told.busy.append(time.monotonic() - started)
                else:
                    told.errors[f"HTTP {error.response.status_code}"] += 1
            except (httpx.HTTPError, RuntimeError, LookupError) as error:
                told.errors[f"{type(error).__name__}: {str(error)[:100]}"] += 1
            if time.monotonic() >= until:
                return
            await asyncio.sleep(chance.uniform(*pause))


async def crowd(address: str, users: int, seconds: float, pause: tuple[float, float], questions: Sequence[str]) -> Told:
    """So many people for so long."""
    told = Told()
    until = time.monotonic() + seconds
    await asyncio.gather(*(person(address, n, questions, until, pause, told) for n in range(users)))
    return told
