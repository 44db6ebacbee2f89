"""A real PDF in a few lines: pages of text in Helvetica, one line under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

WIDTH, HEIGHT, MARGIN, SIZE, LEADING = 595, 842, 72, 12, 18


def small_pdf(*pages: Sequence[str]) -> bytes:
    """One page for each list of lines."""
    bodies = list(_objects(pages))
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table) + tail


def _objects(pages: Sequence[Sequence[str]]) -> Iterator[bytes]:
    kids = b" ".join(b"%d 0 R" % (4 + 2 * place) for place in range(len(pages)))
    yield b"<< /Type /Catalog /Pages 2 0 R >>"
    yield b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))
    yield b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    for place, lines in enumerate(pages):
        box = b"[0 0 %d %d]" % (WIDTH, HEIGHT)
        font = b"<< /Font << /F1 3 0 R >> >>"
        yield b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Resources %s /Contents %d 0 R >>" % (
            box,
            font,
            5 + 2 * place,
        )
        shown = b"\n".join(b"(%s) Tj T*" % _escaped(line) for line in lines)
        start = b"BT /F1 %d Tf %d TL %d %d Td" % (SIZE, LEADING, MARGIN, HEIGHT - MARGIN)
        stream = b"%s\n%s\nET" % (start, shown)
        yield b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
