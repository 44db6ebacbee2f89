"""Lists of many small parts, each joined in one go: loops of the template took a third of the time of rendering.

A form is the HTML of one part, written in the template (search_forms.py), with places as %(label)s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape as html_escape

from flask import Blueprint
from markupsafe import Markup

from webapp.counts import documents_unit
from webapp.figures import number
from webapp.languages import language
from webapp.search_facets import Bar, FacetList, FacetValue
from webapp.search_hits import FoldedHit, Group, Hit, PageLink, PageMap, Parts, Passage
from webapp.texts import gettext, ngettext

_CHOSEN = ' class="in"'
# The word as it was typed has the plain mark; the other kinds can be told apart.
_MARK = {
    "exact": "<mark>%s</mark>",
    "form": '<mark class="mark--form">%s</mark>',
    "part": '<mark class="mark--part">%s</mark>',
    "synonym": '<mark class="mark--synonym">%s</mark>',
}
_FINDING_SIGNS = {"stod": "full", "blandat": "half", "inget_stod": "none", "ej_utvarderat": "unknown"}


def escape(text: str) -> str:
    """Plain text, not Markup. Looking for what is to be escaped takes a third of the time of replacing it."""
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return html_escape(text)
    return text


def spans(facts: Iterable[str]) -> Markup:
    """Each fact in a span of its own."""
    return _joined([_spans(facts)])


def marked_text(parts: Parts) -> Markup:
    """The text of a passage with its marks."""
    return _joined([_marked_text(parts)])


def groups(some: Iterable[Group], patterns: Mapping[str, str]) -> Markup:
    """The list of hits. `patterns` has a form for a group, a hit and each part that one of them may lack."""
    return _joined(_group(group, patterns) for group in some)


def finding_sign(key: str) -> str:
    """The icon of a finding, always shown with its word."""
    return _FINDING_SIGNS.get(key.replace("-", "_"), "unknown")


def _spans(facts: Iterable[str]) -> str:
    return "".join([f"<span>{escape(fact)}</span>" for fact in facts])


def _marked_text(parts: Parts) -> str:
    return "".join([_MARK[kind] % escape(text) if kind else escape(text) for text, kind in parts])


def _group(group: Group, patterns: Mapping[str, str]) -> str:
    return patterns["group"] % {
        "head": _head(group, patterns) if group.title else patterns["alone"],
        "aim": patterns["aim"] % {"text": _marked_text(group.parts)} if group.parts else "",
        "hits": "".join(_hit(hit, patterns, less=bool(place)) for place, hit in enumerate(group.hits)),
        "folded": _folded(group, patterns) if group.folded else "",
    }


def _head(group: Group, patterns: Mapping[str, str]) -> str:
    sign, label = finding_sign(group.finding), escape(group.finding_label)
    finding = patterns["finding"] % {"sign": sign, "label": label}
    return patterns["head"] % {
        "link": escape(group.link),
        "title": escape(group.title),
        "meta": _spans(group.meta),
        "finding": f"<span>{finding}</span>" if group.finding else "",
        "found": _spans((group.found,)) if group.found else "",
    }


def _folded(group: Group, patterns: Mapping[str, str]) -> str:
    items = [_folded_item(one, patterns) for one in group.folded]
    if group.left_out:
        told = gettext("och %(n)s till hos projektet", n=number(group.left_out))
        items.append(patterns["left_out"] % {"link": escape(group.link), "told": escape(told)})
    told = ngettext("%(num)s dokument till", "%(num)s dokument till", len(group.folded) + group.left_out)
    return patterns["folded"] % {"told": escape(told), "items": "".join(items)}


def _hit(hit: Hit, patterns: Mapping[str, str], *, less: bool) -> str:
    title = escape(hit.title)
    return patterns["hit"] % {
        "less": " hit--less" if less else "",
        "link": escape(hit.link),
        "title": title,
        "meta": _spans(hit.meta),
        "map": _map(hit.page_map, patterns["map"]) if hit.page_map else "",
        "told": _told(hit, patterns),
        "below": _below(hit, title, patterns) if hit.more or hit.why else "",
    }


def _map(page_map: PageMap, pattern: str) -> str:
    """Numbers and a path are ours; what is told is text."""
    pages, width, bars, told = page_map
    return pattern % {"pages": pages, "width": width, "bars": bars, "told": escape(told)}


def _told(hit: Hit, patterns: Mapping[str, str]) -> str:
    """The best passages, else the summary; in the document's language where the page speaks another."""
    foreign = f' lang="{escape(hit.language)}"' if hit.language and hit.language != language() else ""
    if hit.passages:
        return patterns["passages"] % {"lang": foreign, "items": _passages(hit.passages, patterns["passage"])}
    return patterns["summary"] % {"lang": foreign, "text": escape(hit.summary)} if hit.summary else ""


