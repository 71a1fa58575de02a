"""Where the page puts backups, and how their size is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from index.disk import make_folder
from index.layout import Layout


def place_for(layout: Layout, now: datetime | None = None) -> Path:
    """A file beside the library's folder, named by the minute; one of the same minute is replaced."""
    folder = layout.root.absolute().with_name(f"{layout.root.name}-backups")
    make_folder(folder)
    return folder / f"youju-{now or datetime.now():%Y%m%d-%H%M}.zip"


def size_line(size: int) -> str:
    """
    >>> size_line(900), size_line(12_345_678), size_line(2_500_000_000)
    ('0.1 MB', '12.3 MB', '2.5 GB')
    """
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(size / 1e6, 0.1):.1f} MB"
