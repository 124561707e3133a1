"""Files in: every problem told at once, with file and line; JSON Schema out."""

from partnerselect.files.read import read_decision

__all__ = ["read_decision"]