def _passages(passages: Iterable[Passage], pattern: str) -> str:
    items = [
        pattern
        % {
            "link": escape(one.link),
            "name": escape(one.name),
            "heading": escape(one.heading),
            "text": _marked_text(one.parts),
        }
        for one in passages
    ]
    return "".join(items)


def _folded_item(hit: FoldedHit, patterns: Mapping[str, str]) -> str:
    title = escape(hit.title)
    return patterns["folded_item"] % {
        "link": escape(hit.link),
        "title": title,
        "meta": escape(", ".join(hit.meta)),
        "why": _why(hit.why, title, patterns),
    }


def _why(link: str, title: str, patterns: Mapping[str, str]) -> str:
    """`title` is that of the hit, escaped. Nothing without a link: where nothing was asked."""
    return patterns["why"] % {"link": escape(link), "title": title} if link else ""


def _below(hit: Hit, title: str, patterns: Mapping[str, str]) -> str:
    """`title` is that of the hit, escaped."""
    more = _more(hit.more, patterns["more"]) if hit.more else ""
    return patterns["below"] % {"more": more, "why": _why(hit.why, title, patterns)}


def _more(links: Sequence[PageLink], pattern: str) -> str:
    told = ngettext("%(num)s sida till", "%(num)s sidor till", len(links))
    items = "".join(f'<li><a href="{escape(one.link)}">{escape(one.name)}</a></li>' for one in links)
    return pattern % {"told": escape(told), "items": items}


def facets(some: Iterable[FacetList], patterns: Mapping[str, str]) -> Markup:
    """The lists of filters; `patterns` has a form for a list, its folded part and a row of each state."""
    return _joined(_facet(facet, patterns) for facet in some)


def _facet(facet: FacetList, patterns: Mapping[str, str]) -> str:
    return patterns["facet"] % {
        "open": " open" if facet.unfolded else "",
        "label": escape(facet.label),
        "note": f'<span class="count">{escape(facet.note)}</span>' if facet.note else "",
        "shown": _rows(facet.shown, facet.parameter, patterns),
        "folded": _folded_rows(facet, patterns) if facet.folded else "",
        "left_out": _too_rare(facet) if facet.left_out else "",
    }


def _folded_rows(facet: FacetList, patterns: Mapping[str, str]) -> str:
    told = gettext("Visa %(n)s till", n=len(facet.folded))
    rows = _rows(facet.folded, facet.parameter, patterns)
    return patterns["facet_folded"] % {"told": escape(told), "rows": rows}


def _too_rare(facet: FacetList) -> str:
    count = number(facet.left_out)
    told = (
        gettext("Minst %(n)s ovanligare visas inte. Sök på ordet i stället.", n=count)
        if facet.uncounted
        else gettext("%(n)s ovanligare visas inte. Sök på ordet i stället.", n=count)
    )
    return f'<p class="help">{escape(told)}</p>'


def _rows(values: Iterable[FacetValue], parameter: str, patterns: Mapping[str, str]) -> str:
    """A row a value, with its parameter, key, label and count."""
    rows, units = [], (documents_unit(1), documents_unit(2))
    for one in values:
        unit = units[one.documents != 1]
        before, after = _row(patterns[f"row_{one.state}"], parameter, one.key, one.label, unit)
        rows.append(f"{before}{number(one.documents)}{after}")
    return "".join(rows)


@lru_cache(maxsize=2048)
def _row(pattern: str, parameter: str, key: str, label: str, unit: str) -> tuple[str, str]:
    """What stands before and after a row's count: made from these five alone, and the same on page after page."""
    given = {"name": parameter, "key": escape(key), "label": escape(label), "unit": escape(unit)}
    before, _, after = pattern.partition("%(count)s")
    return before % given, after % given


def bars(some: Iterable[Bar]) -> Markup:
    """A rectangle a year, which tells its count; nothing where there is nothing to see."""
    units = escape(documents_unit(1)), escape(documents_unit(2))
    return _joined(
        f'<rect{_CHOSEN if bar.chosen else ""} x="{bar.x}" y="{bar.y}" width="{bar.width}" '
        f'height="{bar.height}"><title>{bar.year}: {number(bar.count)} {units[bar.count != 1]}</title></rect>'
        for bar in some
        if bar.count
    )


def offer(bp: Blueprint) -> None:
    """As filters of the templates."""
    for join in (spans, groups, finding_sign, facets, bars, documents_unit):
        bp.add_app_template_filter(join)


def _joined(escaped: Iterable[str]) -> Markup:
    return Markup("".join(escaped))  # noqa: S704  # each of the functions above escapes what it is given
