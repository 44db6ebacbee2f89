"""Small files whose pages and words are known, made without any library that also reads them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

VOCABULARY = """
hemtjänst äldre stöd insats brukare samtal boende ekonomi familj skola arbete förvaltning utvärdering metod resultat
handläggare anhörig trygghet vräkning missbruk daglig verksamhet ungdom barn vuxen rutin samverkan
"""
WORDS = VOCABULARY.split()


@dataclass(frozen=True, slots=True)
class SmallFile:
    name: str
    content: bytes
    pages: int
    word: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def small_files(count: int, seed: int) -> Iterator[SmallFile]:
    """Two of three are PDFs of one to five pages, the others plain text; `word` stands in no other file."""
    chance = random.Random(seed)
    for number in range(count):
        word = f"kännetecken{''.join(chance.choices('abcdefghjkl', k=8))}"
        texts = [_text(chance, word) for _ in range(chance.randint(1, 5))]
        if number % 3:
            yield SmallFile(f"rapport {number}.pdf", pdf(texts), len(texts), word)
        else:
            yield SmallFile(f"anteckning {number}.txt", texts[0].encode(), 1, word)


def write(files: Iterator[SmallFile] | list[SmallFile], folder: Path) -> list[SmallFile]:
    written = list(files)
    folder.mkdir(parents=True, exist_ok=True)
    for one in written:
        (folder / one.name).write_bytes(one.content)
    return written


def _text(chance: random.Random, word: str) -> str:
    lines = [" ".join(chance.choices(WORDS, k=9)) for _ in range(20)]
    return "\n".join([f"Rapport om {word}", *lines])


def pdf(texts: list[str]) -> bytes:
    """One page a text, each line shown by itself, in Helvetica with WinAnsi letters."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(texts)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, text in enumerate(texts):
        shown = _shown(text)
        resources = "<< /Font << /F 3 0 R >> >>"
        box, content = "/MediaBox [0 0 595 842]", f"/Contents {5 + 2 * number} 0 R"
        page = f"<< /Type /Page /Parent 2 0 R {box} /Resources {resources} {content} >>"
        objects += [page.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown)]
    return written_objects(objects)


def _shown(text: str) -> bytes:
    lines = [line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") for line in text.split("\n")]
    return b"BT /F 11 Tf 60 780 Td 16 TL\n" + b"".join(b"(%s) Tj T*\n" % line for line in lines) + b"ET"


def written_objects(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1, of which the first is the catalog."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
