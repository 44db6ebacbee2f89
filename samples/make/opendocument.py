"""OpenDocument text with headings, tables and footnotes, as the open-source districts send."""

from pathlib import Path

from odfdo import Document, Element, Header, Note, Paragraph, Style, StyleMasterPage, Table
from odfdo import List as Bullets

from samples.make.archive import settled
from samples.make.dialect import plain, runs
from samples.make.tree import Block, Heading, Items, PageBreak, Source, texts_of
from samples.make.tree import Table as Grid

BODY = "Text_20_body"
STYLES = (
    Style("text", name="Fet", bold=True),
    Style("text", name="Kursiv", italic=True),
    Style("table-cell", name="Ruta", border="0.5pt solid #888888", padding="0.1cm"),
    Style("paragraph", name="Rubrik", area="text", bold=True, size="22pt"),
)
NEW_PAGE = (
    '<style:style style:name="NySida" style:family="paragraph">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
)
LIST = (
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" '
    'fo:text-indent="-0.6cm" fo:margin-left="1.2cm"/></style:list-level-properties>'
)
BULLETS = (
    '<text:list-style style:name="Punkter"><text:list-level-style-bullet text:level="1" '
    f'text:bullet-char="•">{LIST}</text:list-level-style-bullet></text:list-style>'
)
NUMBERS = (
    '<text:list-style style:name="Nummer"><text:list-level-style-number text:level="1" '
    f'style:num-format="1" style:num-suffix=".">{LIST}</text:list-level-style-number></text:list-style>'
)
PAGE_NUMBER = '<text:p><text:page-number text:select-page="current"/></text:p>'


def write(source: Source, target: Path) -> None:
    """The document as odt."""
    text = Document("text")
    text.body.clear()
    for style in STYLES:
        text.insert_style(style.clone, automatic=True)
    for xml in (NEW_PAGE, BULLETS, NUMBERS):
        text.insert_style(xml, automatic=True)
    describe(text, source)
    _margins(text, source)
    for line in _front(source):
        text.body.append(line)
    for at, block in enumerate(source.blocks):
        for element in _elements(block, source, at):
            text.body.append(element)
    text.save(str(target))
    settled(target)


def describe(text: Document, source: Source) -> None:
    """Title, author and date in the file's own metadata."""
    facts, meta = source.facts, text.meta
    moment = facts.moment.replace(tzinfo=None)
    meta.set_title(facts.title)
    meta.set_subject(facts.subtitle)
    meta.set_creator(facts.unit)
    meta.set_initial_creator(facts.unit)
    meta.set_language("sv-SE")
    meta.set_creation_date(moment)
    meta.set_modification_date(moment)


def _margins(text: Document, source: Source) -> None:
    master = text.get_style("master-page", "Standard")
    if not isinstance(master, StyleMasterPage):
        return
    master.set_page_header(Paragraph(source.facts.header))
    footer = Paragraph(source.facts.footer)
    master.set_page_footer([footer, Element.from_tag(PAGE_NUMBER)])


def _front(source: Source) -> list[Element]:
    facts = source.facts
    lines = [line for line in (facts.subtitle, facts.origin) if line]
    title = Paragraph(facts.title, style="Rubrik")
    return [title, *(Paragraph(line, style=BODY) for line in lines)]


def _elements(block: Block, source: Source, at: int) -> list[Element]:
    """One block as the elements it needs; `at` makes the table's name its own."""
    match block:
        case Heading(level, text):
            return [Header(level, plain(text), style=f"Heading_20_{level}")]
        case Items(items, numbered):
            style = "Nummer" if numbered else "Punkter"
            return [Bullets([plain(item) for item in items], style=style)]
        case Grid(_, caption):
            return [Paragraph(plain(caption), style="Caption"), table_of(block, f"Tabell{at}")]
        case PageBreak():
            return [Paragraph("", style="NySida")]
        case _:
            return [_paragraph(text, source) for text in texts_of(block)]


def _paragraph(text: str, source: Source) -> Paragraph:
    line, names = Paragraph(style=BODY), list(source.notes)
    for run in runs(text):
        if run.note in names:
            number = str(names.index(run.note) + 1)
            line.append(Note("footnote", f"ftn{number}", number, None, source.notes[run.note]))
        elif run.bold or run.italic:
            span = Element.from_tag("text:span")
            span.set_attribute("text:style-name", "Fet" if run.bold else "Kursiv")
            span.text = run.text
            line.append(span)
        else:
            line.append_plain_text(run.text)
    return line


def table_of(block: Grid, name: str) -> Table:
    """The table, each cell with a frame."""
    rows, width = len(block.rows), len(block.rows[0])
    table = Table(name, width=width, height=rows)
    for at, row in enumerate(block.rows):
        for to, text in enumerate(row):
            cell = table.get_cell((to, at))
            cell.set_value(plain(text))
            cell.style = "Ruta"
            table.set_cell((to, at), cell)
    return table
