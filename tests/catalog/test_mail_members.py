"""What hangs on a mail becomes documents of the same drop."""

from __future__ import annotations

import io
from dataclasses import replace
from email.message import EmailMessage, Message
from pathlib import Path

import pytest
from sqlalchemy import select

from catalog import mail_members
from catalog.database import Database
from catalog.dropping import DEEPEST_MAIL, Desk, Dropped, Wish, drop
from catalog.mail_members import attachments
from catalog.models import Document
from catalog.originals import Originals


def sniff(path: Path, name: str) -> str:
    head = path.read_bytes()[:5]
    if head.startswith(b"PK"):
        return "application/zip"
    if head == b"Outlo":
        return "application/vnd.ms-outlook"
    return "message/rfc822" if head == b"Subje" else "text/plain"


@pytest.fixture
def desk(database: Database, originals: Originals) -> Desk:
    return Desk(database, originals, 1_000_000, sniff)


def mail(subject: str = "Hej") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content("Texten.")
    return message


def dropped(desk: Desk, message: Message) -> list[Dropped]:
    return list(drop(desk, io.BytesIO(message.as_bytes()), "brev.eml", Wish("Eva")))


def names(message: Message) -> list[str]:
    content = message.as_bytes()
    return [one.name for one in attachments(io.BytesIO(content), len(content))]


def test_the_mail_and_each_attachment_is_a_document(desk: Desk) -> None:
    message = mail()
    message.add_attachment(
        "Bilagans ord åäö".encode(), maintype="application", subtype="pdf", filename="årsrapport.pdf"
    )
    taken = dropped(desk, message)
    assert [one.path for one in taken] == ["brev.eml", "brev.eml/årsrapport.pdf"]
    with desk.database.reading() as session:
        kept = {one.file_name: one for one in session.scalars(select(Document))}
    assert kept["årsrapport.pdf"].size == len("Bilagans ord åäö".encode())


def test_a_forwarded_mail_and_what_hangs_on_it_are_documents_to_a_depth(desk: Desk) -> None:
    message = mail("Innerst")
    message.add_attachment(b"djupast", maintype="text", subtype="plain", filename="djupast.txt")
    for number in range(DEEPEST_MAIL + 1):
        outer = mail(f"Vidare {number}")
        outer.add_attachment(message)
        message = outer
    paths = [one.path for one in dropped(desk, message)]
    assert paths[0] == "brev.eml"
    assert paths[1] == f"brev.eml/Vidare {DEEPEST_MAIL - 1}.eml"
    assert len(paths) == 1 + DEEPEST_MAIL
    assert not any("djupast" in path for path in paths)


def test_pictures_in_the_text_and_signatures_are_nobodys_attachments() -> None:
    message = mail()
    message.add_alternative('<img src="cid:logga">', subtype="html")
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    html.add_related(b"GIF8", maintype="image", subtype="gif", cid="<logga>", filename="logga.gif")
    message.make_mixed()
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    message.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="foto.jpg")
    assert names(message) == ["foto.jpg"]


def test_names_are_shown_and_lead_nowhere(desk: Desk) -> None:
    message = mail()
    message.add_attachment(b"ord", maintype="application", subtype="pdf", filename="../../etc/passwd")
    assert [one.path for one in dropped(desk, message)] == ["brev.eml", "brev.eml/passwd"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_letters_that_stand_raw_in_a_name_are_read(encoding: str) -> None:
    told = 'Content-Disposition: attachment; filename="Åtgärder.txt"\r\n\r\nText'.encode(encoding)
    assert [one.name for one in attachments(io.BytesIO(told), len(told))] == ["Åtgärder.txt"]


def test_a_zip_on_a_mail_is_refused_and_told(desk: Desk) -> None:
    message = mail()
    message.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="allt.zip")
    assert [one.refused for one in dropped(desk, message)] == ["", "unsupported"]


def test_a_mail_too_large_to_take_apart_is_kept_and_its_attachments_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_members, "LARGEST_MAIL", 10)
    taken = dropped(desk, mail())
    assert [(one.path, one.refused) for one in taken] == [("brev.eml", ""), ("brev.eml", "attachments")]


def test_a_mail_that_nests_without_end_is_kept_without_attachments(desk: Desk) -> None:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5000))
    taken = list(drop(desk, io.BytesIO(b"Subject: x\r\n" + parts), "brev.eml", Wish("Eva")))
    assert taken[0].document_id
    assert [one.refused for one in taken[1:]] in ([], ["attachments"])


def test_words_encoded_for_a_header_become_the_name() -> None:
    content = (
        b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="=?iso-8859-1?Q?=E5tg=E4rder.pdf?="\r\n\r\nord\r\n--b--\r\n'
    )
    assert [one.name for one in attachments(io.BytesIO(content), len(content))] == ["åtgärder.pdf"]


def of_outlook(desk: Desk, *hanging: tuple[str, bytes, str]) -> list[tuple[str, str]]:
    """(path, refusal) of an Outlook mail on which this hangs."""
    taking_apart = replace(desk, hanging=lambda _: hanging)
    return [(one.path, one.refused) for one in drop(taking_apart, io.BytesIO(b"Outlook"), "brev.msg", Wish("Eva"))]


def test_what_hangs_on_an_outlook_mail_is_a_document_too(desk: Desk) -> None:
    inner = mail("Inre")
    inner.add_attachment(b"ord", maintype="text", subtype="plain", filename="innerst.txt")
    hanging = [("bilaga.txt", b"ord", ""), ("Inre.eml", inner.as_bytes(), ""), ("tom.txt", b"", "")]
    paths = ["brev.msg", "brev.msg/bilaga.txt", "brev.msg/Inre.eml", "brev.msg/Inre.eml/innerst.txt"]
    assert of_outlook(desk, *hanging) == [(path, "") for path in paths]


def test_what_an_outlook_mail_does_not_hold_and_what_is_too_large_is_told(desk: Desk) -> None:
    hanging = [("länk.docx", b"", "unsupported"), ("stor.txt", b"x" * 1_000_001, ""), ("liten.txt", b"x", "")]
    assert of_outlook(desk, *hanging) == [
        ("brev.msg", ""),
        ("brev.msg/länk.docx", "unsupported"),
        ("brev.msg/stor.txt", "too_large"),
        ("brev.msg/liten.txt", ""),
    ]


def test_an_outlook_mail_too_large_to_take_apart_says_so_and_a_damaged_one_says_it_when_read(desk: Desk) -> None:
    assert of_outlook(desk, ("", b"", "too_large"))[1:] == [("brev.msg", "attachments")]
    assert of_outlook(desk, ("", b"", "damaged"))[1:] == []
