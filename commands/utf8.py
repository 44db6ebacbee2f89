"""Words that an operator gives and the bank keeps."""

from __future__ import annotations

import click


class Utf8(click.ParamType[str]):
    """Refuses what a terminal of another encoding sent: Python takes such bytes in, the record does not."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not is_utf8(value):
            self.fail("it is not UTF-8; set the terminal to UTF-8, or LC_ALL=C.UTF-8.", param, ctx)
        return value


def is_utf8(text: str) -> bool:
    """False where a byte stands as a half sign, as Python lets through what it cannot decode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
