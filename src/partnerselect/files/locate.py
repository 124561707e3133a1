"""Where the files of a decision lie: criteria/<decision>.yaml beside candidates/<decision>/."""

from __future__ import annotations

from pathlib import Path


def criteria_files(home: Path) -> list[Path]:
    """Every criteria file below a home folder, by name; none where the folder is missing."""
    folder = home / "criteria"
    return sorted(path for path in folder.glob("*.y*ml") if path.suffix in (".yaml", ".yml") and path.name[0] != ".")


def candidates_folder(criteria_file: Path) -> Path:
    """The folder with the candidates of a criteria file."""
    return criteria_file.parent.parent / "candidates" / criteria_file.stem
