"""The standard template of the yearly report: a Word document with the codes that docs/report.md lists.

Made at need, so that no binary file stands beside the source that made it. It runs in the child process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from webapp.report import word_tables
from webapp.report.word_fields import bookmark, field, table_of_contents
from webapp.report.word_styles import AFTER_TABLE, COVER, FACTS, FIGURE, TABLE, WARNING, set_styles


def standard_template(words: Mapping[str, str]) -> bytes:
    """`words`: the fixed texts of the document, by the names in `webapp.report.word_names`."""
    document = docx.Document()
    set_styles(document, words["language"])
    made = _Template(document, words)
    made.running()
    made.cover()
    made.contents()
    made.year()
    made.money()
    made.projects()
    made.equality()
    made.appendix()
    made.about()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class _Template:
    """A document being written; each method adds one chapter."""

    def __init__(self, document: Document, words: Mapping[str, str]) -> None:
        self.document, self.words = document, words
        self.bookmarks = 0

    def running(self) -> None:
        """Header and page numbers, on all pages but the first."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = "{{ agare }} · {{ rubrik }}"
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot.add_run(f"{self.words['page']} ")
        field(foot, "PAGE", "2")
        foot.add_run(f" {self.words['of']} ")
        field(foot, "NUMPAGES", "2")

    def cover(self) -> None:
        self.text("{{ agare }}", COVER)
        self.text("{{ rubrik }}", "Title")
        self.text(f"{self.words['report']} · {{{{ omfattning }}}}", "Subtitle")
        self.text(f"{self.words['draft']} {{{{ datum }}}}", FACTS)
        self.text(f"{self.words['basis']} {{{{r underlag }}}}", FACTS)
        with_warning = self.block("if varning")
        self.text("{{ varning }}", WARNING)
        self.end(with_warning)

    def contents(self) -> None:
        self.text(self.words["contents"], "TOC Heading").paragraph_format.page_break_before = True
        table_of_contents(self.document)

    def year(self) -> None:
        self.chapter("aret", self.words["year"], new_page=True)
        self.text("{{ meningar | join(' ') }}")
        self.table(
            self.words["numbers_caption"],
            (self.words["figure"], self.words["count"]),
            "rad in tal",
            ("{{ rad.namn }}", "{{r rad.lank }}"),
        )
        self.counted("utfall", self.words["findings_caption"], self.words["finding"])
        self.picture("utfall")
        with_areas = self.block("if sakomraden")
        self.counted("sakomraden", self.words["areas_caption"], self.words["area"])
        self.end(with_areas)
        self.picture("sakomraden")

    def money(self) -> None:
        self.chapter("medel", self.words["money"])
        self.above("{{ medel_anmarkning }}")
        self.table(
            self.words["money_caption"],
            (self.words["organisation"], self.words["projects"], self.words["granted"], self.words["repaid"]),
            "rad in medel",
            ("{{ rad.namn }}", "{{r rad.lank }}", "{{r rad.beviljat_lank }}", "{{r rad.aterbetalat_lank }}"),
            ("{{ summa.namn }}", "{{r summa.lank }}", "{{r summa.beviljat_lank }}", "{{r summa.aterbetalat_lank }}"),
        )
        self.picture("medel")

    def projects(self) -> None:
        self.chapter("projekten", self.words["the_projects"])
        groups = self.block("for forvaltning in forvaltningar")
        heading = self.document.add_paragraph(style="Heading 2")
        bookmark(heading, "{{ forvaltning.ankare }}", "{{ forvaltning.nummer }}", "{{ forvaltning.namn }}")
        places = self.block("for projekt in forvaltning.projekt")
        self.text("{{r projekt.lank }}", "Heading 3")
        self.text("{{ projekt.fakta }}", FACTS)
        referred = self.block("if projekt.hanvisning")
        self.text("{{ projekt.hanvisning }}")
        self.end(referred)
        noted = self.block("if projekt.utfall_kommentar")
        self.described(self.words["about_finding"], "{{ projekt.utfall_kommentar }}")
        self.end(noted)
        parts = self.block("for del in projekt.delar")
        paragraphs = self.block("for stycke in del.stycken")
        self.described("{% if loop.first %}{{ del.rubrik }}.{% endif %}", "{{ stycke }}")
        for one in (paragraphs, parts, places, groups):
            self.end(one)

    def equality(self) -> None:
        asked = self.block("if jamstalldhet")
        self.chapter("jamstalldhet", self.words["equality"])
        self.above("{{ jamstalldhet.meningar | join(' ') }}")
        self.counted("jamstalldhet.rader", self.words["equality_caption"], self.words["analysis"])
        self.end(asked)

    def appendix(self) -> None:
        asked = self.block("if alla_projekt")
        self.chapter("alla", self.words["all_projects"], new_page=True)
        named = ("project", "organisation", "finding", "granted", "repaid", "documents")
        self.table(
            self.words["all_caption"],
            [self.words[name] for name in named],
            "rad in alla_projekt",
            (
                "{{r rad.lank }}",
                "{{ rad.forvaltningar }}",
                "{{ rad.utfall }}",
                "{{ rad.beviljat }}",
                "{{ rad.aterbetalat }}",
                "{{ rad.dokument }}",
            ),
            ("{{ summa.namn }}", "", "", "{{ summa.beviljat }}", "{{ summa.aterbetalat }}", ""),
            texts=3,
            together=False,
        )
        self.end(asked)

    def about(self) -> None:
        self.chapter("om", self.words["about"])
        lines = self.block("for rad in om")
        self.text("{{ rad }}", "List Bullet")
        self.end(lines)

    def text(self, text: str, style: str = "Body Text") -> Paragraph:
        return self.document.add_paragraph(text, style=style)

    def above(self, text: str) -> None:
        """Text that a table belongs to."""
        self.text(text).paragraph_format.keep_with_next = True

    def described(self, label: str, text: str) -> None:
        paragraph = self.document.add_paragraph(style="Body Text")
        paragraph.add_run(f"{label} ").bold = True
        paragraph.add_run(text)

    def chapter(self, anchor: str, text: str, *, new_page: bool = False) -> None:
        heading = self.document.add_paragraph(style="Heading 1")
        heading.paragraph_format.page_break_before = new_page
        self.bookmarks += 1
        bookmark(heading, anchor, str(self.bookmarks), text)

    def block(self, code: str) -> str:
        """Opens a loop or condition over paragraphs; gives the word that ends it."""
        self.document.add_paragraph(f"{{%p {code} %}}")
        return code.partition(" ")[0]

    def end(self, opened: str) -> None:
        self.document.add_paragraph(f"{{%p end{opened} %}}")

    def picture(self, name: str) -> None:
        asked = self.block(f"if diagram.{name}")
        self.document.add_paragraph(f"{{{{ diagram.{name}.bild }}}}", style=FIGURE)
        caption = self.document.add_paragraph(style="Caption")
        caption.add_run(f"{self.words['a_figure']} ")
        field(caption, "SEQ Figur \\* ARABIC", "1")
        caption.add_run(f". {{{{ diagram.{name}.titel }}}}. {self.words['same_figures']}")
        self.end(asked)

    def counted(self, rows: str, caption: str, heading: str) -> None:
        self.table(caption, (heading, self.words["projects"]), f"rad in {rows}", ("{{ rad.namn }}", "{{r rad.lank }}"))

    def table(
        self,
        caption: str,
        head: Sequence[str],
        rows: str,
        cells: Sequence[str],
        foot: Sequence[str] = (),
        *,
        texts: int = 1,
        together: bool = True,
    ) -> None:
        """A caption, a table with a row for each of `rows`, a last row where there is one. `texts`: first columns."""
        above = self.document.add_paragraph(style="Caption")
        above.paragraph_format.keep_with_next = True
        above.add_run(f"{self.words['a_table']} ")
        field(above, "SEQ Tabell \\* ARABIC", "1")
        above.add_run(f". {caption}")
        filled = [head, (f"{{%tr for {rows} %}}",), cells, ("{%tr endfor %}",), *([foot] if foot else [])]
        table = self.document.add_table(rows=len(filled), cols=len(head), style=TABLE)
        word_tables.shape(table, last_row=bool(foot), together=together)
        for place, row in enumerate(filled):
            for column, text in enumerate(row):
                word_tables.fill(table.cell(place, column), text, number=column >= texts)
        self.document.add_paragraph(style=AFTER_TABLE)
