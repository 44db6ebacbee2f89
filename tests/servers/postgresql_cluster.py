"""PostgreSQL for tests and benchmarks: the one whose address is given, else a cluster of our own."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"
# Speed for safety: what a test writes need not outlive the machine. It outlives a killed server, as long as commits
# stay synchronous.
UNSAFE = ("fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=64MB")


class NotInstalled(Exception):
    """The server's programs are missing; the message names them."""


@dataclass
class Cluster:
    """A server in a home of its own, where its data outlive it: it can be stopped, killed and started again.

    Its collation is Swedish, as that of a city's server may be; SQLite's is by code points, so nothing may hang on it.
    """

    home: Path
    programs: Path
    port: int
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    def create(self) -> None:
        given = self.home / "password"
        given.write_text(self.password)
        _own(given)
        words = ("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu")
        self._run("initdb", "-D", str(self.data), "-U", USER, "--icu-locale=sv", f"--pwfile={given}", *words, "-N")
        given.unlink()
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"port={self.port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories=''\n")
            settings.writelines(f"{one}\n" for one in UNSAFE)

    def start(self) -> None:
        """Returns when it answers."""
        self._run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", str(self.home / "log"))

    def stop(self, mode: str = "fast") -> None:
        """fast: connections are cut and transactions rolled back; immediate: as if it were killed."""
        self._run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", mode)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @cached_property
    def url(self) -> URL:
        """The administrator's own database."""
        return URL.create("postgresql", USER, self.password, "127.0.0.1", self.port, USER)

    def _run(self, program: str, *words: str) -> None:
        command = [*_as_server(), str(self.programs / program), *words]
        with (self.home / "pg_ctl.log").open("a") as log:
            subprocess.run(command, check=True, cwd=self.home, stdout=log, stderr=log)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A running cluster that lives as long as the block; raises NotInstalled."""
    programs = find_programs()
    home = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        _own(home)
        made = Cluster(home, programs, free_port())
        with _outlived(made):
            made.create()
            made.start()
            try:
                yield made
            finally:
                if (made.data / "postmaster.pid").exists():
                    made.stop("immediate")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _outlived(made: Cluster) -> Iterator[None]:
    """A shell waits for the end of this process, however it comes: it then stops the server and clears its home."""
    stop = [*_as_server(), str(made.programs / "pg_ctl"), "stop", "-D", str(made.data), "-m", "immediate"]
    waiting = ["sh", "-c", 'read -r _; home=$1; shift; cd / && "$@"; rm -rf "$home"', "sh", str(made.home), *stop]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(waiting, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, start_new_session=True):
        yield


@contextmanager
def postgresql() -> Iterator[URL]:
    """The administrator's URL of a server: KB_TESTS_POSTGRESQL, else of a cluster as long as the block."""
    if given := os.environ.get("KB_TESTS_POSTGRESQL"):
        yield make_url(given)
        return
    with cluster() as made:
        yield made.url


def find_programs() -> Path:
    """Debian's newest server, else the one on the path."""
    found = sorted(
        DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]) if path.parts[-3].isdecimal() else 0
    )
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise NotInstalled(f"PostgreSQL's server (initdb) is not installed, neither under {DEBIAN} nor on the path")
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


def create_database(server: URL, *, template: str = "template0") -> str:
    """Makes a database of its own and gives its URL, password included."""
    name = f"bank_{secrets.token_hex(6)}"
    _administer(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    return server.set(database=name).render_as_string(hide_password=False)


def create_owned_database(server: URL, user: str, password: str, name: str) -> None:
    """Makes somebody without further rights, and a database that is theirs."""
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        connection.execute(made.format(sql.Identifier(user), sql.Literal(password)))
    _administer(server, "CREATE DATABASE {} OWNER {}", name, user)


def drop_database(url: str) -> None:
    """Takes the database away, whoever is connected to it."""
    parsed = make_url(url)
    _administer(parsed.set(database=USER), "DROP DATABASE IF EXISTS {} WITH (FORCE)", str(parsed.database))


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


def _administer(server: URL, statement: str, *names: str) -> None:
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _as_server() -> Sequence[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return ()
    found = pwd.getpwnam(USER)
    return ("setpriv", f"--reuid={found.pw_uid}", f"--regid={found.pw_gid}", "--clear-groups")


def _own(path: Path) -> None:
    """Gives the path to the user that the server runs as."""
    if not os.geteuid():
        found = pwd.getpwnam(USER)
        os.chown(path, found.pw_uid, found.pw_gid)
