"""Plain text by section; form feeds are page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.extraction.charset import decoded
from indexer.extraction.frames import About, Report
from indexer.extraction.registry import Task
from indexer.extraction.sections import Block, pages, sections
from indexer.extraction.text import reflow

LONGEST_TITLE = 120  # characters


def extract(task: Task, report: Report) -> None:
    with task.path.open("rb") as file:
        data = file.read(task.limits.text * 2 + 1)
    if len(data) > task.limits.text * 2:
        report.cut("text")
    text = decoded(data)
    has_pages = "\f" in text
    found = (pages if has_pages else sections)(_blocks(text))
    report.about(About(len(found), _title(text), page_kind="page" if has_pages else "section"))
    for number, section in enumerate(found, 1):
        report.page(section.page(number, "text"))


def _title(text: str) -> str:
    """The first line, where it is short and no sentence."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return first if len(first) <= LONGEST_TITLE and not first.endswith((".", ":", ",")) else ""


def _blocks(text: str) -> Iterator[Block]:
    for index, page in enumerate(text.split("\f")):
        if index:
            yield Block(page_break=True)
        for paragraph in re.split(r"\n\s*\n", reflow(page)):
            yield Block(paragraph)
