"""What the README promises exists, and what exists stands in the README."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from commands import main
from settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_every_setting_with_its_default() -> None:
    rows = set(re.findall(r"^\| `(KB_[A-Z_]+)` \| (?:`([^`]*)`|empty) \|", README, re.MULTILINE))
    declared = {(f.metadata["variable"], str(f.default)) for f in fields(Settings)}
    assert rows == declared


def test_the_readme_tells_which_settings_may_lie_in_a_file() -> None:
    told = set(re.findall(r"^\| `(KB_[A-Z_]+)` \|.*`\1_FILE`", README, re.MULTILINE))
    assert told == {f.metadata["variable"] for f in fields(Settings) if f.metadata["secret"]}


def test_the_readme_names_every_command() -> None:
    named = set(re.findall(r"^\| `kunskapsbanken ([a-z]+(?: [a-z]+)?)", README, re.MULTILINE))
    existing = {
        f"{name} {child}" if child else name
        for name, command in main.commands.items()
        for child in (getattr(command, "commands", None) or [""])
    }
    assert named == existing


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("mappings/*.md")]))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


def test_every_make_target_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE)
    assert targets == explained
