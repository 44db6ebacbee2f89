"""PDF through the system's chromium: justified text, columns, notes at the page's foot."""

import re
import shutil
import subprocess
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.make import html
from samples.make.tree import Source

HERE = Path(__file__).parent
STYLE = HERE / "print.css"
PAGINATION = HERE / "footnotes.js"
NODE = re.compile(rb"node\d{8}")
DATE = re.compile(rb"\(D:\d{14}[^)]*\)")
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


def write(source: Source, target: Path) -> None:
    """The document as PDF, in the variant that its layout names."""
    variant = source.facts.layout.partition("-")[2]
    content = _paginated(source) if variant == "footnotes" else _flowing(source, variant)
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html.document(_head(source), content), encoding="utf-8")
        _print(page, target)
    target.write_bytes(_renumbered(_dated(target.read_bytes(), source)))


def _head(source: Source) -> str:
    facts = source.facts
    margins = f"@top-left{{content:{_quoted(facts.header)}}}"
    margins += f"@bottom-left{{content:{_quoted(facts.footer)}}}"
    style = STYLE.read_text(encoding="utf-8")
    title = f"<title>{escape(facts.title)}</title>"
    return f"{title}<style>{style}\n@page flowing{{{margins}}}</style>"


def _quoted(text: str) -> str:
    """The text as a string that a style sheet understands."""
    return '"' + text.replace("\\", "").replace('"', "\\22 ") + '"'


def _front(source: Source) -> str:
    """A title page and contents for reports, a plain title for short texts."""
    if not source.has_title_page:
        return html.title_block(source)
    return html.title_block(source, "title titlepage") + html.contents(source)


def _flowing(source: Source, variant: str) -> str:
    kind = f"flowing {variant} {'long' if source.long else 'short'}"
    text = html.body(source, soft=True) + html.endnotes(source)
    return f'<div class="{kind}">{_front(source)}<div class="text">{text}</div></div>'


def _paginated(source: Source) -> str:
    """Chromium knows no footnotes, so a small script fills the pages one by one."""
    notes = "".join(
        f'<p data-note="{escape(name)}"><sup>{escape(name)}</sup> {html.inline(text)}</p>'
        for name, text in source.notes.items()
    )
    facts = source.facts
    margins = f'data-header="{escape(facts.header)}" data-footer="{escape(facts.footer)}"'
    text = f'<div id="text">{_front(source)}{html.body(source, soft=True)}</div>'
    script = PAGINATION.read_text(encoding="utf-8")
    return f'{text}<div id="notes" {margins}>{notes}</div><script>{script}</script>'


def _print(page: Path, target: Path) -> None:
    chromium = shutil.which("chromium") or "chromium"
    command = [chromium, *OPTIONS, f"--print-to-pdf={target}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def _dated(pdf: bytes, source: Source) -> bytes:
    """The same PDF with the document's own date: chromium writes the clock's."""
    return DATE.sub(source.facts.moment.strftime("(D:%Y%m%d%H%M%S+00'00')").encode(), pdf)


def _renumbered(pdf: bytes) -> bytes:
    """The same PDF with its tags counted from one: chromium's own count differs from run to run."""
    names = sorted(set(NODE.findall(pdf)))
    fresh = {name: b"node%08d" % number for number, name in enumerate(names, 1)}
    return NODE.sub(lambda found: fresh[found[0]], pdf)
