"""What python-docx has no call for: footnotes, page numbers, language, text boxes."""

from html import escape

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph as WordParagraph

from samples.make.dialect import plain
from samples.make.tree import Source

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FIRST = 2
"""The number of the first footnote; the two before are Word's separators."""

RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def add_footnotes(word: WordDocument, source: Source) -> None:
    """The part that holds the notes' texts, where there are any."""
    if not source.notes:
        return
    notes = "".join(_note(at, text) for at, text in enumerate(source.notes.values()))
    xml = f"<w:footnotes {nsdecls('w')}>{_separator(0)}{_separator(1)}{notes}</w:footnotes>"
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}'.encode()
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _separator(number: int) -> str:
    kind = "continuationSeparator" if number else "separator"
    run = f"<w:p><w:r><w:{kind}/></w:r></w:p>"
    return f'<w:footnote w:type="{kind}" w:id="{number}">{run}</w:footnote>'


def _note(at: int, text: str) -> str:
    mark = f"<w:r>{RAISED}<w:footnoteRef/></w:r>"
    words = f'<w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {_safe(text)}</w:t>'
    return f'<w:footnote w:id="{at + FIRST}"><w:p>{mark}<w:r>{words}</w:r></w:p></w:footnote>'


def _safe(text: str) -> str:
    return escape(plain(text), quote=False)


def add_mark(line: WordParagraph, at: int) -> None:
    """A raised reference to note number `at`, counted from nought."""
    mark = f'{RAISED}<w:footnoteReference w:id="{at + FIRST}"/>'
    line._p.append(parse_xml(f"<w:r {nsdecls('w')}>{mark}</w:r>"))  # noqa: SLF001


def fresh_numbering(word: WordDocument) -> int:
    """A numbering of its own for one list; Word would else count on from the list before."""
    style = word.styles["List Number"].element
    numbering = word.part.numbering_part.element
    shared = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
    kind = numbering.num_having_numId(int(shared)).abstractNumId.val
    fresh = numbering.add_num(kind)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


def count_by(line: WordParagraph, number: int) -> None:
    """Lets the line be counted in the list `number`."""
    counted = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    line._p.get_or_add_pPr().append(parse_xml(counted))  # noqa: SLF001


def add_page_number(line: WordParagraph) -> None:
    """A field that Word fills with the page's number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)  # noqa: SLF001


def speak_swedish(word: WordDocument) -> None:
    """Swedish as proofing language, and words broken at line ends."""
    settings = word.settings.element
    settings.insert(0, OxmlElement("w:autoHyphenation"))
    fonts = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if fonts is None:
        return
    language = fonts.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        fonts.append(language)
    language.set(qn("w:val"), "sv-SE")


def text_box(text: str) -> str:
    """A box that floats beside the text, in the old form that every reader knows."""
    names = nsdecls("w", "wp") + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    style = "position:absolute;margin-left:250pt;margin-top:4pt;width:170pt"
    style += f";height:{24 + 14 * (len(text) // 30)}pt"
    wrap = '<w10:wrap xmlns:w10="urn:schemas-microsoft-com:office:word" type="square"/>'
    words = f"<w:r><w:rPr><w:i/></w:rPr><w:t>{_safe(text)}</w:t></w:r>"
    inside = f"<v:textbox><w:txbxContent><w:p>{words}</w:p></w:txbxContent></v:textbox>"
    return f'<w:pict {names}><v:rect style="{style}">{inside}{wrap}</v:rect></w:pict>'
