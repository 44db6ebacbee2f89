"""A project's form as it was typed: read from the record or a request, changed by its buttons, never losing a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from catalog.columns import one_line
from catalog.models import Project
from webapp.project_fields import CHOICES, LISTS, SUMMARY, TEXTS, YEARS, Several
from webapp.term_names import TermNames

SINGLE = (*(one.name for one in (*TEXTS, *CHOICES, *SUMMARY)), *YEARS, "jamst")
BY_NAME = {one.name: one for one in LISTS}


@dataclass(slots=True)
class ProjectForm:
    """values: what stands in each single field. lists: the chosen values. money: (year, granted, repaid) as typed.

    taken: fields filled by a suggestion, with what stood there before. version: of the project that was shown.
    """

    values: dict[str, str]
    lists: dict[str, list[str]]
    money: list[tuple[str, str, str]]
    taken: dict[str, str] = field(default_factory=dict)
    version: int = 0

    def add(self, name: str, value: str) -> None:
        """Adds a value to a list, once."""
        value = one_line(value)
        chosen = self.lists[name]
        if value and value.casefold() not in (one.casefold() for one in chosen):
            chosen.append(value)

    def take(self, name: str, values: list[str]) -> None:
        """Fills a field with a suggestion and remembers what stood there."""
        if name in self.lists:
            before = set(self.lists[name])
            for value in values:
                self.add(name, value)
            self.taken[name] = "\n".join(one for one in self.lists[name] if one not in before)
        elif values and name in self.values:
            self.taken[name], self.values[name] = self.values[name], values[0]

    def undo(self, name: str) -> None:
        if name not in self.taken:
            return
        before = self.taken.pop(name)
        if name in self.lists:
            away = before.split("\n")
            self.lists[name] = [one for one in self.lists[name] if one not in away]
        else:
            self.values[name] = before

    def same_as(self, other: ProjectForm) -> bool:
        return (self.values, self.lists, self.money) == (other.values, other.lists, other.money)


def empty() -> ProjectForm:
    return ProjectForm(dict.fromkeys(SINGLE, ""), {one.name: [] for one in LISTS}, [])


def of_project(project: Project, words: TermNames) -> ProjectForm:
    form = empty()
    for one in (*TEXTS, *CHOICES):
        form.values[one.name] = str(getattr(project, one.field) or "")
    for part in SUMMARY:
        form.values[part.name] = project.summary.get(part.field, "")
    form.values["start"], form.values["slut"] = str(project.start_year or ""), str(project.end_year or "")
    form.values["jamst"] = {True: "ja", False: "nej", None: ""}[project.equality_analysis]
    for several in LISTS:
        form.lists[several.name] = _chosen(project, several, words)
    form.money = [(str(one.year), str(one.granted), str(one.repaid)) for one in project.funding]
    form.version = project.version
    return form


def of_request(sent: MultiDict[str, str]) -> ProjectForm:
    """What was typed, whole: a missing field is an empty one."""
    form = empty()
    for name in SINGLE:
        form.values[name] = sent.get(name, "").replace("\r\n", "\n").strip()
    for several in LISTS:
        for value in sent.getlist(several.name):
            form.add(several.name, value)
    columns = (sent.getlist("ar"), sent.getlist("beviljat"), sent.getlist("aterbetalat"))
    form.money = [(a.strip(), b.strip(), c.strip()) for a, b, c in zip(*columns, strict=False)]
    known = {*SINGLE, *BY_NAME}
    form.taken = {name: sent.get(f"fore_{name}", "") for name in sent.getlist("tagen") if name in known}
    written = sent.get("version", "")
    form.version = int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0  # noqa: PLR2004 - fits 64 bits
    return form


def keep_unadded(form: ProjectForm, sent: MultiDict[str, str]) -> None:
    """A value typed beside a list is added by any button, so none is lost."""
    for name in BY_NAME:
        form.add(name, sent.get(f"ny_{name}", ""))


def press(form: ProjectForm, sent: MultiDict[str, str], offered: Mapping[str, Sequence[str]]) -> bool:
    """Does what a button inside the form asks for; False where no such button was pressed. offered: suggestions."""
    if away := sent.get("bort"):
        name, _, value = away.partition(":")
        if name in form.lists:
            form.lists[name] = [one for one in form.lists[name] if one != value]
    elif (number := sent.get("bort_ar", "")).isdecimal():
        form.money = [row for place, row in enumerate(form.money) if str(place) != number]
    elif (wanted := sent.get("ta")) is not None:
        form.take(wanted, list(offered.get(wanted, ())))
    elif undone := sent.get("angra"):
        form.undo(undone)
    elif sent.get("gor") == "ar":
        form.money.append(("", "", ""))
    else:
        return sent.get("gor") == "lagg"
    return True


def _chosen(project: Project, several: Several, words: TermNames) -> list[str]:
    if several.kind:
        return [words.label(several.kind, term.key) for term in project.terms if term.kind == several.kind]
    return list(getattr(project, several.field))
