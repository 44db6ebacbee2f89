"""What the question's language finds."""

from __future__ import annotations

import pytest

from indexer import SearchEngine
from tests.contract.bank import ask, document, found, write


@pytest.fixture(autouse=True)
def bank(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "Boendestödet hjälpte kvinnorna.", "Motiverande samtal prövades.", title="Stöd i hemmet"),
        document(2, "Samtal som var motiverande.", title="Boendestöd", labels="Motiverande samtal (MI)"),
        document(3, "Får och far, LSS-boende, café.", summary="Ett omarbetat boendestöd"),
        document(4, "År 2020:47 kom återfallet.", running="Dnr 3.1-12"),
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("boendestöd", [1, 2, 3]),
        ("BOENDESTÖDETS", [1, 2, 3]),
        ("kvinna samtal", [1]),
        ("kvinnor samtal", [1]),
        ('"motiverande samtal"', [1, 2]),
        ("”motiverande samtal”", [1, 2]),
        ('"samtal motiverande"', []),
        ('"boendestöd"', [2, 3]),
        ("samtal -kvinnorna", [2]),
        ('samtal -"samtal prövades"', [2]),
        ("-samtal", [3, 4]),
        ("kvinnor OR café", [1, 3]),
        ("kvinnor ELLER café ELLER återfallet", [1, 3, 4]),
        ("samtal kvinnor OR återfallet", [1]),
        ("(kvinnor OR café) samtal", [1]),
        ("-kvinnor OR samtal", [3, 4]),
        ("titel:boendestöd", [2]),
        ("titel:stödet", [1, 2]),
        ("titel:stödet -titel:boende", [1]),
        ('titel:"stöd i"', [1]),
        ("-titel:boendestöd samtal", [1]),
        ("sammanfattning:samtal", []),
        ("sammanfattning:omarbetat", [3]),
        ("åter*", [4]),
        ("boende*", [1, 2, 3]),
        ("far", [3]),
        ("får", [3]),
        ("cafe", [3]),
        ("café", [3]),
        ("lss-boende", [3]),
        ("2020:47", [4]),
        ("3.1-12", [4]),
        ("mi", [2]),
        ("vad är boendestöd", [1, 2, 3]),
        ("finnsinte", []),
    ],
)
def test_question_finds(engine: SearchEngine, question: str, expected: list[int]) -> None:
    assert found(engine, question) == expected


def test_far_is_not_fader_with_ring(engine: SearchEngine) -> None:
    write(engine, document(5, "far"), document(6, "får"))

    assert found(engine, "far -lss") == [5]
    assert found(engine, "får -lss") == [6]


def test_no_phrase_is_found_across_pages_or_texts(engine: SearchEngine) -> None:
    write(engine, document(5, "slutar med sommar", "stuga börjar", title="röd", summary="bil"))

    assert found(engine, '"sommar stuga"') == []
    assert found(engine, '"röd bil"') == []
    assert found(engine, "sommar stuga röd bil") == [5]


@pytest.mark.parametrize(
    "hostile",
    ["", " ", '"', '""', "-", "--", "- -", "*", "a*", ":", "titel:", "typ:", "år:", "år:abc", "OR", "OR OR", "a OR",
     "OR a", "(", ")(", "\\", "\x00", "base:x", "id:1", "+a +b", "a AND b NOT c", "[a TO b]", "/.*/", "~", "a^5",
     "{}", "$(ls)", "' or 1=1", "\ud800", "🦊", "a" * 5000, "ord " * 2000, '"a b" ' * 500, "x* " * 300, "-" * 2000,
     "å OR " * 400, "titel:" * 300, "\u202e\u200b\u00ad"],
)  # fmt: skip
def test_no_typed_text_fails(engine: SearchEngine, hostile: str) -> None:
    query = ask(hostile)

    assert engine.search(query).total >= 0
    assert engine.page_hits(query, [1, 2, 3]) is not None


def test_broken_quote_is_read_as_plain_words(engine: SearchEngine) -> None:
    assert found(engine, '"samtal prövades kvinnor') == [1]


def test_unknown_field_is_read_as_plain_words(engine: SearchEngine) -> None:
    assert found(engine, "författare:kvinnor") == []
    assert found(engine, "café:boende") == [3]


def test_facet_and_year_can_be_typed(engine: SearchEngine) -> None:
    write(
        engine,
        document(
            7, "vräkning", facets={"method": ["motiverande-samtal"], "organisation": ["enskede-arsta"]}, year=2019
        ),
        document(8, "vräkning", facets={"method": ["bostad-forst"], "finding": ["inget_stod"]}, year=2021),
    )

    assert found(engine, 'vräkning metod:"Motiverande samtal"') == [7]
    assert found(engine, "metod:bostad-först") == [8]
    assert found(engine, "vräkning -metod:bostad-forst") == [7]
    assert found(engine, "förvaltning:Enskede-Årsta vräkning") == [7]
    assert found(engine, 'utfall:"inget stöd"') == [8]
    assert found(engine, "vräkning år:2021") == [8]
    assert found(engine, "vräkning år:2018-2020") == [7]
