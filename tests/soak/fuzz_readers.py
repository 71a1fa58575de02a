"""Coverage-guided fuzzing of the readers: `PYTHONPATH=tests python -m soak.fuzz_readers --seconds 3600`.

Each target of fuzz_targets.py has a process of its own under atheris (libFuzzer), one after another. What must not
happen is kept in the folder given, one case for each place in our code; a table goes to standard output.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

STATE = re.compile(r"#(\d+)\s+(?:DONE|pulse|REDUCE|NEW|INITED|RELOAD).*?cov: (\d+).*?(?:exec/s: (\d+))?")
LONGEST = 2000
"""Bytes of a case."""
HANGS = 30
"""Seconds after which a case is a finding: the time that a document has."""
MEMORY = 2_000
"""MB, as the child process that reads has."""


def fuzz(target: str, seconds: int, folder: Path) -> None:
    """Fuzz one target in this process; it never returns."""
    import atheris

    with atheris.instrument_imports(include=["corpus"]):
        import corpus.worker  # noqa: F401
    import fuzz_targets
    import pytest

    fuzz_targets.prepare(pytest.MonkeyPatch())
    scratch = Path(tempfile.mkdtemp(prefix="fuzz-", dir=folder))
    cases = folder / "corpus" / target
    cases.mkdir(parents=True, exist_ok=True)
    for seed in fuzz_targets.seeds(target):
        (cases / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    seen: set[str] = set()

    def one(data: bytes) -> None:
        try:
            fuzz_targets.check(target, data, scratch)
        except Exception as error:  # noqa: BLE001  a finding; it is kept, and the search goes on
            _keep(folder, target, data, error, seen)

    words = folder / f"{target}.dict"
    words.write_text("".join(f'"{_escaped(p)}"\n' for p in fuzz_targets.PIECES if p), encoding="ascii")
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-timeout={HANGS}",
        f"-rss_limit_mb={MEMORY}",
        f"-report_slow_units={HANGS}",
    ]
    options += [f"-artifact_prefix={folder}/{target}-died-", f"-dict={words}", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *options, str(cases)], one)
    atheris.Fuzz()


def _escaped(piece: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in piece.encode())


def _keep(folder: Path, target: str, data: bytes, error: BaseException, seen: set[str]) -> None:
    """A case for each place in our code where something went wrong."""
    cause = error.__cause__ or error
    ours = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(cause.__traceback__)]
    place = f"{type(cause).__name__} {str(error)[:80] if cause is error else ''} {' '.join(ours[-2:])}"
    if place not in seen:
        seen.add(place)
        name = f"{target}--{hashlib.sha256(place.encode()).hexdigest()[:8]}"
        (folder / name).write_bytes(data)
        told = "".join(traceback.format_exception(error))
        (folder / f"{name}.txt").write_text(f"{place}\n{told}", encoding="utf-8", errors="backslashreplace")


def run(targets: list[str], seconds: int, folder: Path) -> int:
    """Fuzz each target for its share of the time; how many findings there were."""
    folder.mkdir(parents=True, exist_ok=True)
    share = max(1, seconds // len(targets))
    print("| target | seconds | cases | cases a second | branches | findings |\n|---|---|---|---|---|---|")
    for target in targets:
        began, cases, covered, log = time.monotonic(), 0, 0, folder / f"{target}.log"
        while (left := share - int(time.monotonic() - began)) > 0:  # a case that kills the process ends it early
            with log.open("ab") as output:
                at = output.tell()
                command = [sys.executable, "-m", "soak.fuzz_readers", "--one", target, "--seconds", str(left)]
                subprocess.run([*command, "--out", str(folder)], stderr=output, stdout=output, check=False)
            said = log.read_bytes()[at:].decode("utf-8", "replace")
            states = STATE.findall(said)
            cases += int(states[-1][0]) if states else 0
            covered = max(covered, *(int(s[1]) for s in states), 0)
            if not states:
                break
        took = time.monotonic() - began
        found = len(findings(folder, target))
        print(f"| {target} | {took:.0f} | {cases:,} | {cases / took:.0f} | {covered:,} | {found} |", flush=True)
    return len(findings(folder))


def findings(folder: Path, target: str = "*") -> list[Path]:
    """The cases that were kept."""
    return [*(p for p in folder.glob(f"{target}--*") if p.suffix != ".txt"), *folder.glob(f"{target}-died-[!s]*")]


def main() -> int:
    """The command line; 1 if something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3600, help="for all targets together")
    parser.add_argument("--targets", nargs="*", help="all unless named")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        fuzz(asked.one, asked.seconds, asked.out)
    import fuzz_targets

    return 1 if run(asked.targets or list(fuzz_targets.TARGETS), asked.seconds, asked.out) else 0


if __name__ == "__main__":
    sys.exit(main())
