"""Mails that Outlook saved are read as those that the internet carries."""

from __future__ import annotations

import email
import struct
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer import Extraction, Reader, UnreadableFile, hanging, sniff
from indexer.extraction.limits import Limits
from tests.indexer.extraction import fyrbaken
from tests.indexer.extraction import making_outlook as making
from tests.indexer.extraction.making_outlook import compound, eight_bits, message

Read = Callable[..., Extraction]
SWEDISH = "Åtgärder för hemlösa på Öland – räksmörgås"


def test_it_reads_as_the_same_mail_from_the_internet(read: Read) -> None:
    told, expected = read(fyrbaken.outlook(bilaga=b"hemliga ord")), read(fyrbaken.mail(bilaga=b"hemliga ord"))
    assert told.text == expected.text
    assert told.text.endswith("Bilagor: bilaga.txt")
    assert (told.title, told.dates, told.page_kind) == (expected.title, expected.dates, expected.page_kind)


@pytest.mark.parametrize(
    ("written", "codepage"),
    [("cp1252", making.CP1252), ("utf-8", making.UTF8), ("cp1252", making.UTF8), ("cp1252", 0), ("cp1252", 4711)],
)
def test_swedish_letters_are_right_whatever_page_of_code_is_declared(read: Read, written: str, codepage: int) -> None:
    text = eight_bits(SWEDISH, written)
    values: dict[int, making.Value] = {making.SUBJECT: text, making.BODY: text, making.CODEPAGE: codepage}
    to = making.receiver(eight_bits("Åsa Öst", written), eight_bits("asa@example.org", written))
    hanging = making.attached(eight_bits("Årsrapport.pdf", written), b"x")
    read_text = read(compound(message(values, [to], [hanging]))).text
    assert read_text.split("\n\n") == [SWEDISH, "Till: Åsa Öst <asa@example.org>", SWEDISH, "Bilagor: Årsrapport.pdf"]


@pytest.mark.parametrize(
    ("html", "codepage"),
    [
        (f"<p>{SWEDISH}".encode("cp1252"), making.CP1252),
        (f"<p>{SWEDISH}".encode(), making.UTF8),
        (f"<meta charset=macintosh><p>{SWEDISH}".encode("mac-roman"), 0),
        (f"<p>{SWEDISH}", 0),
    ],
)
def test_html_is_read_where_there_is_no_plain_text(read: Read, html: bytes | str, codepage: int) -> None:
    values: dict[int, making.Value] = {making.SUBJECT: "Hej", making.HTML: html, making.INTERNET_CODEPAGE: codepage}
    assert read(compound(message(values))).text == f"Hej\n\n{SWEDISH}"


def _with_rtf(packed: bytes, **also: making.Value) -> bytes:
    """A mail with this text."""
    values: dict[int, making.Value] = {making.SUBJECT: "Hej", making.RTF: packed}
    return compound(message(values | {getattr(making, name): value for name, value in also.items()}))


def test_rtf_is_read_where_there_is_nothing_else(read: Read) -> None:
    packed = making.packed_rtf(rf"{{\rtf1\ansi\ansicpg1252 {fyrbaken.escaped(SWEDISH)}\par Rad tv\'e5\par}}".encode())
    assert read(_with_rtf(packed)).text == f"Hej\n\n{SWEDISH}\n\nRad två"
    assert read(_with_rtf(packed, BODY="Ren text.")).text == "Hej\n\nRen text."
    assert read(_with_rtf(packed, HTML=b"<p>En sida.")).text == "Hej\n\nEn sida."


def test_a_page_inside_rtf_is_read_as_the_rtf_beside_its_tags_says(read: Read) -> None:
    markup = (
        rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 F\'f6rsta {\*\htmltag84 <b>}\htmlrtf "
        rb"{\b\htmlrtf0 raden{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 .\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}Andra.}"
    )
    assert read(_with_rtf(making.packed_rtf(markup))).text == "Hej\n\nFörsta raden.\n\nAndra."


@pytest.mark.parametrize(
    ("packed", "told"),
    [
        # The two examples of MS-OXRTFCP: a run from the text that all know, and one that goes on into itself.
        (
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
            "hello world",
        ),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", "WXYZ" * 5),
        ("1a0000000e0000004d454c4100000000" + rb"{\rtf1 naken}".hex() + "00", "naken"),
    ],
)
def test_rtf_is_unpacked_as_its_writers_pack_it(read: Read, packed: str, told: str) -> None:
    assert read(_with_rtf(bytes.fromhex(packed))).text == f"Hej\n\n{told}"


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (b"LZFu", "damaged"),
        (making.rtf_head(b"ZZZZ", 10, 10) + b"{\\rtf1 hej}", "damaged"),
        (making.rtf_head(b"LZFu", 4_000_000_000, 10) + b"\0" * 10, "too_large"),
        (making.packed_rtf(rb"{\rtf1 ett brev som slutar mitt i}")[:-9], "damaged"),
        (making.rtf_head(b"LZFu", 100, 3) + b"\x01\xff\xf0", "damaged"),  # a run of what was never written
        (making.rtf_head(b"LZFu", 100, 3) + b"\x01\x00", "damaged"),
        (making.packed_rtf(b"<p>ingen RTF"), "damaged"),
    ],
)
def test_packed_rtf_that_is_broken_or_endless_is_a_reason(read: Read, packed: bytes, reason: str) -> None:
    assert _reason(read, _with_rtf(packed)) == reason


