"""Known vulnerabilities of what is installed, by pip-audit, part of `make lint`.

Its data are on the network. Where they can't be had within seconds the audit is left out, and a line says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCKS = ("run", "ocr", "dev")
ROOT = Path(__file__).parents[1]
SECONDS = 120
"""For all packages; about a tenth of a second each."""
PATIENCE = 5
"""Seconds for one answer of the service."""
LEFT_OUT = "漏洞检查未做：现在查不到漏洞数据 (known vulnerabilities were not looked up: their data can't be had now)"


def main() -> int:
    """1 if a package has a known vulnerability."""
    known = audited([lock_file("build")]) and audited([lock_file(name) for name in LOCKS])
    if not known:
        print(LEFT_OUT)
        return 0
    found = [(p["name"], p["version"], v) for p in known for v in p.get("vulns", ())]
    for name, version, vulnerability in found:
        print(f"{name} {version}: {vulnerability['id']}, fixed in {', '.join(vulnerability['fix_versions']) or 'none'}")
    print(f"{len(known)} packages, {len(found)} known vulnerabilities")
    return 1 if found else 0


def audited(locks: list[Path]) -> list[dict[str, Any]]:
    """What the service knows of these packages; nothing if it can't be reached or knows none of them."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
    command += ["--timeout", str(PATIENCE), "--progress-spinner", "off"]
    command += [word for lock in locks for word in ("--requirement", str(lock))]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False).stdout
        packages = json.loads(told)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        return []
    return [package for package in packages if "skip_reason" not in package]


def lock_file(name: str) -> Path:
    """The lock of a name."""
    return ROOT / "locks" / f"{name}.txt"


if __name__ == "__main__":
    sys.exit(main())
