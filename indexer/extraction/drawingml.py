"""What OOXML parts share: names without namespaces, the package's relations, and what charts and diagrams say."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from indexer.errors import UnreadableFile
from indexer.extraction.package import Package


def local(element: etree._Element) -> str:
    """The tag without namespace: the two kinds of OOXML (transitional, strict) differ in nothing else here."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements of that local name, at any depth."""
    return element.iter(f"{{*}}{name}")


def attribute(element: etree._Element, name: str) -> str:
    """The attribute of that local name; "" where there is none."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def main_part(package: Package, usual: str) -> str:
    """The document part as the package's relations name it; `usual` where they do not."""
    return next((target for kind, _, target in relations(package, "") if kind == "officeDocument"), usual)


def relations(package: Package, part: str) -> list[tuple[str, str, str]]:
    """(kind, id, target part) of a part's relations inside the package."""
    folder, _, name = part.rpartition("/")
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package:
        return []
    found = []
    for relation in package.xml(path):
        if isinstance(relation.tag, str) and relation.get("TargetMode") != "External":
            target = str(relation.get("Target", ""))
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((str(relation.get("Type", "")).rpartition("/")[2], str(relation.get("Id", "")), whole))
    return found


def drawn_texts(package: Package, part: str) -> list[str]:
    """What a diagram or chart says, each text once; nothing of one that is missing or broken."""
    try:
        root = package.xml(part)
    except UnreadableFile:
        return []
    paragraphs = ("".join(run.text or "" for run in named(paragraph, "t")) for paragraph in named(root, "p"))
    held = (value for kind in ("strCache", "lvl") for one in named(root, kind) for value in named(one, "v"))
    labels = (value.text or "" for value in held)
    return [text for text in dict.fromkeys(chain(paragraphs, labels)) if text.strip()]
