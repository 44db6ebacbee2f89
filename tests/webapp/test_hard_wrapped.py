from __future__ import annotations

import pytest

from webapp.hard_wrapped import without_wrapping

WRAPPED = """Beslut
======

Projektet Alternative Family Care har inte påbörjats och kommer inte att
påbörjas. Beviljade medel, 350 000 kronor, har i sin helhet betalats tillbaka
den 30 oktober 2018.
Avdelningschefen fattade beslutet.

* Bygger en ansökan på en prognos, skriv in ett datum då prognosen jämförs med
  utfallet.
* Frågan om varför ställs."""


def test_a_line_end_where_the_next_word_would_not_have_fitted_becomes_a_blank() -> None:
    shown = without_wrapping(WRAPPED)
    assert "kommer inte att påbörjas. Beviljade" in shown
    assert "tillbaka den 30 oktober 2018.\nAvdelningschefen" in shown
    assert "Beslut\n======\n\nProjektet" in shown
    assert "utfallet.\n* Frågan" in shown
    assert len(shown) == len(WRAPPED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kort rad\nnästa rad",
        f"{'En vers som är lång nog för att fylla raden, och litet till: ' * 4}\nOch en till.",
        f"1. {'Ett långt led i en lista. ' * 3}\n2. Nästa led, som också är ganska långt men inte lika långt.",
        f"Namn    {'Antal ' * 12}\nSödermalm    12",
        f"{'Rad ' * 18}\nSödermalm\t12",
    ],
)
def test_lists_tables_and_what_was_never_wrapped_keep_their_lines(text: str) -> None:
    assert without_wrapping(text) == text
