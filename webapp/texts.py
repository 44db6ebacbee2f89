"""Texts in the language of the request; the Swedish text is the message id. `translations/en` holds the English.

A page asks for hundreds of texts, so they are looked up without Flask-Babel's context: a tenth of its time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.support import Translations
from flask_babel.speaklater import LazyString  # type: ignore[import-untyped]
from markupsafe import Markup

from webapp.languages import SWEDISH, language

LazyText = Any  # str(...) of it gives the text in the language of the request


def said(text: str) -> str:
    """The text in the language of the request, its values not filled in yet; templates fill and escape them."""
    spoken = language()
    return text if spoken == SWEDISH or not text else _catalog(spoken).gettext(text)


def said_of(singular: str, plural: str, num: int) -> str:
    return _catalog(language()).ngettext(singular, plural, num)


def gettext(text: str, **values: object) -> str:
    return said(text) % values if values else said(text)


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """`num` may stand in the text beside the values, as %(num)s."""
    return said_of(singular, plural, num) % {"num": num, **values}


def written(text: str, **values: object) -> Markup:
    """A text for a template: its own HTML stands, values are escaped."""
    found = Markup(said(text))  # noqa: S704 - texts are ours, from templates and catalogue
    return found % values if values else found


def written_of(singular: str, plural: str, num: int, **values: object) -> Markup:
    """As `written`, for a number, which may stand in the text as %(num)s."""
    return Markup(said_of(singular, plural, num)) % {"num": num, **values}  # noqa: S704 - the same


def lazy_gettext(text: str, **values: object) -> LazyText:
    """For texts that are named when a module is imported, before anybody has asked in a language."""
    return lazy_text(gettext, text, **values)


def lazy_text(make: Callable[..., str], *args: object, **values: object) -> LazyText:
    """A text that is made each time it is shown."""
    return LazyString(make, *args, **values)


@cache
def _catalog(spoken: str) -> NullTranslations:
    return Translations.load(Path(__file__).parent / "translations", [spoken])
