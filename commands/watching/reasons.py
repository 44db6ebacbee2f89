"""What the text beside a file says, in Swedish: whoever put the file there reads it, perhaps without an account."""

from __future__ import annotations

from collections.abc import Sequence

# What is wrong, and what to do.
WORDS = {
    "encrypted": ("Filen är lösenordsskyddad.", "Spara en kopia utan lösenord och lägg den i mappen."),
    "damaged": ("Filen är skadad.", "Hämta den på nytt från den plats där den kom ifrån och lägg den i mappen."),
    "empty": ("Filen är tom.", "Spara den på nytt och lägg den i mappen."),
    "unsupported": ("Filtypen stöds inte.", "Spara den som .docx eller PDF och lägg den i mappen."),
    "too_large": ("Filen är för stor.", "Dela den och lägg delarna i mappen var för sig."),
    "too_much": (
        "Zip-filen är för stor uppackad: högst 20 000 filer och 300 MB.",
        "Dela den och lägg delarna i mappen var för sig.",
    ),
    "attachments": (
        "Bilagorna till mejlet kom inte med: de är för många eller för stora.",
        "Spara dem ur mejlet och lägg dem i mappen.",
    ),
    "too_slow": ("Filen tog för lång tid att läsa.", "Dela den och lägg delarna i mappen var för sig."),
    "no_text": ("På sidorna finns ingen text som går att läsa.", "Lägg en tydligare kopia i mappen om det finns en."),
    "needs_ocr": (
        "Sidorna är inskannade bilder utan text, och textläsning är inte påslagen.",
        "Lägg en kopia med text i mappen om det finns en. Annars läses filen när textläsningen slås på.",
    ),
}
UNKNOWN = ("Filen kunde inte läsas.", "Försök en gång till. Går det inte då heller, fråga redaktionen.")


def refused(name: str, reason: str) -> str:
    """A file that was not taken in."""
    wrong, todo = WORDS.get(reason, UNKNOWN)
    return f"{name} finns inte i Kunskapsbanken.\n\n{wrong}\n{todo}\n"


def unreadable(name: str, reason: str) -> str:
    """A file that was taken in, and whose reading then failed."""
    wrong, todo = WORDS.get(reason, UNKNOWN)
    return f"{name} är mottagen av Kunskapsbanken men går inte att söka i.\n\n{wrong}\n{todo}\n"


def duplicate(name: str, title: str) -> str:
    return f"{name} fanns redan i Kunskapsbanken, med samma innehåll: {title}.\nInget sparades på nytt.\n"


def partly(name: str, members: Sequence[tuple[str, str]]) -> str:
    """A packed file of which some members, as (name, reason), were not taken in."""
    lines = "\n".join(f"- {member}: {WORDS.get(reason, UNKNOWN)[0]}" for member, reason in members)
    return f"{name} är uppackad, men allt kunde inte tas in i Kunskapsbanken:\n\n{lines}\n"


def description(detail: str) -> str:
    """A projekt.toml that cannot be used; its folder waits."""
    return f"projekt.toml kan inte användas, så mappens filer väntar:\n\n{detail}\n\nRätta filen, så tas de in.\n"
