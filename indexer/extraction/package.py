"""Zipped formats: members within limits, XML without entities or network."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from indexer.errors import UnreadableFile
from indexer.extraction.limits import Limits

_CHUNK = 1 << 20


class Package:
    """An open zip file that unpacks no more than its limits allow, over all members together."""

    def __init__(self, zipped: zipfile.ZipFile, limits: Limits) -> None:
        self._zipped, self._left = zipped, limits.unpacked
        self._names = frozenset(zipped.namelist())
        if len(zipped.infolist()) > limits.members:
            raise UnreadableFile("too_large", f"{len(zipped.infolist())} members")

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def names(self) -> list[str]:
        return sorted(self._names)

    def refuse_too_large(self) -> None:
        """For what another library unpacks: raises UnreadableFile where the members' own sizes are beyond the limit."""
        if sum(info.file_size for info in self._zipped.infolist()) > self._left:
            raise UnreadableFile("too_large", "unpacks beyond the limit")

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises UnreadableFile where it is missing, broken or too large."""
        parts: list[bytes] = []
        try:
            with self._zipped.open(name) as member:
                while part := member.read(min(_CHUNK, self._left + 1)):
                    self._left -= len(part)
                    if self._left < 0:
                        raise UnreadableFile("too_large", f"{name} unpacks beyond the limit")
                    parts.append(part)
        except KeyError as error:
            raise UnreadableFile("damaged", f"{name} is missing") from error
        except RuntimeError as error:
            raise UnreadableFile("encrypted", str(error)) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise UnreadableFile("damaged", f"{name}: {error}") from error
        return b"".join(parts)

    def xml(self, name: str) -> etree._Element:
        """The root of a member; raises UnreadableFile where it is no XML."""
        return parse_xml(self.read(name), name)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML text, with entities neither fetched nor expanded; raises UnreadableFile."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("damaged", f"{name}: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile("damaged", f"{name} declares entities, which no office program writes")
    return root


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[Package]:
    """Raises UnreadableFile where the file is no whole zip."""
    try:
        zipped = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFile("damaged", str(error)) from error
    with zipped:
        yield Package(zipped, limits)


def dates(package: Package, member: str, tags: tuple[str, ...]) -> tuple[str, list[str]]:
    """(title, dates) of a document's properties, both empty where there are none or they are broken."""
    if member not in package:
        return "", []
    try:
        root = package.xml(member)
    except UnreadableFile:
        return "", []
    title = next((e.text or "" for e in root.iter("{http://purl.org/dc/elements/1.1/}title")), "")
    found = [(e.text or "").strip()[:10] for tag in tags for e in root.iter(tag)]
    return title.strip(), [date for date in found if date[:4].isdecimal()]
