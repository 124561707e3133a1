"""A YAML parser's complaint in plain words."""

from __future__ import annotations

import yaml

from partnerselect.files.document import shortened

_INDENT = "the lines of one block must begin in the same column; a list entry begins with '- '"
_EXPLAINED = (
    (
        "mapping values are not allowed",
        "a second ': ' stands in this line",
        "put text that contains ': ' in quotes, and check the indentation",
    ),
    ("end of stream", "a quote or a bracket is opened here and never closed", "close it"),
    ("document indicator", "a quote is opened here and never closed", "close it"),
    ("document separator", "a quote is opened here and never closed", "close it"),
    (
        "expected ',' or",
        "a bracket is opened here and never closed, or a comma is missing",
        "close it, or put the text in quotes",
    ),
    (
        "cannot start any token",
        "a tab, or one of the characters @ ` % , ] }, stands where a value begins",
        "indent with spaces, and put such text in quotes",
    ),
    (
        "node content",
        "a value is missing here, or begins with , ] or }",
        "put such text in quotes, and close each bracket",
    ),
    ("hexdecimal", "a \\ in double quotes begins an escape that is not complete", "use single quotes, or write \\\\"),
    (
        "unknown escape",
        "a \\ in double quotes is followed by a character that it cannot escape",
        "use single quotes, or write \\\\",
    ),
    ("escape", "a \\ in double quotes begins an escape that is not complete", "use single quotes, or write \\\\"),
    (
        "could not find expected ':'",
        "a line without ': ' stands where a key belongs",
        "write key: value, or indent the line under the text that it continues",
    ),
    ("expected alphabetic or numeric character", "a text begins with * or &", "put it in quotes"),
    ("expected <block end>", "the indentation does not fit the lines above", _INDENT),
    ("expected key", "the indentation does not fit the lines above, or text goes on after a closing quote", _INDENT),
    ("expected '-' indicator", "the indentation does not fit the lines above", _INDENT),
    ("not allowed in this context", "the indentation does not fit the lines above", _INDENT),
    ("expected <document start>", "the indentation does not fit the lines above", _INDENT),
)
_OPENED_BEFORE = ("never closed", "': ' stands where a key belongs")


def explained(error: yaml.MarkedYAMLError) -> tuple[int | None, str, str, str]:
    """Line, place (none is known), what was found, and the mend."""
    problem = str(error.problem or error.context or error)
    found, mend = next(
        ((found, mend) for words, found, mend in _EXPLAINED if words in problem),
        (f"this is not YAML: {shortened(problem)}", "compare the line with a file that works"),
    )
    opened = any(words in found for words in _OPENED_BEFORE)
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    return (None if mark is None else int(mark.line) + 1), "", found, mend
