"""Word files: everything that stands in them, once, on its page or in its section."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import Extraction, UnreadableFile
from tests.indexer.extraction import making
from tests.indexer.extraction.making import paragraph

Read = Callable[[bytes], Extraction]
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_a_file_from_an_office_program_keeps_headings_tables_and_headers(read: Read, tmp_path: Path) -> None:
    made = making.new_word()
    made.core_properties.title = "Bo kvar"
    made.sections[0].header.paragraphs[0].text = "Delrapport Bo kvar"
    made.sections[0].footer.paragraphs[0].text = "Skärholmen"
    made.add_heading("Bakgrund", 1)
    made.add_paragraph("Vräkningar har förebyggts i bostads-\u00adområdet. " * 12)
    made.add_heading("Sammanfattning", 1)
    made.add_paragraph("Färre familjer vräktes i Bo kvar.")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["År", "Antal", "2018", "14"], strict=True):
        cell.text = text
    extraction = read(making.saved(made, tmp_path / "a.docx").read_bytes())
    assert extraction.title == "Bo kvar"
    assert extraction.page_kind == "section"
    assert [page.heading for page in extraction.pages] == ["Bakgrund", "Sammanfattning"]
    assert extraction.summary.startswith("Färre familjer")
    assert "År Antal" in extraction.pages[1].text
    assert extraction.running.split("\n") == ["Skärholmen", "Delrapport Bo kvar"]
    assert "Delrapport" not in extraction.text


def test_page_breaks_that_the_program_rendered_make_pages(read: Read) -> None:
    rendered = "<w:lastRenderedPageBreak/>"
    body = paragraph("sida ett") + paragraph("sida två", rendered) + paragraph("sida tre", rendered)
    extraction = read(making.word(body))
    assert extraction.page_kind == "page"
    assert [page.text for page in extraction.pages] == ["sida ett", "sida två", "sida tre"]


def test_a_break_and_its_rendering_are_one_break(read: Read) -> None:
    broken = '<w:br w:type="page"/></w:r><w:r><w:lastRenderedPageBreak/>'
    assert len(read(making.word(paragraph("ett") + paragraph("två", broken))).pages) == 2


def test_notes_text_boxes_and_inserted_text_are_read_deleted_text_is_not(read: Read) -> None:
    notes = f'<w:footnotes {SPACE}><w:footnote w:id="2">{paragraph("fotnoten")}</w:footnote></w:footnotes>'
    ends = f'<w:endnotes {SPACE}><w:endnote w:id="1">{paragraph("slutnoten")}</w:endnote></w:endnotes>'
    box = f"<w:pict><w:txbxContent>{paragraph('i textrutan')}</w:txbxContent></w:pict>"
    changed = "<w:ins><w:r><w:t>tillagt</w:t></w:r></w:ins><w:del><w:r><w:delText>struket</w:delText></w:r></w:del>"
    body = f'<w:p><w:r><w:t>Brödtext</w:t><w:footnoteReference w:id="2"/>{box}</w:r>{changed}</w:p>'
    text = read(making.word(body, {"word/footnotes.xml": notes, "word/endnotes.xml": ends})).text
    for wanted in ("Brödtext", "fotnoten", "slutnoten", "i textrutan", "tillagt"):
        assert text.count(wanted) == 1
    assert "struket" not in text


def test_the_note_of_a_struck_reference_is_no_text(read: Read) -> None:
    notes = f'<w:footnotes {SPACE}><w:footnote w:id="2">{paragraph("fotnoten")}</w:footnote></w:footnotes>'
    body = f'<w:p>{run("Text")}<w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:del></w:p>'
    assert read(making.word(body, {"word/footnotes.xml": notes})).text == "Text"


def test_a_drawing_that_is_stored_twice_is_read_once(read: Read) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{paragraph('rutan')}</w:txbxContent>"
    twice = (
        f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert read(making.word(f"<w:p><w:r>{twice}</w:r></w:p>")).text.count("rutan") == 1


def test_what_stands_apart_on_a_line_or_in_a_formula_is_apart(read: Read) -> None:
    header = f"<w:p>{run('Södermalm')}<w:r><w:ptab/></w:r>{run('Delrapport')}</w:p>"
    fraction = "<w:f><w:num><w:r><w:t>antal</w:t></w:r></w:num><w:den><w:r><w:t>alla</w:t></w:r></w:den></w:f>"
    assert read(making.word(header + f"<w:p>{fraction}</w:p>")).text == "Södermalm Delrapport\n\nantal/alla"


def test_a_table_of_one_cell_is_a_frame_around_headings_and_pages(read: Read) -> None:
    heading = f'<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>{run("Resultat")}</w:p>'
    styles = f'<w:styles {SPACE}><w:style w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>'
    frame = heading + paragraph("ett") + paragraph("två", "<w:lastRenderedPageBreak/>")
    body = f"<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>{frame}</w:tc></w:tr></w:tbl>"
    pages = read(making.word(body, {"word/styles.xml": styles})).pages
    assert [(page.heading, page.text) for page in pages] == [("Resultat", "Resultat\n\nett"), ("Resultat", "två")]


def test_a_section_that_starts_a_page_does_and_one_that_goes_on_does_not(read: Read) -> None:
    going_on = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    past = f"<w:sectPr><w:sectPrChange>{going_on}</w:sectPrChange></w:sectPr>"
    body = f"<w:p><w:pPr>{past}</w:pPr>{run('ett')}</w:p><w:p><w:pPr>{going_on}</w:pPr>{run('mer')}</w:p>"
    extraction = read(making.word(body + paragraph("två") + "<w:sectPr/>"))
    assert [page.text for page in extraction.pages] == ["ett\n\nmer", "två"]


def test_the_style_of_a_text_box_is_not_that_of_the_paragraph_it_hangs_on(read: Read) -> None:
    styles = f'<w:styles {SPACE}><w:style w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>'
    style = '<w:pPr><w:pStyle w:val="H"/><w:pageBreakBefore/></w:pPr>'
    box = f"<w:r><w:pict><w:txbxContent><w:p>{style}{run('Rutan')}</w:p></w:txbxContent></w:pict></w:r>"
    pages = read(making.word(f"<w:p>{run('Löpande')}{box}</w:p>", {"word/styles.xml": styles})).pages
    assert [(page.heading, page.text) for page in pages] == [("", "Löpande"), ("Rutan", "Rutan")]


def test_diagrams_and_charts_say_what_they_say_where_they_stand(read: Read) -> None:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "".join(
        f'<Relationship Id="{key}" Type="{kinds}/{kind}" Target="{target}"/>'
        for key, kind, target in (("a", "diagramData", "diagrams/data1.xml"), ("b", "chart", "charts/chart1.xml"))
    )
    drawn = "<w:p><w:r><w:drawing><w:graphicData>{}</w:graphicData></w:drawing></w:r></w:p>"
    body = drawn.format('<w:relIds w:dm="a"/>') + drawn.format('<w:chart w:id="b"/>') + paragraph("sist")
    chart = "<c><strCache><pt><v>Årsta</v></pt></strCache><numCache><pt><v>7</v></pt></numCache></c>"
    members = {
        "word/_rels/document.xml.rels": f"<Relationships>{related}</Relationships>",
        "word/diagrams/data1.xml": "<d><p><r><t>Ansökan</t></r></p><p><r><t>Beslut</t></r></p></d>",
        "word/charts/chart1.xml": chart,
    }
    assert read(making.word(body, members)).text.split() == ["Ansökan", "Beslut", "Årsta", "sist"]
    assert read(making.word(body, {**members, "word/charts/chart1.xml": "<trasig"})).text.endswith("sist")


def test_the_strict_kind_is_read_too(read: Read) -> None:
    content = making.word(paragraph("strikt"))
    assert read(content).text == "strikt"
    strict = making.zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": (
                '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
                f"{paragraph('strikt')}</w:body></w:document>"
            ),
        }
    )
    assert read(strict).text == "strikt"


def test_an_empty_document_is_read_as_empty(read: Read) -> None:
    assert read(making.word("<w:p/>")).text == ""


@pytest.mark.parametrize(
    "content",
    [
        making.word("<w:p>"),
        making.zipped({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<x/>"}),
        making.word(paragraph("hej" * 2000))[:-200],
    ],
)
def test_a_broken_file_is_damaged(read: Read, content: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(content)
    assert caught.value.reason == "damaged"
