"""`kunskapsbanken user`."""

from __future__ import annotations

import sys

import click

from catalog import users
from catalog.audience import AUDIENCE_OF_ROLE
from commands.preparation import opened_bank
from commands.record import prepare_bank
from commands.utf8 import Utf8, is_utf8
from settings import Settings

SWEDISH = {
    "läsare": "lasare",
    "analytiker": "analytiker",
    "redaktionsråd": "redaktionsrad",
    "redaktör": "redaktor",
    "administratör": "administrator",
}


class Role(click.ParamType[str]):
    """A role by its Swedish word or its key."""

    name = "role"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        key = SWEDISH.get(value.casefold(), value.casefold())
        if key not in AUDIENCE_OF_ROLE:
            self.fail(f"{value!r} is no role; use {', '.join(SWEDISH)}.", param, ctx)
        return key


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("name", type=Utf8())
@click.option("--role", type=Role(), required=True, help=f"One of {', '.join(SWEDISH)}.")
@click.pass_obj
def add(settings: Settings, name: str, role: str) -> None:
    """Adds a person. The password is asked for, or read as one line from standard input."""
    password = _password()
    prepare_bank(settings)
    with opened_bank(settings) as bank, bank.database.transaction() as session:
        users.add(session, name, password, role)
        count = len(users.everybody(session))
    click.echo(f"1 person added: {name}, {_word(role)}. The bank has {count}.")


@user.command("password")
@click.argument("name", type=Utf8())
@click.pass_obj
def password(settings: Settings, name: str) -> None:
    """Gives a person another password, as `add` asks for it, and signs them out everywhere."""
    given = _password()
    prepare_bank(settings)
    with opened_bank(settings) as bank, bank.database.transaction() as session:
        users.set_password(session, users.named(session, name).id, given)
    click.echo(f"1 password changed: {name}. Whoever was signed in as {name} is signed out.")


@user.command("role")
@click.argument("name", type=Utf8())
@click.argument("role", type=Role())
@click.pass_obj
def role(settings: Settings, name: str, role: str) -> None:
    """Gives a person another role and signs them out everywhere."""
    prepare_bank(settings)
    with opened_bank(settings) as bank, bank.database.transaction() as session:
        users.set_role(session, users.named(session, name).id, role)
    click.echo(f"1 role changed: {name} is {_word(role)} now.")


@user.command("block")
@click.argument("name", type=Utf8())
@click.pass_obj
def block(settings: Settings, name: str) -> None:
    """Keeps a person out, from this moment; what they have done stays."""
    prepare_bank(settings)
    with opened_bank(settings) as bank, bank.database.transaction() as session:
        users.block(session, users.named(session, name).id)
    click.echo(f"1 person blocked: {name}.")


@user.command("unblock")
@click.argument("name", type=Utf8())
@click.pass_obj
def unblock(settings: Settings, name: str) -> None:
    """Lets a blocked person sign in again."""
    prepare_bank(settings)
    with opened_bank(settings) as bank, bank.database.transaction() as session:
        users.unblock(session, users.named(session, name).id)
    click.echo(f"1 person may sign in again: {name}.")


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    given = sys.stdin.readline().rstrip("\r\n")
    if not is_utf8(given):
        raise click.ClickException("The password is not UTF-8, so nobody could type it in a browser; send it so.")
    return given


def _word(role: str) -> str:
    return next(word for word, key in SWEDISH.items() if key == role)
