"""Lists of many small parts, each joined in one go: loops of the template took a third of the time of rendering.

A form is the HTML of one part, written in the template, with places as %(label)s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape  # gives plain text, in half the time of markupsafe's

from flask import Blueprint
from markupsafe import Markup

from webapp.figures import number
from webapp.search_facets import Bar, FacetValue
from webapp.search_hits import PageLink, Parts, Passage

_CHOSEN = ' class="in"'


def spans(facts: Iterable[str]) -> Markup:
    """Each fact in a span of its own."""
    return _joined(f"<span>{escape(fact)}</span>" for fact in facts)


def marked_text(parts: Parts) -> Markup:
    """The text of a passage with its marks."""
    return _joined(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in parts)


def passage_items(passages: Iterable[Passage], form: Markup) -> Markup:
    """An item a passage: its page's link and name, heading and text."""
    return _joined(
        str(form)
        % {
            "link": escape(one.link),
            "name": escape(one.name),
            "heading": escape(one.heading),
            "text": marked_text(one.parts),
        }
        for one in passages
    )


def page_links(links: Iterable[PageLink]) -> Markup:
    """An item a page."""
    return _joined(f'<li><a href="{escape(one.link)}">{escape(one.name)}</a></li>' for one in links)


def facet_rows(values: Iterable[FacetValue], parameter: str, forms: Mapping[str, Markup]) -> Markup:
    """A row a value; `forms` has the row of each state, with places for the parameter, key, label and count."""
    patterns = {state: str(form) for state, form in forms.items()}
    return _joined(
        patterns[one.state]
        % {"name": parameter, "key": escape(one.key), "label": escape(one.label), "count": number(one.count)}
        for one in values
    )


def bars(some: Iterable[Bar], unit: str) -> Markup:
    """A rectangle a year, which tells its count."""
    unit = escape(unit)
    return _joined(
        f'<rect{_CHOSEN if bar.chosen else ""} x="{bar.x}" y="{bar.y}" width="{bar.width}" '
        f'height="{bar.height}"><title>{bar.year}: {number(bar.count)} {unit}</title></rect>'
        for bar in some
    )


def offer(bp: Blueprint) -> None:
    """As filters of the templates."""
    for join in (spans, marked_text, passage_items, page_links, facet_rows, bars):
        bp.add_app_template_filter(join)


def _joined(escaped: Iterable[str]) -> Markup:
    return Markup("".join(escaped))  # noqa: S704  # each of the functions above escapes what it is given
