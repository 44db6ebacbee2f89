"""Plain text that was written with a line end at every seventy letters or so, shown in lines of the screen's own."""

from __future__ import annotations

import re

NARROWEST, WIDEST = 60, 100  # characters of the longest line; what is narrower or wider was not wrapped by a program
CONTINUES = re.compile(r"\n(?=(([\w\"”»(§]\S*).*))")  # with the next line and its first word
NUMBERED = re.compile(r"(\d+|\w)[.)]")
COLUMNS = re.compile(r"\t| {2}")


def without_wrapping(text: str) -> str:
    """The same text with a blank for each line end that only wraps; as long as before, so that marks stay in place.

    A line end wraps where the next line's first word would not have fitted before it. Lists and tables keep theirs.
    """
    width = max(map(len, text.split("\n")))
    if not NARROWEST <= width <= WIDEST:
        return text
    return CONTINUES.sub(lambda end: " " if _wraps(text, end, width) else "\n", text)


def _wraps(text: str, end: re.Match[str], width: int) -> bool:
    following, first_word = end.groups()
    line = text[text.rfind("\n", 0, end.start()) + 1 : end.start()]
    if NUMBERED.fullmatch(first_word) or COLUMNS.search(line) or COLUMNS.search(following):
        return False
    return len(line) + 1 + len(first_word) > width
