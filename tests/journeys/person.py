"""Somebody with a browser: keeps cookies, fills in forms, sends files."""

from __future__ import annotations

import http.client
import io
import re
import time
from dataclasses import dataclass, field
from email.message import Message
from http.cookies import SimpleCookie
from urllib.parse import quote

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart


@dataclass(frozen=True, slots=True)
class Answer:
    """`seconds` is how long it took."""

    status: int
    headers: Message
    text: str
    seconds: float


@dataclass
class Person:
    """Comes as through a proxy that ends TLS, so that cookies for https alone are kept too."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def search(self, words: str) -> Answer:
        return self.get(f"/sok?q={quote(words)}")

    def post(self, path: str, fields: dict[str, str], **files: tuple[str, bytes]) -> Answer:
        """Fills in the form of the page at `path`: its token comes along. Files are names and bytes by field."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)
        assert found, f"No form with a token on {path}."
        stored = {name: FileStorage(io.BytesIO(data), named) for name, (named, data) in files.items()}
        boundary, body = encode_multipart({"csrf_token": found[1], **fields, **stored})
        return self._ask("POST", path, body, f'multipart/form-data; boundary="{boundary}"')

    def sign_in(self, name: str, password: str) -> None:
        answer = self.post("/logga-in", {"namn": name, "losenord": password})
        assert answer.status == http.client.SEE_OTHER, answer.text

    def drop(self, name: str, data: bytes, **fields: str) -> Answer:
        return self.post("/uppladdning", fields, filer=(name, data))

    def _ask(self, method: str, path: str, body: bytes | None = None, media_type: str = "") -> Answer:
        headers = {"X-Forwarded-Proto": "https", "Referer": f"https://{self.address}{path}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if media_type:
            headers["Content-Type"] = media_type
        connection = http.client.HTTPConnection(self.address, timeout=30)
        started = time.monotonic()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for set_cookie in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(set_cookie).items()}
        return Answer(answer.status, answer.headers, text, time.monotonic() - started)
