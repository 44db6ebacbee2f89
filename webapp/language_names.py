"""What languages are called: svenska och engelska."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from webapp.texts import LazyText
from webapp.texts import gettext as _
from webapp.texts import lazy_gettext as _l

LANGUAGES: Mapping[str, LazyText] = {
    "sv": _l("svenska"),
    "en": _l("engelska"),
    "no": _l("norska"),
    "da": _l("danska"),
    "fi": _l("finska"),
    "de": _l("tyska"),
    "fr": _l("franska"),
    "es": _l("spanska"),
}


def languages_told(codes: Iterable[str]) -> str:
    """Svenska och engelska, as a part of a sentence: svenska, engelska och finska."""
    words = [str(LANGUAGES.get(code, code)) for code in codes]
    if len(words) < 2:  # noqa: PLR2004 - one needs no "and"
        return "".join(words)
    return _("%(first)s och %(last)s", first=", ".join(words[:-1]), last=words[-1])
