"""The yearly report of a large year: the page, the HTML file and the Word document, by processor time and by the clock.

    python -m benchmarks.report [--projects 100] [--runs 5]

Every project has a whole summary of some 450 words, three documents and one to three organisations; twice as many
projects of other years stand beside them. Baseline: the same paragraphs written by bare python-docx, without
gathering, template, links and tables. Processor time holds that of child processes.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from io import BytesIO

import docx
from flask.testing import FlaskClient

from benchmarks.bench_bank import SEED, TEXTS
from benchmarks.measure import Series, print_table
from settings import Settings
from tests.webapp.small_bank import SmallBank
from webapp import create_app
from workers import queue

AIM = 5.0  # seconds
YEAR = 2020
WORDS = {"background": 100, "purpose": 50, "target_group": 50, "method": 120, "results": 80, "lessons": 50}
OWNERS = ("Bromma", "Farsta", "Kungsholmen", "Norrmalm", "Skarpnäck", "Skärholmen", "Södermalm", "Älvsjö", "Östermalm")
AREAS = ("barn och unga", "socialpsykiatri", "äldre", "hemlöshet och boende", "ekonomiskt bistånd")
FINDINGS = ("stod", "blandat", "inget_stod", "ej_utvarderat")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=folder)
        queue.configure(settings)
        bank = SmallBank(settings)
        _fill(bank, asked.projects)
        app = create_app(settings)
        client = app.test_client()
        for name, clock in (("processor time", _spent), ("wall time", time.perf_counter)):
            _measure(client, asked.projects, asked.runs, name, clock)
        app.extensions["bank"].close()
        bank.close()


def _measure(client: FlaskClient, projects: int, runs: int, name: str, clock: Callable[[], float]) -> None:
    paragraphs = _paragraphs(client)
    bare = _timed("bare python-docx", runs, clock, lambda: _bare(paragraphs))
    others = [
        _timed(label, runs, clock, lambda ending=ending: _fetched(client, ending))  # type: ignore[misc]
        for label, ending in (("page", ""), ("HTML file", ".html"), ("Word document", ".docx"))
    ]
    print_table(f"Report of {projects} projects, {name} (aim {AIM:g} s each)", bare, others)


def _timed(name: str, runs: int, clock: Callable[[], float], work: Callable[[], object]) -> Series:
    series = Series(name, "s")
    for _run in range(runs):
        start = clock()
        work()
        series.values.append(clock() - start)
    return series


def _spent() -> float:
    """Processor time of this process and of children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _fetched(client: FlaskClient, ending: str) -> bytes:
    answer = client.get(f"/utforska/arsrapport{ending}?ar={YEAR}")
    assert answer.status_code == 200
    return bytes(answer.data)


def _paragraphs(client: FlaskClient) -> list[tuple[str, str]]:
    """Style and text of each paragraph of the report."""
    made = docx.Document(BytesIO(_fetched(client, ".docx")))
    return [(one.style.name or "Normal" if one.style else "Normal", one.text) for one in made.paragraphs]


def _bare(paragraphs: list[tuple[str, str]]) -> None:
    document = docx.Document()
    known = {style.name for style in document.styles}
    for style, text in paragraphs:
        document.add_paragraph(text, style=style if style in known else None)
    document.save(BytesIO())


def _fill(bank: SmallBank, projects: int) -> None:
    chance = random.Random(SEED)
    texts = " ".join(path.read_text("utf-8") for path in sorted(TEXTS.glob("*/*.md")))
    words = [word for word in texts.split() if word.isalpha()]  # no identity number by chance
    for number in range(3 * projects):
        year = YEAR if number < projects else YEAR - 1 - number % 2
        project = bank.project(
            f"Projekt {number} {chance.choice(words)}",
            chosen={"organisation": chance.sample(OWNERS, 1 + number % 3), "subject_area": chance.sample(AREAS, 2)},
            funding=[(year, 10_000 * chance.randint(5, 50), 1_000 * (number % 7))],
            project_type="utvecklingsprojekt",
            finding=FINDINGS[number % 4],
            equality_analysis=(True, False, None)[number % 3],
            summary={part: _text(chance, words, count) for part, count in WORDS.items()},
            start_year=year,
            end_year=year,
        )
        for place, kind in enumerate(("projektplan", "delrapport", "slutrapport")):
            bank.document(f"{kind} {number}", [f"Sida {place} {number}"], project_id=project, document_type=kind)
    bank.index()


def _text(chance: random.Random, words: list[str], count: int) -> str:
    start = chance.randrange(len(words) - count)
    return " ".join(words[start : start + count])


if __name__ == "__main__":
    main()
