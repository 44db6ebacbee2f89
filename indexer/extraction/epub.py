"""EPUB by section, in the order of its spine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from indexer.errors import UnreadableFile
from indexer.extraction import package
from indexer.extraction.drawingml import attribute, named
from indexer.extraction.frames import About, Report
from indexer.extraction.html import blocks_of
from indexer.extraction.package import Package
from indexer.extraction.registry import Task
from indexer.extraction.sections import Block, sections

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_READ = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}


def extract(task: Task, report: Report) -> None:
    """Raises UnreadableFile where its parts are missing or locked."""
    with package.opened(task.path, task.limits) as unpacked:
        main = next((attribute(e, "full-path") for e in named(unpacked.xml(_CONTAINER), "rootfile")), "")
        root = unpacked.xml(main)
        title = next((e.text or "" for e in named(root, "title")), "")
        dates = [(e.text or "").strip()[:10] for e in named(root, "date")]
        parts = _parts(root, posixpath.dirname(main))
        _refuse_locked(unpacked, parts)
        found = sections(_blocks(unpacked, parts, report))
        report.about(About(len(found), " ".join(title.split()), dates, "section"))
        for number, section in enumerate(found, 1):
            report.page(section.page(number, "epub"))


def _parts(root: etree._Element, folder: str) -> list[str]:
    """Names of the texts in the order in which they are read."""
    items = {
        attribute(item, "id"): posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))
        for item in named(root, "item")
        if attribute(item, "media-type") in _READ
    }
    found = (items.get(attribute(reference, "idref")) for reference in named(root, "itemref"))
    parts = list(dict.fromkeys(part for part in found if part))
    if not parts:
        raise UnreadableFile("damaged", "the spine names no text")
    return parts


def _refuse_locked(unpacked: Package, parts: list[str]) -> None:
    """Fonts may be scrambled, which harms nobody; texts that are encrypted cannot be read."""
    if _ENCRYPTION in unpacked:
        locked = {unquote(attribute(e, "URI")) for e in named(unpacked.xml(_ENCRYPTION), "CipherReference")}
        if locked.intersection(parts):
            raise UnreadableFile("encrypted", "the texts are encrypted")


def _blocks(unpacked: Package, parts: list[str], report: Report) -> Iterator[Block]:
    """A part that is missing or broken is told; the others are read."""
    for number, part in enumerate(parts):
        if number:
            yield Block(page_break=True)
        try:
            yield from blocks_of(unpacked.read(part))
        except UnreadableFile as error:
            if error.reason == "too_large":
                report.cut("members")
                return
            report.cut("damaged")
