"""Which clauses rank."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from indexer import fields, question
from indexer.conditions import Clause, Holds
from indexer.fields import Mapped
from indexer.ranking import ranking


def _letters(text: str, mapped: Mapped) -> list[Clause]:
    return [clause for clause in ranking(question(text), mapped) if clause.kind == "letters"]


def _tokens(clauses: list[Clause]) -> list[str]:
    return [clause.condition.token for clause in clauses if isinstance(clause.condition, Holds)]


def test_every_second_gram_of_a_word_and_its_last_rank() -> None:
    assert _tokens(_letters("boende", fields.documents())) == ["_boen", "oende", "ende_"]
    assert _tokens(_letters("barnen", fields.documents())) == ["_barn", "arnen", "rnen_"]


def test_a_short_word_ranks_by_its_one_gram() -> None:
    assert _tokens(_letters("lvu", fields.documents())) == ["_lvu_"]


def test_an_index_from_before_is_asked_for_every_gram() -> None:
    today = fields.documents()
    earlier = {name: value for name, value in today.ranking.items() if name != "gram_step"}
    asked = _letters("boende", replace(today, ranking=MappingProxyType(earlier)))
    assert _tokens(asked) == ["_boen", "boend", "oende", "ende_"]
