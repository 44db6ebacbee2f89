"""`kunskapsbanken import`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import click

from catalog.database import Database
from catalog.dropping import Desk, Wish
from catalog.project_file import CLASSES
from commands.import_plan import Planned, plan
from commands.importing import Imported, count_by_end, import_all, opened_desk, wait_for, write_report
from commands.own_workers import own_workers
from commands.progress import Count, bars
from commands.record import prepare_bank
from settings import Settings

DROPPED_BY = "import"


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--publish", is_flag=True, help="Publishes each document when it has been read.")
@click.option("--class", "swedish_class", type=click.Choice(list(CLASSES)), default="intern", show_default=True)
@click.option("--wait", is_flag=True, help="Returns when every file has ended in a state.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Writes a CSV row for each file.")
@click.pass_obj
def import_files(  # noqa: PLR0917 - click hands over each option by itself
    settings: Settings, paths: tuple[Path, ...], publish: bool, swedish_class: str, wait: bool, report: Path | None
) -> None:
    """Imports files, folders and zip files; can be run again, skips what the bank has already.

    The first folder under PATH is the project; a projekt.toml in it describes project and documents.
    """
    if report:
        _check_writable(report)
    wish = Wish(DROPPED_BY, publish=publish, classification=CLASSES[swedish_class], skip_known=True)
    prepare_bank(settings)
    with ExitStack() as stack:
        revive = stack.enter_context(own_workers(settings)) if wait else None
        desk = stack.enter_context(opened_desk(settings))
        count = stack.enter_context(bars())
        imported = _drop_all(desk, list(paths), wish, count)
        if revive:
            _wait(desk.database, imported, count, revive)
        if report:
            write_report(desk.database, imported, report)
        counts = count_by_end(desk.database, imported)
    known = sum(one.known for one in imported)
    told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "none"
    click.echo(f"{len(imported)} files, {len(imported) - known} new, {known} known before; by state: {told}.")
    if not imported:
        raise click.ClickException("There is no file under these paths.")


def _check_writable(report: Path) -> None:
    """Asked before hours of import. Raises BadParameter; leaves what stands there."""
    try:
        report.open("a").close()
    except OSError as error:
        raise click.BadParameter(f"{report} cannot be written: {error.strerror}.", param_hint="--report") from error


def _drop_all(desk: Desk, paths: list[Path], wish: Wish, count: Count) -> list[Imported]:
    planned = plan(desk.database, paths, wish)

    def counted() -> Iterator[Planned]:
        for number, one in enumerate(planned):
            yield one
            count("dropped", number + 1, len(planned))

    return list(import_all(desk, counted()))


def _wait(database: Database, imported: list[Imported], count: Count, revive: Callable[[], None]) -> None:
    def pause(seconds: float) -> None:
        revive()
        time.sleep(seconds)

    wait_for(database, imported, lambda ended: count("read", ended, len(imported)), pause)
