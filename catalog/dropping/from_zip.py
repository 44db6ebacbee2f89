"""The members of a zip file are taken in one by one; nothing of a member's name ever touches the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from catalog.documents import Wish
from catalog.dropping.desk import ZIP, Desk, TakenIn, shown_name, taken_in
from catalog.dropping.folder_project import project_of_folder
from catalog.dropping.from_mail import attached
from catalog.errors import EmptyFile, FileTooLarge
from catalog.spool import Spool, spooled
from catalog.zip_members import Member, ZipRefused, is_leftover, members


def unpacked(desk: Desk, spool: Spool, name: str, wish: Wish) -> Iterator[TakenIn]:
    """Each member stands for itself; what was taken in before a limit bit stays, the rest is one refused Drop."""
    count = 0
    try:
        for count, member in enumerate(_files(spool), start=1):  # noqa: B007 - asked below whether there was any
            yield from _take(desk, member, wish, f"{name}/{member.path}")
    except ZipRefused as refused:
        yield TakenIn(name, wish, refused.reason, size=spool.size)
        return
    if not count:
        yield TakenIn(name, wish, "unsupported", size=spool.size)


def _files(spool: Spool) -> Iterator[Member]:
    return (member for member in members(spool.from_start()) if not is_leftover(member.path))


def _take(desk: Desk, member: Member, wish: Wish, path: str) -> Iterator[TakenIn]:
    name = shown_name(member.path)
    try:
        with member.opened() as stream, spooled(stream, desk.limit) as spool:
            media_type = desk.sniff(spool.path, name)
            nested = media_type == ZIP  # a zip in a zip is not opened: nobody drops one by plan
            taken = taken_in(desk, spool, name, "" if nested else media_type, _in_folder(desk, member, wish))
            yield replace(taken, path=path)
            yield from attached(desk, spool, media_type, taken.wish, path)
    except FileTooLarge:
        yield TakenIn(name, wish, "too_large", size=member.size, path=path)
    except EmptyFile:
        yield TakenIn(name, wish, "damaged", path=path)
    except ZipRefused as refused:
        if refused.whole:
            raise
        yield TakenIn(name, wish, refused.reason, size=member.size, path=path)


def _in_folder(desk: Desk, member: Member, wish: Wish) -> Wish:
    """The first folder in the zip names the project, unless the person chose one."""
    folder = member.first_folder
    if wish.project_id is not None or not folder:
        return wish
    return replace(wish, project_id=project_of_folder(desk.database, folder, wish))
