"""`python -m samples.make` writes samples/documents; with `--check` it only looks them over."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from samples.make import (
    broken,
    chromium,
    fpdf_pdf,
    html,
    impress,
    libreoffice,
    mail,
    opendocument,
    plain,
    reportlab_pdf,
    rich,
    scan,
    sheet,
    slides,
    word,
)
from samples.make.check import check
from samples.make.source import Project, projects
from samples.make.tree import Source

HERE = Path(__file__).resolve().parent.parent
TEXTS, DOCUMENTS = HERE / "texts", HERE / "documents"
MAKERS: dict[str, Callable[[Source, Path], None]] = {
    "chromium": chromium.write,
    "chromium-columns": chromium.write,
    "chromium-footnotes": chromium.write,
    "reportlab": reportlab_pdf.write,
    "reportlab-columns": reportlab_pdf.write,
    "fpdf": fpdf_pdf.write,
    "libreoffice": libreoffice.write,
    "docx": word.write,
    "pptx": slides.write,
    "odt": opendocument.write,
    "odp": impress.write,
    "html": html.write,
    "txt": plain.write,
    "xlsx": sheet.write,
    "rtf": rich.write,
    "eml": mail.write,
    "scan": scan.write,
    "encrypted": broken.encrypted,
    "damaged": broken.damaged,
}


def main(arguments: list[str]) -> int:
    """Makes what is named (a part of a text's path) or everything, or checks."""
    if "--check" in arguments:
        return _tell()
    if not arguments:
        shutil.rmtree(DOCUMENTS, ignore_errors=True)
    made = sum(_make(project, arguments) for project in projects(TEXTS))
    sys.stdout.write(f"{made} documents in {DOCUMENTS}\n")
    return 0


def _make(project: Project, wanted: list[str]) -> int:
    folder = DOCUMENTS / project.name
    folder.mkdir(parents=True, exist_ok=True)
    facts = project.folder / "projekt.toml"
    if facts.exists():
        shutil.copyfile(facts, folder / facts.name)
    chosen = [source for source in project.sources if _is_wanted(source, wanted)]
    for source in chosen:
        sys.stdout.write(f"{source.facts.layout}: {project.name}/{source.facts.file}\n")
        MAKERS[source.facts.layout](source, folder / source.facts.file)
    return len(chosen)


def _is_wanted(source: Source, wanted: list[str]) -> bool:
    return not wanted or any(part in str(source.path) for part in wanted)


def _tell() -> int:
    report = check(projects(TEXTS), DOCUMENTS)
    sys.stdout.write("\n".join((*report.lines, *report.faults)) + "\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
