"""Tables and charts of a view as files: XLSX and CSV with the question, date and definitions, SVG and PNG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import IO

from flask import Response, abort, send_file

from catalog.slugs import slug
from webapp import charts, outside
from webapp.charts import Chart
from webapp.explore.about import About, about
from webapp.explore.comparison import Comparison
from webapp.explore.page import ExplorePage
from webapp.explore.table import Line
from webapp.export.cells import Cell
from webapp.export.sheets import CSV_TYPE, XLSX_TYPE, Table, TooWide, csv_lines, workbook
from webapp.search_url import BadQuery
from webapp.texts import gettext as _

LONGEST_NAME = 80  # of a file
TYPES = {
    "csv": CSV_TYPE,
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": XLSX_TYPE,
}


@dataclass(frozen=True, slots=True)
class File:
    """What a file is made of; chart: None for a table alone."""

    name: str
    about: About
    table: Table
    chart: Chart | None = None


def sent(file: File, kind: str) -> Response:
    """The file as an answer that is saved, not shown. Raises BadQuery for a table that no worksheet holds."""
    name = f"{slug(file.name)[:LONGEST_NAME]}.{kind}"
    if kind == "csv":
        answer = Response("".join(csv_lines(file.table, file.about)), mimetype=TYPES[kind])
        answer.headers.set("Content-Disposition", "attachment", filename=name)
        return answer
    made = _workbook(file) if kind == "xlsx" else BytesIO(_picture(file, kind))
    return send_file(made, TYPES[kind], as_attachment=True, download_name=name)


def _workbook(file: File) -> IO[bytes]:
    try:
        return workbook(file.about, [file.table])
    except TooWide:
        raise BadQuery(
            _("Tabellen har fler kolumner än Excel rymmer. Byt plats på rader och kolumner, eller hämta den som CSV.")
        ) from None


def _picture(file: File, kind: str) -> bytes:
    if file.chart is None:
        abort(HTTPStatus.NOT_FOUND)
    return charts.svg_file(file.chart) if kind == "svg" else charts.png(file.chart)


def table(page: ExplorePage) -> File:
    """Counts, then shares, then the whole row, its projects and its granted SEK, and the address of its hits."""
    unit = _(", kr") if page.view.count == "medel" else ""
    heads = [head.label for head in page.table.heads]
    share = {"rad": _("andel av raden"), "kolumn": _("andel av kolumnen"), "alla": _("andel av alla")}[page.view.share]
    columns = (
        str(page.view.rows.label),
        *(f"{head}{unit}" for head in heads),
        page.table.foot.head.label,
        *(f"{head}, {share}" for head in heads),
        *([share] if not heads else []),
        _("Projekt, antal"),
        _("Beviljade medel, kr"),
        _("Adress"),
    )
    rows = (_row(line, bare=not heads) for line in (*page.table.lines, page.table.foot))
    what = about(page, page.caption, page.over, *page.under)
    return File(page.caption, what, Table(page.title, columns, rows))


def _row(line: Line, *, bare: bool) -> tuple[Cell, ...]:
    """bare: of a table without columns, whose share is that of the row itself."""
    link = outside.root() + line.head.link if line.head.link else None
    parts = [line.total.part] if bare else [cell.part if cell.value else None for cell in line.cells]
    counts = [cell.value for cell in line.cells]
    return (line.head.label, *counts, line.total.value, *parts, line.projects, line.granted, link)


def chart(page: ExplorePage) -> File:
    """The chart that the page shows."""
    drawn = page.drawn
    if drawn is None:
        abort(HTTPStatus.NOT_FOUND)
    columns = (str(page.view.rows.label), *(one.name for one in drawn.chart.series))
    rows = _values(drawn.chart)
    what = about(page, drawn.chart.title, drawn.sentence, drawn.left_out, *page.left_out, page.over, *page.under)
    return File(drawn.chart.title, what, Table(_("Diagram"), columns, rows), drawn.chart)


def _values(chart: Chart) -> Iterator[tuple[Cell, ...]]:
    for place, label in enumerate(chart.labels):
        yield (label, *(one.values[place] for one in chart.series))


def compared(page: ExplorePage) -> File:
    found = page.comparison
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    pairs = ((name, _("%(name)s, andel", name=name)) for name in found.names)
    columns = (_("År"), _("Årets dokument"), *(one for pair in pairs for one in pair))
    said = " ".join(f"{one.name} {one.words}" for one in found.said)
    what = about(page, found.title, found.measured, said, *found.notes)
    return File(found.title, what, Table(_("Jämförelse"), columns, _years(found)), found.chart)


def _years(found: Comparison) -> Iterator[tuple[Cell, ...]]:
    for line in found.lines:
        counts: list[Cell] = []
        for count in line.counts:
            counts += [
                count.documents,
                count.documents / line.documents.documents if line.documents.documents else None,
            ]
        yield (line.year, line.documents.documents, *counts)
