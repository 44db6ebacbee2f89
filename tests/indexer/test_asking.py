"""A question with a misspelt word: mended at once where nothing would be found, else only offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import (
    Asked,
    OwnWords,
    Reading,
    SearchEngine,
    Synonym,
    Vocabulary,
    ask,
    open_engine,
    use_own_words,
    words_in,
)
from tests.contract.bank import ask as query_of
from tests.contract.bank import document, ids, write

ENTRIES = (
    document(1, "Boendestöd och hälsa i hemmet."),
    document(2, "Vräkning av barnfamiljer.", title="Boendestödet"),
    document(3, "Kvarteret Hemlighuset är stängt.", audience=("editors",)),
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SearchEngine]:
    opened = open_engine("tantivy", tmp_path)
    write(opened, *ENTRIES)
    yield opened
    opened.close()


def asked(engine: SearchEngine, text: str, **query: object) -> Asked:
    counts = Counter(word for entry in ENTRIES for word in words_in(entry))
    return ask(engine, Vocabulary(counts), query_of(text, **query))  # type: ignore[arg-type]  # any field of a query


def test_an_unknown_word_is_mended_at_once_and_what_was_typed_is_kept(engine: SearchEngine) -> None:
    found = asked(engine, "vräknig barnfamiljer")

    assert (ids(found.result), found.query.text, found.query.typed) == (
        [2],
        "vräkning barnfamiljer",
        "vräknig barnfamiljer",
    )
    assert found.proposal is not None
    assert found.proposal.words == (("vräknig", "vräkning"),)


def test_the_rest_of_the_question_stays_as_it_was_typed(engine: SearchEngine) -> None:
    found = asked(engine, '"i hemmet"  -vräkning LSS-HALSA, boende*')

    assert found.query.text == '"i hemmet"  -vräkning LSS-hälsa, boende*'


def test_whoever_wants_it_as_written_is_only_offered_the_proposal(engine: SearchEngine) -> None:
    found = asked(engine, "vräknig", as_written=True)

    assert (found.result.reading, found.query.text, found.query.typed) == (Reading.ALIKE, "vräknig", "")
    assert found.proposal is not None
    assert found.proposal.text == "vräkning"


@pytest.mark.parametrize("reading", [Reading.ALL, Reading.ANY, Reading.EXACT])
def test_a_chosen_reading_is_never_mended_behind_ones_back(engine: SearchEngine, reading: Reading) -> None:
    found = asked(engine, "vräknig barnfamiljer", reading=reading)

    assert found.query.text == "vräknig barnfamiljer"
    assert found.proposal is not None


def test_what_was_mended_already_is_not_mended_again(engine: SearchEngine) -> None:
    found = asked(engine, "vräknig", typed="vrknig")

    assert (found.query.text, found.proposal) == ("vräknig", None)


def test_filters_that_leave_nothing_are_no_reason_to_mend(engine: SearchEngine) -> None:
    found = asked(engine, "vräkning", from_year=1900, to_year=1901)

    assert (found.result.total, found.query.typed, found.proposal) == (0, "", None)


def test_another_form_of_a_known_word_is_no_mistake(engine: SearchEngine) -> None:
    assert asked(engine, "vräkningens").proposal is None


def test_a_word_that_editors_have_explained_is_no_mistake(engine: SearchEngine) -> None:
    use_own_words(OwnWords(synonyms=(Synonym("vräkningg", "avhysning"),)))
    try:
        assert asked(engine, "vräkningg").proposal is None
    finally:
        use_own_words(OwnWords())


def test_a_secret_word_is_neither_known_nor_proposed(engine: SearchEngine) -> None:
    assert asked(engine, "hemlighust").proposal is None
    assert asked(engine, "hemlighust", audience=["editors"]).query.text == "hemlighuset"


@pytest.mark.parametrize("text", ["", "  ", '"', "*", "-vräknig", "och", "x" * 2000, "vräknig " * 250, "\ud800vräknig"])
def test_any_question_is_answered(engine: SearchEngine, text: str) -> None:
    assert asked(engine, text).result is not None
