"""Every environment variable of the bank, once: name, type, default and meaning."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

LARGEST_PORT = 65535
LARGEST_SECRET = 64_000  # characters; whoever names a longer file has named another one
LOGS = ("text", "json")
_ADDRESS = re.compile(r"https?://(\[[0-9a-fA-F:]+\]|[^\s/:@,\[\]]+):\d{1,5}(/[^\s?#@]*)?")
_PREFIX = re.compile(r"[a-z][a-z0-9_-]{0,99}")
_SECONDS = re.compile(r"\d{1,3}(\.\d+)?")


class BadSetting(Exception):
    """A variable has a value that cannot be used; the message names it and says what is allowed."""


def _setting(variable: str, default: str, meaning: str, *, secret: bool = False) -> str:
    """A secret may also lie in a file, which `VARIABLE_FILE` names; it is never shown."""
    told = {"variable": variable, "meaning": meaning, "secret": secret}
    value: str = field(default=default, repr=not secret, metadata=told)
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings as text, as they are given; the properties read them."""

    data: str = _setting("KB_DATA", "./data", "Folder for everything that the bank keeps; on a local disk.")
    address: str = _setting("KB_ADDRESS", "127.0.0.1:8000", "Host and port of the web pages.")
    engine: str = _setting(
        "KB_ENGINE", "tantivy", "Search engine: tantivy, embedded in the data folder, or elasticsearch."
    )
    elasticsearch: str = _setting("KB_ELASTICSEARCH", "", "Addresses of Elasticsearch nodes, with commas between.")
    elasticsearch_ca: str = _setting("KB_ELASTICSEARCH_CA", "", "File of certificates to trust; empty: the system's.")
    elasticsearch_api_key: str = _setting(
        "KB_ELASTICSEARCH_API_KEY", "", "API key, instead of user and password.", secret=True
    )
    elasticsearch_user: str = _setting("KB_ELASTICSEARCH_USER", "", "User at Elasticsearch.")
    elasticsearch_password: str = _setting("KB_ELASTICSEARCH_PASSWORD", "", "The user's password.", secret=True)
    elasticsearch_timeout: str = _setting("KB_ELASTICSEARCH_TIMEOUT", "2.5", "Seconds that one search may take.")
    elasticsearch_connections: str = _setting("KB_ELASTICSEARCH_CONNECTIONS", "10", "Connections kept to each node.")
    elasticsearch_prefix: str = _setting(
        "KB_ELASTICSEARCH_PREFIX", "kunskapsbanken", "What the names of this bank's indices begin with."
    )
    database: str = _setting(
        "KB_DATABASE", "", "Database URL of the catalog; empty: SQLite in the data folder.", secret=True
    )
    broker: str = _setting("KB_BROKER", "", "Broker URL (redis://…); empty: files in the data folder.", secret=True)
    originals: str = _setting(
        "KB_ORIGINALS", "", "Folder of the uploaded files, or its file: URL; empty: in the data folder."
    )
    watch: str = _setting("KB_WATCH", "", "Folder from which files are taken in by themselves; empty: none.")
    watch_seconds: str = _setting(
        "KB_WATCH_SECONDS", "10", "Seconds that a file there must stay unchanged before it is taken in."
    )
    workers: str = _setting("KB_WORKERS", "2", "Processes that read files.")
    ocr_workers: str = _setting(
        "KB_OCR_WORKERS", "", "Processes that read scanned pages; empty: as many as cores, 0: scans are not read."
    )
    web_processes: str = _setting("KB_WEB_PROCESSES", "2", "Processes that serve pages.")
    secret_key: str = _setting(
        "KB_SECRET_KEY", "", "Signs sessions; empty: made once and kept in the data folder.", secret=True
    )
    upload_megabytes: str = _setting("KB_UPLOAD_MEGABYTES", "200", "Largest file that can be dropped, in MB.")
    secure_cookies: str = _setting(
        "KB_SECURE_COOKIES", "0", "1 where the bank is reached by https: cookies only there."
    )
    proxies: str = _setting(
        "KB_PROXIES", "0", "Proxies in front of the pages whose X-Forwarded-For and -Proto are believed."
    )
    metrics_address: str = _setting(
        "KB_METRICS_ADDRESS", "", "Host and port for Prometheus, never a public one; empty: none."
    )
    log: str = _setting("KB_LOG", "text", "How the log is written: text for people, json for programs.")
    name: str = _setting("KB_NAME", "Kunskapsbanken", "Name of the bank, in the page head.")
    owner: str = _setting("KB_OWNER", "Stockholms socialtjänst", "Whose bank it is, under the name.")
    contact: str = _setting("KB_CONTACT", "", "E-mail address of the editors, shown where readers need help.")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Reads the variables once; raises BadSetting for a value that cannot be used."""
        given = {one.name: _given(environ, one.metadata) for one in fields(cls)}
        return cls(**{name: value for name, value in given.items() if value}).checked()

    def checked(self) -> Settings:
        """Returns itself where every value can be used; raises BadSetting otherwise."""
        if self.engine not in {"tantivy", "elasticsearch"}:
            raise BadSetting(f"KB_ENGINE is {self.engine!r}; this version knows: tantivy, elasticsearch.")
        if self.engine == "elasticsearch":
            self._check_elasticsearch()
        for variable, value in (
            ("KB_WORKERS", self.workers),
            ("KB_WEB_PROCESSES", self.web_processes),
            ("KB_UPLOAD_MEGABYTES", self.upload_megabytes),
            ("KB_ELASTICSEARCH_CONNECTIONS", self.elasticsearch_connections),
        ):
            if not value.isdecimal() or int(value) < 1:
                raise BadSetting(f"{variable} is {value!r}; give a whole number from 1.")
        self._check_watch()
        if self.ocr_workers and not self.ocr_workers.isdecimal():
            raise BadSetting(f"KB_OCR_WORKERS is {self.ocr_workers!r}; give a whole number from 0, or leave it empty.")
        if not self.proxies.isdecimal():
            raise BadSetting(f"KB_PROXIES is {self.proxies!r}; give a whole number from 0.")
        self._check_choices()
        if not self.port:
            raise BadSetting(f"KB_ADDRESS is {self.address!r}; give host:port, for example 127.0.0.1:8000.")
        if self.metrics_address and not self.metrics_port:
            raise BadSetting(f"KB_METRICS_ADDRESS is {self.metrics_address!r}; give host:port, or leave it empty.")
        return self

    def _check_choices(self) -> None:
        for variable, value, known in (
            ("KB_SECURE_COOKIES", self.secure_cookies, ("0", "1")),
            ("KB_LOG", self.log, LOGS),
        ):
            if value not in known:
                raise BadSetting(f"{variable} is {value!r}; give one of: {', '.join(known)}.")

    def _check_watch(self) -> None:
        """A folder that holds the bank's own files, or lies among them, would be taken in."""
        if not _SECONDS.fullmatch(self.watch_seconds):
            raise BadSetting(f"KB_WATCH_SECONDS is {self.watch_seconds!r}; give seconds, such as 10.")
        if not self.watch:
            return
        for variable, kept in (("KB_DATA", self.data_folder), ("KB_ORIGINALS", Path(self.originals_url).resolve())):
            if self.watch_folder.is_relative_to(kept) or kept.is_relative_to(self.watch_folder):
                raise BadSetting(f"KB_WATCH is {self.watch!r}; neither it nor {variable} may lie within the other.")

    def _check_elasticsearch(self) -> None:
        """Only what can be seen without asking the server."""
        if not self.elasticsearch_addresses:
            raise BadSetting("KB_ELASTICSEARCH is empty; give an address, for example https://search.example:9200.")
        for address in self.elasticsearch_addresses:
            if not _ADDRESS.fullmatch(address):
                shown = address.rpartition("@")[2]
                raise BadSetting(f"KB_ELASTICSEARCH holds {shown!r}; give http(s)://host:port, without user.")
        if not _PREFIX.fullmatch(self.elasticsearch_prefix):
            raise BadSetting("KB_ELASTICSEARCH_PREFIX may hold a to z, digits, - and _, and begins with a letter.")
        if not _SECONDS.fullmatch(self.elasticsearch_timeout) or not float(self.elasticsearch_timeout):
            raise BadSetting(f"KB_ELASTICSEARCH_TIMEOUT is {self.elasticsearch_timeout!r}; give seconds, such as 2.5.")
        if self.elasticsearch_ca and not Path(self.elasticsearch_ca).is_file():
            raise BadSetting(f"KB_ELASTICSEARCH_CA is {self.elasticsearch_ca!r}; there is no such file.")
        if self.elasticsearch_api_key and self.elasticsearch_user:
            raise BadSetting("KB_ELASTICSEARCH_API_KEY and KB_ELASTICSEARCH_USER exclude each other; give one.")

    @property
    def elasticsearch_addresses(self) -> tuple[str, ...]:
        return tuple(address.strip() for address in self.elasticsearch.split(",") if address.strip())

    @property
    def data_folder(self) -> Path:
        return Path(self.data).resolve()

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data_folder / 'catalog.sqlite'}"

    @property
    def originals_url(self) -> str:
        return self.originals or str(self.data_folder / "originals")

    @property
    def index_folder(self) -> Path:
        return self.data_folder / "index"

    @property
    def watch_folder(self) -> Path:
        """Meaningless where `watch` is empty. It need not be there: a drive may come later."""
        return Path(self.watch).resolve()

    @property
    def pictures_folder(self) -> Path:
        return self.data_folder / "pictures"

    @property
    def templates_folder(self) -> Path:
        """Where the bank's own Word templates of the yearly report lie."""
        return self.data_folder / "mallar"

    @property
    def broker_folder(self) -> Path:
        """Where messages lie while no KB_BROKER is given."""
        return self.data_folder / "broker"

    @property
    def metrics_folder(self) -> Path:
        """Where the processes that serve pages leave their counts for the one that tells them."""
        return self.data_folder / "metrics"

    @property
    def host(self) -> str:
        return _host(self.address)

    @property
    def port(self) -> int:
        """0 where the address holds no port that can be used."""
        return _port(self.address)

    @property
    def metrics_host(self) -> str:
        return _host(self.metrics_address)

    @property
    def metrics_port(self) -> int:
        """0 where the address holds no port that can be used."""
        return _port(self.metrics_address)

    @property
    def ocr_processes(self) -> int:
        """Processes that read scanned pages; 0 where scans are not read at all."""
        return int(self.ocr_workers) if self.ocr_workers else os.cpu_count() or 1

    @property
    def upload_limit(self) -> int:
        """Bytes of the largest file that can be dropped."""
        return int(self.upload_megabytes) * 1_000_000


def _host(address: str) -> str:
    return address.rpartition(":")[0] or "127.0.0.1"


def _port(address: str) -> int:
    text = address.rpartition(":")[2]
    return int(text) if text.isdecimal() and int(text) <= LARGEST_PORT else 0


def _given(environ: Mapping[str, str], told: Mapping[str, Any]) -> str:
    """The value of a variable, or what the file of a secret holds; empty where neither is given."""
    variable, value = told["variable"], environ.get(told["variable"], "")
    path = environ.get(f"{variable}_FILE", "") if told["secret"] else ""
    if not path:
        return value
    if value:
        raise BadSetting(f"Both {variable} and {variable}_FILE are given; give one of them.")
    return _secret(f"{variable}_FILE", Path(path))


def _secret(variable: str, path: Path) -> str:
    """What stands in the file, without the line end that editors leave. No message shows any of it."""
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(LARGEST_SECRET + 1).strip()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadSetting(f"{variable} names {path}, which cannot be read: {reason}.") from None
    if not text or len(text) > LARGEST_SECRET:
        raise BadSetting(f"{variable} names {path}, which holds {'nothing' if not text else 'too much'}.")
    return text
