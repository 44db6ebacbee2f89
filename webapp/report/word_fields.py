"""Parts of a Word document that python-docx has no words for: fields, bookmarks and the table of contents."""

from __future__ import annotations

import re
from collections import Counter
from typing import cast

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

LEVELS = "1-2"
_SEQUENCE = re.compile(r"\s*SEQ\s+(\w+)")


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field that Word works out; `shown` stands there until it has."""
    for one in _field(code, [_run(shown)]):
        paragraph._p.append(one)  # noqa: SLF001 - python-docx has no fields


def number_captions(document: Document) -> None:
    """Writes each caption's number where its field stands: programs that only show a document work out none."""
    counted: Counter[str] = Counter()
    for instruction in document.element.body.iter(qn("w:instrText")):
        if found := _SEQUENCE.match(instruction.text or ""):
            counted[found[1]] += 1
            _show(instruction.getparent(), str(counted[found[1]]))


def _show(run: BaseOxmlElement, result: str) -> None:
    """Writes the result of a field into the first text behind its instruction's run."""
    for sibling in run.itersiblings():
        if (text := sibling.find(qn("w:t"))) is not None:
            text.text = result
            return


def bookmark(paragraph: Paragraph, name: str, number: str, text: str) -> None:
    """Text that a link within the document can lead to. Name and number may be codes of the template."""
    start = _element("w:bookmarkStart", {"w:id": number, "w:name": name})
    paragraph._p.append(start)  # noqa: SLF001
    paragraph.add_run(text)
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": number}))  # noqa: SLF001


def table_of_contents(document: Document) -> None:
    """A line with a link for each of `innehall`, and Word's own field around them, so that it can be made anew."""
    document.add_paragraph("{%p for rad in innehall %}")
    line = document.add_paragraph()._p  # noqa: SLF001
    style = _element("w:pStyle", {"w:val": "TOC{{ rad.niva }}"})
    line.get_or_add_pPr().append(style)
    begin = _field(f'TOC \\o "{LEVELS}" \\h \\z \\u', [])[:-1]
    for one in (_run("{%r if loop.first %}"), *begin, _run("{%r endif %}"), _line()):
        line.append(one)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph()._p.append(_character("end"))  # noqa: SLF001


def _line() -> BaseOxmlElement:
    """A link to the heading. Page numbers come when the field is worked out: only a program that sets pages knows."""
    link = _element("w:hyperlink", {"w:anchor": "{{ rad.ankare }}", "w:history": "1"})
    link.append(_run("{{ rad.rubrik }}"))
    return link


def _field(code: str, shown: list[BaseOxmlElement]) -> list[BaseOxmlElement]:
    """Marked as stale, so that a program which can works it out when it opens the document."""
    instruction = _made("w:r")
    written = _element("w:instrText", {"xml:space": "preserve"})
    written.text = f" {code} "
    instruction.append(written)
    return [_character("begin"), instruction, _character("separate"), *shown, _character("end")]


def _character(kind: str) -> BaseOxmlElement:
    run = _made("w:r")
    run.append(_element("w:fldChar", {"w:fldCharType": kind, **({"w:dirty": "true"} if kind == "begin" else {})}))
    return run


def _run(text: str) -> BaseOxmlElement:
    run = _made("w:r")
    written = _element("w:t", {"xml:space": "preserve"})
    written.text = text
    run.append(written)
    return run


def _made(name: str) -> BaseOxmlElement:
    return cast("BaseOxmlElement", OxmlElement(name))


def _element(name: str, attributes: dict[str, str]) -> BaseOxmlElement:
    element = _made(name)
    for attribute, value in attributes.items():
        element.set(qn(attribute), value)
    return element
