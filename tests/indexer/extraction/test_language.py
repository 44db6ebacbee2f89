"""The language of a document."""

from __future__ import annotations

import pytest

from indexer.extraction.language import detect, shares


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


class TestShares:
    SWEDISH = (
        "Boendestödet är ett stöd för den som bor hemma och har svårt att klara det som ska göras i vardagen. " * 5
    )
    ENGLISH = "The support is for those who live at home and have to be helped with what is done in this everyday. " * 5

    def test_a_text_in_one_language_has_one(self) -> None:
        assert shares([self.SWEDISH, self.SWEDISH]) == ("sv",)

    def test_passages_of_one_page_are_told_apart_most_of_it_first(self) -> None:
        page = f"{self.SWEDISH}\n\n{self.SWEDISH}\n\n{self.ENGLISH}"
        assert shares([page]) == ("sv", "en")

    def test_a_summary_of_less_than_a_tenth_makes_no_mixed_text(self) -> None:
        assert shares([*[self.SWEDISH] * 12, self.ENGLISH]) == ("sv",)

    def test_figures_alone_have_no_language(self) -> None:
        assert shares(["12 13 14\n\n15 16", ""]) == ()

    def test_short_paragraphs_are_told_by_their_neighbours(self) -> None:
        assert shares(["\n\n".join(self.SWEDISH.split(". "))]) == ("sv",)
