"""From drop to findable on an idle bank: a 40-page PDF sent over HTTP, until a search finds a word of its own.

python -m benchmarks.drop [--drops 20]
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import re
import secrets
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pypdfium2

from benchmarks.bench_bank import BenchBank
from benchmarks.measure import Series, print_table
from benchmarks.serving import RunningBank, running_bank
from tests.webapp.small_pdf import small_pdf

PAGES, LINES = 40, 40
PATIENCE_SECONDS = 20
LINE = 90  # characters
PASSWORD = "en lång lösenfras"


def report(word: str, sentences: list[str], start: int) -> bytes:
    """A report of 40 full pages of real sentences; `word` stands on page 12."""
    pages = []
    for number in range(PAGES):
        text = " ".join(sentences[(start + number * LINES + line) % len(sentences)] for line in range(LINES))
        lines = [text[at : at + LINE] for at in range(0, LINE * LINES, LINE)]
        pages.append([f"Här står {word}.", *lines[1:]] if number == 11 else lines)
    return small_pdf(*pages)


class Person:
    """An administrator with a browser: signed in, with a form open."""

    def __init__(self, bank: RunningBank) -> None:
        self._address = bank.address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._browser = urllib.request.build_opener(cookies)
        bank.command("user", "add", "anna", "--role", "administratör", text=f"{PASSWORD}\n")
        token = self._token("/logga-in")
        form = urllib.parse.urlencode({"csrf_token": token, "namn": "anna", "losenord": PASSWORD, "nasta": ""})
        self._browser.open(f"{self._address}/logga-in", form.encode()).read()
        self._csrf = self._token("/uppladdning")

    def _token(self, path: str) -> str:
        page = self._browser.open(f"{self._address}{path}").read().decode()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, path
        return found[1]

    def drop(self, name: str, data: bytes) -> None:
        mark = secrets.token_hex(16)
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self._csrf}\r\n'
            f'--{mark}\r\nContent-Disposition: form-data; name="filer"; filename="{name}"\r\n\r\n'
        )
        body = head.encode() + data + f"\r\n--{mark}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}", "Accept": "application/json"}
        self._browser.open(urllib.request.Request(f"{self._address}/uppladdning", body, headers)).read()

    def finds(self, word: str) -> bool:
        answer = self._browser.open(f"{self._address}/api/v1/search?q={word}").read()
        return bool(json.loads(answer)["total"])


def read_bare(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            document[number].get_textpage().get_text_range()


def measure(bank: RunningBank, drops: int) -> None:
    person, sentences = Person(bank), BenchBank(1, None).sentences
    bare, ours = Series("bare PDFium read"), Series("drop to findable")
    for number in range(drops):
        word = "q" + "".join(secrets.choice("aeioubdgklmnprst") for _ in range(12))
        data = report(word, sentences, number * 997)
        with bare.timing():
            read_bare(data)
        with ours.timing():
            person.drop(f"rapport {number}.pdf", data)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not person.finds(word):
                if time.monotonic() > deadline:
                    raise TimeoutError(word)
                time.sleep(0.01)
    print_table(f"{drops} drops of {PAGES} pages", bare, [ours])
    print(f"{ours.median - bare.median:.0f} ms more than bare PDFium (aim: 500)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drops", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_bank(Path(folder) / "data") as bank:
        measure(bank, given.drops)


if __name__ == "__main__":
    main()
