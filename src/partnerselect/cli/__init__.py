"""The same functions from a terminal: one module for each command.

Exit codes: 0 all is well, 1 the files have problems, 2 the command was not understood. A command imports what it
needs when it runs, so that help and completion cost next to nothing.
"""

from __future__ import annotations

from partnerselect.cli.app import app, main

__all__ = ["app", "main"]
