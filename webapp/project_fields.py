"""The fields of a project's form, once: name in the form, field of the record, label, help and limit."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.texts import LazyText
from webapp.texts import lazy_gettext as _l

NO_HELP: LazyText = ""


@dataclass(frozen=True, slots=True)
class Text:
    """most: characters. words: the template's limit for a part of the summary, 0 where only `most` counts."""

    name: str
    field: str
    label: LazyText
    help: LazyText = NO_HELP
    most: int = 300
    rows: int = 1
    words: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a fixed list of terms."""

    name: str
    field: str
    label: LazyText
    help: LazyText = NO_HELP


@dataclass(frozen=True, slots=True)
class Several:
    """kind: of the controlled terms that are chosen; empty for free text. closed: only what the list has."""

    name: str
    field: str
    label: LazyText
    add: LazyText
    kind: str = ""
    closed: bool = False
    help: LazyText = NO_HELP


TITLE = Text("namn", "title", _l("Projektets namn"), most=400)
AIM = Text(
    "kort",
    "aim",
    _l("Kort beskrivning"),
    _l("En mening om vad projektet gjorde och för vem. Den står under namnet."),
    most=2_000,
    rows=2,
)
FINDING_NOTE = Text("utfall_not", "finding_note", _l("Kommentar till utfallet"), most=2_000, rows=2)
FUNDER = Text("finansiar", "funder", _l("Finansiär"))
FOCUS = Text("inriktning", "funding_focus", _l("Inriktning"))
CONTACT = Text(
    "kontakt",
    "contact",
    _l("Funktionsbrevlåda för frågor"),
    _l("En brevlåda som finns kvar när någon slutar, aldrig en persons adress."),
)
NUMBER = Text("dnr", "registration_number", _l("Diarienummer"), _l("Där det officiella exemplaret finns."), most=100)
SUMMARY = (
    Text("bakgrund", "background", _l("Bakgrund"), _l("Vad var problemet, och hur visste ni det?"), 5_000, 4, 120),
    Text("syfte", "purpose", _l("Syfte"), _l("Vad ville ni pröva eller ta reda på?"), 5_000, 3, 60),
    Text(
        "malgruppen",
        "target_group",
        _l("Målgrupp"),
        _l("Vilka, hur många, och hur fördelat på kvinnor och män?"),
        5_000,
        3,
        60,
    ),
    Text(
        "metoden",
        "method",
        _l("Metod"),
        _l("Vad gjorde ni, så att någon annan kan göra likadant?"),
        5_000,
        4,
        150,
    ),
    Text(
        "resultat",
        "results",
        _l("Resultat"),
        _l("Vad visade uppföljningen? Skriv också det som inte gick."),
        5_000,
        4,
        120,
    ),
    Text(
        "lardomar",
        "lessons",
        _l("Lärdomar"),
        _l("Vad ska nästa projekt göra likadant, och vad ska det låta bli?"),
        5_000,
        3,
        120,
    ),
)
TEXTS = (TITLE, AIM, FINDING_NOTE, FUNDER, FOCUS, CONTACT, NUMBER)

PROJECT_TYPE = Choice("projekttyp", "project_type", _l("Projekttyp"))
STATUS = Choice("status", "status", _l("Status"))
FINDING = Choice("utfall", "finding", _l("Utfall"), _l("Vad utvärderingen visade, inte om projektet var bra."))
CHOICES = (PROJECT_TYPE, STATUS, FINDING)

ORGANISATIONS = Several(
    "forvaltning",
    "",
    _l("Förvaltningar"),
    _l("Lägg till förvaltning"),
    "organisation",
    closed=True,
    help=_l(
        "Alla som äger projektet, en eller flera. Gamla namn går att välja; sökningen räknar dem till den nuvarande."
    ),
)
SUBJECTS = Several("sak", "", _l("Sakområden"), _l("Lägg till sakområde"), "subject_area", closed=True)
METHODS = Several("metod", "", _l("Metoder"), _l("Lägg till metod"), "method")
GROUPS = Several("malgrupp", "", _l("Målgrupper"), _l("Lägg till målgrupp"), "target_group", closed=True)
KEYWORDS = Several(
    "nyckelord",
    "",
    _l("Nyckelord"),
    _l("Lägg till nyckelord"),
    "keyword",
    help=_l("Fria ord som någon skulle söka på. Böjningar behövs inte."),
)
PARTNERS = Several("part", "partners", _l("Samarbetsparter"), _l("Lägg till samarbetspart"))
RESEARCHERS = Several("forskare", "researchers", _l("Forskare och lärosäten"), _l("Lägg till forskare eller lärosäte"))
LISTS = (ORGANISATIONS, SUBJECTS, METHODS, GROUPS, KEYWORDS, PARTNERS, RESEARCHERS)
YEARS = ("start", "slut")
LONGEST_VALUE = 300  # characters of one value in a list
MOST_VALUES = 100
MOST_MONEY_YEARS = 30
