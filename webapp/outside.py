"""What addresses begin with where they are written into something that leaves the bank: a file, a letter."""

from __future__ import annotations

from flask import request


def root() -> str:
    """https://host, with the path under which the application is mounted, as the person who asks reaches it."""
    return request.url_root.rstrip("/")