def test_copies_are_told_and_blind_copies_are_not(read: Read) -> None:
    people = [making.receiver(f"Person {kind}", f"p{kind}@example.org", kind) for kind in (1, 2, 3)]
    text = read(compound(message({making.SUBJECT: "Hej", making.BODY: "Text."}, people))).text
    assert "Till: Person 1 <p1@example.org>\n\nKopia: Person 2 <p2@example.org>\n\nText." in text
    assert "Person 3" not in text


def test_addresses_inside_the_house_are_left_out(read: Read) -> None:
    values: dict[int, making.Value] = {making.SUBJECT: "Hej", making.SENDER_NAME: "Eva Ek", 0x0C1F: "/O=STAD/CN=EVA"}
    assert "Från: Eva Ek\n" in read(compound(message(values, [making.receiver("Bo", "/O=STAD/CN=BO")]))).text + "\n"


def test_the_hour_is_the_senders_where_it_is_known_and_ours_else(read: Read) -> None:
    sent = datetime(2019, 12, 31, 23, 30, tzinfo=UTC)
    values: dict[int, making.Value] = {making.SUBJECT: "Hej", making.BODY: "Text.", making.SENT: sent}
    assert read(compound(message(values))).dates == ("2020-01-01",)
    values[making.HEADERS] = "Received: x\r\nDate: Tue, 31 Dec 2019 23:30:00 +0000\r\n\r\n"
    assert read(compound(message(values))).dates == ("2019-12-31",)


def test_an_hour_beyond_the_calendar_is_left_out(read: Read) -> None:
    never = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    values: dict[int, making.Value] = {making.SUBJECT: "Hej", making.BODY: "Text.", making.SENT: never}
    content = compound(message(values))
    assert read(content).text == "Hej\n\nText."
    ticks = struct.pack("<Q", making.ticks_of(never))
    assert read(content.replace(ticks, b"\xff" * 8)).text == "Hej\n\nText."


def test_pictures_in_the_text_are_nobodys_attachments_and_a_mail_in_it_is_one(read: Read) -> None:
    inner = message({making.SUBJECT: "Inre/yttre"}, header=24)
    hanging = [making.attached("logga.png", b"\x89PNG", flags=4), making.attached_mail(inner)]
    assert read(compound(message({making.SUBJECT: "Hej"}, [], hanging))).text == "Hej\n\nBilagor: Inre-yttre.eml"


def _reason(read: Read, content: bytes) -> str:
    try:
        read(content)
    except UnreadableFile as error:
        return error.reason
    return ""


def _sector(content: bytearray, name: str) -> int:
    """Where the directory's entry of a stream stands."""
    return content.index(name.encode("utf-16-le"))


def test_entries_that_lead_back_to_themselves_are_read_once_or_damage(read: Read) -> None:
    content = bytearray(fyrbaken.outlook())
    struct.pack_into("<I", content, _sector(content, "__recip_version1.0_#00000000") + 76, 1)  # inside: what is beside
    assert fyrbaken.LAST in read(bytes(content)).text
    struct.pack_into("<I", content, _sector(content, "Root Entry") + 76, 0)
    assert _reason(read, bytes(content)) == "damaged"


def test_storages_inside_each_other_without_end_are_damage(read: Read) -> None:
    tree = message({making.SUBJECT: "Hej"})
    for _ in range(2000):
        tree = {"__properties_version1.0": bytes(32), "in": tree}
    assert _reason(read, compound(tree)) == "damaged"


@pytest.mark.parametrize("table", [range(128), [n ^ 1 for n in range(128)], [0] * 128])
def test_chains_of_sectors_that_run_in_circles_are_damage(read: Read, table: Sequence[int]) -> None:
    content = bytearray(fyrbaken.outlook(bilaga=b"x" * 20_000))
    struct.pack_into("<128I", content, len(content) - making.SECTOR, *table)
    assert _reason(read, bytes(content)) == "damaged"


