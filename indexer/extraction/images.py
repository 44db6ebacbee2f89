"""Image files: nothing but pages that await their reading as scans."""

from __future__ import annotations

from indexer.extraction import image_file
from indexer.extraction.frames import About, RawPage, Report
from indexer.extraction.registry import Task

READER = "image"


def warm() -> None:
    image_file.warm()


def extract(task: Task, report: Report) -> None:
    """Tells the pages without decoding them; raises UnreadableFile."""
    with image_file.opened_image(task.path) as image:
        count = image_file.page_count(image)
        report.about(About(page_count=count))
        image.draft("L", (64, 64))  # a JPEG is decoded small: only to see that there is a picture in the file
        image.load()
        for number in range(1, min(count, task.limits.all_pages) + 1):
            report.page(RawPage(number, READER, pictures=True, draws_text=False))
