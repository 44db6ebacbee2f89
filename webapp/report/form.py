"""The form of /utforska/arsrapport: its lists, each with what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.figures import upper_first
from webapp.report.choices import Choices
from webapp.texts import gettext as _
from webapp.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class List:
    """One list to choose from: (value, text) of each choice."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    wide: bool = False


def lists(
    chosen: Choices | None, years: Sequence[int], templates: Sequence[str], words: Vocabulary
) -> tuple[List, ...]:
    """`years`: newest first, never none; the newest is chosen before anybody has."""
    now = chosen or Choices(years[0])
    every = ("", _("Alla"))
    own = [(name, name) for name in templates]
    return (
        List("ar", _("År"), tuple((str(year), str(year)) for year in years), str(now.year)),
        List("forvaltning", _("Förvaltning"), (every, *words.named("organisation").items()), now.organisation),
        List("typ", _("Projekttyp"), (every, *_types(words)), now.project_type, wide=True),
        List("mall", _("Mall för Word"), (("", _("Bankens årsrapport")), *own), now.template, wide=True),
    )


def _types(words: Vocabulary) -> list[tuple[str, str]]:
    return [(key, upper_first(label)) for key, label in words.named("project_type").items()]
