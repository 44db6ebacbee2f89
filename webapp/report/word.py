"""A report as a Word document, filled in a limited child process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from webapp.report import word_names
from webapp.report.charts import charts as charts_of
from webapp.report.content import Report
from webapp.search_url import BadQuery
from webapp.texts import LazyText
from webapp.texts import gettext as _
from webapp.texts import lazy_gettext as _l

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SECONDS = 15  # of processor time; a report of 100 projects takes 2
WAIT = 70.0  # seconds; the child ends itself before
ROOT = Path(__file__).parents[2]
REASONS: Mapping[str, LazyText] = {
    "unreadable": _l("Filen går inte att öppna som Word-dokument. Öppna den i Word och spara den som .docx på nytt."),
    "too_large": _l("Filen är för stor när den packas upp. Gör dess bilder mindre och spara den på nytt."),
    "syntax": _l("En kod i mallen går inte att läsa, nära: %(detail)s. Jämför den med listan över koder."),
    "unknown_name": _l("En kod i mallen har ett namn som inte finns: %(detail)s. Jämför den med listan över koder."),
    "forbidden": _l("En kod i mallen försöker göra något som mallar inte får göra. Ta bort den."),
    "too_much": _l("Mallen tar för lång tid eller för mycket minne. Ta bort upprepningar i den."),
    "broken": _l("En kod i mallen går inte att fylla i: %(detail)s. Jämför den med listan över koder."),
}


class BadTemplate(BadQuery):
    """The bank's own template cannot be used; `for_people` says why and what to do."""


def document(report: Report, template: Path | None, root: str) -> bytes:
    """The Word document; `template` None for the standard one. Raises BadTemplate."""
    request = {
        "seconds": SECONDS,
        "template": str(template or ""),
        "words": word_names.words(),
        "context": word_names.names(report, charts_of(report), root),
        "properties": {"title": report.title, "author": report.owner, "language": word_names.words()["language"]},
    }
    return _filled(request, template.stem if template else "")


def standard() -> bytes:
    """The standard template, in the language of the request, for whoever makes one of the bank's own."""
    return _filled({"seconds": SECONDS, "words": word_names.words()}, "")


def _filled(request: Mapping[str, Any], name: str) -> bytes:
    command = [sys.executable, "-m", "webapp.report.word_child"]
    try:
        ended = subprocess.run(  # noqa: S603 - our own program, nothing of the request is in the command
            command, input=json.dumps(request).encode(), capture_output=True, timeout=WAIT, check=False, cwd=ROOT
        )
    except subprocess.TimeoutExpired:
        raise _bad(name, "too_much") from None
    if ended.returncode == 0:
        return ended.stdout
    told = _told(ended.stderr)
    raise _bad(name, told.get("reason", "too_much"), told.get("detail", ""))


def _told(written: bytes) -> dict[str, str]:
    """What the child said at its end; nothing where it was ended at a limit."""
    try:
        return dict(json.loads(written.splitlines()[-1]))
    except (ValueError, IndexError, TypeError):
        return {}


def _bad(name: str, reason: str, detail: str = "") -> BadTemplate:
    told = str(REASONS.get(reason, REASONS["broken"]))
    shown = told % {"detail": detail} if "%(detail)s" in told else told
    return BadTemplate(_("Mallen ”%(name)s” kan inte användas. %(why)s", name=name, why=shown))
