"""Reads a compose file as Docker does: variables filled in, services as plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml

ROOT = Path(__file__).parents[2]
FILES = ("docker-compose.yml", "docker-compose.one.yml")
_VARIABLE = re.compile(r"\$\$|\$\{(\w+)(?:(:\?|:-)([^}]*))?\}")


class NotGiven(Exception):
    """A variable that has no default was not given."""


def read(name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The file with `given` filled in; raises NotGiven for what it insists on."""
    document = yaml.safe_load((ROOT / name).read_text("utf-8"))
    return cast("dict[str, Any]", _filled(document, given))


def wanted(name: str) -> dict[str, str]:
    """Variables that the file insists on, with what it says where one is missing."""
    found = _VARIABLE.finditer((ROOT / name).read_text("utf-8"))
    return {match[1]: match[3] for match in found if match[2] == ":?"}


def _filled(value: Any, given: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, given) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, given) for one in value]
    return _VARIABLE.sub(lambda match: _value(match, given), value) if isinstance(value, str) else value


def _value(match: re.Match[str], given: Mapping[str, str]) -> str:
    name, kind, text = match.groups()
    if name is None:
        return "$"
    if given.get(name):
        return given[name]
    if kind == ":-":
        return text or ""
    raise NotGiven(f"{name}: {text}")
