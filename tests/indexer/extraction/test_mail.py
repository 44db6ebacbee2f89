"""E-mail: who, when and what; broken, nested and dressed-up ones."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from indexer import Extraction, UnreadableFile
from tests.indexer.extraction import fyrbaken

Read = Callable[..., Extraction]
HEAD = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Hej\r\nDate: Fri, 03 May 2019 14:30:00 +0200\r\n"


def test_a_mail_tells_who_wrote_to_whom_and_when(read: Read) -> None:
    extraction = read(fyrbaken.mail())
    assert extraction.text.split("\n\n")[:4] == [
        fyrbaken.TITLE,
        "Från: Redaktionen <redaktionen@example.org>",
        "Till: alla@example.org",
        "Skickat: 2019-05-03 14:30",
    ]
    assert extraction.dates == ("2019-05-03",)


def test_attachments_are_named_but_not_read(read: Read) -> None:
    text = read(fyrbaken.mail(bilaga=b"hemliga ord i bilagan")).text
    assert text.endswith("Bilagor: bilaga.txt")
    assert "hemliga" not in text


def test_html_is_read_where_there_is_no_plain_text(read: Read) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Hej"
    message.set_content("<style>p {color: red}</style><h1>Nyheter</h1><p>Mötet är på torsdag.</p>", subtype="html")
    text = read(message.as_bytes()).text
    assert "Mötet är på torsdag." in text
    assert "color" not in text


def parts(*told: bytes, kind: bytes = b"mixed") -> bytes:
    """A mail of several parts, each with its headers."""
    return (
        HEAD
        + b"Content-Type: multipart/%s; boundary=x\r\n\r\n--x\r\n" % kind
        + b"\r\n--x\r\n".join(told)
        + b"\r\n--x--"
    )


PLAIN, HTML = b"Content-Type: text/plain\r\n\r\n", b"Content-Type: text/html\r\n\r\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            parts(PLAIN + b"Ett.", b"Content-Disposition: inline; filename=b.txt\r\n\r\nBilagan.", PLAIN + b"Tre."),
            "Ett. Tre.",
        ),
        (parts(HTML + b"<p>Brevet.</p>", PLAIN + b"Listans rader."), "Brevet. Listans rader."),
        (parts(HTML + b"<p>Samma.</p>", PLAIN + b"Samma.", kind=b"alternative"), "Samma."),
        (parts(HTML + b"<p>Sidan.</p>", HTML + b"<p>En ram.</p>", kind=b"related"), "Sidan."),
        (parts(b"Content-Type: text/plain; name=brev.txt\r\n\r\nEnda texten."), "Enda texten."),
    ],
)
def test_all_that_is_written_is_read_once_and_in_order(read: Read, content: bytes, told: str) -> None:
    written = read(content).text.partition("14:30")[2].partition("Bilagor")[0]
    assert " ".join(written.split()) == told


def test_the_subject_as_title_loses_what_replies_put_before_it(read: Read) -> None:
    assert read(HEAD.replace(b"Hej", b"SV: Re: VB: Ansluten grupp") + b"\r\nText").title == "Ansluten grupp"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_letters_that_stand_raw_in_headers_are_read(read: Read, encoding: str) -> None:
    told = HEAD.replace(b"Hej", "Möte\r\n på Östermalm".encode(encoding))
    attached = 'Content-Disposition: attachment; filename="Åtgärder.txt"\r\n\r\nText'.encode(encoding)
    content = told + parts(PLAIN + b"Text.", attached).removeprefix(HEAD)
    extraction = read(content)
    assert extraction.title == "Möte på Östermalm"
    assert extraction.text.endswith("Bilagor: Åtgärder.txt")


@pytest.mark.parametrize(
    "content",
    [
        HEAD.replace(b"Hej", b"=?utf-8?q?trasig?= =?x?y?z?=") + b"\r\nTexten.",
        HEAD.replace(b"Fri, 03 May 2019", b"Fre, 99 Maj 20199") + b"\r\nTexten.",
        HEAD + b"Content-Type: text/plain; charset=finns-inte\r\n\r\nTexten.",
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n!!!inte base64!!!",
        HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nTexten.",
        HEAD.replace(b"a@example.org", b"((((((" * 2000) + b"\r\nTexten.",
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(read: Read, content: bytes) -> None:
    assert "example.org" in read(content).text


def test_parts_inside_each_other_without_end_are_damage(read: Read) -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5000))
    try:
        assert read(HEAD + nested + b"\r\nTexten.").pages
    except UnreadableFile as error:
        assert error.reason in {"damaged", "too_slow", "too_large"}  # noqa: PT017  either end is right
