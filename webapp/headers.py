"""What every answer tells the browser: nothing from other hosts, no frames, no guessing, no address sent away."""

from __future__ import annotations

from functools import cache

from flask import Flask, Response, request

from webapp.signed_in import has_session

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; "  # the queue page asks for its own news
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def send_headers(app: Flask) -> None:
    """A view that needs a stricter policy of its own (the original of a document) sets it first."""

    @cache
    def takes_form(address: str) -> bool:
        """Whether a page of this pattern is sent back to itself."""
        return any(one.rule == address and "POST" in (one.methods or ()) for one in app.url_map.iter_rules())

    def is_forgotten(response: Response) -> bool:
        """So that nobody goes back to what was read here after its reader has signed out.

        A page whose form is sent to itself is kept: whoever goes back to it finds what they have typed.
        """
        if response.mimetype != "text/html" or request.url_rule is None:
            return False
        return has_session() and not takes_form(request.url_rule.rule)

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            kept = "no-store" if is_forgotten(response) else "no-cache"
            response.headers.setdefault("Cache-Control", f"private, {kept}")
            response.headers.setdefault("Vary", "Cookie")
        return response
