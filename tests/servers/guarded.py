"""nginx before a server that has no security of its own: TLS with a certificate made now, and a password."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.elasticsearch_node import free_port

READY_SECONDS = 20.0
USER, PASSWORD = "bank", "rätt lösenord"
_CONFIGURATION = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off; client_max_body_size 50m;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    auth_basic "search"; auth_basic_user_file {folder}/users;
    location / {{ proxy_pass {target}; }}
  }}
}}
"""


@contextmanager
def guarded(
    folder: Path, target: str, nginx: str, openssl: str, *, user: str = USER, password: str = PASSWORD
) -> Iterator[str]:
    """The address of nginx; its certificate, which signs itself, is `folder`/certificate.pem."""
    port = free_port()
    _certify(folder, openssl)
    coding = [openssl, "passwd", "-apr1", password]
    coded = subprocess.run(coding, capture_output=True, text=True, check=True).stdout
    (folder / "users").write_text(f"{user}:{coded}", "utf-8")
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, port=port, target=target), "utf-8")
    running = subprocess.Popen([nginx, "-p", str(folder), "-c", str(configuration)], stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield f"https://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def _certify(folder: Path, openssl: str) -> None:
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([openssl, "req", *made, *names, *files], capture_output=True, check=True)


def _wait(port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
