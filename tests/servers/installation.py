"""An Elasticsearch node out of Maven's artifacts: fetched and compiled once, then shared by all runs."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

LEAST_JAVA = 21
SOURCES = Path(__file__).with_name("elasticsearch")
JVMS = Path("/usr/lib/jvm")
_TRANSPORT = "transport-netty4"


class NotInstallable(Exception):
    """Something that a node needs is missing; the message names it."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A JDK's home, and a folder with `lib`, `modules`, `out` (the launcher's class) and `config`."""

    jdk: Path
    folder: Path


def installation() -> Installation:
    """The one installation of this user, made where it is missing; raises NotInstallable."""
    jdk = find_jdk()
    folder = _cache() / f"elasticsearch-node-{_fingerprint()}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make(jdk, folder)
    return Installation(jdk, folder)


def find_jdk() -> Path:
    """JAVA_HOME where it is new enough, else the newest of those installed."""
    given = os.environ.get("JAVA_HOME")
    homes = ([Path(given)] if given else []) + (sorted(JVMS.iterdir(), reverse=True) if JVMS.is_dir() else [])
    new = [home for home in homes if _version(home) >= LEAST_JAVA]
    if not new:
        raise NotInstallable(
            f"a JDK of version {LEAST_JAVA} or later is not installed (looked at JAVA_HOME and {JVMS})"
        )
    return new[0] if given and new[0] == Path(given) else max(new, key=_version)


def _version(home: Path) -> int:
    """The first number that the JDK tells of itself; 0 where there is no compiler."""
    release = home / "release"
    if not (home / "bin" / "javac").exists() or not release.exists():
        return 0
    told = re.search(r'^JAVA_VERSION="(\d+)', release.read_text("utf-8", errors="replace"), re.MULTILINE)
    return int(told[1]) if told else 0


def _cache() -> Path:
    """KB_TESTS_CACHE, else the user's cache folder."""
    given = os.environ.get("KB_TESTS_CACHE")
    return Path(given) if given else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kunskapsbanken"


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for source in sorted(SOURCES.iterdir()):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _make(jdk: Path, folder: Path) -> None:
    """Under a temporary name first, so that a stop in between leaves nothing half made."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        made = Path(temporary) / "made"
        _fetch(jdk, made / "lib")
        _separate_transport(made)
        shutil.copytree(SOURCES, made / "config", ignore=shutil.ignore_patterns("*.java", "pom.xml"))
        launcher = str(SOURCES / "ElasticsearchNode.java")
        _run(jdk, [str(jdk / "bin" / "javac"), "-cp", f"{made}/lib/*", "-d", str(made / "out"), launcher])
        made.rename(folder)


def _fetch(jdk: Path, lib: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NotInstallable("mvn is not installed")
    goal = "dependency:copy-dependencies"
    _run(jdk, [maven, "-q", "-B", "-f", str(SOURCES / "pom.xml"), goal, f"-DoutputDirectory={lib}"])


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


def _run(jdk: Path, command: list[str]) -> None:
    environment = {**os.environ, "JAVA_HOME": str(jdk)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotInstallable(f"{Path(command[0]).name} failed: {(done.stdout + done.stderr)[-1000:]}")
