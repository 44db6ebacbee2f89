"""PDF by page: PDFium first, the careful reader where a page needs it."""

from __future__ import annotations

import ctypes
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexer.extraction import pdf_careful, pdf_choice, pdf_order
from indexer.extraction.frames import About, Line, RawPage, Report, write_frame
from indexer.extraction.pdf_document import opened
from indexer.extraction.pdf_lines import Frame, TextPage
from indexer.extraction.pdf_specimen import SPECIMEN
from indexer.extraction.registry import Task
from indexer.extraction.spent import Spent

READER = "pdfium"
WARMING = 12  # readings of the specimen
FEW_CHARACTERS = 100  # a page with fewer is looked at for pictures
MOST_OBJECTS = 500
DEEPEST_FORM = 3  # forms inside each other
PICTURE_SHARE = 0.4  # of the page, that a picture covers on a scan
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


def warm() -> None:
    """Reads the specimen until the interpreter has specialised the code, so that every child finds it ready."""
    pdf_careful.warm()
    with Path(os.devnull).open("wb") as nowhere:
        for _ in range(WARMING):
            document = pdfium.PdfDocument(SPECIMEN)
            _about(document, len(document))
            page = read_page(document, 1)
            write_frame(nowhere.fileno(), "page", page.to_json())
            pdf_choice.needs_second_reading(page)
            document.close()


def extract(task: Task, report: Report) -> None:
    """Tells every page from task.first; a page may be told twice, the second time read better."""
    if not task.fast:
        pdf_careful.extract(task, report)
        return
    with opened(task.path) as document, pdf_careful.Careful(task.path) as careful:
        count = len(document)
        report.about(_about(document, count))
        last = min(count, task.first + task.limits.pages - 1, task.limits.all_pages)
        spent = Spent(task.limits)
        for number in range(task.first, last + 1):
            page = read_page(document, number)
            report.page(page)
            if task.careful and (second := _second_reading(page, careful)):
                report.page(second)
            if number < last and spent.enough():
                report.go_on(number + 1)
                return
        if last < count:
            report.go_on(last + 1)


def _second_reading(page: RawPage, careful: pdf_careful.Careful) -> RawPage | None:
    """A better reading of a page that needs one: its own lines in another order where that is enough."""
    if not pdf_choice.needs_second_reading(page):
        return None
    if not pdf_choice.quality(page).is_rubbish:
        ordered = pdf_order.reordered(page)
        if not pdf_choice.needs_second_reading(ordered):
            return ordered
    second = careful.read(page.number)
    return second if second and pdf_choice.better(page, second) is second else None


def read_page(document: pdfium.PdfDocument, number: int) -> RawPage:
    """One page, counted from 1; a page that PDFium cannot load comes back without lines."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return RawPage(number, READER)
    try:
        width, height = page.get_size()
        left, bottom, _, _ = page.get_cropbox()
        lines, characters = _lines(page, Frame(width, height, left, bottom, page.get_rotation() // 90))
        is_full = sum(len(line.text) for line in lines) >= FEW_CHARACTERS
        seen = _Objects() if is_full else _objects(page, width * height, characters)
        return RawPage(
            number,
            READER,
            lines,
            width=width,
            height=height,
            pictures=seen.pictures,
            draws_text=seen.draws_text,
            is_blank=seen.count == 0,
        )
    finally:
        page.close()


@dataclass(frozen=True, slots=True)
class _Objects:
    pictures: bool = False
    draws_text: bool = True
    count: int = 1


def _lines(page: pdfium.PdfPage, frame: Frame) -> tuple[tuple[Line, ...], int]:
    """The lines, and how many characters PDFium found, blanks too."""
    try:
        text = TextPage(page.raw, frame)
    except ValueError:
        return (), 0
    try:
        return tuple(text.lines()), text.characters
    finally:
        text.close()


def _objects(page: pdfium.PdfPage, area: float, characters: int) -> _Objects:
    """What is drawn on a page with little text, from its first objects.

    A page that sets fewer characters than it has pieces of text was not understood; one that sets blanks was.
    """
    texts, pictures = 0, False
    bounds = [ctypes.c_float() for _ in range(4)]
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    for index in range(min(count, MOST_OBJECTS)):
        drawn = pdfium_c.FPDFPage_GetObject(page.raw, index)
        kind = pdfium_c.FPDFPageObj_GetType(drawn)
        texts += _texts_in(drawn, kind)
        if kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM) and not pictures:
            pdfium_c.FPDFPageObj_GetBounds(drawn, *(ctypes.byref(bound) for bound in bounds))
            left, bottom, right, top = (bound.value for bound in bounds)
            pictures = (right - left) * (top - bottom) > PICTURE_SHARE * area
    return _Objects(pictures, texts > characters, count)


def _texts_in(drawn: Any, kind: int, depth: int = 0) -> int:
    """Pieces of text in an object: one, or those that a form holds."""
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
        return int(kind == pdfium_c.FPDF_PAGEOBJ_TEXT)
    if depth >= DEEPEST_FORM:
        return 0
    count = min(pdfium_c.FPDFFormObj_CountObjects(drawn), MOST_OBJECTS)
    inside = [pdfium_c.FPDFFormObj_GetObject(drawn, index) for index in range(count)]
    return sum(_texts_in(one, pdfium_c.FPDFPageObj_GetType(one), depth + 1) for one in inside)


def _about(document: pdfium.PdfDocument, count: int) -> About:
    facts = document.get_metadata_dict(skip_empty=True)
    dates = [found for key in ("CreationDate", "ModDate") if (found := _date(facts.get(key, "")))]
    return About(page_count=count, title=facts.get("Title", ""), dates=dates)


def _date(text: str) -> str:
    found = _DATE.match(text)
    if not found:
        return ""
    return "-".join(part for part in found.groups() if part)
