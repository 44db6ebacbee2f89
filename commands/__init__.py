"""The command `kunskapsbanken`: the top of the house. One command a file; each says in numbers what it did."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from commands.logs import log_to_stderr
from settings import BadSetting, Settings

# By name: module and attribute. A command's libraries are loaded when it is called, so that --help is quick.
COMMANDS = {
    "serve": "commands.serve:serve",
    "web": "commands.web:web",
    "worker": "commands.worker:worker",
    "scheduler": "commands.scheduler:scheduler",
    "watch": "commands.watch:watch",
    "migrate": "commands.migrate:migrate",
    "import": "commands.import_files:import_files",
    "rebuild": "commands.rebuild:rebuild",
    "reread": "commands.reread:reread",
    "sweep": "commands.sweep:sweep",
    "status": "commands.status:status",
    "judge": "commands.judge:judge",
    "evaluate": "commands.evaluate:evaluate",
    "user": "commands.users:user",
    "backup": "commands.backup:backup",
    "restore": "commands.backup:restore",
    "move": "commands.move:move",
}


class House(click.Group):
    """Finds commands by name and turns what the rooms refuse into one line for the operator."""

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        return {name: _load(name) for name in COMMANDS}

    @commands.setter
    def commands(self, given: MutableMapping[str, click.Command]) -> None:
        """Click hands over what the decorator was given, which is nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        return _load(cmd_name) if cmd_name in COMMANDS else None

    def invoke(self, ctx: click.Context) -> Any:
        with _loading():
            from catalog.errors import CatalogError
            from catalog.unavailable import DatabaseUnavailable
            from indexer import SearchError

        try:
            return super().invoke(ctx)
        except DatabaseUnavailable as error:
            raise click.ClickException(f"The record cannot be used: {str(error).splitlines()[0]}") from error
        except (BadSetting, CatalogError, SearchError, OSError) as error:
            raise click.ClickException(str(error)) from error


def _load(name: str) -> click.Command:
    module, _, attribute = COMMANDS[name].partition(":")
    with _loading():
        command: click.Command = getattr(import_module(module), attribute)
    return command


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded stays to the end: the collector looks through it neither meanwhile nor, which costs most, then."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@click.command(cls=House, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kunskapsbanken")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Kunskapsbanken: drop a report, find it by a word on page 12. Settings: KB_DATA and others, see the README."""
    settings = ctx.obj = Settings.from_environ(os.environ)
    log_to_stderr(settings.log)
