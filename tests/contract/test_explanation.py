"""Why a hit is a hit: what lifted it and nothing else."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from indexer import Explanation, Reading, Reason, SearchEngine
from tests.contract.bank import ask, document, write
from tests.contract.conftest import ENGINES, NewIndexes

TEXTS = ("hemtjänsten för äldre i staden", "en tjänst i hemmet", "annat om äldre")


def reasons(engine: SearchEngine, text: str, number: int, **asked: object) -> dict[tuple[str, str], float]:
    """Shares by field and token."""
    return {(one.field, " ".join(one.tokens)): one.share for one in _told(engine, text, number, **asked).reasons}


def _told(engine: SearchEngine, text: str, number: int, **asked: object) -> Explanation:
    return engine.explain(ask(text, **asked), number)  # type: ignore[arg-type]  # whatever SearchQuery takes


@pytest.fixture(autouse=True)
def bank(engine: SearchEngine) -> None:
    titles = ("", "", "Hemtjänst")
    write(
        engine, *(document(n, text, title=title) for n, (text, title) in enumerate(zip(TEXTS, titles, strict=True), 1))
    )
    write(engine, document(4, "hemtjänst", audience=["editors"]))


def test_everything_that_matched_is_named_and_nothing_that_did_not(engine: SearchEngine) -> None:
    found = reasons(engine, "hemtjänst demens", 1)

    assert {token for field, token in found if field == "base"} == {"hem", "tjänst"}
    assert {field for field, _ in found} == {"base", "gram", "whole"}
    assert not any("demen" in token for _, token in found)


def test_form_as_typed_title_and_neighbours_are_named(engine: SearchEngine) -> None:
    found = reasons(engine, "annat om äldre hemtjänst", 3)

    assert {("exact", "hemtjänst"), ("title_base", "hem"), ("exact", "annat om"), ("exact", "om äldre")} <= set(found)


def test_shares_make_one_whole_the_weightiest_first(engine: SearchEngine) -> None:
    shares = [one.share for one in _told(engine, "hemtjänst äldre", 1).reasons]

    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_parts_are_told_from_forms(engine: SearchEngine) -> None:
    kinds = {one.tokens: one.kind for one in _told(engine, "hemtjänst äldre", 1).reasons if one.field == "base"}

    assert kinds[("hem",)] == kinds[("tjänst",)] == "part"
    assert sorted(kinds.values()) == ["form", "part", "part"]


def test_entry_that_this_person_may_not_see_is_never_explained(engine: SearchEngine) -> None:
    assert _told(engine, "hemtjänst", 4) == Explanation()
    assert _told(engine, "hemtjänst", 4, audience=["editors"]).reasons
    assert _told(engine, "hemtjänst", 4, audience=[]) == Explanation()
    assert _told(engine, "hemtjänst", 99) == Explanation()


def test_question_that_lifted_nothing_gives_no_reason(engine: SearchEngine) -> None:
    assert _told(engine, "vräkning", 1) == _told(engine, "", 1) == _told(engine, "-vräkning", 1) == Explanation()


def test_engines_explain_alike(indexes: NewIndexes) -> None:
    with ExitStack() as stack:
        engines = [stack.enter_context(indexes.opened(name)) for name in ENGINES]
        for engine in engines:
            write(engine, *(document(n, text, title="Äldre i hemtjänst") for n, text in enumerate(TEXTS, 1)))
        for text in ("hemtjänst", '"äldre i"', "hem* staden", "titel:hemtjänst äldre", "tjänst OR staden"):
            for number in (1, 2, 3):
                one, *others = [
                    _by_clause(engine.explain(ask(text, reading=Reading.ANY), number)) for engine in engines
                ]
                for other in others:
                    assert other == pytest.approx(one, rel=1e-3)


def _by_clause(told: Explanation) -> dict[tuple[str, tuple[str, ...]], float]:
    return {_clause(one): one.share for one in told.reasons}


def _clause(reason: Reason) -> tuple[str, tuple[str, ...]]:
    return reason.field, reason.tokens
