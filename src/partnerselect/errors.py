"""Everything that PartnerSelect raises on purpose, from one base class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


class PartnerSelectError(Exception):
    """Base of every error that PartnerSelect raises on purpose."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem in one file: where it is, what was found, and how to mend it.

    Attributes
    ----------
    file : str
        The file as the caller named it.
    line : int or None
        1-based line, None where the problem is the file as a whole.
    place : str
        Path inside the file, such as ``evidence[0].criterion``; empty for the file as a whole.
    found : str
        What stands there, and why it cannot be taken.
    mend : str
        What is allowed, and what to do.
    """

    file: str
    line: int | None
    place: str
    found: str
    mend: str

    def __str__(self) -> str:
        where = ": ".join(part for part in (self._line(), self.place) if part)
        return f"  {where}: {self.found}\n          {self.mend}" if where else f"  {self.found}\n          {self.mend}"

    def _line(self) -> str:
        return "" if self.line is None else f"line {self.line}"


class InputError(PartnerSelectError):
    """Files that cannot be read as a decision; carries every problem found, not only the first."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(self._message())

    def _message(self) -> str:
        by_file: dict[str, list[Issue]] = {}
        for issue in self.issues:
            by_file.setdefault(issue.file, []).append(issue)
        return "\n\n".join(_file_report(file, issues) for file, issues in by_file.items())


def _file_report(file: str, issues: list[Issue]) -> str:
    count = "1 problem" if len(issues) == 1 else f"{len(issues)} problems"
    ordered = sorted(issues, key=lambda issue: issue.line or 0)
    return "\n".join([f"{file} has {count}", "", *map(str, ordered)])


class WeightsError(PartnerSelectError):
    """Points that cannot be made into weights: unknown ids, negative or not finite, or all zero."""


class RulesError(PartnerSelectError):
    """Set rules that no set of candidates satisfies."""

    @property
    def conflicts(self) -> tuple[Any, ...]:
        """Smallest groups of rules that contradict each other, as far as they are known."""
        return ()

    @property
    def relaxations(self) -> tuple[Any, ...]:
        """Changes of rules that would allow a set, as far as they are known."""
        return ()


class RoundsError(PartnerSelectError):
    """Rounds or drafts that cannot be read or stored, or a step that a closed round does not allow."""
