"""Bulk import of PDF files, from an empty bank to all found, beside recollindex and bare PDFium.

python -m benchmarks.bulk [FOLDER] [--small]
FOLDER is ../shared/corpus/sv where it is there, else samples/documents. recollindex comes with Debian's recollcmd.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.serving import RunningBank, running_bank

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "sv"
SAMPLES = ROOT / "samples" / "documents"


def read_bare(path: Path) -> int:
    """Pages that PDFium alone reads out of a file; 0 where it cannot open it."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            for number in range(len(document)):
                document[number].get_textpage().get_text_range()
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def bare_pdfium(files: list[Path]) -> tuple[float, int]:
    """Seconds and pages of two processes that do nothing but read."""
    start = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        pages = sum(pool.map(read_bare, files, chunksize=4))
    return time.perf_counter() - start, pages


def recollindex(files: list[Path], folder: Path) -> float | None:
    """Seconds that recollindex takes for the same files into an empty index; None where it is not installed."""
    if shutil.which("recollindex") is None:
        return None
    configuration = folder / "recoll"
    configuration.mkdir()
    topdirs = f"topdirs = {files[0].parent}\ndbdir = {configuration / 'db'}\nindexstemminglanguages = swedish\n"
    (configuration / "recoll.conf").write_text(topdirs, encoding="utf-8")
    start = time.perf_counter()
    subprocess.run(["recollindex", "-c", configuration], check=True, capture_output=True)
    return time.perf_counter() - start


def bank_import(bank: RunningBank, folder: Path) -> float:
    """Seconds until every file of the folder is searchable or stopped with a reason."""
    start = time.perf_counter()
    bank.command("import", str(folder), "--wait")
    seconds = time.perf_counter() - start
    status = json.loads(bank.command("status", "--json"))
    print("state of the bank:", json.dumps(status, ensure_ascii=False))
    return seconds


def copied(files: list[Path], folder: Path) -> list[Path]:
    target = folder / "files" / "Import"
    target.mkdir(parents=True)
    return [Path(shutil.copy(file, target)) for file in files]


def source_of(folder: Path) -> Path:
    """The folder; the samples where there is none, which it says: their figures are no one else's."""
    if folder.is_dir():
        return folder
    print(f"There is no folder {folder}; the files of {SAMPLES.relative_to(ROOT)} are imported instead.")
    return SAMPLES


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    arguments.add_argument("--small", action="store_true", help="twelve files only")
    given = arguments.parse_args()
    source = source_of(given.folder)
    files = sorted(source.rglob("*.pdf"))[: 12 if given.small else None]
    if not files:
        arguments.error(f"There is no PDF file in {source}.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = copied(files, folder)
        with running_bank(folder / "data") as bank:
            ours = bank_import(bank, files[0].parent.parent)
        recoll = recollindex(files, folder)
        bare, pages = bare_pdfium(files)
    print(f"\n{len(files)} files, {pages} pages from {source.name}")
    print(f"{'':28} {'seconds':>8} {'pages/s':>8} {'ratio':>6}")
    rows = [("two bare PDFium processes", bare), ("recollindex", recoll), ("kunskapsbanken import", ours)]
    for label, seconds in rows:
        if seconds is None:
            print(f"{label:28} not installed")
        else:
            print(f"{label:28} {seconds:8.2f} {pages / seconds:8.0f} {bare / seconds:6.2f}")


if __name__ == "__main__":
    main()
