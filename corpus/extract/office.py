"""Formats that only an office program reads well, turned into .docx by LibreOffice, locked in.

The program gets a folder and a profile of its own, made for one file and removed after it. No macro
runs, no link is followed, no other machine is asked. It ends with its time, and with its parent.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import Refused

PROGRAMS = ("soffice", "libreoffice")
PLACES = ("/usr/lib/libreoffice/program", "/opt/libreoffice*/program", "/Applications/LibreOffice.app/Contents/MacOS")
SECONDS = 25.0
"""Time to convert one file: less than the reader has for all of it; two or three are usual."""
KILOBYTES = 2_000_000
"""Address space of the office program; it needs half of it to start."""
LIMIT_CONVERTED = 64_000_000
"""Bytes of the result."""
# Runs "$@" in a process group of its own and kills all of it when standard input ends: that is when
# the parent has died, however it did. The limits hold also where the parent has none.
GUARD = f"""
ulimit -v {KILOBYTES} 2>/dev/null
ulimit -c 0
exec 3<&0
(read -r _ <&3; kill -KILL 0) &
"$@" 3<&- </dev/null >/dev/null 2>&1
code=$?
kill -KILL $!
exit $code
"""
# Common/Security: macros off, links of untrusted documents blocked. Writer/Content/Update: 2 is "never".
# A proxy that nobody runs stands for the network.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


def office_program() -> str | None:
    """The path of LibreOffice's program, None where it is not installed."""
    for name in PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    found_there = (path for place in PLACES for path in sorted(Path("/").glob(f"{place.lstrip('/')}/soffice")))
    return next((str(path) for path in found_there if os.access(path, os.X_OK)), None)


def to_docx(data: bytes, ending: str, filter_name: str | None = None) -> bytes:
    """The .docx that LibreOffice makes of a file with this ending.

    `filter_name` is LibreOffice's own name of the format, where its guess must not be trusted.
    Raises Refused: no_office, limits, damaged.
    """
    program = office_program()
    if program is None:
        raise Refused("no_office", ending)
    with tempfile.TemporaryDirectory(prefix="youju-office-") as folder:
        source = Path(folder, f"source{ending}")
        source.write_bytes(data)
        _write_profile(Path(folder, "profile", "user"))
        _run(_command(program, source, filter_name), folder)
        return _result(Path(folder, "converted", "source.docx"))


def _write_profile(user: Path) -> None:
    user.mkdir(parents=True)
    items = "\n".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(PROFILE.format(items=items), encoding="utf-8")


def _command(program: str, source: Path, filter_name: str | None) -> list[str]:
    folder = source.parent
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck"),
        *((f"--infilter={filter_name}",) if filter_name else ()),
        *("--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(folder / "converted")),
        str(source),
    ]


def _run(command: list[str], folder: str) -> None:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": folder,
        "TMPDIR": folder,
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    child = subprocess.Popen(
        ["/bin/sh", "-c", GUARD, "office", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        process_group=0,
    )
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused("limits", f"{SECONDS:.0f} s") from None
    finally:
        if child.stdin:
            child.stdin.close()  # the guard ends whatever still runs
        child.wait()


def _result(path: Path) -> bytes:
    try:
        if path.stat().st_size > LIMIT_CONVERTED:
            raise Refused("limits")
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused("damaged") from None
