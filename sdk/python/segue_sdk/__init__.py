"""Segue for Python: ask, on every turn, whether an assistant may go on.

`Segue` waits for its answers, `AsyncSegue` awaits them; both have the same methods, one
for each call that a key may make. What goes in and out is typed by `segue_sdk.types`,
which is generated from the server's own document.
"""

from .generated import types
from .client import AsyncSegue, Segue, SegueError

__all__ = ["AsyncSegue", "Segue", "SegueError", "types"]
