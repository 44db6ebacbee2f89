"""A document as HTML: the page for browsers, and what chromium prints."""

from html import escape
from pathlib import Path

from samples.make.dialect import Run, plain, runs
from samples.make.hyphens import softened
from samples.make.tree import (
    Block,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Source,
    SpeakerNote,
    Table,
)

WEB_STYLE = "body{font-family:sans-serif;max-width:44em;margin:2em auto;line-height:1.5}"
WEB_STYLE += "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em}"


def page(source: Source) -> str:
    """A web page as an intranet editor would have saved it."""
    facts = source.facts
    head = f"<title>{escape(facts.title)}</title><style>{WEB_STYLE}</style>"
    head += f'<meta name="author" content="{escape(facts.unit)}">'
    head += f'<meta name="dcterms.created" content="{facts.day.isoformat()}">'
    top = f"<header>{escape(facts.header)}</header><main>{title_block(source)}"
    end = f"</main><footer>{escape(facts.footer)}</footer>"
    return document(head, top + body(source) + endnotes(source) + end)


def write(source: Source, target: Path) -> None:
    """The web page as a file."""
    target.write_text(page(source), encoding="utf-8")


def document(head: str, content: str) -> str:
    """A whole HTML document in Swedish."""
    start = f'<!DOCTYPE html>\n<html lang="sv">\n<head><meta charset="utf-8">{head}</head>'
    return f"{start}\n<body>\n{content}\n</body>\n</html>\n"


def title_block(source: Source, kind: str = "title") -> str:
    """Title, subtitle and origin; `kind` is the class the style sheet knows."""
    facts = source.facts
    lines = f"<h1>{escape(facts.title)}</h1>"
    if facts.subtitle:
        lines += f'<p class="subtitle">{escape(facts.subtitle)}</p>'
    return f'<div class="{kind}">{lines}<p class="origin">{escape(facts.origin)}</p></div>\n'


def contents(source: Source) -> str:
    """A list of the chapters; printed without page numbers, like many a real one."""
    chapters = [one for one in source.headings if one.level == 1]
    items = "".join(f"<li>{escape(plain(one.text))}</li>" for one in chapters)
    return f'<div class="contents"><h2>Innehåll</h2><ol>{items}</ol></div>\n'


def body(source: Source, *, soft: bool = False) -> str:
    """All blocks; with `soft` the words may break at a line's end."""
    return "\n".join(html_of(block, soft=soft) for block in source.blocks)


def endnotes(source: Source) -> str:
    """The notes after the text, for layouts that cannot put them at the page's foot."""
    items = "".join(f"<li>{inline(text)}</li>" for text in source.notes.values())
    return f'<section class="notes"><h2>Noter</h2><ol>{items}</ol></section>' if items else ""


def html_of(block: Block, *, soft: bool) -> str:
    """One block as an element."""
    match block:
        case Heading(level, text):
            return f"<h{level + 1}>{inline(text)}</h{level + 1}>"
        case Paragraph(text):
            return f"<p>{inline(text, soft=soft)}</p>"
        case Items(items, numbered):
            rows = "".join(f"<li>{inline(item, soft=soft)}</li>" for item in items)
            return f"<ol>{rows}</ol>" if numbered else f"<ul>{rows}</ul>"
        case Table(rows, caption):
            return _table(rows, caption)
        case PageBreak():
            return '<div class="break"></div>'
        case SpeakerNote(text):
            return f"<aside>{inline(text)}</aside>"


def _table(rows: tuple[tuple[str, ...], ...], caption: str) -> str:
    head = "".join(f"<th>{inline(cell)}</th>" for cell in rows[0])
    lines = "".join("<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:])
    top = f"<caption>{inline(caption)}</caption>" if caption else ""
    return f"<table>{top}<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def inline(text: str, *, soft: bool = False) -> str:
    """A line with its marks as elements."""
    return "".join(_run(run, soft=soft) for run in runs(text))


def _run(run: Run, *, soft: bool) -> str:
    if run.note:
        return f'<sup class="mark">{escape(run.note)}</sup>'
    text = escape(softened(run.text) if soft else run.text)
    text = f"<strong>{text}</strong>" if run.bold else text
    return f"<em>{text}</em>" if run.italic else text
