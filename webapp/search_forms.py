"""The HTML forms of the search page's lists, made once a language: they hold nothing of a question or a reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint
from jinja2 import Environment

from webapp.languages import language

TEMPLATE = "search_forms.html"


def offer(bp: Blueprint) -> None:
    """As `search_forms()` of the templates: forms by name, with places as %(label)s, in the request's language."""
    bp.record_once(lambda state: _add(state.app.jinja_env))


def _add(templates: Environment) -> None:
    kept: dict[str, Mapping[str, str]] = {}

    def search_forms() -> Mapping[str, str]:
        spoken = language()
        if spoken not in kept:
            made = cast("Any", templates.get_template(TEMPLATE).make_module())
            kept[spoken] = {name: str(form) for name, form in made.forms.items()}
        return kept[spoken]

    templates.globals["search_forms"] = search_forms
