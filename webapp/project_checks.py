"""What must be mended before a project's form can be saved, and the record's values of a form that is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from catalog.columns import one_line
from catalog.fitting import EARLIEST_YEAR, LARGEST_SUM, LATEST_YEAR
from webapp.project_fields import (
    CHOICES,
    LISTS,
    LONGEST_VALUE,
    MOST_MONEY_YEARS,
    MOST_VALUES,
    SUMMARY,
    TEXTS,
    TITLE,
    YEARS,
    Several,
    Text,
)
from webapp.project_form import ProjectForm
from webapp.texts import gettext as _
from webapp.texts import ngettext

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
Names = Mapping[str, Mapping[str, str]]  # labels by key, by kind of term


def mistakes(form: ProjectForm, names: Names) -> dict[str, str]:
    """What to mend by the id of its field, in the order of the form; empty where the form can be saved."""
    return dict(_mistakes(form, names))


def fields(form: ProjectForm) -> dict[str, Any]:
    """The record's fields of a form without mistakes."""
    found: dict[str, Any] = {one.field: form.values[one.name] for one in (*TEXTS, *CHOICES)}
    found[TITLE.field] = one_line(form.values[TITLE.name])
    found["summary"] = {part.field: form.values[part.name] for part in SUMMARY}
    found["start_year"], found["end_year"] = (_whole(form.values[name]) for name in YEARS)
    found["equality_analysis"] = {"ja": True, "nej": False}.get(form.values["jamst"])
    return found | {one.field: form.lists[one.name] for one in LISTS if one.field}


def terms(form: ProjectForm) -> dict[str, list[str]]:
    """The chosen labels by kind of term."""
    return {one.kind: form.lists[one.name] for one in LISTS if one.kind}


def funding(form: ProjectForm) -> list[tuple[int, int, int]]:
    rows = [(_whole(year), _whole(granted), _whole(repaid)) for year, granted, repaid in form.money]
    return [(year, granted or 0, repaid or 0) for year, granted, repaid in rows if year]


def counted_words(text: str) -> int:
    return len(text.split())


def _mistakes(form: ProjectForm, names: Names) -> Iterator[tuple[str, str]]:
    if not one_line(form.values[TITLE.name]):
        yield TITLE.name, _("Skriv projektets namn.")
    for text in TEXTS:
        yield from _too_long(form, text)
    for choice in CHOICES:
        if form.values[choice.name] and form.values[choice.name] not in names.get(choice.field, {}):
            yield choice.name, _("Välj ett värde ur listan.")
    yield from _years(form)
    for several in LISTS:
        yield from _unknown(form, several, names)
    for part in SUMMARY:
        yield from _too_long(form, part)
    yield from _money(form)
    if (contact := form.values["kontakt"]) and not ADDRESS.fullmatch(contact):
        yield "kontakt", _("Skriv en e-postadress, till exempel utveckling@staden.example.")


def _too_long(form: ProjectForm, text: Text) -> Iterator[tuple[str, str]]:
    written = form.values[text.name]
    over = counted_words(written) - text.words if text.words else 0
    if over > 0:
        yield (
            text.name,
            ngettext(
                "%(label)s är %(num)s ord för långt. Korta till högst %(most)s ord.",
                "%(label)s är %(num)s ord för långt. Korta till högst %(most)s ord.",
                over,
                label=text.label,
                most=text.words,
            ),
        )
    elif len(written) > text.most:
        yield text.name, _("%(label)s är för långt. Skriv högst %(most)s tecken.", label=text.label, most=text.most)


def _years(form: ProjectForm) -> Iterator[tuple[str, str]]:
    start, end = (_whole(form.values[name]) for name in YEARS)
    for name, year in zip(YEARS, (start, end), strict=True):
        if form.values[name] and (year is None or not EARLIEST_YEAR <= year <= LATEST_YEAR):
            yield name, _("Skriv året med fyra siffror, till exempel 2019.")
            return
    if start and end and end < start:
        yield "slut", _("Slutåret ligger före startåret. Skriv ett år från %(year)s.", year=start)


def _unknown(form: ProjectForm, several: Several, names: Names) -> Iterator[tuple[str, str]]:
    known = {label.casefold() for label in names.get(several.kind, {}).values()}
    if len(form.lists[several.name]) > MOST_VALUES:
        yield several.name, _("Fler än %(most)s värden får inte plats. Ta bort några.", most=MOST_VALUES)
    for value in form.lists[several.name]:
        if len(value) > LONGEST_VALUE:
            yield several.name, _("%(value)s … är för långt. Ta bort det.", value=value[:40])
        elif several.closed and value.casefold() not in known:
            yield several.name, _("%(value)s finns inte i listan. Ta bort det.", value=value)


def _money(form: ProjectForm) -> Iterator[tuple[str, str]]:
    if len(form.money) > MOST_MONEY_YEARS:
        told = _("Medel för fler än %(most)s år får inte plats. Ta bort några år.", most=MOST_MONEY_YEARS)
        yield f"ar{MOST_MONEY_YEARS}", told
    for place, (year, granted, repaid) in enumerate(form.money):
        if not any((year, granted, repaid)):
            continue
        written = _whole(year)
        if written is None or not EARLIEST_YEAR <= written <= LATEST_YEAR:
            yield f"ar{place}", _("Skriv året för medlen med fyra siffror.")
        for name, amount in (("beviljat", granted), ("aterbetalat", repaid)):
            if amount and ((sum_ := _whole(amount)) is None or sum_ > LARGEST_SUM):
                yield f"{name}{place}", _("Skriv summan i hela kronor, till exempel 480 000.")


def _whole(written: str) -> int | None:
    """A whole number as people write it: 480 000, with ordinary or hard blanks; None where it is none."""
    digits = "".join(written.split())
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 15 else None  # noqa: PLR2004
