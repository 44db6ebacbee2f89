"""All raw pages of a file become its Extraction."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.analysis.known_words import known_words
from indexer.errors import UnreadableFile
from indexer.extraction import language, paragraphs, running, summary, titles, versions
from indexer.extraction.frames import RawPage
from indexer.extraction.paragraphs import SAME_SIZE, Paragraph
from indexer.extraction.result import PAGE_KINDS, ExtractedPage, Extraction
from indexer.extraction.story import Story
from indexer.extraction.text import clean, joined

CLOCKS_START = frozenset({"1970-01-01", "1980-01-01", "2000-01-01"})
COUNTED_LETTERS = 200
FEW_LETTERS = 20  # a page; a picture with fewer has a stamp or a page number on it, but no text
FOOTNOTES_BETWEEN = 12  # paragraphs between the two parts of a divided word
OPENING = 3  # pages on which a title is looked for
LOOKED_AT = 100  # words of a page; so many tell as much as all
FEWEST_WORDS = 20  # of a page, before their share says anything
KNOWN_SHARE = (
    0.6  # of a page's words, that the dictionary or its compounds have; native Swedish pages have 0.69 or more
)
_DRAWN = {"pdfium", "pdfminer", "image"}  # readers of files whose pages are pictures
_DICTIONARY = {"sv", ""}  # languages of which that can be said; "": none was recognised, as in rubbish
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_DIVIDED = re.compile(r"[^\W\d_]-$")


@dataclass(slots=True)
class _Laid:
    number: int
    reader: str
    paragraphs: list[Paragraph]
    heading: str = ""

    @property
    def text(self) -> str:
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


def extraction(media_type: str, story: Story) -> Extraction:
    """Raises UnreadableFile where there is neither text nor a picture of any."""
    raw = [page for _, page in sorted(story.pages.items())]
    letters = [_letters(page) for page in raw]
    _refuse_without_text(raw, sum(letters), story)
    runs = running.find(raw)
    laid = _laid(raw, runs)
    whole = [paragraph for page in laid for paragraph in page.paragraphs]
    opening = [page for page in laid if page.number <= OPENING]
    first = [paragraph for page in opening for paragraph in page.paragraphs]
    texts = [page.text for page in laid]
    spoken = language.detect("\n".join(texts))
    pages = tuple(
        ExtractedPage(one.number, text, one.heading, one.reader, _scan(page, many, text, spoken))
        for page, many, one, text in zip(raw, letters, laid, texts, strict=True)
    )
    shown = "\n".join([runs.text, *texts[: len(opening)]])
    return Extraction(
        media_type=media_type,
        pages=pages,
        title=titles.choose(clean(story.about.title), first, shown),
        language=spoken,
        languages=language.shares(texts),
        summary=summary.find(whole),
        running="\n".join(filter(None, (clean(story.about.running), runs.text))),
        page_kind=story.about.page_kind if story.about.page_kind in PAGE_KINDS else "page",
        reader=versions.fingerprint(media_type),
        dates=tuple(date for date in map(_date, story.about.dates[:4]) if date),
        cut=tuple(story.cut),
        is_scan=_is_scan(raw, letters),
    )


def _refuse_without_text(pages: Sequence[RawPage], letters: int, story: Story) -> None:
    """An office file without a letter is an empty one; a PDF is a scan, or blank because its content is broken."""
    if not letters and story.deaths:
        raise UnreadableFile(story.deaths[0], "a child died of it and no text was found", transient=True)
    if not pages or (not letters and all(page.is_blank for page in pages)):
        raise UnreadableFile("damaged", f"{len(pages)} pages, nothing on any of them")


def _date(told: str) -> str:
    """A date of ISO 8601, also of a year or month only; "" for none, and for those of a clock that was never set."""
    date = told[:10]
    return date if _DATE.fullmatch(date) and date not in CLOCKS_START else ""


def _is_scan(pages: Sequence[RawPage], letters: Sequence[int]) -> bool:
    """`letters` of each page."""
    if all(page.reader not in _DRAWN for page in pages):
        return False
    pictures = sum(page.pictures and many < FEW_LETTERS for page, many in zip(pages, letters, strict=True))
    return not any(letters) or (pictures * 2 >= len(pages) and sum(letters) < FEW_LETTERS * len(pages))


def _scan(page: RawPage, letters: int, text: str, spoken: str) -> str:
    """Why the page should be read from its picture; see ExtractedPage.

    The thresholds and how they were found: docs/decisions/0021-reading-scans.md.
    """
    if page.reader not in _DRAWN or page.is_blank:
        return ""
    if not letters or (page.pictures and letters < FEW_LETTERS):
        return "picture"
    if page.pictures:
        return "little_text"
    if spoken not in _DICTIONARY:
        return ""
    seen = known_words(text, LOOKED_AT)
    return "doubtful" if seen.words >= FEWEST_WORDS and seen.share < KNOWN_SHARE else ""


def _letters(page: RawPage) -> int:
    """Letters and figures of a page, counted as far as anybody asks."""
    found = 0
    for text in itertools.chain((page.text,), (line.text for line in page.lines)):
        found += sum(map(str.isalnum, text))
        if found >= COUNTED_LETTERS:
            return COUNTED_LETTERS
    return found


def _laid(raw: Sequence[RawPage], runs: running.Running) -> list[_Laid]:
    body = paragraphs.body_of(line for page in raw for line in page.lines)
    laid: list[_Laid] = []
    heading = ""
    for page in raw:
        kept = [line for index, line in enumerate(page.lines) if (page.number, index) not in runs.lines]
        found = [*_told(page), *paragraphs.paragraphs(kept, body)]
        own = next((" ".join(p.text.split()) for p in found if p.level), "")
        last = next((" ".join(p.text.split()) for p in reversed(found) if p.level), "")
        laid.append(_Laid(page.number, page.reader, found, page.heading or own or heading))
        heading = last or heading
    _mend(laid)
    return laid


def _told(page: RawPage) -> list[Paragraph]:
    """Paragraphs of a page that came as text; the extractor has told which of them are headings."""
    levels = dict(page.headings)
    parts = (part.strip() for part in clean(page.text).split("\n\n"))
    return [Paragraph(part, levels.get(part, 0)) for part in parts if part]


def _mend(laid: Sequence[_Laid]) -> None:
    """A word divided by the end of a page or column goes to the page where it starts, past the footnotes between."""
    there = [(page, index) for page in laid for index in range(len(page.paragraphs))]
    for at, (page, index) in enumerate(there):
        left = page.paragraphs[index]
        if not left.size or not _DIVIDED.search(left.text[-2:]):
            continue
        for later, later_index in there[at + 1 : at + 1 + FOOTNOTES_BETWEEN]:
            right = later.paragraphs[later_index]
            if abs(right.size - left.size) > SAME_SIZE * left.size:
                continue
            word, _, rest = right.text.partition(" ")
            if right.text[:1].islower() and rest and "\n" not in word:
                left.text, right.text = joined(left.text, word), rest
            break