def test_streams_that_are_all_the_same_large_one_are_too_large(tmp_path: Path) -> None:
    large = b"x" * 4_000_000
    content = bytearray(fyrbaken.outlook(**{f"b{number}": b"y" if number else large for number in range(60)}))
    name = "__substg1.0_37010102".encode("utf-16-le")
    at = content.index(name)
    (start,) = struct.unpack_from("<I", content, at + 116)
    while (at := content.find(name, at + 1)) >= 0:
        struct.pack_into("<II", content, at + 116, start, len(large))
    path = tmp_path / "stor.msg"
    path.write_bytes(content)
    with Reader(Limits(ordinary=200_000_000, memory=250_000_000)) as reader, pytest.raises(UnreadableFile) as caught:
        reader.read(path, sniff(path))
    assert caught.value.reason == "too_large"


@pytest.fixture
def hung(tmp_path: Path) -> Callable[[bytes], list[tuple[str, bytes, str]]]:
    """What hangs on a mail of these bytes."""

    def taken_off(content: bytes) -> list[tuple[str, bytes, str]]:
        path = tmp_path / "fil.msg"
        path.write_bytes(content)
        return hanging(path)

    return taken_off


Hung = Callable[[bytes], list[tuple[str, bytes, str]]]


def test_what_hangs_on_it_is_had_byte_for_byte(hung: Hung) -> None:
    large = bytes(range(256)) * 20_000
    assert hung(fyrbaken.outlook(liten=b"ord", stor=large)) == [("liten.txt", b"ord", ""), ("stor.txt", large, "")]


def test_a_forwarded_mail_is_had_as_any_program_reads_it(hung: Hung, read: Read) -> None:
    innermost = message({making.SUBJECT: "Innerst", making.HTML: "<p>Djupast."}, header=24)
    values: dict[int, making.Value] = {
        making.SUBJECT: "Räksmörgås", making.BODY: SWEDISH, making.SENDER_NAME: "Öst, Åsa",
        making.SENDER_ADDRESS: "asa@example.org", making.SENT: datetime(2019, 5, 3, 12, 30, tzinfo=UTC),
    }  # fmt: skip
    to = [making.receiver("Ek, Bo", "bo@example.org"), making.receiver("Gruppen på Öland", "/O=STAD/CN=G")]
    on_it = [making.attached("Bilaga på ö.txt", b"ord"), making.attached_mail(innermost)]
    whole = compound(message({making.SUBJECT: "Yttre"}, [], [making.attached_mail(message(values, to, on_it, 24))]))
    ((name, content, refused),) = hung(whole)
    assert (name, refused) == ("Räksmörgås.eml", "")
    assert hung(whole) == [(name, content, "")]
    told = read(content)
    assert told.media_type == "message/rfc822"
    assert told.text.split("\n\n") == [
        "Räksmörgås",
        'Från: "Öst, Åsa" <asa@example.org>',
        'Till: "Ek, Bo" <bo@example.org>, "Gruppen på Öland"',
        "Skickat: 2019-05-03 14:30",
        SWEDISH,
        "Bilagor: Bilaga på ö.txt",
    ]
    inner = [part.get_payload() for part in email.message_from_bytes(content).walk() if part["Subject"]]
    assert len(inner) == 2


def test_a_forwarded_mail_in_rtf_is_had_with_its_text_or_refused(hung: Hung, read: Read) -> None:
    def forwarded(packed: bytes) -> bytes:
        inner = message({making.SUBJECT: "Inre", making.RTF: packed}, header=24)
        return compound(message({making.SUBJECT: "Yttre"}, [], [making.attached_mail(inner)]))

    whole = making.packed_rtf(rb"{\rtf1 Ett brev.\par}")
    ((name, content, _),) = hung(forwarded(whole))
    assert (name, read(content, name).text) == ("Inre.eml", "Inre\n\nEtt brev.")
    assert hung(forwarded(whole[:-3])) == [("Inre.eml", b"", "damaged")]


def test_what_the_mail_only_points_at_cannot_be_had(hung: Hung) -> None:
    link = making.properties({making.METHOD: 7, making.FILE_NAME: "på servern.docx"}, 8)
    assert hung(compound(message({making.SUBJECT: "Hej"}, [], [link]))) == [("på servern.docx", b"", "unsupported")]


def test_a_broken_mail_cannot_be_taken_apart(hung: Hung, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hung(fyrbaken.outlook(bilaga=b"x" * 9000)[:3000]) == [("", b"", "damaged")]
    monkeypatch.setattr("indexer.mail_hanging.MEMORY", 40_000_000)
    assert hung(fyrbaken.outlook(bilaga=b"x" * 6_000_000)) == [("", b"", "too_large")]
    monkeypatch.undo()
    monkeypatch.setattr("indexer.mail_hanging.MOST_BYTES", 1000)
    assert hung(fyrbaken.outlook(bilaga=b"x" * 9000)) == [("", b"", "too_large")]
