"""Small random banks and questions: every engine agrees with the plain model, and every count with its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer import Filter, IndexEntry, Reading, SearchEngine, SearchQuery, SearchResult
from tests.contract.bank import document, ids, project, write
from tests.contract.model import Asked, Model

# Few words, so that questions meet documents: forms of the same word, compounds and their parts, a start of others,
# one that is misspelt, none of them stop words.
WORDS = (
    "stöd", "stödet", "vård", "vården", "barn", "barnets", "boende", "boendet", "samtal", "café", "boendestöd",
    "boendestödets", "missbruksvård", "missbruk", "hemtjänstprojekt", "hemtjänst", "hem", "boendestö",
)  # fmt: skip
METHODS, GROUPS = ("mi", "acra", "fft"), ("barn", "unga")
TOKENS = ("public", "staff", "editors")

words = st.sampled_from(WORDS)
text = st.lists(words, max_size=6).map(" ".join)
some_words = st.lists(words, max_size=3, unique=True).map(tuple)
facets = st.fixed_dictionaries(
    {
        "method": st.lists(st.sampled_from(METHODS), max_size=2),
        "target_group": st.lists(st.sampled_from(GROUPS), max_size=2),
    }
)
questions = st.builds(
    Asked,
    words=some_words,
    phrases=st.lists(st.tuples(words, words), max_size=1).map(tuple),
    without=st.lists(words, max_size=1).map(tuple),
    groups=st.lists(st.tuples(words, words), max_size=1).map(tuple),
    starts=st.lists(st.sampled_from(("bo", "vård")), max_size=1).map(tuple),
    in_title=st.lists(words, max_size=1).map(tuple),
)
choices = st.builds(
    lambda name, include, exclude: Filter(name, tuple(include), tuple(v for v in exclude if v not in include)),
    st.just("method"),
    st.lists(st.sampled_from(METHODS), max_size=2, unique=True),
    st.lists(st.sampled_from(METHODS), max_size=2, unique=True),
) | st.builds(Filter, st.just("target_group"), st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2).map(tuple))
queries = st.builds(
    SearchQuery,
    reading=st.sampled_from(Reading),
    filters=st.lists(choices, max_size=2, unique_by=lambda choice: choice.field).map(tuple),
    from_year=st.sampled_from((None, None, 2019)),
    to_year=st.sampled_from((None, None, 2020)),
    audience=st.sets(st.sampled_from(TOKENS), min_size=1).map(frozenset),
    today=st.just(20260101),
    projects_a_page=st.just(100),
)


@st.composite
def banks(draw: st.DrawFn) -> list[IndexEntry]:
    """Up to 16 documents, some of three projects with entries of their own."""
    entries: list[IndexEntry] = []
    for number in range(1, draw(st.integers(1, 16)) + 1):
        described: dict[str, Any] = {
            "title": draw(text),
            "project": draw(st.sampled_from((0, 100, 200, 300))),
            "facets": draw(facets),
            "audience": draw(st.sets(st.sampled_from(TOKENS), min_size=1).map(sorted)),
            "year": draw(st.sampled_from((0, 2018, 2019, 2020, 2021))),
            "visible_from": draw(st.sampled_from((0, 0, 0, 20270101))),
        }
        entries.append(document(number, *draw(st.lists(text, max_size=3)), **described))
    own = [
        project(number, draw(text), facets=draw(facets), audience=["public"], year=2019)
        for number in draw(st.sets(st.sampled_from((100, 200, 300))))
    ]
    return [*entries, *own]


few = settings(
    max_examples=25,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # shrinking writes hundreds of indexes; a seeded failure is small enough
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@few
@given(entries=banks(), asked=st.lists(st.tuples(questions, queries), min_size=8, max_size=8))
def test_engine_agrees_with_the_model(
    new_engine: Callable[[], SearchEngine], entries: list[IndexEntry], asked: list[tuple[Asked, SearchQuery]]
) -> None:
    engine, model = new_engine(), Model(entries)
    write(engine, *entries)
    for question, query in asked:
        typed = replace(query, text=question.typed())
        check_against_model(model, question, typed, engine.search(typed))


def check_against_model(model: Model, asked: Asked, query: SearchQuery, result: SearchResult) -> None:
    reading = model.reading(asked, query)
    documents = model.documents(asked, query, reading)
    projects = {e.project_id for e in model.found(asked, query, reading) if e.project_id}
    assert sorted(ids(result)) == [e.id for e in documents]
    alone = sum(not entry.project_id for entry in documents)
    assert (result.total, result.total_projects) == (len(documents), len(projects))
    assert result.total_groups == len(result.projects) == len(projects) + alone
    assert {p.project_id for p in result.projects} - {0} == projects
    assert result.years == model.years(asked, query, reading)
    for other, count in (
        (Reading.ALL, result.all_words),
        (Reading.ANY, result.any_words),
        (Reading.EXACT, result.exact_words),
    ):
        assert count in {None, len(model.documents(asked, query, other))}
    for field in ("method", "target_group"):
        if not query.filter_of(field).exclude:
            expected = dict.fromkeys(query.filter_of(field).include, 0) | model.counts(asked, query, reading, field)
            assert result.facets[field] == expected


@few
@given(entries=banks(), asked=st.lists(st.tuples(questions, queries), min_size=4, max_size=4))
def test_count_beside_a_value_is_the_length_of_the_list_behind_it(
    new_engine: Callable[[], SearchEngine], entries: list[IndexEntry], asked: list[tuple[Asked, SearchQuery]]
) -> None:
    engine = new_engine()
    write(engine, *entries)
    for question, query in asked:
        first = engine.search(replace(query, text=question.typed()))
        carried = replace(query, text=question.typed(), reading=first.reading)
        for field in ("method", "target_group"):
            check_counts(engine, carried, field, first.facets[field])


def check_counts(engine: SearchEngine, query: SearchQuery, field: str, counts: object) -> None:
    """Where nothing of the facet is chosen a click shows as many as the count; else it adds to what is shown."""
    assert isinstance(counts, dict)
    choice = query.filter_of(field)
    now = engine.search(query).total
    for value, count in counts.items():
        clicked = engine.search(query.toggled(field, value))
        if not choice.include:
            assert clicked.total == count
        elif value in choice.include:
            assert engine.search(query.with_filter(replace(choice, include=(value,)))).total == count
        elif value not in choice.exclude:
            assert max(now, count) <= clicked.total <= now + count
