"""What a file is, from its bytes. Names are believed among plain-text kinds only."""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Callable
from pathlib import Path

from indexer.extraction.charset import decoded
from indexer.extraction.compound_root import Broken, root_names
from indexer.extraction.media_types import (
    CSV,
    DOC,
    DOCX,
    EMAIL,
    ENCRYPTED_OFFICE,
    EPUB,
    HTML,
    MSG,
    ODP,
    ODS,
    ODT,
    OLE,
    PDF,
    PPT,
    PPTX,
    RTF,
    TEXT,
    XLS,
    XLSX,
    ZIP,
)
from indexer.extraction.separated import separator

HEAD = 65_536
PDF_HEADER_WITHIN = 4096  # junk before the header; PDFium itself looks through 1,024 bytes
ENOUGH_TAGS = 3  # of HTML, in a text that does not start as HTML
CENTRAL_DIRECTORY_READ = 4_000_000

_SIGNATURES = (
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"%!PS", "application/postscript"),
)
# Streams at the root of the old office formats. Of a file that does not tell its root, the outermost first: a mail may
# hold a Word file, slides may hold a workbook.
_OLE_STREAMS = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("__properties_version1.0", MSG),
    ("PowerPoint Document", PPT),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
)
_OFFICE_FOLDERS = (("word/", DOCX), ("ppt/", PPTX), ("xl/", XLSX))
_TEXT_ENDINGS = {".html": HTML, ".htm": HTML, ".xhtml": HTML, ".eml": EMAIL, ".csv": CSV, ".tsv": CSV}
_HTML_START = re.compile(
    rb"\s*(<!--.*?-->\s*|<\?xml.*?\?>\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_TAG = re.compile(rb"<(html|head|body|title|table|p|div|meta)\b[^<>]*>", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    rb"^(received|from|to|subject|mime-version|date|message-id|return-path):\s", re.IGNORECASE | re.MULTILINE
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def sniff(path: Path | str, file_name: str = "") -> str:
    """The media type; "" where the bytes are none that is known. Raises OSError where the file cannot be opened."""
    with Path(path).open("rb") as file:
        head = file.read(HEAD)
        if not head:
            return ""
        for find in (_by_signature, _pdf):
            if found := find(head):
                return found
        if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            return _zipped(head, _member_names(file.seek, file.read))
        if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
                return _ole(whole)
    return _textual(head, Path(file_name or str(path)).suffix.lower())


def pdf_start(head: bytes) -> int:
    """Where the PDF header stands; -1 where there is none."""
    return head[: PDF_HEADER_WITHIN + 5].find(b"%PDF-")


def _pdf(head: bytes) -> str:
    start = pdf_start(head)
    if start < 0 and b"startxref" in head and b" obj" in head:
        return PDF  # a fragment that has lost its header
    if start < 0 or (start > 0 and _HTML_START.match(head)):
        return ""
    return PDF


def _by_signature(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), "")


def _zipped(head: bytes, names: list[str]) -> str:
    if head[30:38] == b"mimetype":
        declared = re.match(rb"application/[a-z0-9.+-]{1,80}", head[38:140])
        for kind in (ODT, ODP, ODS, EPUB):
            if declared and declared[0].startswith(kind.encode()):
                return kind
    if "META-INF/container.xml" in names:
        return EPUB
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return ODT
    # A truncated file has lost its directory; its first member's name still tells what it was.
    names = names or re.findall(r"\[Content_Types\]\.xml|(?:word|ppt|xl)/", head.decode("latin-1"))
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE_FOLDERS:
            if any(name.startswith(folder) for name in names):
                return kind
        return DOCX if len(names) <= 1 else ZIP
    return ZIP


def _member_names(seek: Callable[[int, int], int], read: Callable[[int], bytes]) -> list[str]:
    """Names in the central directory, read without unpacking anything; none where it is damaged."""
    size = seek(0, 2)
    tail_start = seek(max(0, size - 66_000), 0)
    tail = read(66_000)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return []
    length = struct.unpack_from("<I", tail, end + 12)[0]
    seek(max(0, tail_start + end - length), 0)
    directory, names, at = read(min(length, CENTRAL_DIRECTORY_READ)), [], 0
    while directory[at : at + 4] == b"PK\x01\x02" and len(directory) >= at + 46:
        name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
        names.append(directory[at + 46 : at + 46 + name].decode("utf-8", "replace").replace("\\", "/"))
        at += 46 + name + extra + comment
    return names


def _ole(whole: mmap.mmap) -> str:
    try:
        names = root_names(whole)
    except Broken:
        return next((kind for name, kind in _OLE_STREAMS if whole.find(name.encode("utf-16-le")) >= 0), OLE)
    return next((kind for name, kind in _OLE_STREAMS if name in names), OLE)


def _textual(head: bytes, ending: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _html_or_text(head, ending)
    if b"\x00" in head or len(head.translate(None, _CONTROLS)) < len(head) * 0.98:
        return ""
    if _is_mail(head, ending):
        return EMAIL
    return _html_or_text(head, ending)


def _html_or_text(head: bytes, ending: str) -> str:
    bare = head.replace(b"\x00", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    if _HTML_START.match(bare.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")[:4096]):
        return HTML
    tagged = len(_HTML_TAG.findall(bare[:4096]))
    if tagged >= ENOUGH_TAGS or (tagged and _TEXT_ENDINGS.get(ending) == HTML):
        return HTML
    return CSV if _is_table(head, ending) else TEXT


def _is_table(head: bytes, ending: str) -> bool:
    """A text with a steady number of separators in its whole lines."""
    text = decoded(head)
    lines = text.rpartition("\n")[0] if len(head) == HEAD else text
    return bool(separator(lines, named=_TEXT_ENDINGS.get(ending) == CSV))


def _is_mail(head: bytes, ending: str) -> bool:
    top = head[:4096].split(b"\n\n")[0].split(b"\r\n\r\n")[0]
    headers = {name.lower() for name in _MAIL_HEADER.findall(top)}
    return len(headers) >= (2 if _TEXT_ENDINGS.get(ending) == EMAIL else 3) and bool(re.match(rb"[\w-]+:\s", head))
