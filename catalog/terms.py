"""Controlled terms: the values of every facet, with their labels, old names and successors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog import carriers, fitting
from catalog.columns import folded, new_id, one_line
from catalog.errors import NotThere
from catalog.models import ControlledTerm
from catalog.seeded_terms import SEEDS
from catalog.slugs import numbered, slug


@dataclass(frozen=True, slots=True)
class Term:
    """A term as plain values; `successor_key` is "" unless it was merged into another one."""

    label: str
    label_en: str = ""
    old_names: tuple[str, ...] = ()
    successor_key: str = ""


def ensure(session: Session, kind: str, label: str) -> ControlledTerm:
    """The term with this label or old name, whatever the case of its letters; made where there is none."""
    label = one_line(label)
    present = _named(session, kind, label)
    return present or _add(session, kind, label)


def choose(session: Session, kind: str, chosen: str) -> ControlledTerm:
    """The term with this key; else as `ensure`."""
    by_key = select(ControlledTerm).where(ControlledTerm.kind == kind, ControlledTerm.key == chosen)
    return session.scalar(by_key) or ensure(session, kind, chosen)


def labels(session: Session, kinds: Iterable[str] | None = None) -> dict[str, dict[str, Term]]:
    """All terms, or those of the given kinds, by kind and key: fixed lists in their order, others by label."""
    asked = select(ControlledTerm)
    rows = session.scalars(asked if kinds is None else asked.where(ControlledTerm.kind.in_(list(kinds)))).all()
    found: dict[str, dict[str, Term]] = {kind: {} for kind in kinds or ()}
    for row in sorted(rows, key=_order):
        successor = row.successor.key if row.successor else ""
        found.setdefault(row.kind, {})[row.key] = Term(row.label, row.label_en, tuple(row.old_names), successor)
    return found


def current_key(term: ControlledTerm) -> str:
    """The key that the term counts under: its own, or that of what it was merged into at last."""
    seen = {term.id}
    while term.successor is not None and term.successor.id not in seen:
        term = term.successor
        seen.add(term.id)
    return term.key


def names(term: ControlledTerm) -> Iterator[str]:
    """Every name that the term is found by: its label, its old names, and those of what it was merged into."""
    seen: set[int] = set()
    here: ControlledTerm | None = term
    while here is not None and here.id not in seen:
        seen.add(here.id)
        yield here.label
        yield from here.old_names
        here = here.successor


def vocabularies(session: Session, kinds: Iterable[str] | None = None) -> dict[str, dict[str, list[str]]]:
    """The names of each term by kind and key, for finding them in a text."""
    return {
        kind: {key: [term.label, *term.old_names] for key, term in found.items()}
        for kind, found in labels(session, kinds).items()
    }


def rename(
    session: Session,
    kind: str,
    key: str,
    *,
    label: str | None = None,
    label_en: str | None = None,
    old_names: Iterable[str] | None = None,
    successor_key: str | None = None,
) -> ControlledTerm:
    """Changes what is given; a replaced label becomes an old name. What carries the term is promised to the index."""
    term = _by_key(session, kind, key)
    if old_names is not None:
        term.old_names = list(old_names)
    if label is not None and folded(label) != folded(term.label):
        term.old_names = [*term.old_names, term.label]
    fitting.check(ControlledTerm, {"label": label, "label_en": label_en})
    term.label = term.label if label is None else one_line(label)
    term.label_en = term.label_en if label_en is None else label_en
    if successor_key is not None:
        term.successor = _by_key(session, kind, successor_key) if successor_key else None
    session.flush()
    carriers.bump(session, kind, term)
    return term


def swedish_order(text: str) -> str:
    """Sorts å, ä and ö, in this order, after z."""
    return text.translate(_SWEDISH_ORDER)


def seed(session: Session) -> int:
    """Adds the terms that every bank begins with, where they are missing; tells how many. People's changes stand."""
    known = _keys(session)
    missing = [one for one in SEEDS if (one.kind, one.key) not in known]
    ids = known | {(one.kind, one.key): new_id() for one in missing}
    # Successors come first in SEEDS, so each row finds the one that it points at.
    for one in missing:
        successor_id = ids[one.kind, slug(one.successor)] if one.successor else None
        session.add(
            ControlledTerm(
                id=ids[one.kind, one.key],
                kind=one.kind,
                key=one.key,
                label=one.label,
                label_en=one.label_en,
                old_names=list(one.old_names),
                position=one.position,
                successor_id=successor_id,
            )
        )
        session.flush()
    return len(missing)


def _keys(session: Session) -> dict[tuple[str, str], int]:
    rows = session.execute(select(ControlledTerm.kind, ControlledTerm.key, ControlledTerm.id))
    return {(kind, key): term_id for kind, key, term_id in rows}


def _by_key(session: Session, kind: str, key: str) -> ControlledTerm:
    term = session.scalar(select(ControlledTerm).where(ControlledTerm.kind == kind, ControlledTerm.key == key))
    if term is None:
        raise NotThere(f"There is no {kind} {key!r}.")
    return term


def _add(session: Session, kind: str, label: str) -> ControlledTerm:
    fitting.check(ControlledTerm, {"label": label})
    for key in numbered(label, kind):
        term = ControlledTerm(id=new_id(), kind=kind, key=key, label=label, old_names=[], successor=None)
        try:
            with session.begin_nested():
                session.add(term)
        except IntegrityError:  # the key stands for another label (får, far), or somebody added the same just now
            if present := _named(session, kind, label):
                return present
        else:
            return term
    raise AssertionError("slugs.numbered never ends")


def _order(term: ControlledTerm) -> tuple[str, int, str]:
    return term.kind, term.position, swedish_order(folded(term.label))


def _named(session: Session, kind: str, label: str) -> ControlledTerm | None:
    wanted = folded(label)
    likely = session.scalar(
        select(ControlledTerm).where(ControlledTerm.kind == kind, ControlledTerm.key == slug(label))
    )
    if likely is not None and folded(likely.label) == wanted:
        return likely
    rows = session.scalars(select(ControlledTerm).where(ControlledTerm.kind == kind)).all()
    by_label = (row for row in rows if folded(row.label) == wanted)
    by_old_name = (row for row in rows if wanted in map(folded, row.old_names))
    return next(chain(by_label, by_old_name), None)


_SWEDISH_ORDER = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
