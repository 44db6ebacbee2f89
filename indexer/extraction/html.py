"""HTML as text by section, without scripts, styles and what a page repeats around its content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree
from lxml import html as lxml_html

from indexer.errors import UnreadableFile
from indexer.extraction.charset import decoded
from indexer.extraction.frames import About, Report
from indexer.extraction.registry import Task
from indexer.extraction.sections import Block, sections

_LEFT_OUT = {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "select", "nav"}
_BLOCKS = {
    "p", "div", "li", "dt", "dd", "blockquote", "pre", "tr", "table", "ul", "ol", "dl", "section", "article", "main",
    "header", "footer", "aside", "figure", "figcaption", "address", "form", "fieldset", "body", "hr", "caption",
    "center", "details", "summary", "legend", "button", "textarea", "hgroup", "menu", "dir", "dialog", "search",
}  # fmt: skip
_DEEPEST = 200  # elements inside each other; what lies deeper is read as running text
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{1,5000}>")
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)


def extract(task: Task, report: Report) -> None:
    data = task.path.read_bytes()
    if len(data) > task.limits.text * 4:
        raise UnreadableFile("too_large", f"{len(data)} bytes of HTML")
    text = _decoded(data)
    root = _parsed(text)
    title = " ".join(next((_all_text(e) for e in root.iter("title")), "").split())
    found = sections(list(_blocks(root)) or [Block(_without_tags(text))])
    report.about(About(len(found), title, _dates(root), "section"))
    for number, section in enumerate(found, 1):
        report.page(section.page(number, "html"))


def blocks_of(data: bytes | str) -> list[Block]:
    """The blocks of a page that stands in something else: a mail, a book; raises UnreadableFile."""
    text = data if isinstance(data, str) else _decoded(data)
    return list(_blocks(_parsed(text))) or [Block(_without_tags(text))] if text.strip() else []


def _decoded(data: bytes) -> str:
    declared = _XML_DECLARED.search(data[:200]) or _DECLARED.search(data[:4096])
    return decoded(data, declared[1].decode("ascii") if declared else "")


def _parsed(text: str) -> etree._Element:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root: etree._Element = lxml_html.document_fromstring(text.replace("\0", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("damaged", f"HTML: {error}") from error
    return root


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _without_tags(text: str) -> str:
    """What is left of a page that is nested too deep for the parser, which then gives nothing."""
    bare = _TAG.sub(" ", _SCRIPT.sub(" ", text))
    return "\n".join(" ".join(unescape(line).split()) for line in bare.split("\n"))


def _dates(root: etree._Element) -> list[str]:
    """Dates from the usual meta elements, in the order in which they stand."""
    names = {"dcterms.issued", "dc.date", "date", "article:published_time", "dcterms.modified", "last-modified"}
    found = []
    for meta in root.iter("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        content = str(meta.get("content") or "")[:10]
        if name in names and re.fullmatch(r"\d{4}(-\d\d){0,2}", content):
            found.append(content)
    return found


def _blocks(root: etree._Element) -> Iterator[Block]:
    gathered = _Gathered()
    body = root.find("body")
    _walk(root if body is None else body, gathered, 0)
    gathered.end()
    yield from gathered.blocks


class _Gathered:
    """Text gathers until a block element ends it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)

    def end(self, level: int = 0) -> None:
        text = "\n".join(" ".join(line.split()) for line in "".join(self._parts).split("\v"))
        if text.strip():
            self.blocks.append(Block(text.strip(), level))
        self._parts = []


def _walk(element: etree._Element, gathered: _Gathered, depth: int) -> None:
    gathered.add(element.text)
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name and name not in _LEFT_OUT:
            _child(child, name, gathered, depth)
        gathered.add(child.tail)


def _child(child: etree._Element, name: str, gathered: _Gathered, depth: int) -> None:
    heading = len(name) == 2 and name[0] == "h" and name[1].isdecimal()  # noqa: PLR2004  h1 to h6
    if depth >= _DEEPEST:
        gathered.add(_all_text(child))
    elif name == "br":
        gathered.add("\v")
    elif name in {"td", "th"}:
        gathered.add("\t")
        _walk(child, gathered, depth + 1)
        gathered.add(" ")
    elif name == "pre":
        gathered.end()
        gathered.add(_all_text(child).replace("\n", "\v"))
        gathered.end()
    elif heading or name in _BLOCKS:
        gathered.end()
        _walk(child, gathered, depth + 1)
        gathered.end(int(name[1]) if heading else 0)
    else:
        _walk(child, gathered, depth + 1)
