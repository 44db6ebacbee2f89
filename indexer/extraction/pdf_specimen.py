"""A small PDF of our own, read before the first child is forked so that no child prepares what all need."""

from __future__ import annotations

# A font that is not in the file makes PDFium look through the machine's font folders, once a process. There is no
# table of objects: PDFium rebuilds it.
_LINE = b"0 -20 Td /F2 9 Tf (%d hemtj\xe4nst) Tj /F3 9 Tf ( i staden1 ) Tj\n"
_CONTENT = b"BT /F1 11 Tf 72 700 Td (Sammanfattning) Tj\n%sET" % b"".join(_LINE % number for number in range(20))
_FONT = b"<< /Type /Font /Subtype /%s /BaseFont /%s /Encoding /WinAnsiEncoding >>"
_FONTS = b"<< /F1 5 0 R /F2 6 0 R /F3 7 0 R >>"
_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font %s >> >>" % _FONTS,
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_CONTENT), _CONTENT),
    _FONT % (b"Type1", b"Helvetica-Bold"),
    _FONT % (b"TrueType", b"Calibri"),
    _FONT % (b"TrueType", b"TimesNewRomanPSMT"),
    b"<< /Title (Ett prov) /CreationDate (D:20200101) >>",
)
SPECIMEN = b"%%PDF-1.4\n%s\ntrailer\n<< /Size 9 /Root 1 0 R /Info 8 0 R >>\n%%%%EOF\n" % b"\n".join(
    b"%d 0 obj\n%s\nendobj" % numbered for numbered in enumerate(_OBJECTS, 1)
)
