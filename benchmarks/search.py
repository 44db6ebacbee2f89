"""The engine's part of a search against the same work done bare on tantivy, in one process, question by question.

Bare: search, total, five facet counts, snippets of 30 pages. Ours: search with all facets, histogram, readings and
audience, page hits of the ten projects, passages with marks for 30 pages. Reading their tokens is the record's part.

    python -m benchmarks.search [--scale 1] [--questions 300] [--updates 1000] [--folder KEPT]
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain, cycle, islice
from pathlib import Path

import tantivy

from benchmarks.bench_bank import BenchBank, Made, write
from benchmarks.measure import Series, print_table
from indexer import Question, SearchEngine, SearchQuery, SearchResult, Tokens, open_engine, passages, question

PAGES_SHOWN, PAGES_OF_A_DOCUMENT = 30, 3
WARM_UP = 20  # questions that are asked before any is timed
FIVE = ("document_type", "subject_area", "organisation", "method", "status")
QUERY = SearchQuery().visible_to(frozenset({"public", "staff"}), 20261122)


class Bare:
    """tantivy as its own documentation would use it: stored page texts, default tokens, no rights."""

    def __init__(self, folder: Path) -> None:
        self.documents = tantivy.Index(self._documents_schema(), path=str(_made(folder / "documents")))
        self.pages = tantivy.Index(self._pages_schema(), path=str(_made(folder / "pages")))

    @staticmethod
    def _documents_schema() -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True, indexed=True, fast=True)
        builder.add_text_field("text")
        for name in FIVE:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        return builder.build()

    @staticmethod
    def _pages_schema() -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("document", stored=True, indexed=True, fast=True)
        builder.add_text_field("text", stored=True)
        return builder.build()

    def write(self, bank: BenchBank) -> None:
        documents, pages = self.documents.writer(48_000_000, 1), self.pages.writer(32_000_000, 1)
        for made in bank.made():
            if made.pages:
                documents.add_document(self._document(made))
                for page in made.pages:
                    pages.add_document(tantivy.Document(document=made.entry.id, text=page))
        for writer in (documents, pages):
            writer.commit()
            writer.wait_merging_threads()

    @staticmethod
    def _document(made: Made) -> tantivy.Document:
        document = tantivy.Document(id=made.entry.id, text=" ".join((made.title, *made.pages)))
        for name in FIVE:
            for key in made.entry.facets.get(name, ()):
                document.add_text(name, key)
        return document

    def ask(self, text: str) -> int:
        """Gives the number of snippets, so that the work cannot be left out."""
        searcher = self.documents.searcher()
        found = self.documents.parse_query(text, ["text"])
        result = searcher.search(found, 10, count=True)
        searcher.aggregate(found, {name: {"terms": {"field": name, "size": 50}} for name in FIVE})
        ids = [searcher.doc(address)["id"][0] for _, address in result.hits]
        return self._snippets(text, ids)

    def _snippets(self, text: str, ids: list[int]) -> int:
        searcher, schema = self.pages.searcher(), self.pages.schema
        words = self.pages.parse_query(text, ["text"])
        inside = tantivy.Query.term_set_query(schema, "document", ids)
        both = tantivy.Query.boolean_query([(tantivy.Occur.Must, inside), (tantivy.Occur.Must, words)])
        generator = tantivy.SnippetGenerator.create(searcher, words, schema, "text")
        hits = searcher.search(both, PAGES_SHOWN, count=False).hits
        return len([generator.snippet_from_doc(searcher.doc(address)).to_html() for _, address in hits])


@dataclass
class Ours:
    engine: SearchEngine
    pages: sqlite3.Connection

    def find(self, text: str) -> tuple[SearchResult, Question, list[tuple[int, int]]]:
        """Search, which goes on counting in threads, and the best pages of the documents shown."""
        result = self.engine.search(replace(QUERY, text=text))
        documents = [document.document_id for group in result.projects for document in group.documents]
        hits = result.page_hits(documents)
        best = [(number, page.number) for number in documents for page in hits.get(number, ())[:PAGES_OF_A_DOCUMENT]]
        return result, question(text, result.reading), best[:PAGES_SHOWN]

    def tokens(self, wanted: list[tuple[int, int]]) -> list[tuple[str, Tokens]]:
        """What the record keeps of the pages shown."""
        sought = "SELECT text, exact, parts, spans FROM page WHERE document = ? AND number = ?"
        rows = [self.pages.execute(sought, pair).fetchone() for pair in wanted]
        return [(text, Tokens(exact, parts, spans)) for text, exact, parts, spans in rows]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _recorder(pages: sqlite3.Connection) -> Callable[[Made], None]:
    pages.execute("CREATE TABLE page (document, number, text, exact, parts, spans, PRIMARY KEY (document, number))")

    def record(made: Made) -> None:
        rows = [
            (made.entry.id, page.number, text, page.tokens.exact, page.tokens.parts, page.tokens.spans)
            for page, text in zip(made.entry.pages, made.pages, strict=True)
        ]
        pages.executemany("INSERT INTO page VALUES (?,?,?,?,?,?)", rows)

    return record


def built(folder: Path, bank: BenchBank) -> tuple[Bare, Ours]:
    """Both indexes, made where they are missing."""
    new = not (folder / "pages.sqlite").exists()
    bare, engine = Bare(_made(folder / "bare")), open_engine("tantivy", folder / "ours")
    pages = sqlite3.connect(folder / "pages.sqlite")
    if new:
        write(bank, engine, _recorder(pages))
        pages.commit()
        bare.write(bank)
    bare.documents.reload()
    bare.pages.reload()
    return bare, Ours(engine, pages)


def update(folder: Path, bank: BenchBank, times: int) -> None:
    """Single updates of an index with a part of the bank, and how many segments they leave."""
    engine = open_engine("tantivy", folder / "updated")
    some = [made.entry for made in islice(bank.made(), 100)]
    for number in range(times):
        with engine.writing() as batch:
            batch.put(replace(some[number % len(some)], version=number + 2))
    lists = [json.loads(file.read_text("utf-8")) for file in (folder / "updated").rglob("meta.json")]
    print(f"{times} single updates leave {sum(len(found['segments']) for found in lists)} segments in two indexes")


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def report(folder: Path, bank: BenchBank, count: int) -> None:
    bare, ours = built(folder, bank)
    questions = bank.questions(count)
    theirs, record = Series("bare tantivy"), Series("tokens read")
    whole = Series("engine: search, counts, pages, passages")
    for text in chain(islice(cycle(questions), WARM_UP), questions):
        theirs.time_each(bare.ask, [text])
        _time(ours, text, whole, record)
    for series in (theirs, whole, record):
        del series.values[:WARM_UP]
    print_table(f"{count} questions at scale {bank.scale}", theirs, [whole, record])
    (plain,) = ours.pages.execute("SELECT SUM(LENGTH(CAST(text AS BLOB))) FROM page").fetchone()
    print(f"index {size(folder / 'ours') / 1e6:.0f} MB, {size(folder / 'ours') / plain:.2f} times the plain text")


def counted(result: SearchResult) -> int:
    """Waits for all counts, as a page does last; else they would go on beside whatever is timed next.

    Gives the number of documents and groups, so that the work cannot be left out.
    """
    return result.total + result.total_groups


def _time(ours: Ours, text: str, whole: Series, record: Series) -> None:
    """The record's part, tokens and texts from SQLite, stands apart from the engine's."""
    result, _, best = ours.find(text)
    counted(result)
    with record.timing():
        kept = ours.tokens(best)
    with whole.timing():
        result, asked, _ = ours.find(text)
        for page, tokens in kept:
            passages(asked, page, tokens)
        counted(result)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--updates", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    if given.questions < 1:
        parser.error("--questions must be 1 or more: of none there is no median.")
    bank = BenchBank(given.scale, given.corpus)
    with tempfile.TemporaryDirectory() as temporary:
        report(_made(given.folder or Path(temporary)), bank, given.questions)
        update(Path(temporary), bank, given.updates)


if __name__ == "__main__":
    main()
