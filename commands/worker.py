"""One working process."""

from __future__ import annotations

import click

from settings import Settings


@click.command()
@click.option("--queue", "kind", type=click.Choice(["read", "index", "ocr"]), required=True, help="Which work it does.")
@click.pass_obj
def worker(settings: Settings, kind: str) -> None:
    """Works one queue until it is told to stop: `read` and `ocr` in many processes, `index` in one."""
    from workers.working import work

    work(settings, [kind])
