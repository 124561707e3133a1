r"""Text as the report's fonts can print it.

The fonts are those that come with the typesetter. Together they have every letter of the Latin, Greek and Cyrillic
scripts, Hebrew, Armenian, Georgian and Arabic letters, and what else is in the tables below.
"""

from __future__ import annotations

import re
import unicodedata

_SERIF = (
    "\u0020-\u007e\u00a0-\u00ac\u00ae-\u023f\u0241\u0243\u0247\u0249\u024d\u0250-\u02af\u0300-\u0331\u0338\u0374\u0375"
    "\u037a-\u037e\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u03d0-\u03e1\u03f0-\u03f6\u03f8\u03f9\u03fb\u03fd-\u045f"
    "\u0462\u0463\u0470-\u0477\u0490-\u04c4\u04c7-\u04cc\u04d0-\u04f9\u05b0-\u05c3\u05d0-\u05ea\u1e00-\u1e9b\u1e9e"
    "\u1ea0-\u1ef9\u1f00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d"
    "\u1f80-\u1fb4\u1fb6-\u1fc4\u1fc6-\u1fd3\u1fd6-\u1fdb\u1fdd-\u1fef\u1ff2-\u1ff4\u1ff6-\u1ffe\u2010-\u2027"
    "\u2030-\u2037\u2039-\u203e\u2044\u2070\u2071\u2074-\u208e\u20a2-\u20a4\u20a7\u20a8\u20ab\u20ac\u20af\u20b1\u20bf"
    "\u2100-\u2103\u2105\u2106\u2109\u210c-\u210f\u2111\u2113\u2115\u2116\u2119\u211a\u211c\u211d\u2120\u2122"
    "\u2153-\u215e\u2190-\u2199\u2200-\u220d\u220f-\u221c\u221e\u221f\u2223-\u222b\u2236\u223c\u2241\u2245\u2247-\u2249"
    "\u2259\u2260-\u2262\u2264\u2265\u25a0\u25a1\u25b2\u25b3\u25b6\u25b7\u25bc\u25bd\u25c0\u25c1\u25c6\u25c7"
    "\u25c9-\u25cc\u25cf"
)
_OTHERS = {
    "DejaVu Sans Mono": (
        "\u0240\u0244\u0245\u024c\u0376\u0377\u037f\u03f7\u03fa\u03fc\u04cf\u0510\u0511\u051a-\u051d\u0531-\u0556"
        "\u0559-\u055f\u0561-\u0587\u0589\u058a\u0621-\u063a\u0640-\u0655\u0660-\u066d\u10d0-\u10fc\u20a0\u20a1\u20a5"
        "\u20a6\u20a9\u20aa\u20ad\u20ae\u20b0\u20b2-\u20b5\u20b8-\u20ba\u20bd\u219c-\u21a7\u21a9-\u21ad\u21af-\u21bb"
        "\u21be\u21bf\u21c2-\u21ca\u21da-\u21ff\u220e\u221d\u2220\u222c\u222d\u2234\u2235\u2237-\u223b\u223d"
        "\u2242-\u2244\u2246\u224a-\u2258\u225a-\u225f\u2263\u25a2-\u25b1\u25b4\u25b5\u25b8-\u25bb\u25be\u25bf"
        "\u25c2-\u25c5\u25c8\u25cd\u25ce\u25d8-\u25ff\u2713\u2717"
    ),
    "New Computer Modern": (
        "\u0242\u0246\u0248\u024a\u024b\u024e\u024f\u0370-\u0373\u03cf\u03e2-\u03ef\u0460\u0461\u0464-\u046f"
        "\u0478-\u0482\u048a-\u048f\u04c5\u04c6\u04cd\u04ce\u04fa-\u04ff\u0512\u0513\u1e9c\u1e9d\u1efa-\u1eff\u20b6\u20b7"
        "\u20bb\u20bc\u20be\u20c0"
    ),
}
PRINTED = "".join([_SERIF, *_OTHERS.values()])
"""Every character that one of the fonts has, as ranges of a regular expression."""

_SPACES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_STRANGE = re.compile(f"[^{PRINTED}]")
_STRAY_POINTS = re.compile("(?<![\u05b0-\u05c3\u05d0-\u05ea])[\u05b0-\u05bd\u05bf\u05c1\u05c2]+")
_STRAY_VOWELS = re.compile("(?<![\u0621-\u0655])[\u064b-\u0655]+")
_LABELS = re.compile(r' aria-[a-z]+="[^"]*"')
_BETWEEN_TAGS = re.compile(r">[^<]+<")
_COMMON = "\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u0384-\u03ce\u0400-\u045f\u2010-\u2015\u2018-\u2022\u2026"
_BORROWED = {
    font: (re.compile(f"[{letters}]"), re.compile(f"[^{letters}{_COMMON}]")) for font, letters in _OTHERS.items()
}
"""For each further font: the letters that only it has, and all that it may lack."""

_LONG_WORD = re.compile(r"[^\s\-/]{25,}")
_UNIT = 8
_BREAK = "\u200b"


def printable(text: str) -> str:
    """Text in which every character can be printed.

    Control characters become spaces; signs that steer the direction of writing, or that are invisible, are left out,
    since one name could turn the text around it; so are marks of one script over letters of another. A character that
    no font of the report has becomes its number, such as [U+4E2D].
    """
    told = _STRANGE.sub(_replaced, _SPACES.sub(" ", text))
    return _STRAY_VOWELS.sub("", _STRAY_POINTS.sub("", told))


def breakable(text: str) -> str:
    """Printable text whose long words may go on in the next line, so that they stay inside their column."""
    return _LONG_WORD.sub(_with_breaks, printable(text))


def chart_text(svg: str) -> str:
    """A drawn chart in which every character can be printed.

    In a picture the typesetter takes one font for a label as a whole, and stumbles over accents that stand as
    characters of their own. So a label with letters that the first font lacks names the font that has them, with a
    question mark for what that one lacks, and accents that do not melt into their letter are left out. A tick becomes
    a dot, which the first font has. Descriptions of parts are left out: a PDF takes none but that of the picture.
    """
    drawn = printable(svg).replace("\N{CHECK MARK}", "\N{BULLET}")
    return _BETWEEN_TAGS.sub(_with_font, _LABELS.sub("", drawn))


def _replaced(match: re.Match[str]) -> str:
    sign = match[0]
    if unicodedata.category(sign) in ("Cf", "Me", "Mn"):
        return ""
    return " " if sign.isspace() else f"[U+{ord(sign):04X}]"


def _with_breaks(match: re.Match[str]) -> str:
    word, parts = match[0], [""]
    for letter in word:
        if len(parts[-1]) >= _UNIT and not unicodedata.combining(letter):
            parts.append("")
        parts[-1] += letter
    return _BREAK.join(parts)


def _with_font(match: re.Match[str]) -> str:
    composed = unicodedata.normalize("NFC", match[0])
    told = "".join(sign for sign in composed if not unicodedata.combining(sign))
    for font, (letters, lacking) in _BORROWED.items():
        if letters.search(told):
            return f'><tspan font-family="{font}">{lacking.sub("?", told[1:-1])}</tspan><'
    return told
