"""What the documents promise exists, and what exists stands in the README."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
from werkzeug.exceptions import MethodNotAllowed

from catalog import project_file
from commands import main
from indexer.errors import REASONS
from settings import Settings
from tests.deployment import compose
from webapp import create_app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("mappings/*.md")])
# Folders of an operator's machine, which stand in examples.
ELSEWHERE = ("/backup", "/srv", "/usr")


def _commands() -> Iterator[tuple[str, click.Command]]:
    for name, command in main.commands.items():
        children = getattr(command, "commands", None) or {"": command}
        for child, leaf in children.items():
            yield f"{name} {child}".strip(), leaf


@pytest.fixture
def document(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text(encoding="utf-8")


every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
every_document = pytest.mark.parametrize("document", PAGES, ids=lambda page: str(page.relative_to(ROOT)), indirect=True)


def test_the_readme_lists_every_setting_with_its_default() -> None:
    rows = set(re.findall(r"^\| `(KB_[A-Z_]+)` \| (?:`([^`]*)`|empty) \|", README, re.MULTILINE))
    declared = {(f.metadata["variable"], str(f.default)) for f in fields(Settings)}
    assert rows == declared


def test_the_readme_tells_which_settings_may_lie_in_a_file() -> None:
    told = set(re.findall(r"^\| `(KB_[A-Z_]+)` \|.*`\1_FILE`", README, re.MULTILINE))
    assert told == {f.metadata["variable"] for f in fields(Settings) if f.metadata["secret"]}


@every_document
def test_every_setting_that_is_named_can_be_given(document: str) -> None:
    known = {f.metadata["variable"] for f in fields(Settings)}
    secret = {f"{f.metadata['variable']}_FILE" for f in fields(Settings) if f.metadata["secret"]}
    of_compose = {
        name for file in compose.FILES for name in re.findall(r"\$\{(KB_\w+)", (ROOT / file).read_text("utf-8"))
    }
    assert set(re.findall(r"\bKB_[A-Z_]+\b", document)) <= known | secret | of_compose


def test_the_readme_names_every_command() -> None:
    named = set(re.findall(r"^\| `kunskapsbanken ([a-z]+(?: [a-z]+)?)", README, re.MULTILINE))
    assert named == {name for name, _ in _commands()}


@pytest.mark.parametrize("row", [line for line in README.splitlines() if line.startswith("| `kunskapsbanken ")])
def test_the_options_of_a_command_are_those_of_the_readme(row: str) -> None:
    found = re.match(r"\| `kunskapsbanken ([a-z]+(?: (?:add|password|role|block|unblock))?)", row)
    assert found
    existing = {one for option in dict(_commands())[found[1]].params for one in option.opts if one.startswith("--")}
    assert set(re.findall(r"--[a-z-]+", row)) <= existing


@every_document
def test_every_command_that_is_named_exists(document: str) -> None:
    assert set(re.findall(r"\bkunskapsbanken ([a-z]+)", document)) <= main.commands.keys()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", document)) <= targets
    assert all(find_spec(module) for module in re.findall(r"python -m (benchmarks\.[a-z_]+)", document))


@every_page
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


@every_page
def test_every_link_to_a_heading_leads_to_one(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
    missing = [
        f"{file}#{anchor}" for file, anchor in links if anchor not in _anchors(page.parent / file if file else page)
    ]
    assert not missing


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_document
def test_every_file_of_ours_that_is_named_is_there(document: str) -> None:
    rooms = "benchmarks|catalog|commands|deploy|docs|indexer|mappings|samples|tests|webapp|workers"
    named = set(re.findall(rf"`((?:{rooms})/[\w./-]+\.[a-z]+)`", document))
    assert not [name for name in named if not (ROOT / name).exists()]


def test_every_address_that_is_named_is_served(settings: Settings) -> None:
    served = create_app(settings).url_map.bind("bank.example")
    named = {one for page in PAGES for one in re.findall(r"`(?:GET )?(/[a-z][\w/.]*)", page.read_text("utf-8"))}
    assert "/utforska/arsrapport" in named
    for address in sorted(one for one in named if not one.startswith(ELSEWHERE)):
        try:
            served.match(address.replace("/ID/", "/1/"))
        except MethodNotAllowed:
            continue


def test_every_make_target_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):(?!=)", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE)
    assert targets == explained


def test_each_decision_tells_its_number_and_no_number_stands_twice() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    heads = [re.match(r"# (\d+)\. \S", page.read_text(encoding="utf-8")) for page in pages]
    assert [int(head[1]) if head else None for head in heads] == [int(page.name[:4]) for page in pages]
    assert len({page.name[:4] for page in pages}) == len(pages)


def test_the_weights_that_are_told_are_those_of_the_mapping() -> None:
    declared = json.loads((ROOT / "mappings" / "documents.json").read_text(encoding="utf-8"))["_meta"]["fields"]
    told = re.findall(r"`(\w+)` ×([\d.]+)", (ROOT / "mappings" / "README.md").read_text(encoding="utf-8"))
    assert told
    assert {name: float(weight) for name, weight in told} == {name: declared[name]["boost"] for name, _ in told}


def test_the_guide_to_importing_tells_every_reason_and_every_key_of_a_project_file() -> None:
    guide = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    told = re.search(r"reason \((.*?)\)", guide)
    example = re.search(r"```toml\n(.*?)```", guide, re.DOTALL)
    assert told
    assert example
    assert set(re.findall(r"`(\w+)`", told[1])) == set(REASONS)
    assert project_file.parse(example[1]).title == "Samlarteam"
    assert tomllib.loads(example[1]).keys() == project_file.KEYS
