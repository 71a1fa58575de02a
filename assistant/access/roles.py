"""The two roles: a reader asks and reads, a librarian also changes the library and looks after it."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["reader", "librarian"]
ROLES: tuple[Role, ...] = get_args(Role)
