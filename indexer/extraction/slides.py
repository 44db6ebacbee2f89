"""PowerPoint (OOXML): a page a slide, with its tables, grouped shapes and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from indexer.errors import UnreadableFile
from indexer.extraction import package
from indexer.extraction.drawingml import attribute, drawn_texts, local, main_part, named, relations
from indexer.extraction.frames import About, Report
from indexer.extraction.package import Package
from indexer.extraction.registry import Task
from indexer.extraction.sections import Block, Section, pages

_TERMS = "{http://purl.org/dc/terms/}"
_TITLES = {"title", "ctrTitle"}
_RUNNING = {"ftr", "hdr", "dt", "sldNum"}  # footer, header, date and number of a slide
_LEFT_OUT = {"Fallback", "extLst"}
_DRAWN = {"diagramData", "chart"}


def extract(task: Task, report: Report) -> None:
    with package.opened(task.path, task.limits) as unpacked:
        title, dates = package.dates(unpacked, "docProps/core.xml", (f"{_TERMS}created", f"{_TERMS}modified"))
        parts = _slide_parts(unpacked)
        slides = [_Slide(unpacked, part) for part in parts[: task.limits.all_pages]]
        running = dict.fromkeys(line for slide in slides for line in slide.running)
        report.about(
            About(page_count=len(parts), title=title, dates=dates, page_kind="slide", running="\n".join(running))
        )
        for number, slide in enumerate(slides, 1):
            report.page(slide.section().page(number, "pptx"))


def _slide_parts(unpacked: Package) -> list[str]:
    """Slides in the order in which they are shown; by their file names where the order is lost."""
    main = main_part(unpacked, "ppt/presentation.xml")
    targets = {key: target for kind, key, target in relations(unpacked, main) if kind == "slide"}
    shown = [_relation_id(element) for element in named(unpacked.xml(main), "sldId")]
    parts = [targets[key] for key in shown if key in targets and targets[key] in unpacked]
    if not parts:
        found = [name for name in unpacked.names() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
        parts = sorted(found, key=lambda name: int(re.sub(r"\D", "", name)))
    if not parts:
        raise UnreadableFile("damaged", "no slides")
    return parts


def _relation_id(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


class _Slide:
    def __init__(self, unpacked: Package, part: str) -> None:
        self.running: list[str] = []
        related = relations(unpacked, part)
        self._blocks = [*self._shapes(unpacked.xml(part))]
        for kind, _, target in related:
            if kind in _DRAWN:
                self._blocks += [Block(text) for text in drawn_texts(unpacked, target)]
            if kind == "notesSlide" and target in unpacked:
                self._blocks += [Block(block.text, note=True) for block in self._notes(unpacked.xml(target))]

    def section(self) -> Section:
        return pages(self._blocks)[0]

    def _notes(self, root: etree._Element) -> Iterator[Block]:
        """What the speaker wrote; the notes page repeats headers, footers and numbers."""
        for shape in named(root, "sp"):
            if _placeholder(shape) == "body":
                yield from (Block(text) for text in _paragraphs(shape))

    def _shapes(self, element: etree._Element) -> Iterator[Block]:
        for child in element:
            name = local(child)
            if name in _LEFT_OUT:
                continue
            if name == "sp":
                yield from self._shape(child)
            elif name == "tr":
                cells = [" ".join(_paragraphs(cell)) for cell in child if local(cell) == "tc"]
                yield Block("\t".join(cell for cell in cells if cell.strip()))
            else:
                yield from self._shapes(child)

    def _shape(self, shape: etree._Element) -> Iterator[Block]:
        kind = _placeholder(shape)
        texts = [text for text in _paragraphs(shape) if text.strip()]
        if kind in _RUNNING:
            self.running += [text.strip() for text in texts if not text.strip().isdecimal()]
        elif kind in _TITLES:
            yield Block(" ".join(texts), level=1)
        else:
            yield from (Block(text) for text in texts)


def _placeholder(shape: etree._Element) -> str:
    """What the shape stands for: title, body, ftr, …; "" for a shape of its own."""
    return next((attribute(found, "type") or "body" for found in named(shape, "ph")), "")


def _paragraphs(element: etree._Element) -> Iterator[str]:
    for paragraph in named(element, "p"):
        yield "".join(_runs(paragraph))


def _runs(paragraph: etree._Element) -> Iterator[str]:
    for child in paragraph.iter():
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name == "br":
            yield "\n"
        elif name == "tab":
            yield "\t"
