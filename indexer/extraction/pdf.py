"""PDF by page: PDFium first, the careful reader where a page needs it."""

from __future__ import annotations

import ctypes
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium_c

from indexer.extraction import pdf_careful, pdf_choice, pdf_order
from indexer.extraction.frames import About, Frames, Line, RawPage, Report
from indexer.extraction.limits import Limits
from indexer.extraction.pdf_document import LoadedPdf, loaded, loaded_page, page_box
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
_END_OF_TEXT = 2  # bytes of a zero
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


def warm() -> None:
    """Reads the specimen until the interpreter has specialised the code, so that every child finds it ready."""
    pdf_careful.warm()
    task = Task(Path(os.devnull), Limits())
    with task.path.open("wb") as nowhere:
        for _ in range(WARMING):
            _tell(LoadedPdf(SPECIMEN), task, Frames(nowhere.fileno()))


def extract(task: Task, report: Report) -> None:
    """Tells every page from task.first; a page may be told twice, the second time read better."""
    if task.fast:
        _tell(loaded(task.path), task, report)
    else:
        pdf_careful.extract(task, report)


def _tell(document: LoadedPdf, task: Task, report: Report) -> None:
    report.about(_about(document))
    last = min(document.pages, task.first + task.limits.pages - 1, task.limits.all_pages)
    spent = Spent(task.limits)
    with pdf_careful.Careful(task.path) as careful:
        for number in range(task.first, last + 1):
            page = read_page(document.raw, number)
            report.page(page)
            if task.careful and (second := _second_reading(page, careful)):
                report.page(second)
            if number < last and spent.enough():
                report.go_on(number + 1)
                return
    if last < document.pages:
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


def read_page(document: Any, number: int) -> RawPage:
    """One page, counted from 1, of PDFium's document; a page that it cannot load comes back without lines."""
    page = loaded_page(document, number)
    if not page:
        return RawPage(number, READER)
    try:
        frame = _frame(page)
        lines, characters = _lines(page, frame)
        is_full = sum(len(line.text) for line in lines) >= FEW_CHARACTERS
        seen = _Objects() if is_full else _objects(page, frame.width * frame.height, characters)
        return RawPage(
            number,
            READER,
            lines,
            width=frame.width,
            height=frame.height,
            pictures=seen.pictures,
            draws_text=seen.draws_text,
            is_blank=seen.count == 0,
        )
    finally:
        pdfium_c.FPDF_ClosePage(page)


def _frame(page: Any) -> Frame:
    width, height = pdfium_c.FPDF_GetPageWidthF(page), pdfium_c.FPDF_GetPageHeightF(page)
    shown = page_box(page)
    left, bottom, _, _ = shown
    return Frame(width, height, left, bottom, pdfium_c.FPDFPage_GetRotation(page), _paper(page, shown))


def _paper(page: Any, shown: tuple[float, float, float, float]) -> tuple[float, float, float, float] | None:
    """The sheet that a page is cropped out of, measured from the page's corner; None where the page is all of it."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium_c.FPDFPage_GetMediaBox(page, *sides):
        return None
    whole = tuple(side.value for side in sides)
    if all(abs(one - other) < 1 for one, other in zip(whole, shown, strict=True)):
        return None
    left, bottom, right, top = whole
    return left - shown[0], bottom - shown[1], right - shown[0], top - shown[1]


@dataclass(frozen=True, slots=True)
class _Objects:
    pictures: bool = False
    draws_text: bool = True
    count: int = 1


def _lines(page: Any, frame: Frame) -> tuple[tuple[Line, ...], int]:
    """The lines, and how many characters PDFium found, blanks too."""
    try:
        text = TextPage(page, frame)
    except ValueError:
        return (), 0
    try:
        return tuple(text.lines()), text.characters
    finally:
        text.close()


def _objects(page: Any, area: float, characters: int) -> _Objects:
    """What is drawn on a page with little text, from its first objects.

    A page that sets fewer characters than it has pieces of text was not understood; one that sets blanks was.
    """
    texts, pictures = 0, False
    bounds = [ctypes.c_float() for _ in range(4)]
    count = pdfium_c.FPDFPage_CountObjects(page)
    for index in range(min(count, MOST_OBJECTS)):
        drawn = pdfium_c.FPDFPage_GetObject(page, index)
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


def _about(document: LoadedPdf) -> About:
    dates = [found for key in (b"CreationDate", b"ModDate") if (found := _date(_fact(document, key)))]
    return About(page_count=document.pages, title=_fact(document, b"Title"), dates=dates)


def _fact(document: LoadedPdf, key: bytes) -> str:
    length = pdfium_c.FPDF_GetMetaText(document.raw, key, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDF_GetMetaText(document.raw, key, buffer, length)
    return buffer.raw[:-_END_OF_TEXT].decode("utf-16-le")


def _date(text: str) -> str:
    found = _DATE.match(text)
    if not found:
        return ""
    return "-".join(part for part in found.groups() if part)
