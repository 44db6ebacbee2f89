"""HTTP only: what people and programs ask for, and the pages that answer."""

from __future__ import annotations

from importlib import import_module

from flask import Flask
from flask_wtf import CSRFProtect

from settings import Settings
from webapp import errors, figures
from webapp.bank import Bank
from webapp.bank_words import follow_editors
from webapp.headers import send_headers
from webapp.languages import speak
from webapp.page_templates import Templates
from webapp.proxies import believe_proxies
from webapp.request_number import number_requests
from webapp.secret_key import secret_key
from webapp.signed_in import know_people
from webapp.uploads import limit_requests

# Modules with a blueprint named `bp`, one subject each.
BLUEPRINTS = (
    "start",
    "search",
    "export.downloads",
    "completion",
    "api",
    "explore.views",
    "report.views",
    "explore.kept",
    "information",
    "accounts",
    "upload",
    "documents",
    "why",
    "projects",
    "caretaking.views",
    "administration",
    "coverage.views",
    "word_lists",
    "trial",
    "health",
)


def create_app(settings: Settings) -> Flask:
    """Makes the application; nothing of the bank is opened before the first request asks for it."""
    app = Flask(__name__)
    app.jinja_environment = Templates
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME="inloggning",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies == "1",
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch still works; the token ends with the session
    )
    app.extensions["bank"] = Bank(settings)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the API keeps the order of the page
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    believe_proxies(app, int(settings.proxies))
    number_requests(app)
    limit_requests(app)
    CSRFProtect(app)
    speak(app)
    know_people(app)
    figures.serve(app)
    follow_editors(app)
    send_headers(app)
    errors.answer_errors(app)
    if settings.metrics_port:
        from webapp.metrics import count_responses

        count_responses(app)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(f"webapp.{name}").bp)
    return app
