"""The lists behind the numbers: their addresses, their words, and what the record is asked for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog import coverage
from catalog.documents.rereading import Readers
from webapp.language_names import languages_told
from webapp.queue_page import NAMED_REASONS, UNNAMED_REASON
from webapp.texts import LazyText
from webapp.texts import gettext as _
from webapp.texts import lazy_gettext as _l

DOCUMENTS, PROJECTS, FILES = "documents", "projects", "files"


@dataclass(frozen=True, slots=True)
class Listing:
    """One list. `of` is DOCUMENTS, PROJECTS, or FILES: failed documents and refused files for one reason.

    `name` is the record's word for it. `todo`: what an editor can do about it.
    """

    address: str
    of: str
    name: str
    label: LazyText
    todo: LazyText = ""

    @property
    def can_be_read_again(self) -> bool:
        return self.of == FILES or self.name in REREADABLE


_STATES = (
    Listing("hela", DOCUMENTS, "whole", _l("Läst i sin helhet")),
    Listing("inskannade", DOCUMENTS, "scanned", _l("Läst, inskannad text")),
    Listing(
        "svarlasta",
        DOCUMENTS,
        "hard",
        _l("Svårläst inskanning"),
        _l("Någon sida har en säkerhet under 60 %. Släpp en tydligare kopia om det finns en."),
    ),
    Listing(
        "vantar-pa-ocr",
        DOCUMENTS,
        "waiting",
        _l("Väntar på OCR"),
        _l("Sidor som är bilder läses en i taget, där servern har programmet för det."),
    ),
    Listing(
        "bilder-utan-text",
        DOCUMENTS,
        "pictures",
        _l("Har inskannade sidor utan text"),
        _l("Sidorna finns som bilder men hittas inte av sökningen."),
    ),
    Listing(
        "bortklippt",
        DOCUMENTS,
        "cut",
        _l("Bortklippt"),
        _l("En gräns nåddes när filen lästes. Dela filen och släpp delarna om resten behöver hittas."),
    ),
    Listing("i-ko", DOCUMENTS, "queued", _l("Väntar på att läsas")),
    Listing("lases", DOCUMENTS, "reading", _l("Läses nu")),
    Listing("olasta", DOCUMENTS, "failed", _l("Gick inte att läsa")),
)
_OTHERS = (
    Listing("brister", DOCUMENTS, "defective", _l("Dokument med brister")),
    Listing("aldre-lasare", DOCUMENTS, "older_reader", _l("Lästa med en äldre läsare")),
    Listing("lases-om", DOCUMENTS, "reread_waiting", _l("Väntar på att läsas om")),
    Listing(
        "omlasning-misslyckad",
        DOCUMENTS,
        "reread_failed",
        _l("Omläsningen misslyckades"),
        _l("Dokumenten hittas med sin gamla text."),
    ),
    Listing(
        "personnummer",
        DOCUMENTS,
        "identity",
        _l("Avpublicerade tills personnummer är bedömda"),
        _l("Omläsningen fann personnummer som ingen har bedömt. Bedöm dem och publicera dokumentet igen."),
    ),
    Listing("utan-datum", DOCUMENTS, "undated", _l("Dokument utan datum"), _l("Varken datum eller år är angivet.")),
    Listing("utan-projekt", DOCUMENTS, "homeless", _l("Dokument utan projekt")),
    Listing("blandade-sprak", DOCUMENTS, "mixed", _l("Blandade språk"), _l("Minst en tiondel är på ett annat språk.")),
    Listing("utan-slutrapport", PROJECTS, "report", _l("Avslutade utan slutrapport")),
    Listing("utan-sammanfattning", PROJECTS, "summary", _l("Utan sammanfattning")),
    Listing("utan-utfall", PROJECTS, "finding", _l("Avslutade utan utfall")),
    Listing("utan-dokument", PROJECTS, "documents", _l("Utan något dokument")),
)
REREADABLE = frozenset({"older_reader", "reread_failed", "failed"})
# Reasons by what stands in the address; every other one is "annat".
REASONS = {
    "losenord": "encrypted",
    "skadade": "damaged",
    "stods-inte": "unsupported",
    "for-stora": "too_large",
    "for-langsamma": "too_slow",
    "behover-ocr": "needs_ocr",
}
_BY_ADDRESS = {one.address: one for one in (*_STATES, *_OTHERS)}
BY_NAME = {(one.of, one.name): one for one in _BY_ADDRESS.values()}
_LANGUAGE, _REASON = "sprak-", "orsak-"
_UNKNOWN = "okant"


def language_address(codes: Iterable[str]) -> str:
    return _LANGUAGE + ("-".join(codes) or _UNKNOWN)


def listing(address: str) -> Listing | None:
    """None where there is no such list."""
    if address in _BY_ADDRESS:
        return _BY_ADDRESS[address]
    if address in REASONS:
        return of_reason(REASONS[address])
    if address.startswith(_REASON):
        return of_reason(address.removeprefix(_REASON))
    if address.startswith(_LANGUAGE):
        return _of_languages(address)
    return None


def of_reason(reason: str) -> Listing:
    """The files that could not be read for a reason, also one that has no words of its own."""
    address = next((word for word, code in REASONS.items() if code == reason), _REASON + reason)
    *_signs, state, what = NAMED_REASONS.get(reason, UNNAMED_REASON)
    return Listing(address, FILES, reason, str(state).rstrip("."), what)


def of_state(name: str) -> Listing:
    return _BY_ADDRESS[next(one.address for one in _STATES if one.name == name)]


def _of_languages(address: str) -> Listing | None:
    told = address.removeprefix(_LANGUAGE)
    codes = [] if told == _UNKNOWN else told.split("-")
    if len(codes) > 4 or not all(code.isalpha() and code.isascii() and len(code) <= 8 for code in codes):  # noqa: PLR2004
        return None
    label = languages_told(codes) if codes else _("okänt språk")
    return Listing(address, DOCUMENTS, "languages", label[:1].upper() + label[1:])


def condition(one: Listing, today: Readers) -> Any:
    """What the record is asked for: of FILES, those that became documents."""
    if one.of == FILES:
        return coverage.failed_for(one.name)
    if one.name == "languages":
        told = one.address.removeprefix(_LANGUAGE)
        return coverage.in_languages([] if told == _UNKNOWN else told.split("-"))
    if one.name in coverage.STATES:
        return coverage.in_state(one.name)
    return coverage.document_conditions(today)[one.name]
