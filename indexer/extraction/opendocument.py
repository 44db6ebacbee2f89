"""OpenDocument: text by page or section, presentations by slide with notes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from indexer.errors import UnreadableFile
from indexer.extraction import package, sections
from indexer.extraction.drawingml import attribute, local, named
from indexer.extraction.frames import About, Report
from indexer.extraction.package import Package
from indexer.extraction.registry import Task
from indexer.extraction.sections import Block, Section
from indexer.extraction.text import SOFT_HYPHEN, clean

_DATES = (
    "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}creation-date",
    "{http://purl.org/dc/elements/1.1/}date",
)
_LEFT_OUT = {"tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "script"}
# What hangs on a paragraph; the drawings with plain names are those of before custom shapes.
_HANGING = {
    "note", "frame", "text-box", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "caption", "connector",
}  # fmt: skip
_PAGE_BREAK = "\f"
_MOST_BLANKS = 8  # of a counted run of blanks: the count is the file's, the blanks would be ours
_HEADER_PARTS = {"header", "footer", "header-left", "footer-left", "header-first", "footer-first"}


def extract(task: Task, report: Report) -> None:
    with package.opened(task.path, task.limits) as unpacked:
        _refuse_encrypted(unpacked)
        title, dates = package.dates(unpacked, "meta.xml", _DATES)
        root = unpacked.xml("content.xml")
        content = _Content(root)
        is_slides = any(True for _ in named(root, "presentation"))
        parts = content.slides(root) if is_slides else content.text(root)
        kind = "slide" if is_slides else ("page" if content.knows_pages else "section")
        report.about(About(len(parts), title or content.title, dates, kind, _running(unpacked)))
        for number, part in enumerate(parts, 1):
            report.page(part.page(number, "odp" if is_slides else "odt"))


def _refuse_encrypted(unpacked: Package) -> None:
    name = "META-INF/manifest.xml"
    if name in unpacked and any(True for _ in named(unpacked.xml(name), "encryption-data")):
        raise UnreadableFile("encrypted", "the manifest tells of encrypted members")


def _running(unpacked: Package) -> str:
    """Headers and footers of the page styles, each line once."""
    if "styles.xml" not in unpacked:
        return ""
    try:
        root = unpacked.xml("styles.xml")
    except UnreadableFile:  # a broken style sheet is no reason to lose the text
        return ""
    lines: dict[str, None] = {}
    for element in root.iter():
        if local(element) in _HEADER_PARTS:
            for paragraph in named(element, "p"):
                lines.setdefault(clean(_text(paragraph)).replace(_PAGE_BREAK, "").strip())
    return "\n".join(line for line in lines if line)


class _Content:
    def __init__(self, root: etree._Element) -> None:
        self._breaking = _breaking_styles(root)
        self._title_styles = _title_styles(root)
        self.title = ""
        self.knows_pages = False

    def text(self, root: etree._Element) -> list[Section]:
        """By page where the writer left soft page breaks, else by section."""
        self.knows_pages = any(True for _ in named(root, "soft-page-break"))
        blocks = [block for body in named(root, "text") if local(body) == "text" for block in self._blocks(body)]
        return sections.pages(blocks) if self.knows_pages else sections.sections(blocks)

    def slides(self, root: etree._Element) -> list[Section]:
        found = []
        for page in named(root, "page"):
            blocks = [b for b in self._blocks(page) if not b.page_break]
            found.append((sections.pages(blocks) or [Section("", "")])[0])
        return found

    def _blocks(self, element: etree._Element) -> Iterator[Block]:
        for child in element:
            name = local(child)
            if name in _LEFT_OUT:
                continue
            if name in {"p", "h"}:
                yield from self._paragraph(child, name)
            elif name == "table-row":
                yield from self._row(child)
            elif name == "notes":
                yield from (Block(block.text, note=True) for block in self._blocks(child) if not block.page_break)
            elif name == "soft-page-break":
                yield Block(page_break=True)
            elif name in {"title", "desc"}:
                yield Block(_text(child))  # what a picture shows, told for those who cannot see it
            elif name == "frame" and attribute(child, "class") == "title":
                yield Block(" ".join(block.text for block in self._blocks(child)), level=1)
            else:
                yield from self._blocks(child)

    def _row(self, row: etree._Element) -> Iterator[Block]:
        """A row once and a cell once, however often the file says that they are repeated."""
        cells = (cell for cell in row if local(cell) in {"table-cell", "covered-table-cell"})
        return sections.row([list(self._blocks(cell)) for cell in cells])

    def _paragraph(self, paragraph: etree._Element, name: str) -> Iterator[Block]:
        level = int(attribute(paragraph, "outline-level") or 1) if name == "h" else 0
        style = attribute(paragraph, "style-name")
        if style in self._breaking:
            yield Block(page_break=True)
        for index, part in enumerate(_text(paragraph).split(_PAGE_BREAK)):
            if index:
                yield Block(page_break=True)
            if part.strip():
                yield Block(part, level)
        if style in self._title_styles and not self.title:
            self.title = " ".join(_text(paragraph).split())
        for hanging in _hanging(paragraph):
            if local(hanging) == "note":
                body = (p for part in named(hanging, "note-body") for p in named(part, "p"))
                yield Block(" ".join(map(_text, body)), note=True)
            else:
                yield from self._blocks(hanging)


def _text(element: etree._Element) -> str:
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: etree._Element, parts: list[str]) -> None:
    """Text of a paragraph; notes, boxes and comments in it are blocks of their own."""
    parts.append(element.text or "")
    for child in element:
        name = local(child)
        if name == "s":
            parts.append(" " * min(int(attribute(child, "c") or 1), _MOST_BLANKS))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name == "soft-page-break":
            parts.append(_PAGE_BREAK)
        elif name == "soft-hyphen":
            parts.append(SOFT_HYPHEN)
        elif name and name not in _LEFT_OUT and name not in _HANGING:
            _collect(child, parts)
        parts.append(child.tail or "")


def _hanging(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Notes, frames and drawings in a paragraph, the outermost of each."""
    for child in paragraph:
        name = local(child)
        if name in _HANGING:
            yield child
        elif name and name not in _LEFT_OUT:
            yield from _hanging(child)


def _breaking_styles(root: etree._Element) -> set[str]:
    """Names of paragraph styles that start a page."""
    return {
        attribute(style, "name")
        for style in named(root, "style")
        for properties in style
        if local(properties) == "paragraph-properties" and attribute(properties, "break-before") == "page"
    }


def _title_styles(root: etree._Element) -> set[str]:
    children = {attribute(s, "name") for s in named(root, "style") if attribute(s, "parent-style-name") == "Title"}
    return children | {"Title"}
