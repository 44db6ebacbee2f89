"""Cleaning of text and joining of lines, the same for every format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SOFT_HYPHEN = "\u00ad"
LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
# The word after a hanging hyphen ("barn- och ungdomsvård"): the hyphen belongs to the first word and stays.
CONJUNCTIONS = frozenset({"och", "eller", "respektive", "samt"})

# Quotation marks and dashes of cp1252 that came through as control characters.
_CP1252 = {code: bytes([code]).decode("cp1252") for code in (0x85, *range(0x91, 0x98))}

# Most lines are clean already: the letters and signs that Swedish texts are written in, with single blanks.
_USUAL = "[!-~åäöÅÄÖéÉüÜàÀ§–—−”“’…•·½°²´«»×≤≥]"
_CLEAN = re.compile(f" ?{_USUAL}*+(?: {_USUAL}++)*+ ?")
_CID = re.compile(r"\(cid:\d{1,7}\)")
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x90\x98-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\u200b\ufeff]"
)
_PRIVATE_PLANES = re.compile("[\U000f0000-\U0010ffff]")
_CONTROL = re.compile("[\x85\x91-\x97]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_BLANKS = re.compile("[ \t\x0c\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_HYPHENS = ("-", SOFT_HYPHEN, "\u2010")
_LONGEST_WORD = 60  # characters looked at for the part before a hyphen
_HYPHEN_END = re.compile("([^\\W\\d_]+)[-\u00ad\u2010]$")
_FIRST_WORD = re.compile(r"[^\W_]+")


def clean(text: str) -> str:
    """NFC text without what no reader types; line breaks stay, other blanks become one space.

    Soft hyphens stay at line ends only, where `join_lines` reads them.
    """
    if _CLEAN.fullmatch(text) and "(cid:" not in text:
        return text
    text = _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    if not text.isascii():
        text = _CONTROL.sub(lambda found: _CP1252[ord(found[0])], text)
        text = _PRIVATE_PLANES.sub("", text)
        text = _LIGATURE.sub(lambda found: LIGATURES[found[0]], text)
        text = unicodedata.normalize("NFC", text)
        text = re.sub(f"{SOFT_HYPHEN}(?!\\s*(\n|$))", "", text)
    return _BLANKS.sub(" ", _CID.sub("", text) if "(cid:" in text else text)


def joined(left: str, right: str) -> str:
    """Two lines of one paragraph as one: a hyphen at the line's end is taken away where it only divided the word."""
    left, right = left.rstrip(), right.lstrip()
    hyphen = _hyphen(left)
    if not hyphen or not right:
        return f"{left} {right}".strip()
    word = _FIRST_WORD.match(right)
    if word and word[0].lower() in CONJUNCTIONS:
        return f"{left} {right}"
    if not word:
        return f"{left}{right}"
    soft = left.endswith(SOFT_HYPHEN)
    part = hyphen[1]
    # A single letter is never divided off, so the hyphen is the word's own: e-tjänst, a-kassa.
    keeps = part.isupper() or len(part) == 1 or not right[0].islower()
    return left[:-1] + ("-" if keeps and not soft else "") + right


def _hyphen(line: str) -> re.Match[str] | None:
    """The letters and the hyphen at a line's end."""
    return _HYPHEN_END.search(line[-_LONGEST_WORD:].rpartition(" ")[2]) if line.endswith(_HYPHENS) else None


def join_lines(lines: Iterable[str]) -> str:
    """The lines of one paragraph as running text."""
    text: list[str] = []
    for line in lines:
        if text and _hyphen(text[-1]):
            text[-1] = joined(text[-1], line)
        elif line.strip():
            text.append(line.strip())
    return " ".join(text).rstrip(SOFT_HYPHEN)


def reflow(text: str) -> str:
    """Plain text whose line-end hyphens are mended and whose other line breaks stay."""
    lines: list[str] = []
    for line in clean(text).split("\n"):
        before = lines[-1] if lines else ""
        if line.strip() and _hyphen(before.rstrip()) and not before.rstrip().endswith(" -"):
            lines[-1] = joined(before, line)
        else:
            lines.append(line.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
