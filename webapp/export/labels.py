"""How values of controlled lists are told in an export."""

from __future__ import annotations

from dataclasses import dataclass, field

from webapp.texts import gettext as _
from webapp.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Labels:
    """For people, in the language of the request. root: what the addresses of documents and projects begin with."""

    vocabulary: Vocabulary
    root: str
    _kept: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def told(self, kind: str, key: str) -> str:
        """The same few labels stand in thousands of rows."""
        if (kind, key) not in self._kept:
            self._kept[kind, key] = self._label(kind, key)
        return self._kept[kind, key]

    def _label(self, kind: str, key: str) -> str:
        if own := _own(kind).get(key):
            return own
        if kind == "organisation":
            return self.vocabulary.with_successor(kind, key)
        return self.vocabulary.label(kind, key)


@dataclass(frozen=True, slots=True)
class Keys:
    """For programs: as they stand in the addresses of searches."""

    root: str

    def told(self, _kind: str, key: str) -> str:
        return key


def _own(kind: str) -> dict[str, str]:
    """What is no controlled term: kinds of rows and states."""
    if kind == "kind":
        return {"document": _("ett dokument"), "project": _("bara projektet"), "gone": _("finns inte längre i banken")}
    return {"published": _("publicerat"), "draft": _("utkast")} if kind == "state" else {}
