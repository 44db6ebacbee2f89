"""Compounds, their parts, synonyms and words alike: what finds, what ranks first, what stands on pages."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from indexer import FEWEST_FOR_ALL_WORDS, Filter, Reading, SearchEngine, fields, marks, question
from indexer.analysis.own_words import OwnWords, Synonym, own_words, use_own_words
from tests.contract.bank import ask, document, found, ids, project, write
from tests.contract.conftest import Index

FILLING = "och vi såg att insatsen gav mycket"
FAR = "och " * (fields.documents().near + 1)


@pytest.fixture
def synonyms() -> Iterator[None]:
    before = own_words()
    known = (
        Synonym("försörjningsstöd", "ekonomiskt bistånd", 0.5),
        Synonym("försörjningsstöd", "socialbidrag", 0.5),
        Synonym("ekonomiskt bistånd", "socialbidrag", 0.3),
    )
    use_own_words(OwnWords(synonyms=known))
    yield
    use_own_words(before)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("hemtjänst", [1, 2, 3, 4]),
        ("hemtjänsten", [1, 2, 3, 4]),
        ("tjänst", [1, 2, 3, 4, 5]),
        ("hemtjänstprojekt", [3]),
        ('"hemtjänst"', [1]),
        ("hemtjänst -projekt", [1, 2, 4]),
    ],
)
def test_word_is_found_in_compounds_and_by_its_parts_near_each_other(
    engine: SearchEngine, asked: str, expected: list[int]
) -> None:
    write(
        engine,
        document(1, f"hemtjänst {FILLING}"),
        document(2, f"hemtjänsten {FILLING}"),
        document(3, f"hemtjänstprojekt {FILLING}"),
        document(4, f"en tjänst i hemmet {FILLING}"),
        document(5, f"tjänst {FAR} hem"),
        document(6, f"hem {FILLING}"),
    )

    assert found(engine, asked) == expected


@pytest.mark.parametrize("between", ["", "i ett ", "och " * fields.documents().near])
def test_parts_may_stand_so_far_apart_and_no_farther(engine: SearchEngine, between: str) -> None:
    write(engine, document(1, f"missbruk {between}vård"), document(2, f"missbruk {FAR}vård"))

    assert found(engine, "missbruksvård") == [1]
    assert list(engine.page_hits(ask("missbruksvård"), [1, 2])) == [1]


def test_parts_are_never_near_across_pages_or_texts(engine: SearchEngine) -> None:
    write(engine, document(1, "missbruk", "vård", title="missbruk", summary="vård"), document(2, "missbruksvård"))

    assert found(engine, "missbruksvård") == [2]


def test_word_itself_comes_before_its_forms_and_those_before_longer_compounds(engine: SearchEngine) -> None:
    """All documents are of the same length, long and short ones."""
    for number, length in enumerate((3, 400)):
        words = ("hemtjänstprojekt", "hemtjänsten", "hemtjänst")
        write(engine, *(document(10 * number + n, f"{word} {'annat ' * length}") for n, word in enumerate(words, 1)))
        shown = [n % 10 for n in ids(engine.search(ask("hemtjänst"))) if n // 10 == number]
        assert shown == [3, 2, 1]


def test_all_words_of_a_question_may_be_parts_of_one_compound(engine: SearchEngine) -> None:
    write(engine, document(1, "familjehemsplacering"), document(2, "placering"))

    assert found(engine, "placering familjehem") == [1]
    assert found(engine, "familj hem placering") == [1]


def test_leaves_that_several_words_share_count_once(engine: SearchEngine) -> None:
    write(engine, document(1, "annat"), document(2, f"hemmet tjänst {FILLING}"))

    def score(text: str) -> float:
        return engine.search(ask(text, reading=Reading.ANY)).projects[0].score

    assert score("hemtjänst hemtjänsten") < 2 * score("hemtjänst")


def test_pages_that_hold_parts_are_told(engine: SearchEngine) -> None:
    write(engine, document(1, "hemtjänstprojekt", "tjänst i hemmet", f"tjänst {FAR} hem", "annat"))

    assert sorted(page.number for page in engine.page_hits(ask("hemtjänst"), [1])[1]) == [1, 2]


def test_every_page_that_is_told_has_a_mark_and_no_other(engine: SearchEngine) -> None:
    pages = ["hemtjänstprojekt", "tjänst i hemmet", f"tjänst {FAR} hem", "hemtjänsten", "stöd i boendet", "Boendestöd."]
    made = document(1, *pages)
    write(engine, made)
    for text in ("hemtjänst", "projekt", "boendestöd", "stödet", '"tjänst i"', "hem*", "boende OR projekt"):
        told = {page.number for page in engine.page_hits(ask(text), [1]).get(1, [])}
        marked = {at for at, page in enumerate(made.pages, 1) if marks(question(text), pages[at - 1], page.tokens)}
        assert told == marked, text


@pytest.mark.usefixtures("synonyms")
def test_synonym_finds_below_the_word_itself(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, f"socialbidrag {FILLING}"),
        document(2, f"försörjningsstöd {FILLING}"),
        document(3, f"ekonomiskt bistånd {FILLING}"),
        document(4, f"ekonomiskt {FAR} bistånd {FILLING}"),
    )

    assert found(engine, "försörjningsstöd") == [1, 2, 3]
    assert ids(engine.search(ask("försörjningsstöd")))[0] == 2
    assert found(engine, "försörjningsstöd", reading=Reading.EXACT) == [2]
    assert found(engine, "socialbidrag") == [1]


@pytest.mark.usefixtures("synonyms")
def test_term_of_several_words_has_synonyms_where_they_stand_together(engine: SearchEngine) -> None:
    write(engine, document(1, "socialbidrag"), document(2, "bistånd som är ekonomiskt"), document(3, "bistånd"))

    assert found(engine, "ekonomiskt bistånd") == [1, 2]
    assert found(engine, "bistånd ekonomiskt") == [2]


def test_synonyms_act_at_once(engine: SearchEngine) -> None:
    before = own_words()
    write(engine, document(1, "socialbidrag"))
    assert found(engine, "försörjningsstöd") == []
    use_own_words(OwnWords(synonyms=(Synonym("försörjningsstöd", "socialbidrag", 0.5),)))
    assert found(engine, "försörjningsstöd") == [1]
    use_own_words(before)


def test_words_alike_are_asked_for_where_nothing_holds_any_word(engine: SearchEngine) -> None:
    write(engine, document(1, "handläggningstid"), document(2, "stöd"), document(3, "handlägga"))
    result = engine.search(ask("handläggnigstid kvurk"))

    assert (result.reading, ids(result), result.total) == (Reading.ALIKE, [1], 1)
    assert (result.all_words, result.any_words) == (0, 0)
    assert engine.page_hits(ask("handläggnigstid kvurk", reading=Reading.ALIKE), [1]) == {}


def test_words_alike_are_never_asked_for_where_a_word_is_found_or_another_reading_is_chosen(
    engine: SearchEngine,
) -> None:
    write(engine, document(1, "handläggningstid"), document(2, "stöd"))

    assert engine.search(ask("handläggnigstid stöd")).reading is Reading.ANY
    assert engine.search(ask("handläggnigstid", reading=Reading.ALL)).total == 0
    assert engine.search(ask("stöd")).reading is Reading.ALL
    assert engine.search(ask("kvurk")).reading is Reading.ALL
    assert engine.search(ask("handläggnigstid", reading=Reading.ALIKE)).total == 1


def test_filters_and_rights_do_not_change_whether_words_alike_are_asked_for(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "handläggningstid", facets={"method": ["a"]}),
        document(2, "avgiftsbefriad", audience=["editors"]),
        document(3, "avgiftsbefriade"),
    )
    a, b = Filter("method", ("a",)), Filter("method", ("b",))

    assert engine.search(ask("handläggningstid", filters=(b,))).reading is Reading.ALL
    assert engine.search(ask("handläggnigstid", filters=(b,))).reading is Reading.ALIKE
    assert engine.search(ask("handläggnigstid", filters=(a,))).total == 1
    assert engine.search(ask("avgiftsbefrid")).total == 1
    assert engine.search(ask("avgiftsbefrid", audience=["editors", "public"])).total == 2


def test_own_entry_of_a_project_is_something_found(engine: SearchEngine) -> None:
    write(engine, project(100, "vräkning"), document(1, "vräkningar i tiden"))

    assert engine.search(ask("vräkning")).reading is Reading.ALL


def test_phrase_that_stands_nowhere_and_compound_without_its_other_part_find_words_alike(engine: SearchEngine) -> None:
    write(engine, document(1, "vård i hemmet"), document(2, "sekretess"), document(3, "annat"))

    assert ids(engine.search(ask('"hemmet vård"'))) == [1]
    assert ids(engine.search(ask("vårdsekretess"))) == [2, 1]
    assert engine.search(ask('"hemmet vård"', reading=Reading.ALL)).total == 0


def test_what_binds_binds_words_alike_too(engine: SearchEngine) -> None:
    write(engine, document(1, "handläggningstid stöd"), document(2, "handläggningstider"))

    assert ids(engine.search(ask("handläggnigstid -stöd"))) == [2]


def test_rule_of_ten_counts_parts(engine: SearchEngine) -> None:
    write(engine, *(document(n, "hemtjänstprojekt demens") for n in range(1, FEWEST_FOR_ALL_WORDS + 1)))
    write(engine, document(90, "hemtjänst"))
    result = engine.search(ask("hemtjänst demens"))

    assert (result.reading, result.total) == (Reading.ALL, FEWEST_FOR_ALL_WORDS)


def test_index_from_before_parts_is_still_searched_and_written(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has one base form for each word, Snowball's, and neither parts nor grams."""
    older = {part: _before_parts(fields.mapping_text(part)) for part in ("documents", "pages")}
    with monkeypatch.context() as patched:
        patched.setattr(fields, "mapping_text", older.__getitem__)
        write(index.opened(), document(1, "utredningarna", title="hemtjänst"))
    live = index.opened()
    write(live, document(2, "utredning om hemtjänstprojekt"))

    assert found(live, "utredningen") == [1, 2]
    assert found(live, "hemtjänsten") == [1]
    assert found(live, "titel:hemtjänst") == [1]
    assert found(live, "hemtjänstprojekt utredning") == [2]
    assert list(live.page_hits(ask("utredningar"), [1, 2])) == [1, 2]
    assert found(live, "utredning", reading=Reading.EXACT) == [2]
    assert found(live, '"om hemtjänstprojekt"') == [2]
    assert live.search(ask("hemtjänstt")).reading is Reading.ALL
    new = index.generations.make()
    write(index.opened(new), document(2, "utredning om hemtjänstprojekt"))
    index.generations.switch(new)
    assert found(live, "hemtjänsten") == [2]


def _before_parts(text: str) -> str:
    mapping = json.loads(text)
    described, properties = mapping["_meta"]["fields"], mapping["properties"]
    for name, field in list(described.items()):
        if field.get("analysis") in {"parts", "grams", "wholes"}:
            del described[name], properties[name]
        elif field.get("analysis") == "leaves":
            field["analysis"] = "base"
    for number in ("near", "alike", "whole_form", "most_gram_words"):
        mapping["_meta"]["ranking"].pop(number, None)
    mapping["_source"]["excludes"] = [name for name, one in properties.items() if one["type"] == "text"]
    return json.dumps(mapping)
