"""Reading addresses and pages in tests."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import MultiDict


def arguments(address: str) -> MultiDict[str, str]:
    return MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def select(root: html.HtmlElement, css: str) -> list[html.HtmlElement]:
    """Elements in the page's order. Knows tag, .class, #id, [name], [name=value], [name^=value], blanks, commas."""
    path = " | ".join("".join(f"//{_step(part)}" for part in one.split()) for one in css.split(","))
    found = root.xpath(f".{path.replace(' | //', ' | .//')}")
    return [one for one in found if isinstance(one, html.HtmlElement)] if isinstance(found, list) else []


def _step(css: str) -> str:
    tests = [f"contains(concat(' ', @class, ' '), ' {name} ')" for name in re.findall(r"\.([\w-]+)", css)]
    tests += [f"@id='{name}'" for name in re.findall(r"#([\w-]+)", css)]
    for name, sign, value in re.findall(r"\[([\w-]+)(?:(\^?=)([^\]]*))?\]", css):
        tests.append({"": f"@{name}", "=": f"@{name}='{value}'", "^=": f"starts-with(@{name}, '{value}')"}[sign])
    tag = re.match(r"\w+", css)
    return (tag[0] if tag else "*") + "".join(f"[{test}]" for test in tests)


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    """The page at an address, which must answer well."""
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return html.fromstring(answer.get_data(as_text=True))


def texts(root: html.HtmlElement, css: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in select(root, css)]


def links(root: html.HtmlElement, css: str) -> list[str]:
    return [str(one.get("href")) for one in select(root, css)]


def documents_counted(root: html.HtmlElement) -> int:
    """The figure of the result line: "31 dokument i 14 projekt", none where nothing was found."""
    first = texts(root, "h1")[0].replace("\N{NO-BREAK SPACE}", "").split()[0]
    return int(first) if first.isdecimal() else 0
