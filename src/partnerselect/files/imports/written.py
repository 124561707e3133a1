"""What can be said once files have been written, when the decision does not come out of them as it was previewed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from partnerselect.errors import InputError, Issue, PartnerSelectError
from partnerselect.files import raw

NOT_AS_PREVIEWED = "the decision cannot be read now, or does not say what was previewed"


class WrittenError(PartnerSelectError):
    """All files were written; then the decision could not be read, or does not say what was previewed.

    Attributes
    ----------
    files : tuple of Path
        Those that were written.
    issues : tuple of Issue
        What stands in the way.
    """

    def __init__(self, files: Iterable[Path], issues: Iterable[Issue]) -> None:
        self.files, self.issues = tuple(files), tuple(issues)
        names = ", ".join(map(raw.named, self.files))
        super().__init__(f"It was written into {names}, but {NOT_AS_PREVIEWED}.\n\n{InputError(self.issues)}")
