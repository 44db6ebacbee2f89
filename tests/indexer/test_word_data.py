"""The table of Swedish words: what the word data say, and how the table comes to lie where it is needed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from indexer.analysis import word_data, word_table
from indexer.analysis.affixes import UnknownRule, entries, forms, read_affixes
from indexer.analysis.word_choice import Words, choose
from indexer.analysis.word_table import WordTable, write_table

AFF = """
FORBIDDENWORD %
NEEDAFFIX ¤
COMPOUNDPERMITFLAG W
COMPOUNDBEGIN X
COMPOUNDMIDDLE U
COMPOUNDEND Y
ONLYINCOMPOUND Z
SFX A Y 1
SFX A 0 s .
SFX C Y 2
SFX C 0 met m
SFX C el let [^m]el
SFX G Y 1
SFX G a or a
SFX x N 1
SFX x a o/WXZ a
SFX v N 1
SFX v 0 s/WXZ [^a]
"""
DIC = """9
hem/ACXY
kvinna/AGxY
hemmet/XY
kakel/AC
mässig/YZ
antigen/¤A
damlager/%A
jägare/samlare
våld/AvY
Våld/A
"""


def small_words() -> Words:
    affixes = read_affixes(AFF)
    return choose(forms(entries(DIC, affixes), affixes), affixes)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> WordTable:
    folder = tmp_path_factory.mktemp("table")
    write_table(small_words(), folder)
    return WordTable(folder)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("hem", "hem"),
        ("hemmet", "hem"),  # also a line of its own, but one without inflections
        ("kvinnor", "kvinna"),
        ("kaklet", "kakel"),
        ("antigens", "antigen"),
        ("antigen", None),  # needs an affix
        ("mässig", None),  # only in compounds
        ("kvinno", None),
        ("damlager", None),
        ("samlare", None),
        ("jägare", None),
        ("våld", "våld"),
        ("ord", None),
        ("", None),
    ],
)
def test_forms_lead_to_their_dictionary_form(small: WordTable, form: str, lemma: str | None) -> None:
    assert small.lemma(form) == lemma


def test_first_parts_come_with_their_dictionary_form(small: WordTable) -> None:
    assert small.beginnings("kvinnojour") == ["kvinno"]
    assert small.beginnings("hemmetsken") == ["hem", "hemmet"]
    assert [small.base_of_begin(part) for part in ("kvinno", "hem", "vålds")] == ["kvinna", "hem", "våld"]


def test_last_parts_are_found_from_the_end(small: WordTable) -> None:
    assert [part[::-1] for part in small.endings_of_reversed("barnhem"[::-1])] == ["hem"]
    assert small.endings_of_reversed("badkakel"[::-1]) == []
    assert small.lemma_of_end("mässig") == "mässig"
    assert small.lemma_of_end("hemmet") == "hem"


def test_forbidden_words_are_told(small: WordTable) -> None:
    assert [word for word in ("damlager", "damlagers", "hem", "ord") if small.is_forbidden(word)] == [
        "damlager",
        "damlagers",
    ]


def test_other_files_of_the_same_word_data_are_another_number(tmp_path: Path) -> None:
    write_table(small_words(), tmp_path)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(tmp_path.iterdir()))).hexdigest()[:32]

    assert (word_data.TABLE, digest) == (1, "836771160448acf27cffcf8ebb23eb77"), (
        "Raise TABLE in indexer/analysis/word_data.py, and write both here."
    )


@pytest.mark.parametrize(
    "rule", ["PFX a Y 1", "FLAG long", "AF 1", "COMPLEXPREFIXES", "SFX A Y 1\nSFX A 0 s/B .\nSFX B Y 1\nSFX B 0 x ."]
)
def test_a_rule_that_is_not_understood_stops_the_reading(rule: str) -> None:
    with pytest.raises(UnknownRule):
        read_affixes(rule)


def test_the_installed_word_data_have_the_words_they_are_used_for() -> None:
    table = word_data.table()

    assert [table.lemma(word) for word in ("barnens", "utredningarna", "gick")] == ["barn", "utredning", "gå"]
    assert table.beginnings("familjehemsplacering") == ["familje", "familjehems"]
    assert table.is_forbidden("damlager")


def open_there(places: tuple[Path, ...]) -> str:
    """In a process of its own."""
    word_data._places = lambda: places
    return str(word_data.table_folder())


def test_processes_that_start_together_make_the_table_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_data, "_words", lambda: choose([], read_affixes(AFF)))
    with get_context("fork").Pool(4) as pool:
        folders = pool.map(open_there, [(tmp_path,)] * 4)

    assert len(set(folders)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([Path(folders[0]).name, "words.lock"])


@pytest.fixture
def small_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_data, "_words", small_words)


def test_where_the_environment_is_read_only_the_users_cache_is_used(
    tmp_path: Path, small_data: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = tmp_path / "a file, no folder"
    environment.touch()
    monkeypatch.setattr(word_data, "_places", lambda: (environment / "share", tmp_path / "cache"))

    assert word_data.table_folder().parent == tmp_path / "cache"
    assert WordTable(word_data.table_folder()).lemma("hemmet") == "hem"


def test_nowhere_to_write_is_said(tmp_path: Path, small_data: None, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(word_data, "_places", lambda: (tmp_path / "file" / "share",))

    with pytest.raises(word_data.NoWordData, match="cannot be written to"):
        word_data.table_folder()


def test_a_maker_that_dies_leaves_nothing_that_looks_whole(
    tmp_path: Path, small_data: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_data, "_places", lambda: (tmp_path,))
    with monkeypatch.context() as dying:
        dying.setattr(word_table, "write_table", lambda _words, _folder: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            word_data.table_folder()

    assert [path.name for path in tmp_path.iterdir()] == ["words.lock"]
    assert WordTable(word_data.table_folder()).lemma("hemmet") == "hem"


def test_tables_of_other_versions_are_kept_a_month(
    tmp_path: Path, small_data: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_data, "_places", lambda: (tmp_path,))
    old, recent = tmp_path / "words-old", tmp_path / "words-recent"
    for folder in (old, recent):
        folder.mkdir()
    os.utime(old, (0, 0))

    word_data.table_folder()

    assert (old.exists(), recent.exists()) == (False, True)


def test_the_command_says_where_the_table_lies() -> None:
    shown = subprocess.run([sys.executable, "-m", "indexer.analysis"], capture_output=True, text=True, check=True)

    assert Path(shown.stdout.strip()) == word_data.table_folder()
