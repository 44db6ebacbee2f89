"""`kunskapsbanken import`."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import click
from rich.progress import Progress

from catalog.dropping import Wish
from catalog.project_file import CLASSES
from commands.import_plan import plan
from commands.importing import Imported, count_by_end, import_all, wait_for, write_report
from commands.own_workers import own_workers
from commands.preparation import opened_bank, prepare_bank
from commands.progress import progress_bar
from settings import Settings
from workers.bank import Bank

LOOK_SECONDS = 0.1
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
    wish = Wish(DROPPED_BY, publish=publish, classification=CLASSES[swedish_class], skip_known=True)
    prepare_bank(settings)
    with ExitStack() as stack:
        revive = stack.enter_context(own_workers(settings)) if wait else None
        bank = stack.enter_context(opened_bank(settings))
        progress = stack.enter_context(progress_bar())
        imported = _drop_all(bank, list(paths), wish, progress)
        if revive:
            _wait(bank, imported, progress, revive)
        if report:
            write_report(bank, imported, report)
        counts = count_by_end(bank, imported)
    known = sum(one.known for one in imported)
    told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "none"
    click.echo(f"{len(imported)} files, {len(imported) - known} new, {known} known before; by state: {told}.")
    if not imported:
        raise click.ClickException("There is no file under these paths.")


def _drop_all(bank: Bank, paths: list[Path], wish: Wish, progress: Progress) -> list[Imported]:
    planned = plan(bank.database, paths, wish)
    task = progress.add_task("dropped", total=len(planned))
    return list(import_all(bank, progress.track(planned, task_id=task)))


def _wait(bank: Bank, imported: list[Imported], progress: Progress, revive: Callable[[], None]) -> None:
    task = progress.add_task("read", total=len(imported))

    def pause() -> None:
        revive()
        time.sleep(LOOK_SECONDS)

    wait_for(bank, imported, lambda ended: progress.update(task, completed=ended), pause)
