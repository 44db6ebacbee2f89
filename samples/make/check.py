"""Whether the collection is large and varied enough to be a fair sample."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pptx import Presentation
from pypdfium2 import PdfDocument, PdfiumError

from samples.make.dialect import plain
from samples.make.source import Project
from samples.make.tree import Source, Table, texts_of

FEWEST_DOCUMENTS, FEWEST_WORDS, FEWEST_LONG, LONG = 45, 40_000, 5, 12
LARGEST = 6 * 1024 * 1024
SHORT_SENTENCE, MOST_HOLDERS = 8, 2
END = re.compile(r"(?<=[.!?:])\s+")
WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Report:
    """The collection in numbers, and what is wrong with it."""

    lines: tuple[str, ...]
    faults: tuple[str, ...]


def check(projects: Iterable[Project], documents: Path) -> Report:
    """Counts texts and files and looks for what a real collection would not have."""
    known = list(projects)
    sources = [source for project in known for source in project.sources]
    pages = {path: pages_of(path) for path in sorted(documents.rglob("*")) if path.is_file()}
    words = sum(source.words for source in sources)
    long = {path: count for path, count in pages.items() if count >= LONG}
    size = sum(path.stat().st_size for path in pages)
    layouts = Counter(source.facts.layout for source in sources)
    amounts = f"{words} words, {sum(pages.values())} pages, {size / 1024:.0f} kB"
    lines = [
        f"{len(sources)} documents in {len(known)} folders, {amounts}",
        ", ".join(f"{layout} {count}" for layout, count in sorted(layouts.items())),
        *(f"{count} pages: {path.relative_to(documents)}" for path, count in long.items()),
    ]
    faults = [
        *_too_few(len(sources), words, len(long), size),
        *_undescribed(known),
        *(f"in {len(where)} documents: {text}" for text, where in repeated(sources).items()),
    ]
    return Report(tuple(lines), tuple(faults))


def _too_few(documents: int, words: int, long: int, size: int) -> Iterator[str]:
    if documents < FEWEST_DOCUMENTS:
        yield f"{documents} documents; at least {FEWEST_DOCUMENTS} are wanted"
    if words < FEWEST_WORDS:
        yield f"{words} words; at least {FEWEST_WORDS} are wanted"
    if long < FEWEST_LONG:
        yield f"{long} files of {LONG} pages; at least {FEWEST_LONG} are wanted"
    if size > LARGEST:
        yield f"{size} bytes; at most {LARGEST} are wanted"


def _undescribed(projects: list[Project]) -> Iterator[str]:
    """Files that projekt.toml forgets, and files it tells about that do not exist."""
    for project in projects:
        if project.values:
            made = {source.facts.file for source in project.sources}
            odd = made ^ project.described
            yield from (f"{project.name}: {file} stands on one side only" for file in odd)


def repeated(sources: list[Source]) -> dict[str, set[str]]:
    """Sentences of over eight words that stand in more than two documents."""
    where: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for sentence in sentences(source):
            where[sentence].add(str(source.path))
    return {text: held for text, held in where.items() if len(held) > MOST_HOLDERS}


def sentences(source: Source) -> Iterator[str]:
    """The longer sentences of running text, in small letters and without signs."""
    running = (block for block in source.blocks if not isinstance(block, Table))
    texts = [text for block in running for text in texts_of(block)]
    for text in (*texts, *source.notes.values()):
        for sentence in END.split(plain(text)):
            words = WORD.findall(sentence.lower())
            if len(words) > SHORT_SENTENCE:
                yield " ".join(words)


def pages_of(path: Path) -> int:
    """Pages of a PDF or slides of a pptx; nought where only a reader could tell."""
    if path.suffix == ".pptx":
        return len(Presentation(str(path)).slides)
    if path.suffix != ".pdf":
        return 0
    try:
        with PdfDocument(path) as pdf:
            return len(pdf)
    except PdfiumError:
        return 0
