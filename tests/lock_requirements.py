"""Lock every package that is installed, with the hashes of all its files: `make lock` (needs uv and the network).

requirements*.txt say which versions are wanted; what they need in turn is found, for Linux, macOS and
Windows and every Python from 3.11 on, and written to locks/. A version that is locked stays until its pin changes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = {
    "build": "What builds packages; installed first.",
    "run": "What the program runs on, but for PyTorch.",
    "torch-cpu": "PyTorch's build for CPUs, where pip is pointed to it; tried before the other.",
    "torch": "PyTorch as it is found under its plain number, on Linux the build for CUDA with what that needs.",
    "ocr": "What text recognition needs.",
    "dev": "What tests and checks need, text recognition included.",
}
TORCH = re.compile(r"torch==|(?:nvidia|cuda)-|triton==")
"""PyTorch and the packages that only its build for CUDA asks for."""
CPU_BUILDS = {
    # For Python 3.11 on Linux (x86-64). Without a hash of its own a build for CPUs would never be chosen.
    "torch==2.13.0+cpu": ["6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b"],
}


def main() -> None:
    """Write the locks."""
    asked = compiled("run", "requirements.txt", "requirements-build.txt")
    write("run", [block for block in asked if not TORCH.match(block)])
    write("torch", [block for block in asked if TORCH.match(block)])
    hashes = {
        package: "".join(f" \\\n    --hash=sha256:{hash}" for hash in given) for package, given in CPU_BUILDS.items()
    }
    write("torch-cpu", [package + given for package, given in hashes.items()])
    write("build", compiled("build", "requirements-build.txt", "locks/run.txt"))
    write("ocr", compiled("ocr", "requirements-ocr.txt", "locks/build.txt", "locks/run.txt"))
    write("dev", compiled("dev", "requirements-dev.txt", "locks/build.txt", "locks/run.txt", "locks/ocr.txt"))


def compiled(name: str, wanted: str, *held: str) -> list[str]:
    """A block for each package that is wanted or needed; `held` are files whose versions must be kept to."""
    lock = ROOT / "locks" / f"{name}.txt"
    command = [sys.executable, "-m", "uv", "pip", "compile", wanted, "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    command += [word for other in held for word in ("--constraint", other)]
    before = lock.read_text(encoding="utf-8") if lock.exists() else ""
    if name == "run" and before:  # one resolution gives both, so both are what it starts from
        lock.write_text(before + (ROOT / "locks" / "torch.txt").read_text(encoding="utf-8"), encoding="utf-8")
    command += ["--output-file", str(lock)]
    lock.parent.mkdir(exist_ok=True)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    text = lock.read_text(encoding="utf-8")
    return [block for block in re.split(r"\n(?=\S)", text.strip()) if not block.startswith("#")]


def write(name: str, blocks: list[str]) -> None:
    """A lock file."""
    head = f"# {LOCKS[name]} Written by `make lock` out of requirements*.txt; not to be edited.\n"
    (ROOT / "locks" / f"{name}.txt").write_text(head + "\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
