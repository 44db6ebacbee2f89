"""Any question gets an answer in bounded time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer import Reading, SearchEngine, question
from indexer.conditions import AllOf, AnyOf, Holds, Near, SideBySide
from indexer.fields import documents
from indexer.finding import demanded
from indexer.ranking import MOST_CLAUSES, ranking
from tests.contract.bank import ask, document, write

LONGEST = 10_000
FEWEST_CLAUSES_OF_A_SERVER = 1_024
pieces = st.sampled_from(
    ["hemtjänst", "familjehemsplacering", "missbruksvård", "stöd", "OR", "ELLER", '"', "”", "-", "*", "(", ")", ":",
     "titel:", "typ:", "år:", "2020", "och", "a*", "\u00ad", "\ud800", "🦊", " ", "  ", "å", "x" * 300, "\x00", "åter*",
     "\\", "/.*/"]
)  # fmt: skip
FIRST, MIDDLE = ("hem", "barn", "skol", "äldre", "vård"), ("tjänst", "omsorgs", "familje", "missbruks", "stöd")
long_words = [a + b + c for a in FIRST for b in MIDDLE for c in ("projekt", "plan", "enhet", "grupp")]
HOSTILE = [
    " ".join(long_words),
    " OR ".join(long_words * 3),
    " ".join(f"ord{n:x}" for n in range(2_000)),
    " ".join(f'"{one} {two}"' for one, two in pairwise(long_words)),
    " ".join(f"-{one}" for one in long_words),
    " ".join(f"titel:{one}" for one in long_words),
    '"' * LONGEST,
    '"a "b "c ' * 1_000,
    "OR " * 3_000,
    "- " * 5_000,
    "a" * LONGEST,
    "hemtjänst" * 1_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("reading", [Reading.AUTO, Reading.ALL, Reading.ALIKE])
def test_long_questions_are_answered(engine: SearchEngine, text: str, reading: Reading) -> None:
    write(engine, document(1, "hemtjänst", "missbruksvård i familjehem", title="Stöd"))
    asked = ask(text, reading=reading)

    assert engine.search(asked).total in {0, 1}
    assert engine.page_hits(asked, [1]) is not None
    assert engine.explain(asked, 1) is not None


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("reading", Reading)
def test_no_question_asks_for_more_clauses_than_any_server_takes(text: str, reading: Reading) -> None:
    asked = question(text, reading)

    ranks = ranking(asked, documents())
    assert len(ranks) <= MOST_CLAUSES
    assert sum(map(_weight, demanded(asked, documents()))) + len(ranks) <= FEWEST_CLAUSES_OF_A_SERVER


def _weight(condition: object) -> int:
    """Clauses as Elasticsearch counts them: tokens of one field that any suffices of are one."""
    match condition:
        case AllOf(conditions):
            return sum(map(_weight, conditions))
        case AnyOf(conditions, 1):
            fields = {one.field for one in conditions if isinstance(one, Holds)}
            return len(fields) + sum(_weight(one) for one in conditions if not isinstance(one, Holds))
        case AnyOf(conditions, _):
            return sum(map(_weight, conditions))
        case Near():
            return 2
        case SideBySide(_, tokens):
            return len(tokens)
    return 1


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(pieces, max_size=500).map("".join), st.sampled_from(Reading))
def test_any_text_is_answered(engine: SearchEngine, text: str, reading: Reading) -> None:
    result = engine.search(ask(text[:LONGEST], reading=reading))

    assert result.total == 0
