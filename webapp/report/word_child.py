"""A process of its own that fills one Word template: the bank's own may be broken or hostile, and harms only itself.

    python -m webapp.report.word_child  < request.json  > report.docx

It can open no connection, start no program and write no file, and ends at its limits. Exit code 0 with the document
(a request without `context` asks for the standard template), or REFUSED with {"reason", "detail"} on standard error.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, RGBColor
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from indexer import confine, forbid_network_and_programs
from webapp.report.standard_template import standard_template
from webapp.report.word_fields import number_captions
from webapp.report.word_styles import LINK

REFUSED = 2
WALL, MEMORY = 60, 1_000_000_000
MOST_UNPACKED = 100_000_000  # bytes of all parts together
PICTURE_WIDTH = Cm(16)
LONGEST_PROPERTY = 255  # of Word's own
LONGEST_NEAR = 80
Request = Mapping[str, Any]


class Refused(Exception):
    """The template cannot be used; `reason` is a word that `webapp.report.word` has a sentence for."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


class Picture(InlineImage):  # type: ignore[misc]  # docxtpl has no types
    """A picture in the line, with the words for those who cannot see it."""

    def __init__(self, template: DocxTemplate, data: bytes, told: str) -> None:
        super().__init__(template, BytesIO(data), width=PICTURE_WIDTH)
        self.told = told

    def _insert_image(self) -> str:
        part = self.tpl.current_rendering_part
        self.image_descriptor.seek(0)
        inline = part.new_pic_inline(self.image_descriptor, self.width, None)
        inline.docPr.set("descr", self.told)
        return f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def filled(request: Request) -> bytes:
    """The document of a request; raises Refused."""
    template = _opened(request)
    _style_links(template.get_docx())
    context = _values(request["context"], template)
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template.render(context, environment, autoescape=True)
    except TemplateSyntaxError as error:
        raise Refused("syntax", _near(error) or str(error.message)) from error
    except UndefinedError as error:
        raise Refused("unknown_name", str(error.message)) from error
    except SecurityError as error:
        raise Refused("forbidden", str(error)) from error
    document = template.docx  # get_docx would read the template anew
    number_captions(document)
    _describe(document, request["properties"])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(request: Request) -> DocxTemplate:
    if not request["template"]:
        return _loaded(BytesIO(standard_template(request["words"])))
    path = Path(request["template"])
    try:
        with zipfile.ZipFile(path) as package:
            unpacked = sum(one.file_size for one in package.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise Refused("unreadable", type(error).__name__) from error
    if unpacked > MOST_UNPACKED:
        raise Refused("too_large")
    return _loaded(path)


def _loaded(place: Path | BytesIO) -> DocxTemplate:
    template = DocxTemplate(place)
    try:
        template.get_docx()
    except Exception as error:
        # Whatever a library that opens foreign files stumbles on, it is the file that cannot be opened.
        raise Refused("unreadable", type(error).__name__) from error
    return template


def _values(value: Any, template: DocxTemplate) -> Any:
    """Links and pictures as docxtpl takes them; all else is plain."""
    if isinstance(value, list):
        return [_values(one, template) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"text", "url"}:
        return _link(value["text"], value["url"], template)
    if value.keys() == {"png", "told"}:
        return Picture(template, base64.b64decode(value["png"]), value["told"])
    return {name: _values(one, template) for name, one in value.items()}


def _link(text: str, url: str, template: DocxTemplate) -> RichText:
    """Plain text where there is nothing to open."""
    return RichText(text, style=LINK, url_id=template.build_url_id(url)) if url else RichText(text)


def _style_links(document: Document) -> None:
    """A template that holds no link has no style for them either."""
    if any(style.style_id == LINK for style in document.styles):
        return
    style = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb, style.font.underline = RGBColor(0x05, 0x63, 0xC1), True


def _describe(document: Document, told: Mapping[str, str]) -> None:
    """Title, author and date of the file itself."""
    properties = document.core_properties
    properties.title, properties.author = told["title"][:LONGEST_PROPERTY], told["author"][:LONGEST_PROPERTY]
    properties.last_modified_by = properties.author
    properties.language, properties.comments, properties.keywords = told["language"], "", ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
    properties.revision = 1


def _near(error: TemplateSyntaxError) -> str:
    """The words of the template where its code cannot be read."""
    around = [line.strip() for line in getattr(error, "docx_context", ())]
    written = next((line for line in reversed(around) if re.search(r"{[{%#]|[}%#]}", line)), "")
    return written[:LONGEST_NEAR]


def main() -> int:
    """Reads the request, binds itself, and answers."""
    request = json.load(sys.stdin)
    confine(request["seconds"], WALL, MEMORY)
    forbid_network_and_programs()
    try:
        data = filled(request) if "context" in request else standard_template(request["words"])
    except Refused as refused:
        reason, detail = refused.reason, refused.detail
    except MemoryError:
        reason, detail = "too_much", ""
    except Exception as error:  # noqa: BLE001 - a template can make a library fail in any way there is
        reason, detail = "broken", f"{type(error).__name__}: {error}"[:300]
    else:
        sys.stdout.buffer.write(data)
        return 0
    json.dump({"reason": reason, "detail": detail}, sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
