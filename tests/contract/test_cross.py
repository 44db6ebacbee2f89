"""Cross tables: every cell, row, column and total is the list of hits that its link opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer import MISSING, Cell, Cross, Filter, IndexEntry, Reading, SearchEngine, SearchQuery, facets
from tests.contract.bank import ask, document, project, write
from tests.contract.model import Asked, Model, keys_of
from tests.contract.test_model import TOKENS, questions, text

METHODS, GROUPS, TYPES, YEARS = (
    ("mi", "acra", "fft"),
    ("barn", "unga"),
    ("slutrapport", "ansokan"),
    (0, 2018, 2019, 2020),
)
AXES = ("method", "target_group", "document_type", "year")
NO_CELL = Cell()


def bank(engine: SearchEngine) -> None:
    """Project 100 has three documents, 200 one, 300 only its own entry; document 5 has no project."""
    write(
        engine,
        document(1, "ord", project=100, year=2019, facets={"method": ["mi", "acra"], "finding": ["stod"]}),
        document(2, "ord", project=100, year=2020, facets={"method": ["mi"], "finding": ["stod"]}),
        document(3, "ord", project=100, year=2020, facets={"method": ["mi"], "finding": ["blandat"]}),
        document(4, "ord", project=200, facets={"method": ["acra"]}),
        document(5, "ord", year=2020, facets={"finding": ["stod"]}),
        project(300, "ord", year=2020, facets={"method": ["mi"]}),
        project(200, "annat", facets={"method": ["acra"]}),
    )


def test_cell_counts_the_documents_and_projects_that_have_both_values(engine: SearchEngine) -> None:
    bank(engine)
    table = engine.cross(ask("ord"), "method", "finding")

    assert table.cells == {
        ("mi", "stod"): Cell(2, frozenset({100})),
        ("mi", "blandat"): Cell(1, frozenset({100})),
        ("mi", MISSING): Cell(0, frozenset({300})),
        ("acra", "stod"): Cell(1, frozenset({100})),
        ("acra", MISSING): Cell(1, frozenset({200})),
        (MISSING, "stod"): Cell(1, frozenset()),
    }


def test_rows_columns_and_total_count_everything_once(engine: SearchEngine) -> None:
    bank(engine)
    table = engine.cross(ask("ord"), "method", "finding")

    assert table.rows == {
        "mi": Cell(3, frozenset({100, 300})),
        "acra": Cell(2, frozenset({100, 200})),
        MISSING: Cell(1, frozenset()),
    }
    assert table.columns == {
        "stod": Cell(3, frozenset({100})),
        "blandat": Cell(1, frozenset({100})),
        MISSING: Cell(1, frozenset({200, 300})),
    }
    assert table.total == Cell(5, frozenset({100, 200, 300}))


def test_table_of_one_dimension_has_one_column(engine: SearchEngine) -> None:
    bank(engine)
    table = engine.cross(ask("ord"), "year")

    assert table.rows == {
        "2019": Cell(1, frozenset({100})),
        "2020": Cell(3, frozenset({100, 300})),
        MISSING: Cell(1, frozenset({200})),
    }
    assert table.cells == {(year, ""): cell for year, cell in table.rows.items()}
    assert table.columns == {"": table.total} == {"": Cell(5, frozenset({100, 200, 300}))}


def test_own_entries_lack_no_document_type_but_count_in_the_other_dimension(engine: SearchEngine) -> None:
    bank(engine)
    table = engine.cross(ask("ord"), "document_type", "method")

    assert table.rows == {MISSING: Cell(5, frozenset({100, 200}))}
    assert table.columns["mi"] == Cell(3, frozenset({100, 300}))
    assert table.total.projects == {100, 200, 300}
    assert engine.cross(ask("ord"), "document_type").columns == {"": table.total}


def test_only_values_that_the_question_asks_for_have_a_row(engine: SearchEngine) -> None:
    bank(engine)
    filters = (Filter("method", include=("acra", "borta")), Filter("finding", exclude=(MISSING,)))
    table = engine.cross(ask("ord", filters=filters), "method", "finding")

    assert table.cells == {("acra", "stod"): Cell(1, frozenset({100}))}
    assert table.rows.keys() == {"acra"}
    assert table.columns.keys() == {"stod"}
    assert table.total == Cell(1, frozenset({100}))


def test_nothing_found_gives_an_empty_table(engine: SearchEngine) -> None:
    bank(engine)
    for query in (ask("borta"), ask("ord", audience=[]), ask("ord", audience=["stranger"])):
        for columns in ("", "method", "document_type"):
            table = engine.cross(query, "finding", columns)
            assert (table.cells, table.rows, table.columns, table.total) == ({}, {}, {}, NO_CELL)


def test_entries_that_a_person_may_not_see_leave_no_trace(engine: SearchEngine) -> None:
    bank(engine)
    before = {columns: engine.cross(ask("ord"), "method", columns) for columns in ("", "finding", "document_type")}
    hidden: dict[str, Any] = {"project": 900, "year": 1999, "facets": {"method": ["hemlig"], "finding": ["hemligt"]}}
    write(
        engine,
        document(90, "ord", audience=["editors"], **hidden),
        document(91, "ord", visible_from=20990101, **hidden),
        project(900, "ord", audience=["editors"], facets={"method": ["hemlig"]}),
    )

    for columns, table in before.items():
        assert engine.cross(ask("ord"), "method", columns) == table
    assert engine.cross(ask("ord", audience=["editors"]), "method").rows["hemlig"] == Cell(1, frozenset({900}))


@pytest.mark.parametrize(
    ("rows", "columns"), [("colour", ""), ("method", "colour"), ("", "method"), ("method", "method"), ("audience", "")]
)
def test_table_of_what_nothing_is_counted_by_is_an_error_of_the_caller(
    engine: SearchEngine, rows: str, columns: str
) -> None:
    with pytest.raises(ValueError, match="no table"):
        engine.cross(ask("ord"), rows, columns)


def test_every_facet_can_be_a_row(engine: SearchEngine) -> None:
    write(engine, document(1, "alla", facets={facet.name: ["x", "y"] for facet in facets()}), document(2, "alla"))
    for facet in facets():
        assert {key: cell.documents for key, cell in engine.cross(ask("alla"), facet.name).rows.items()} == {
            "x": 1,
            "y": 1,
            MISSING: 1,
        }


def test_more_values_than_a_facet_list_shows_are_all_counted(engine: SearchEngine) -> None:
    keywords = [f"ord{number}" for number in range(700)]
    write(engine, document(1, "alla", facets={"keyword": keywords}), document(2, "alla", facets={"keyword": ["ord1"]}))
    table = engine.cross(ask("alla"), "keyword", "method")

    assert table.rows == {key: Cell(1 + (key == "ord1"), frozenset()) for key in keywords}


def many(word: str) -> list[str]:
    return [f"{word}{number}" for number in range(200)]


def test_more_cells_than_an_engine_gives_at_once_are_all_counted(engine: SearchEngine) -> None:
    for number, owner in ((1, 100), (2, 200)):
        shown = {"method": many(f"m{number}-"), "keyword": many(f"k{number}-")}
        write(engine, document(number, "ord", project=owner, facets=shown))
    write(engine, document(3, "ord", facets={"method": ["m1-0"], "keyword": ["k1-0"]}))
    table = engine.cross(ask("ord"), "method", "keyword")

    assert len(table.cells) == 2 * 200 * 200
    assert table.cells["m2-7", "k2-199"] == Cell(1, frozenset({200}))
    assert table.cells["m1-0", "k1-0"] == table.rows["m1-0"] == Cell(2, frozenset({100}))
    assert table.total == Cell(3, frozenset({100, 200}))


def test_commonest_values_alone_are_counted_where_more_are_not_wanted(engine: SearchEngine) -> None:
    bank(engine)
    write(engine, document(6, "ord", project=400, facets={"method": ["fft"], "finding": ["stod"]}))
    table = engine.cross(ask("ord"), "method", "finding", most=1)

    assert table.rows == {"mi": Cell(3, frozenset({100, 300})), MISSING: Cell(1, frozenset())}
    assert (table.rows_left_out, table.columns_left_out) == (2, 1)
    assert table.columns["stod"] == Cell(4, frozenset({100, 400}))
    assert table.total == Cell(6, frozenset({100, 200, 300, 400}))


def limited(table: Cross, axes: tuple[str, str], most: int) -> Cross:
    """What is left of a whole table where only the commonest values are counted."""
    rows, columns = ({key: line.documents for key, line in lines.items()} for lines in (table.rows, table.columns))
    left = [
        keys if name in {"", "year"} else [*[key for key in keys if key != MISSING][:most], MISSING]
        for name, keys in zip(axes, (commonest_first(rows), commonest_first(columns)), strict=True)
    ]
    return Cross(
        table.reading,
        {key: cell for key, cell in table.cells.items() if key[0] in left[0] and key[1] in left[1]},
        {key: cell for key, cell in table.rows.items() if key in left[0]},
        {key: cell for key, cell in table.columns.items() if key in left[1]},
        table.total,
        len(table.rows.keys() - left[0]),
        len(table.columns.keys() - left[1]),
    )


def commonest_first(documents: dict[str, int]) -> list[str]:
    return sorted(documents, key=lambda key: (-documents[key], key))


def test_reading_is_decided_as_by_a_search_and_told(engine: SearchEngine) -> None:
    bank(engine)

    assert engine.cross(ask("ord annat"), "method").reading is Reading.ANY
    assert engine.cross(ask("ord annat"), "method").total == Cell(5, frozenset({100, 200, 300}))
    assert engine.cross(ask("ordet"), "method").reading is engine.search(ask("ordet")).reading
    assert engine.cross(ask("ord annat", reading=Reading.ALL), "method").total == NO_CELL


values = {
    "method": st.lists(st.sampled_from(METHODS), max_size=2, unique=True),
    "target_group": st.lists(st.sampled_from(GROUPS), max_size=2, unique=True),
}
of_documents = st.fixed_dictionaries({**values, "document_type": st.lists(st.sampled_from(TYPES), max_size=1)})


def choices(name: str, keys: tuple[str, ...]) -> st.SearchStrategy[Filter]:
    some = st.lists(st.sampled_from((*keys, MISSING)), max_size=2, unique=True).map(tuple)
    return st.builds(lambda include, exclude: Filter(name, include, tuple(set(exclude) - set(include))), some, some)


filters = st.lists(
    st.one_of(choices("method", METHODS), choices("target_group", GROUPS), choices("document_type", TYPES)),
    max_size=2,
    unique_by=lambda choice: choice.field,
)
queries = st.builds(
    SearchQuery,
    reading=st.sampled_from(Reading),
    filters=filters.map(lambda some: tuple(one for one in some if one.include or one.exclude)),
    from_year=st.sampled_from((None, None, 2019)),
    to_year=st.sampled_from((None, None, 2019)),
    without_year=st.sampled_from((False, False, False, True)),
    audience=st.sets(st.sampled_from(TOKENS), min_size=1).map(frozenset),
    today=st.just(20260101),
)
tables = st.tuples(st.sampled_from(AXES), st.sampled_from(("", *AXES))).filter(lambda axes: axes[0] != axes[1])


@st.composite
def banks(draw: st.DrawFn) -> list[IndexEntry]:
    """Up to 16 documents, some of three projects, of which some have entries of their own."""
    entries = [
        document(
            number,
            draw(text),
            project=draw(st.sampled_from((0, 100, 200, 300))),
            facets=draw(of_documents),
            audience=draw(st.sets(st.sampled_from(TOKENS), min_size=1).map(sorted)),
            year=draw(st.sampled_from(YEARS)),
            visible_from=draw(st.sampled_from((0, 0, 0, 20270101))),
        )
        for number in range(1, draw(st.integers(1, 16)) + 1)
    ]
    own = [
        project(
            number,
            draw(text),
            facets=draw(st.fixed_dictionaries(values)),
            audience=draw(st.sets(st.sampled_from(TOKENS), min_size=1).map(sorted)),
            year=draw(st.sampled_from(YEARS)),
        )
        for number in draw(st.sets(st.sampled_from((100, 200, 300, 400))))
    ]
    return [*entries, *own]


few = settings(
    max_examples=20,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # shrinking writes hundreds of indexes; a seeded failure is small enough
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@few
@given(entries=banks(), asked=st.lists(st.tuples(questions, queries, tables), min_size=4, max_size=4))
def test_every_cell_row_and_column_is_the_list_behind_its_link(
    new_engine: Callable[[], SearchEngine],
    entries: list[IndexEntry],
    asked: list[tuple[Asked, SearchQuery, tuple[str, str]]],
) -> None:
    engine = new_engine()
    write(engine, *entries)
    for question, query, (rows, columns) in asked:
        typed = replace(query, text=question.typed())
        table = engine.cross(typed, rows, columns)
        assert table.reading is engine.search(typed).reading
        check_lists(engine, replace(typed, reading=table.reading), rows, columns, table)


@few
@given(entries=banks(), asked=st.lists(st.tuples(questions, queries, tables), min_size=4, max_size=4))
def test_limited_table_is_a_part_of_the_whole_one(
    new_engine: Callable[[], SearchEngine],
    entries: list[IndexEntry],
    asked: list[tuple[Asked, SearchQuery, tuple[str, str]]],
) -> None:
    engine = new_engine()
    write(engine, *entries)
    for question, query, axes in asked:
        typed = replace(query, text=question.typed())
        whole = engine.cross(typed, *axes)
        for most in (1, 2, 3):
            assert engine.cross(typed, *axes, most=most) == limited(whole, axes, most)


def check_lists(engine: SearchEngine, query: SearchQuery, rows: str, columns: str, table: Cross) -> None:
    check_list(engine, query, table.total)
    for row, cell in table.rows.items():
        check_list(engine, query.narrowed(rows, row), cell)
    for column, cell in table.columns.items() if columns else ():
        check_list(engine, query.narrowed(columns, column), cell)
    for (row, column), cell in table.cells.items():
        here = query.narrowed(rows, row)
        check_list(engine, here.narrowed(columns, column) if columns else here, cell)


def check_list(engine: SearchEngine, query: SearchQuery, cell: Cell) -> None:
    result, walk = engine.search(query), engine.walk(query)
    hits = list(walk.hits)
    assert (result.total, result.total_projects) == (cell.documents, len(cell.projects))
    assert (walk.documents, walk.projects) == (cell.documents, len(cell.projects))
    assert sum(hit.kind == "document" for hit in hits) == cell.documents
    assert {hit.project_id for hit in hits} - {0} == cell.projects


@few
@given(entries=banks(), asked=st.lists(st.tuples(questions, queries, tables), min_size=8, max_size=8))
def test_table_agrees_with_the_plain_model(
    new_engine: Callable[[], SearchEngine],
    entries: list[IndexEntry],
    asked: list[tuple[Asked, SearchQuery, tuple[str, str]]],
) -> None:
    engine, model = new_engine(), Model(entries)
    write(engine, *entries)
    for question, query, (rows, columns) in asked:
        table = engine.cross(replace(query, text=question.typed()), rows, columns)
        found = model.found(question, query, model.reading(question, query))
        assert table.total == counted(found)
        assert table.rows == by_key([(row, e) for e in found for row in asked_keys(e, rows, query)])
        assert table.cells == by_key(
            [
                ((row, column), e)
                for e in found
                for row in asked_keys(e, rows, query)
                for column in (asked_keys(e, columns, query) if columns else {""})
            ]
        )


def asked_keys(entry: IndexEntry, field: str, query: SearchQuery) -> set[str]:
    chosen = set(query.filter_of(field).include)
    return keys_of(entry, field) & chosen if chosen else keys_of(entry, field)


def by_key(placed: list[tuple[Any, IndexEntry]]) -> dict[Any, Cell]:
    return {key: counted([entry for at, entry in placed if at == key]) for key, _ in placed}


def counted(entries: list[IndexEntry]) -> Cell:
    documents = sum(entry.kind == "document" for entry in entries)
    return Cell(documents, frozenset(entry.project_id for entry in entries if entry.project_id))
