"""From bytes to rows, for single files and for the members of zip files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import select

from catalog import zip_members
from catalog.database import Database
from catalog.dropping import Desk, Dropped, Wish, drop, shown_name
from catalog.models import Document, Drop, Job, Project
from catalog.originals import Originals

LIMIT = 100_000


def sniff(path: Path, name: str) -> str:
    """By the first bytes, as the real one; "?" begins what nobody knows."""
    head = path.read_bytes()[:4]
    if head.startswith(b"PK"):
        return "application/zip"
    return "" if head.startswith(b"?") else "text/plain"


@pytest.fixture
def desk(database: Database, originals: Originals) -> Desk:
    return Desk(database, originals, LIMIT, sniff)


def dropped(desk: Desk, content: bytes | BinaryIO, name: str = "a.txt", **wish: object) -> list[Dropped]:
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    return list(drop(desk, stream, name, Wish("Eva", **wish)))  # type: ignore[arg-type]


def zipped(members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def rows(desk: Desk, table: type) -> list[object]:
    with desk.database.reading() as session:
        return list(session.scalars(select(table)))


def test_a_file_becomes_an_original_a_document_and_a_promise(desk: Desk, originals: Originals) -> None:
    (one,) = dropped(desk, b"hej", publish=True)
    with desk.database.reading() as session:
        row = session.get(Drop, one.drop_id)
        assert row
        document = session.get(Document, row.document_id)
        assert document
        assert (document.media_type, document.publish_when_read) == ("text/plain", True)
        assert originals.path(document.sha256).read_bytes() == b"hej"
        assert [job.subject_id for job in session.scalars(select(Job))] == [document.id]


def test_the_same_bytes_again_lead_to_the_same_document(desk: Desk) -> None:
    (first,) = dropped(desk, b"hej")
    (second,) = dropped(desk, b"hej", "annat namn.txt")
    assert second.document_id == first.document_id
    assert second.duplicate
    assert len(rows(desk, Document)) == 1
    assert len(rows(desk, Drop)) == 2


def test_an_import_that_goes_on_leaves_no_second_row(desk: Desk) -> None:
    (first,) = dropped(desk, b"hej", skip_known=True)
    (second,) = dropped(desk, b"hej", skip_known=True)
    assert (second.document_id, second.drop_id, second.duplicate) == (first.document_id, None, True)
    dropped(desk, b"?", "x.bin", skip_known=True)
    dropped(desk, b"?", "x.bin", skip_known=True)
    assert len(rows(desk, Drop)) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "damaged"), (b"x" * (LIMIT + 1), "too_large"), (b"?", "unsupported"), (b"PK\x03\x04broken", "damaged")],
)
def test_what_cannot_be_taken_in_is_a_refused_drop_and_no_original(desk: Desk, content: bytes, reason: str) -> None:
    (one,) = dropped(desk, content)
    assert one.refused == reason
    assert one.document_id is None
    (row,) = rows(desk, Drop)
    assert isinstance(row, Drop)
    assert row.refused == reason
    assert list(desk.originals.stored()) == []


def test_each_member_of_a_zip_is_a_document(desk: Desk) -> None:
    taken = dropped(desk, zipped({"ett.txt": b"ett", "mapp/två.txt": "två".encode()}), "allt.zip")
    assert [one.path for one in taken] == ["allt.zip/ett.txt", "allt.zip/mapp/två.txt"]
    assert {one.file_name for one in rows(desk, Document) if isinstance(one, Document)} == {"ett.txt", "två.txt"}
    assert len(list(desk.originals.stored())) == 2


def test_the_first_folder_in_a_zip_is_the_project_unless_one_was_chosen(desk: Desk) -> None:
    dropped(desk, zipped({"Bo kvar/a.txt": b"a", "Bo kvar/under/b.txt": b"b", "c.txt": b"c"}), "allt.zip")
    (project,) = rows(desk, Project)
    assert isinstance(project, Project)
    assert project.title == "Bo kvar"
    of = {one.file_name: one.project_id for one in rows(desk, Document) if isinstance(one, Document)}
    assert of == {"a.txt": project.id, "b.txt": project.id, "c.txt": None}
    dropped(desk, zipped({"Annan/d.txt": b"d"}), "mer.zip", project_id=project.id)
    assert len(rows(desk, Project)) == 1


def test_a_folder_named_by_an_identity_number_gives_a_project_that_waits_for_a_person(desk: Desk) -> None:
    data = zipped({"Anna 811218-9876/a.txt": b"a", "Bo kvar/b.txt": b"b"})
    assert [one.refused for one in dropped(desk, data, "allt.zip", publish=True, classification="open")] == ["", ""]
    published = {one.title: bool(one.published_at) for one in rows(desk, Project) if isinstance(one, Project)}
    assert published == {"Anna 811218-9876": False, "Bo kvar": True}


def test_names_that_lead_out_of_the_folder_are_names_only(desk: Desk, tmp_path: Path) -> None:
    dropped(desk, zipped({"../../etc/passwd": b"a", "/abs/x.txt": b"b", "..\\..\\y.txt": b"c"}), "ond.zip")
    names = {one.file_name for one in rows(desk, Document) if isinstance(one, Document)}
    assert names == {"passwd", "x.txt", "y.txt"}
    assert not names & {path.name for path in tmp_path.parent.rglob("*")}


def test_what_systems_leave_behind_is_no_document(desk: Desk) -> None:
    taken = dropped(desk, zipped({"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "m/Thumbs.db": b"x", "a.txt": b"a"}))
    assert [one.path for one in taken] == ["a.txt/a.txt"]


def test_a_zip_in_a_zip_is_refused_and_an_empty_zip_too(desk: Desk) -> None:
    (inner,) = dropped(desk, zipped({"inre.zip": zipped({"a.txt": b"a"})}), "yttre.zip")
    assert inner.refused == "unsupported"
    (empty,) = dropped(desk, zipped({}), "tom.zip")
    assert empty.refused == "unsupported"


def test_a_locked_member_is_refused_alone(desk: Desk) -> None:
    data = bytearray(zipped({"a.txt": b"a", "b.txt": b"b"}, compression=zipfile.ZIP_STORED))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    taken = dropped(desk, bytes(data), "låst.zip")
    assert [one.refused for one in taken] == ["encrypted", ""]


def test_a_damaged_member_is_refused_alone(desk: Desk) -> None:
    data = zipped({"a.txt": b"aaaaaaaa", "b.txt": b"b"}, compression=zipfile.ZIP_STORED).replace(
        b"aaaaaaaa", b"abababab"
    )
    taken = dropped(desk, data, "trasig.zip")
    assert [one.refused for one in taken] == ["damaged", ""]


def test_a_zip_of_a_version_that_nobody_knows_is_refused(desk: Desk) -> None:
    data = bytearray(zipped({"a.txt": b"a"}))
    data[data.index(b"PK\x01\x02") + 6] = 99
    assert [one.refused for one in dropped(desk, bytes(data), "ny.zip")] == ["damaged"]


def test_a_damaged_member_packed_by_lzma_is_refused_alone(desk: Desk) -> None:
    data = bytearray(zipped({"a.txt": b"hemtj" * 50, "b.txt": b"b"}, compression=zipfile.ZIP_LZMA))
    data[44:56] = b"\xff" * 12
    assert [one.refused for one in dropped(desk, bytes(data), "lzma.zip")] == ["damaged", ""]


def test_a_member_whose_two_names_are_no_longer_the_same_is_refused_alone(desk: Desk) -> None:
    data = bytearray(zipped({"å.txt": b"a", "b.txt": b"b"}))
    data[30] = 0xFF
    assert [one.refused for one in dropped(desk, bytes(data), "namn.zip")] == ["damaged", ""]


def test_a_member_without_a_name_gets_one(desk: Desk) -> None:
    data = bytearray(zipped({"x": b"a"}))
    for lengths in (26, data.index(b"PK\x01\x02") + 28):  # the name's byte becomes one of the extra field
        data[lengths : lengths + 4] = b"\0\0\1\0"
    (one,) = dropped(desk, bytes(data), "namn.zip")
    assert (one.path, one.refused) == ("namn.zip/", "")


def test_a_bomb_stops_at_the_limit_whatever_its_headers_say(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members._Allowance, "__init__", _small_allowance)
    taken = dropped(desk, zipped({f"{n}.txt": bytes([n]) * 1000 for n in range(1, 9)}), "bomb.zip")
    assert [one.refused for one in taken] == ["", "", "", "", "too_much"]
    assert taken[-1].path == "bomb.zip"


def _small_allowance(self: zip_members._Allowance) -> None:
    self.left = 4500


def test_too_many_members_are_refused_as_a_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "MOST_MEMBERS", 2)
    (one,) = dropped(desk, zipped({f"{n}.txt": b"x" for n in range(3)}), "många.zip")
    assert one.refused == "too_much"


def test_swedish_names_survive_programs_that_forget_to_say_utf8(desk: Desk) -> None:
    utf8 = "lägesrapport.txt".encode()
    data = zipped({"l_gesrapport1.txt": b"a"}).replace(b"l_gesrapport1.txt", utf8)
    assert [one.path for one in dropped(desk, data, "a.zip")] == ["a.zip/lägesrapport.txt"]
    dos = "l_gesrapport.txt".replace("_", "ä").encode("cp850")
    data = zipped({"l_gesrapport.txt": b"b"}).replace(b"l_gesrapport.txt", dos)
    assert [one.path for one in dropped(desk, data, "b.zip")] == ["b.zip/lägesrapport.txt"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\eva\\rapport.pdf", "rapport.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("la\u0308ge.pdf", "läge.pdf"),
        ("a\nb\x00.pdf", "ab.pdf"),
        ("", "namnlös"),
        ("/", "namnlös"),
    ],
)
def test_a_shown_name_is_the_last_part_and_printable(given: str, shown: str) -> None:
    assert shown_name(given) == shown
