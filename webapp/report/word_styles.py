"""Styles of the standard template: Word's own where it has them, so that a bank can change its looks in one place."""

from __future__ import annotations

from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

COVER, FACTS, WARNING, FIGURE, AFTER_TABLE = "Omslag", "Fakta", "Varning", "Figur", "Efter tabell"
CELL, NUMBERS, TABLE, LINK = "Tabelltext", "Tabellsiffror", "Rapporttabell", "Hyperlink"
SERIF, SANS = "Cambria", "Calibri"
INK, QUIET, ACCENT = RGBColor(0x14, 0x20, 0x1E), RGBColor(0x4A, 0x57, 0x54), RGBColor(0x0B, 0x5A, 0x63)
TEXT_WIDTH = 16.0  # cm, between the margins of an A4 page
MARGIN = 2.5
LARGE = 12.5  # points; from here on words are not hyphenated

_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="14201E"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="14201E"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9D2CF"/>
  </w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="14201E"/></w:tcBorders></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="14201E"/></w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>"""


def set_styles(document: Document, language: str) -> None:
    """Page, language and every style that the template uses."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)
    _hyphenate(document)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    _write(document, "Normal", SANS, 11, after=0)
    _write(document, "Body Text", SANS, 11, after=6).paragraph_format.line_spacing = 1.15
    _write(document, "Title", SERIF, 34, bold=True, after=6)
    _write(document, "Subtitle", SANS, 16, colour=QUIET, after=24)
    for name, size, before in (("Heading 1", 20, 24), ("Heading 2", 15, 18), ("Heading 3", 12.5, 14)):
        heading = _write(document, name, SERIF, size, bold=True, before=before, after=4)
        heading.paragraph_format.keep_with_next = True
    _write(document, "TOC Heading", SERIF, 20, bold=True, after=10)
    _write(document, "Caption", SANS, 9.5, colour=QUIET, before=10, after=4)
    _write(document, "List Bullet", SANS, 11, after=4)
    for name in ("Header", "Footer"):
        _write(document, name, SANS, 9, colour=QUIET)
    _write(document, COVER, SANS, 13, colour=QUIET, before=150, after=10)
    _write(document, FACTS, SANS, 10, colour=QUIET, after=6)
    _write(document, WARNING, SANS, 11, bold=True, before=18)
    _write(document, FIGURE, SANS, 11, before=12).paragraph_format.keep_with_next = True
    _write(document, AFTER_TABLE, SANS, 6)
    _write(document, CELL, SANS, 9, before=2, after=2)
    _write(document, NUMBERS, SANS, 9, before=2, after=2).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for level in (1, 2):
        _contents_line(document, level)
    link = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = ACCENT, True
    document.styles.element.append(parse_xml(_TABLE))


def _write(
    document: Document,
    name: str,
    font: str,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor = INK,
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    """Sets a paragraph style, made where there is none; sizes and distances in points."""
    styles = document.styles
    known = name in {style.name for style in styles}
    style = cast("ParagraphStyle", styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    _set_font(style, font)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold or None, None
    style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.quick_style = True
    if size >= LARGE:
        style.element.get_or_add_pPr().append(parse_xml(f"<w:suppressAutoHyphens {nsdecls('w')}/>"))
    return style


def _set_font(style: ParagraphStyle, font: str) -> None:
    """The theme's fonts go before a style's own, so they are taken away."""
    style.font.name = font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in str(name):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), font)


def _hyphenate(document: Document) -> None:
    """Swedish words are long and columns narrow. The schema says where among the settings this one stands."""
    before = document.settings.element.find(qn("w:defaultTabStop"))
    assert before is not None  # python-docx's own template has it
    before.addnext(parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"))


def _contents_line(document: Document, level: int) -> None:
    """A line of the table of contents: the number of the page to the right, dots before it."""
    style = _write(document, f"toc {level}", SANS, 11, bold=level == 1, before=6 if level == 1 else 0, after=2)
    style.element.set(qn("w:styleId"), f"TOC{level}")
    style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
    style.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
