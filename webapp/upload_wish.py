"""What the upload form says once for all its files: which project, and whether and for whom to publish."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from catalog.columns import one_line
from webapp.texts import gettext as _

CLASSES = ("internal", "open", "restricted")
OWN, NEW, PRESENT, NONE = "eget", "nytt", "finns", "utan"
LONGEST_TITLE = 400
LONGEST_NUMBER = 16  # digits of an id; ids lie below 2⁵³


@dataclass(frozen=True, slots=True)
class UploadWish:
    """project: one of OWN, NEW, PRESENT, NONE. trouble: what must be mended, by the field's id.

    project_name: of a present project, as it was typed; `project_id` is then that of the name that was shown.
    """

    project: str = OWN
    project_id: int | None = None
    project_name: str = ""
    title: str = ""
    publish: bool = False
    classification: str = "internal"
    trouble: dict[str, str] = field(default_factory=dict)

    def with_trouble(self, name: str, told: str) -> UploadWish:
        return replace(self, trouble={**self.trouble, name: told})


def read_wish(form: MultiDict[str, str]) -> UploadWish:
    """Reads the form, or the address that leads to it (`?projekt=<id>` from a project's page)."""
    number = form.get("projekt", "")
    project_id = int(number) if number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER else None
    if not form.get("projektet", number).strip():
        project_id = None  # the name that was shown has been taken away
    kind = form.get("vart", PRESENT if project_id else OWN)
    chosen = form.get("klass", "internal")
    wish = UploadWish(
        project=kind if kind in (OWN, NEW, PRESENT, NONE) else OWN,
        project_id=project_id,
        project_name=one_line(form.get("projektet", "")),
        title=one_line(form.get("projektnamn", "")),
        publish=form.get("publicera") == "ja",
        classification=chosen if chosen in CLASSES else "internal",
    )
    return _checked(_as_written(wish))


def _as_written(wish: UploadWish) -> UploadWish:
    """A name that somebody wrote counts, though the choice beside it was not made."""
    if wish.project != OWN or wish.project_id or not (wish.project_name or wish.title):
        return wish
    if wish.project_name and wish.title:
        return wish.with_trouble("projektnamn", _("Två projekt är ifyllda. Välj vilket av dem som filerna hör till."))
    return replace(wish, project=PRESENT if wish.project_name else NEW)


def _checked(wish: UploadWish) -> UploadWish:
    if wish.project == PRESENT and not (wish.project_id or wish.project_name):
        return wish.with_trouble("projektet", _("Skriv projektets namn."))
    if wish.project == NEW and not wish.title:
        return wish.with_trouble("projektnamn", _("Skriv det nya projektets namn."))
    if len(wish.title) > LONGEST_TITLE:
        return wish.with_trouble("projektnamn", _("Namnet är för långt. Använd högst 400 tecken."))
    return wish
