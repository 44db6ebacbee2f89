"""The language of a document."""

from __future__ import annotations

import pytest

from indexer.extraction.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Projektet har visat att barnen och deras familjer inte får det stöd som de behöver från skolan.", "sv"),
        ("The project has shown that the children and their families do not get the support they need.", "en"),
        ("Prosjektet har vist at barna og familiene ikke får den støtten de trenger fra skolen, jeg ble spurt.", "no"),
        ("Projektet har vist at børnene og deres familier ikke får den støtte af skolen; jeg blev spurgt.", "da"),
        ("Hanke on osoittanut, että lapset ja perheet eivät saa tukea, mutta koulu on myös mukana.", "fi"),
        ("Das Projekt hat gezeigt, dass die Kinder und ihre Familien nicht die Hilfe von der Schule bekommen.", "de"),
        ("1234 5678", ""),
        ("Socialtjänst Stockholm", ""),
    ],
)
def test_the_commonest_words_tell_the_language(text: str, language: str) -> None:
    assert detect(text) == language


def test_a_swedish_report_with_an_english_abstract_is_swedish() -> None:
    swedish = "Det är en fråga om hur vi ska arbeta med barnen och för dem som inte har det bra. " * 20
    assert detect("This is the summary of the report and it is in English. " * 5 + swedish) == "sv"
