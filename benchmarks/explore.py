"""Cross tables of two facets: the engine's part, against one search and against one search a cell, in the same run.

Each question is asked for another pair of facets or years, then every pair of the whole bank. Times are of the
processor, all threads of the process together. With --elasticsearch the same tables are asked of a real node, and
every count is compared.

    python -m benchmarks.explore [--scale 1] [--questions 300] [--folder KEPT] [--elasticsearch]
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import combinations, cycle, islice
from pathlib import Path
from typing import Final

from benchmarks.bench_bank import BenchBank, write
from benchmarks.measure import Series, print_table
from commands.web import YOUNGEST
from indexer import Cross, SearchEngine, SearchQuery, facets, open_engine
from tests.servers.elasticsearch_node import elasticsearch
from tests.servers.indices import own_indices
from webapp.explore.base import MOST_KEYS

QUERY: Final = SearchQuery().visible_to(frozenset({"public", "staff"}), 20261122)
WARM_UP: Final = 20
CELLS_TRIED: Final = 10  # of a table; a search for each of its cells would take minutes
Table = tuple[SearchQuery, str, str]


def pairs() -> list[tuple[str, str]]:
    return list(combinations((*(facet.name for facet in facets()), "year"), 2))


def tables(questions: Sequence[str]) -> list[Table]:
    return [(replace(QUERY, text=text), *pair) for text, pair in zip(questions, cycle(pairs()), strict=False)]


def timed(series: Series, work: Callable[[], object]) -> None:
    start = time.process_time()
    work()
    series.values.append((time.process_time() - start) * 1000)


def cell_by_cell(engine: SearchEngine, table: Table, cross: Cross, series: Series) -> None:
    """What the whole table would take, from some of its cells."""
    query, rows, columns = table
    some = list(islice(cross.cells, CELLS_TRIED))
    if not some:
        return
    start = time.process_time()
    for row, column in some:
        cell = replace(query, reading=cross.reading, projects_a_page=1).narrowed(rows, row).narrowed(columns, column)
        assert engine.search(cell).total == cross.cells[row, column].documents
    series.values.append((time.process_time() - start) * 1000 / len(some) * len(cross.cells))


def measure(engine: SearchEngine, asked: Sequence[Table], title: str) -> None:
    search = Series("one search with its counts")
    page, table = Series(f"a page's table: the {MOST_KEYS} commonest"), Series("the whole table, as a file has it")
    each = Series(f"a search a cell (from {CELLS_TRIED} of them)")
    for query, rows, columns in asked[:WARM_UP]:
        engine.cross(query, rows, columns)
        engine.cross(query, rows, columns, MOST_KEYS)
    for query, rows, columns in asked:
        timed(search, lambda: engine.search(query).total)  # noqa: B023 - called at once
        timed(page, lambda: engine.cross(query, rows, columns, MOST_KEYS))  # noqa: B023 - called at once
        timed(table, lambda: engine.cross(query, rows, columns))  # noqa: B023 - called at once
        cell_by_cell(engine, (query, rows, columns), engine.cross(query, rows, columns), each)
    print_table(title, search, [page, table, each])


def compare(embedded: SearchEngine, served: SearchEngine, asked: Sequence[Table]) -> None:
    waited, cells = Series("Elasticsearch: the whole table, as one waits"), 0
    ours = Series("embedded: the same")
    for query, rows, columns in asked:
        with ours.timing():
            here = embedded.cross(query, rows, columns)
        with waited.timing():
            there = served.cross(query, rows, columns)
        assert here == there, (query.text, rows, columns)
        limited = [engine.cross(query, rows, columns, MOST_KEYS) for engine in (embedded, served)]
        assert limited[0] == limited[1], (query.text, rows, columns)
        cells += len(here.cells)
    print_table(f"{len(asked)} tables of both engines, {cells} cells, all counts the same", ours, [waited])


def elasticsearch_with(bank: BenchBank, stack: ExitStack) -> SearchEngine:
    connection = stack.enter_context(own_indices(stack.enter_context(elasticsearch("1g"))))
    engine = stack.enter_context(closing(open_engine("elasticsearch", connection)))
    write(bank, engine)
    return engine


def built(folder: Path, bank: BenchBank) -> SearchEngine:
    engine = open_engine("tantivy", folder)
    if not any(engine.entries()):
        write(bank, engine)
    return engine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--elasticsearch", action="store_true")
    given = parser.parse_args()
    bank = BenchBank(given.scale)
    questions, whole = tables(bank.questions(given.questions)), tables([""] * len(pairs()))
    with ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        engine = stack.enter_context(closing(built(folder, bank)))
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNGEST)  # as in a web process
        measure(engine, questions, f"{len(questions)} questions at scale {bank.scale}, each with a pair of facets")
        measure(engine, whole, f"the whole bank by each of {len(whole)} pairs, {len(facets())} with 500 keywords")
        if given.elasticsearch:
            compare(engine, elasticsearch_with(bank, stack), [*questions[:100], *whole])


if __name__ == "__main__":
    main()
