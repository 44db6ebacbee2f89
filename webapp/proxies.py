"""Who asks and how, where other servers stand in front of the pages."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def believe_proxies(app: Flask, count: int) -> None:
    """Takes the reader's address and scheme from what the nearest `count` proxies say, and from nobody further away.

    Without it all readers have the proxy's address, and one who guesses passwords would slow down everybody.
    """
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
