"""Projects with documents for tests that only read: few enough to know by heart, many enough to filter and page."""

from __future__ import annotations

from datetime import date
from itertools import cycle, islice

from tests.webapp.small_bank import SmallBank

AREAS = ("Socialpsykiatri", "Funktionsnedsättning", "Hemlöshet och boende", "Missbruk och beroende", "Äldre")
OWNERS = ("Södermalm", "Farsta", "Östermalm", "Enskede-Årsta-Vantör", "Skärholmen", "Skarpnäck", "Bromma")
FINDINGS = ("stod", "blandat", "inget_stod", "ej_utvarderat")
METHODS = ("Motiverande samtal (MI)", "Bostad först", "Delat beslutsfattande")
GROUPS = ("personer med psykisk ohälsa", "personer i hemlöshet")
STATUSES = ("avslutat", "pagaende", "avbrutet")
TYPES = ("slutrapport", "delrapport", "projektplan", "utvardering", "forstudie", "reserapport")
NAMES = (
    "Södermalmsmodellen",
    "Samlarteam",
    "Nya startpunkten",
    "Livskvalitet i gruppbostad",
    "Stockholms regnbågsteam",
    "Brukarskola",
    "Bostad direkt från gatan",
    "Bo kvar",
    "Vällingbyteamet",
    "Etableringscoach",
    "Familjeorienterat arbetssätt",
    "Pilot intern-SIP",
    "Islandsprojektet",
    "Egenmakt – privatekonomi",
)
SENTENCES = (
    "Boendestödet kom i gång först när en arbetsterapeut hade kartlagt vardagen i hemmet.",
    "Deltagarna beskriver att de fick en fast kontakt och att mötena blev färre.",
    "Två av tre mätbara mål nåddes inte under projektets första år.",
    "Arbetsterapeuten och boendestödjaren gjorde hembesöken tillsammans.",
    "Vräkningar av barnfamiljer kunde undvikas när hyresvärden hörde av sig tidigt.",
    "Utvärderingen bygger på intervjuer med tolv personer och en enkät till personalen.",
    "Motiverande samtal användes i hälften av ärendena, men handledningen räckte inte till.",
    "Kostnaden för tjänsten var lägre än för en placering utanför hemmet.",
    "Brukarrådet formulerade egna frågor som personalen inte hade tänkt på.",
    "Samverkan med sjukvården brast när ansvaret inte var skrivet på papper.",
    "Etableringen gick snabbare för dem som hade en mentor på arbetsplatsen.",
)
HEADINGS = ("Sammanfattning", "Bakgrund", "Metod", "Resultat", "Slutsatser", "Kostnader")


def fill(bank: SmallBank) -> None:
    """Fourteen projects with one to four documents of three to nine pages; the last two are not for everybody."""
    for number, name in enumerate(NAMES):
        project = bank.project(
            name,
            classification="internal" if number == len(NAMES) - 1 else "open",
            chosen={
                "subject_area": {AREAS[number % 5], AREAS[(number + number // 5) % 5]},
                "organisation": [OWNERS[number % 7]],
                "method": [METHODS[number % 3]],
                "target_group": [GROUPS[number % 2]],
                "keyword": [f"nyckelord {n}" for n in range(number)] or ['<b>fet</b> & "citerad"'],
            },
            finding=FINDINGS[number % 4],
            status=STATUSES[number % 3],
            project_type="utvecklingsprojekt",
            funding=[(2018 + number % 3, 100_000 * (1 + number % 5), 12_500 * (number % 2))],
            equality_analysis=(True, False, None)[number % 3],
            summary={"background": f"{name} började med en fråga.", "results": "Färre möten."} if number % 4 else {},
            start_year=2014 + number % 6,
            end_year=2015 + number % 6,
            aim=f"{name} prövar om boendestöd och samordning ger en lugnare vardag.",
        )
        for place in range(1 + number % 4):
            _document(bank, number, place, name, project)
    bank.document(
        "Verksamhetstillsyn 2018 <b>boendestöd</b> & hemtjänst",
        ["Inspektörerna besökte nio verksamheter med boendestöd och hemtjänst."],
        day=date(2018, 5, 2),
        document_type="utvardering",
    )
    bank.project("Alternative Family Care", status="ej_paborjat", aim="Barn utan vårdnadshavare i familjehem.")
    bank.index()


def _document(bank: SmallBank, number: int, place: int, name: str, project: int) -> None:
    kind = TYPES[(number + place) % 6]
    sentences = cycle(SENTENCES[(number * 3 + place) % 11 :] + SENTENCES[: (number * 3 + place) % 11])
    pages = ["\n\n".join(islice(sentences, 4)) for _ in range(3 + (number + 2 * place) % 7)]
    bank.document(
        f"{name}. {kind.capitalize()}",
        [f"{name}, sida {at}.\n\n{text}" for at, text in enumerate(pages, 1)],
        headings=list(islice(cycle(HEADINGS), len(pages))),
        project_id=project,
        document_type=kind,
        day=date(2012 + (number + place) % 10, 1 + number % 12, 1),
        published=not (number == len(NAMES) - 2 and place),
        classification="internal" if number == len(NAMES) - 1 else "open",
        summary=f"{name} redovisar vad som prövades och vad det gav." if place == 0 else "",
    )
