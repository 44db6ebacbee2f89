"""Word (OOXML) by page where the file knows its pages, else by section."""

from __future__ import annotations

from indexer.extraction import package
from indexer.extraction.frames import About, Report
from indexer.extraction.registry import Task
from indexer.extraction.wordprocessing import Body

_TERMS = "{http://purl.org/dc/terms/}"


def extract(task: Task, report: Report) -> None:
    with package.opened(task.path, task.limits) as unpacked:
        title, dates = package.dates(unpacked, "docProps/core.xml", (f"{_TERMS}created", f"{_TERMS}modified"))
        body = Body(unpacked)
        pages = body.pages()
        report.about(
            About(
                page_count=len(pages),
                title=title or body.title,
                dates=dates,
                page_kind="page" if body.knows_pages else "section",
                running=body.running(),
            )
        )
        for number, page in enumerate(pages, 1):
            report.page(page.page(number, "docx"))
