"""What Docker would refuse, and what an operator would regret, found without Docker."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from settings import Settings
from tests.deployment import compose
from tests.deployment.conftest import GIVEN

RequireModule = Callable[[str], ModuleType]
SCHEMA = compose.ROOT / "tests" / "deployment" / "compose-spec.json"
MANY = "docker-compose.yml"
ONCE = {"prepare"}  # ends by itself
# Nothing to ask; the age of the oldest job tells of them.
WITHOUT_DOOR = {"reader", "scanner", "indexer", "scheduler", "watcher"}


def _services(name: str) -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = compose.read(name, GIVEN)["services"]
    return services


def test_the_file_is_what_the_compose_specification_says(compose_file: str, require_module: RequireModule) -> None:
    jsonschema = require_module("jsonschema")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    faults = jsonschema.Draft201909Validator(schema).iter_errors(compose.read(compose_file, GIVEN))
    assert not [f"{'/'.join(map(str, fault.path))}: {fault.message}" for fault in faults]


def test_the_schema_would_find_a_misspelt_key(require_module: RequireModule) -> None:
    jsonschema = require_module("jsonschema")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    document = compose.read(MANY, GIVEN)
    document["services"]["web"]["helthcheck"] = {}
    assert not jsonschema.Draft201909Validator(schema).is_valid(document)


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_no_secret_has_a_default(name: str) -> None:
    with pytest.raises(compose.NotGiven, match=name):
        compose.read(MANY, {one: value for one, value in GIVEN.items() if one != name})
    assert compose.wanted(MANY)[name]


def test_the_bank_on_one_machine_asks_for_nothing() -> None:
    assert compose.wanted("docker-compose.one.yml") == {}


def test_every_setting_of_the_bank_is_one_that_it_knows(compose_file: str) -> None:
    known = {one.metadata["variable"] for one in Settings.__dataclass_fields__.values()}
    given = {name for service in _services(compose_file).values() for name in service.get("environment", {})}
    assert {name for name in given if name.startswith("KB_")} <= known


def test_every_service_has_a_limit_of_memory_and_a_way_to_tell_that_it_lives(compose_file: str) -> None:
    for name, service in _services(compose_file).items():
        assert service["mem_limit"], name
        assert ("healthcheck" in service) is (name not in ONCE | WITHOUT_DOOR), name
        assert service["restart"] == ("no" if name in ONCE else "unless-stopped"), name


def test_what_is_ours_runs_without_rights_on_a_root_that_cannot_be_written(compose_file: str) -> None:
    for name, service in _services(compose_file).items():
        if "build" in service:
            assert service["read_only"], name
            assert service["init"], name
            assert service["cap_drop"] == ["ALL"], name


def test_everything_waits_for_what_it_needs() -> None:
    services = _services(MANY)
    needs = {name: service.get("depends_on", {}) for name, service in services.items()}
    assert {one: how["condition"] for one, how in needs["prepare"].items()} == dict.fromkeys(
        ("postgres", "redis", "elasticsearch"), "service_healthy"
    )
    for name in ("web", "reader", "scanner", "indexer", "scheduler"):
        assert needs[name] == {"prepare": {"condition": "service_completed_successfully"}}, name
    assert needs["front"] == {"web": {"condition": "service_healthy"}}
    assert services["web"]["deploy"]["replicas"] == 2


def test_scans_are_read_in_containers_of_their_own_that_give_way_to_all_others() -> None:
    services = _services(MANY)
    assert services["scanner"]["command"] == ["worker", "--queue", "ocr"]
    shares = {name: service.get("cpu_shares", 1024) for name, service in services.items()}
    assert shares.pop("scanner") * 10 < min(shares.values())
    dockerfile = (compose.ROOT / "Dockerfile").read_text("utf-8")
    assert "tesseract-ocr tesseract-ocr-swe" in dockerfile


def test_only_the_front_is_published_and_only_to_this_machine_unless_told() -> None:
    published = {name: service["ports"] for name, service in _services(MANY).items() if "ports" in service}
    assert published == {"front": ["127.0.0.1:8000:8080"]}
    assert compose.read(MANY, GIVEN)["networks"]["back"] == {"internal": True}


def test_every_named_volume_is_declared(compose_file: str) -> None:
    document = compose.read(compose_file, GIVEN)
    mounts = [mount for service in document["services"].values() for mount in service.get("volumes", [])]
    named = {mount.split(":")[0] for mount in mounts if ":" in mount and not mount.startswith((".", "/"))}
    assert named == set(document["volumes"])


def test_the_linter_finds_nothing_in_the_dockerfile(hadolint: str) -> None:
    done = subprocess.run([hadolint, str(compose.ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_linter_would_find_a_fault(hadolint: str) -> None:
    done = subprocess.run([hadolint, "-"], input="FROM debian\nRUN cd /x", capture_output=True, text=True, check=False)
    assert done.returncode != 0


def test_the_dockerfile_copies_every_room_and_lets_nothing_else_in() -> None:
    dockerfile = (compose.ROOT / "Dockerfile").read_text("utf-8")
    ignored = (compose.ROOT / ".dockerignore").read_text("utf-8").split()
    for room in ("catalog", "commands", "indexer", "mappings", "webapp", "workers"):
        assert f"COPY {room} {room}" in dockerfile
        assert f"!{room}" in ignored
    assert ignored[0] == "*"
