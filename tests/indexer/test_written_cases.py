"""Numbers, dates, references and names are found as people write them: text and question have the same tokens."""

from __future__ import annotations

import pytest

from indexer import analyse
from indexer.analysis.forms import forms
from indexer.analysis.tokens import words_of

# As it stands in a document, its tokens.
WRITTEN = [
    ("1 234 personer", "1 234 personer"),
    ("12,5 %", "12 5"),
    ("2020-05-01", "2020 05 01"),
    ("den 1 maj 2020", "den 1 maj 2020"),
    ("kl. 08.30", "kl 08 30"),
    ("SN 2019/0345", "sn 2019 0345"),
    ("dnr SN-2019-0345", "dnr sn 2019 0345"),
    ("SN2019/0345", "sn2019 0345"),
    ("4 kap. 1 § SoL", "4 kap 1 sol"),
    ("SFS 2020:47", "sfs 2020 47"),
    ("2020:47", "2020 47"),
    ("prop. 2019/20:125", "prop 2019 20 125"),
    ("anna.asp@stad.se", "anna asp stad se"),
    ("www.stad.se/socialtjänst", "www stad se socialtjänst"),
    ("08-508 25 000", "08 508 25 000"),
    ("LSS-boende", "lss boende"),
    ("e-tjänst", "e tjänst"),
    ("barn- och ungdomsvård", "barn och ungdomsvård"),
    ("60-talet", "60 talet"),
    ("15-åringar", "15 åringar"),
    ("Ängsbacka", "ängsbacka"),
    ("Östra Göinge", "östra göinge"),
    ("O'Brien", "o brien"),
    ("O’Brien", "o brien"),
    ("Åsa Öberg", "åsa öberg"),
    ("André Müller", "andre muller"),
    ("LVU:s", "lvu s"),
    ("SoL/LSS", "sol lss"),
    ("A4-format (210×297)", "a4 format 210 297"),
    ("500 kr/mån", "500 kr mån"),
    ("H&M", "h m"),
    ("nr 7b", "nr 7b"),
]


@pytest.mark.parametrize(("written", "tokens"), WRITTEN)
def test_what_people_write_has_these_tokens(written: str, tokens: str) -> None:
    assert analyse(written).exact == tokens


@pytest.mark.parametrize("written", [written for written, _ in WRITTEN])
def test_a_question_has_the_tokens_of_the_text(written: str) -> None:
    assert words_of(written) == analyse(f"Se {written}, sidan 3.").exact.split()[1:-2]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("sn 2019 0345", "SN 2019/0345"),
        ("2020 47", "2020:47"),
        ("lss boende", "LSS-boende"),
        ("andre", "André"),
        ("ÅSA ÖBERG", "Åsa Öberg"),
    ],
)
def test_other_ways_to_write_the_same_have_the_same_tokens(asked: str, written: str) -> None:
    assert analyse(asked).exact == analyse(written).exact


@pytest.mark.parametrize(
    "name", ["ängsbacka", "göinge", "brien", "åsa", "öberg", "muller", "2020", "0345", "sn2019", "7b"]
)
def test_names_and_numbers_keep_a_key_of_their_own(name: str) -> None:
    """Whatever parts a name may seem to have, its whole key tells it from others."""
    assert forms(name).keys[0].startswith(name[:4])
