"""The bytes of a dropped file, of what is packed in it and of what hangs on it are kept, or refused with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from catalog.documents import Wish
from catalog.dropping.desk import ZIP, Desk, TakenIn, shown_name, taken_in
from catalog.dropping.from_mail import attached
from catalog.dropping.from_zip import unpacked
from catalog.errors import EmptyFile, FileTooLarge
from catalog.spool import spooled


def take_in(desk: Desk, stream: IO[bytes], file_name: str, wish: Wish) -> Iterator[TakenIn]:
    """Keeps the bytes of a file or of each zip member, or finds why not; `register` makes the rows."""
    name = shown_name(file_name)
    try:
        with spooled(stream, desk.limit) as spool:
            media_type = desk.sniff(spool.path, name)
            if media_type == ZIP:
                yield from unpacked(desk, spool, name, wish)
                return
            yield taken_in(desk, spool, name, media_type, wish)
            yield from attached(desk, spool, media_type, wish, name)
    except FileTooLarge:
        yield TakenIn(name, wish, "too_large", size=desk.limit)
    except EmptyFile:
        yield TakenIn(name, wish, "damaged")
