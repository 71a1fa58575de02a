"""The examples of docs/api.md work as written."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters
from served import programs_application, served

from assistant.api.tools import TOOLS
from index import Library

TEXT = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
HERE = "http://127.0.0.1:7860"


def example(language: str) -> str:
    [found] = re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.S | re.M)
    return str(found)


@pytest.fixture(scope="module")
def address(sample: Library) -> Iterator[str]:
    with served(programs_application(sample)) as address:
        yield address


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_the_curl_examples_give_json(address: str) -> None:
    given = []
    for line in example("sh").splitlines():
        told = subprocess.run(shlex.split(line.replace(HERE, address)), capture_output=True, check=True, timeout=60)
        given.append(json.loads(told.stdout))
    asked, quoted, listed = given
    assert asked["verdict"] == "answered" and len(asked["hits"]) == 3
    assert quoted["verdict"] and len(listed["documents"]) == 5


def test_the_python_example_prints_an_answer(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example("python").replace(HERE, address), "docs/api.md", "exec"), {})
    assert "[1]" in capsys.readouterr().out


def test_the_configuration_starts_a_server_with_the_tools_that_are_named(sample: Library) -> None:
    server = json.loads(example("json"))["mcpServers"]["youju"]
    assert server["command"] == "youju"
    arguments = ["-m", "assistant.cli", *server["args"], "--library", str(sample.layout.root)]
    started = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))

    async def listed() -> list[str]:
        async with Client(started, read_timeout_seconds=60) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    names = anyio.run(listed)
    assert names == [tool.name for tool in TOOLS] and all(f"`{name}`" in TEXT for name in names)


def test_every_route_is_in_the_table(address: str) -> None:
    for path in httpx.get(f"{address}/api/openapi.json").json()["paths"]:
        told = path.replace("{id}", "ID").replace("{n}", "N")
        assert f" {told}`" in TEXT or path.startswith("/v1")
