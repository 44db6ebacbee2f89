"""The terms that a new bank begins with: fixed lists, organisations and their mergers, areas, groups and methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.slugs import slug


@dataclass(frozen=True, slots=True)
class Seed:
    """A term to be. `successor` is the label of what it was merged into, `position` its place in a fixed list."""

    kind: str
    key: str
    label: str
    label_en: str = ""
    old_names: tuple[str, ...] = ()
    successor: str = ""
    position: int = 0


def _fixed() -> Iterator[Seed]:
    for kind, values in FIXED.items():
        for position, (key, label, label_en) in enumerate(values, start=1):
            yield Seed(kind, key, label, label_en, position=position)


def _open(kind: str, labels: dict[str, tuple[str, ...]]) -> Iterator[Seed]:
    for label, old_names in labels.items():
        yield Seed(kind, slug(label), label, old_names=old_names)


def _merged() -> Iterator[Seed]:
    for label, successor in MERGED.items():
        yield Seed("organisation", slug(label), label, successor=successor)


# Keys, Swedish and English labels; they stand in this order wherever people choose among them.
FIXED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "document_type": (
        ("ansokan", "ansökan", "application"),
        ("projektplan", "projektplan", "project plan"),
        ("forstudie", "förstudie", "pre-study"),
        ("delrapport", "delrapport", "interim report"),
        ("slutrapport", "slutrapport", "final report"),
        ("reserapport", "reserapport", "travel report"),
        ("utvardering", "utvärdering", "evaluation"),
        ("handledning", "handledning", "guide"),
        ("bilaga", "bilaga", "annex"),
    ),
    "project_type": (
        ("utvecklingsprojekt", "lokalt utvecklingsprojekt", "local development project"),
        ("forskningsprojekt", "forskningsprojekt", "research project"),
        ("studieresa", "studieresa", "study trip"),
        ("uppdrag", "uppdrag", "assignment"),
        ("ovrig_rapport", "övrig rapport", "other report"),
    ),
    "status": (
        ("planerat", "planerat", "planned"),
        ("pagaende", "pågående", "ongoing"),
        ("avslutat", "avslutat", "finished"),
        ("avbrutet", "avbrutet", "discontinued"),
        ("ej_paborjat", "ej påbörjat", "never started"),
    ),
    "finding": (
        ("stod", "stöd", "supported"),
        ("blandat", "blandat", "mixed"),
        ("inget_stod", "inget stöd", "not supported"),
        ("ej_utvarderat", "ej utvärderat", "not evaluated"),
    ),
    "equality_analysis": (
        ("gjord", "gjord", "done"),
        ("ej_gjord", "ej gjord", "not done"),
    ),
    "classification": (
        ("open", "öppen", "open"),
        ("internal", "intern", "internal"),
        ("restricted", "begränsad", "restricted"),
    ),
}

# Labels with the other names that they are found by.
ORGANISATIONS: dict[str, tuple[str, ...]] = {
    "Bromma": (),
    "Enskede-Årsta-Vantör": (),
    "Farsta": (),
    "Hägersten-Älvsjö": (),
    "Hässelby-Vällingby": (),
    "Järva": (),
    "Kungsholmen": (),
    "Norra innerstaden": (),
    "Skarpnäck": (),
    "Skärholmen": (),
    "Södermalm": (),
    "Socialförvaltningen": (),
    "Utvecklingsenheten": (),
    "Socialjouren": (),
    "Framtid Stockholm": (),
    "Boende- och behandlingsenheten": (),
    "Arbetsmarknadsförvaltningen": (),
    "Utbildningsförvaltningen": (),
    "Äldreförvaltningen": (),
    "Stadsledningskontoret": (),
}
MERGED: dict[str, str] = {
    "Hägersten-Liljeholmen": "Hägersten-Älvsjö",
    "Älvsjö": "Hägersten-Älvsjö",
    "Norrmalm": "Norra innerstaden",
    "Östermalm": "Norra innerstaden",
    "Spånga-Tensta": "Järva",
    "Rinkeby-Kista": "Järva",
}
SUBJECT_AREAS: dict[str, tuple[str, ...]] = {
    "barn och unga": (),
    "föräldraskapsstöd": ("föräldrastöd",),
    "ekonomiskt bistånd": ("försörjningsstöd",),
    "missbruk och beroende": ("missbruk",),
    "socialpsykiatri": (),
    "funktionsnedsättning": ("funktionshinder",),
    "hemlöshet och boende": ("hemlöshet",),
    "våld i nära relation": ("våld i nära relationer",),
    "integration och etablering": (),
    "äldre": ("äldreomsorg",),
    "förebyggande arbete": ("prevention",),
    "styrning och implementering": ("implementering",),
}
TARGET_GROUPS: dict[str, tuple[str, ...]] = {
    "barn 0–2 år": ("småbarn",),
    "unga vuxna som lämnar vård": ("unga som lämnar placering",),
    "personer i hemlöshet": ("hemlösa personer", "hemlösa"),
    "personer med psykisk ohälsa": (),
    "hbtq-personer": ("hbt-personer", "hbtq"),
    "familjer med ekonomiskt bistånd": ("familjer med försörjningsstöd",),
    "personer i gruppbostad": ("boende i gruppbostad",),
    "våldsutsatta": ("våldsutsatta personer",),
}
METHODS: dict[str, tuple[str, ...]] = {
    "motiverande samtal (MI)": ("motiverande samtal", "MI"),
    "Bostad först": (),
    "Globenmodellen": (),
    "intern-SIP": ("intern samordnad plan",),
    "LIHF": ("lösningsfokuserad intensiv hemmabaserad familjebehandling",),
    "Södermalmsmodellen": (),
    "kamratstöd": ("peer support",),
    "tjänstedesign": (),
    "BBIC": ("barns behov i centrum",),
    "Alla barn i centrum (ABC)": ("Alla barn i centrum",),
    "familjeorienterat arbetssätt": (),
    "Sjuan": ("metoden Sjuan",),
    "nätrådgivning": ("socialrådgivning online",),
    "fokusgrupper": (),
}

SEEDS: tuple[Seed, ...] = (
    *_fixed(),
    *_open("organisation", ORGANISATIONS),
    *_merged(),
    *_open("subject_area", SUBJECT_AREAS),
    *_open("target_group", TARGET_GROUPS),
    *_open("method", METHODS),
)
