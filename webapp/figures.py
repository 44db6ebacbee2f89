"""How figures, dates and files are written, in the language of the request; filters for the templates."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from webapp.bank import bank
from webapp.languages import language
from webapp.texts import gettext

HERE = ZoneInfo("Europe/Stockholm")
FORMATS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "application/vnd.oasis.opendocument.presentation": "OpenDocument",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.ms-excel": "Excel",
    "application/msword": "Word",
    "application/vnd.ms-powerpoint": "PowerPoint",
    "application/rtf": "RTF",
    "application/epub+zip": "EPUB",
    "text/csv": "CSV",
    "text/html": "HTML",
    "text/plain": "text",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
}
MAILS = ("message/rfc822", "application/vnd.ms-outlook")
THOUSAND = 1000
HARD_BLANK = "\N{NO-BREAK SPACE}"


def number(value: int) -> str:
    """6372 as "6 372" with a hard blank, in English as "6,372"."""
    if -THOUSAND < value < THOUSAND:
        return str(value)
    written = f"{value:,}"
    return written if language() == "en" else written.replace(",", HARD_BLANK)


@lru_cache(maxsize=4096)
def decimal(value: float) -> str:
    """One decimal, written as in the language of the page."""
    written: str = format_decimal(value, "0.#", locale=language())
    return written


def _written(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


def month(day: date) -> str:
    """December 2019."""
    return _written(day, "LLLL y", language())


def full_date(day: date | datetime) -> str:
    """12 december 2019; of a moment, its date where the bank stands."""
    return _written(day.astimezone(HERE).date() if isinstance(day, datetime) else day, "d MMMM y", language())


def file_format(media_type: str) -> str:
    """The word that people use for a kind of file; empty where it has none."""
    return gettext("e-post") if media_type in MAILS else FORMATS.get(media_type, "")


def years(first: int | None, last: int | None) -> str:
    """2016–2021, 2018, "från 2016" or "till 2021"; empty where neither is known."""
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    if first:
        return gettext("från %(year)s", year=first)
    return gettext("till %(year)s", year=last) if last else ""


def upper_first(text: str) -> str:
    """A label at the start of a line: slutrapport as Slutrapport, but LVU as LVU."""
    return text[:1].upper() + text[1:]


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def serve(app: Flask) -> None:
    folder = Path(app.static_folder or "")

    @cache
    def static(name: str) -> str:
        """Address of a static file, new whenever the file is; a page asks for some twenty icons."""
        return f"{app.static_url_path}/{name}?v={_fingerprint(folder / name)}"

    app.jinja_env.filters.update(
        number=number,
        month=month,
        full_date=full_date,
        file_format=file_format,
        upper_first=upper_first,
    )
    app.jinja_env.globals.update(static=static, years=years)
    app.context_processor(lambda: {"settings": bank().settings})
