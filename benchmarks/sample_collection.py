"""A collection in the relevance folders' form, out of the sample texts: each section is asked for by its heading.

Only to run the benchmarks of relevance where no collections lie; its figures say nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

TEXTS = Path(__file__).parents[1] / "samples" / "texts"
_SECTION = re.compile(r"^#+ (?P<heading>.+)\n(?P<text>[^#]{200,})", re.MULTILINE)


def write_collection(folder: Path) -> Path:
    """Writes corpus.jsonl, queries.jsonl and qrels.tsv into `folder`, which it gives back."""
    rows = list(enumerate(_sections()))
    corpus = (json.dumps({"id": str(number), "title": heading, "text": text}) for number, (heading, text) in rows)
    queries = (json.dumps({"id": f"q{number}", "text": heading}) for number, (heading, _) in rows)
    grades = (f"q{number}\t{number}\t1" for number, _ in rows)
    for name, lines in (("corpus.jsonl", corpus), ("queries.jsonl", queries), ("qrels.tsv", grades)):
        (folder / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return folder


def _sections() -> Iterator[tuple[str, str]]:
    for file in sorted(TEXTS.rglob("*.md")):
        for found in _SECTION.finditer(file.read_text("utf-8")):
            yield found["heading"], found["text"]
