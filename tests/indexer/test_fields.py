"""The mapping files are the one list of fields."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import mappings
from indexer import facets, forms
from indexer.entry_values import NO_WORDS, words_of_field
from indexer.fields import Field, documents, mapping_text, pages, read
from tests.contract.bank import document

PARTS = ("documents", "pages")
README = Path(mappings.__file__).with_name("README.md")


@pytest.mark.parametrize("part", PARTS)
def test_every_property_is_described_and_every_description_has_its_property(part: str) -> None:
    mapping = json.loads(mapping_text(part))

    assert list(mapping["_meta"]["fields"]) == list(mapping["properties"])
    assert mapping["dynamic"] == "strict"


@pytest.mark.parametrize("part", PARTS)
def test_texts_are_only_split_at_blanks_and_never_stored(part: str) -> None:
    mapping = json.loads(mapping_text(part))
    texts = [name for name, declared in mapping["properties"].items() if declared["type"] == "text"]

    assert {mapping["properties"][name]["analyzer"] for name in texts} == {"whitespace"}
    assert mapping["_source"]["excludes"] == texts


def test_facets_have_order_labels_parameters_and_names() -> None:
    assert [facet.order for facet in facets()] == list(range(1, len(facets()) + 1))
    assert [facet.parameter for facet in facets()] == [
        "typ", "sak", "forvaltning", "utfall", "metod", "malgrupp", "status", "projekttyp", "nyckelord",
        "medel", "jamstalldhet",
    ]  # fmt: skip
    assert all(facet.label != facet.name != facet.label_en and facet.names for facet in facets())


def test_no_two_fields_share_a_parameter_or_a_name() -> None:
    parameters = [facet.parameter for facet in facets()]
    names = [
        (name, field.sources or field.name, field.analysis) for field in documents().fields for name in field.names
    ]

    assert len(set(parameters)) == len(parameters)
    assert {len({source for n, source, _ in names if n == name}) for name, _, _ in names} == {1}


def test_texts_that_are_asked_by_name_can_be_found_ranked_and_searched_for_phrases() -> None:
    for found in documents().named.values():
        if found[0].role == "text":
            kept = {field.analysis: field.kept for field in found}
            assert kept == {"exact": "positions", "leaves": "freqs", "parts": "positions"}


@pytest.mark.parametrize("part", PARTS)
def test_fields_that_only_find_are_never_scored_and_keep_no_lengths(part: str) -> None:
    for field in read(mapping_text(part)).texts:
        if field.analysis in {"parts", "wholes"}:
            assert field.boost == 0
            assert json.loads(mapping_text(part))["properties"][field.name]["norms"] is False


def test_pages_ask_for_parts_as_near_as_documents_do() -> None:
    assert pages().near == documents().near > 0


def test_every_field_has_a_role_that_the_writer_fills() -> None:
    from indexer.tantivy_engine.made import entry_document

    entry = document(
        1, "sida", title="titel " * 9,
        summary="sammanfattning", labels="etikett", running="sidhuvud", project=2, year=2020,
        date=20200101, visible_from=20200101, facets={facet.name: ["x"] for facet in facets()},
    )  # fmt: skip
    filled = entry_document(documents(), entry).to_dict()

    assert {re.sub(r"_\d$", "", name) for name in filled} == {field.name for field in documents().fields}
    assert all(all(value not in {"", 0} for value in values) for values in filled.values())


def test_every_field_of_pages_is_filled() -> None:
    from indexer.tantivy_engine.made import page_document

    filled = page_document(pages(), 7, document(7, "sida").pages[0], mark=5).to_dict()

    assert set(filled) == {field.name for field in pages().fields}
    assert all(all(value not in {"", 0} for value in values) for values in filled.values())


def test_every_number_of_the_ranking_has_its_reason() -> None:
    for part in PARTS:
        for number in json.loads(mapping_text(part))["_meta"]["ranking"].values():
            assert number["value"] > 0
            assert number["reason"].endswith(".")


@pytest.mark.parametrize("field", [*documents().fields, *pages().fields], ids=lambda field: field.name)
def test_readme_names_every_field(field: Field) -> None:
    assert f"| `{field.name}` |" in README.read_text("utf-8")


def test_readme_names_no_field_that_is_not_there() -> None:
    lines = README.read_text("utf-8").splitlines()
    named = {line.split("`")[1] for line in lines if line.startswith("| `")}

    assert named == {field.name for field in (*documents().fields, *pages().fields)}


def test_a_field_that_keeps_only_which_entries_hold_a_word_names_each_once() -> None:
    entry = document(1, "boendestöd och boendestödet", "boendestöd", title="Boendestöd", summary="och")
    (named,) = words_of_field(documents().by_name["whole"], entry, documents())
    assert entry.words == {"boendestöd", "boendestödet", "och"}
    assert sorted(named.split()) == sorted(forms(word).keys[0] for word in entry.words)
    assert words_of_field(documents().by_name["whole"], document(1), documents()) == [NO_WORDS]
