from __future__ import annotations

import os
import subprocess
import sys

import pytest

from catalog import users
from settings import Settings
from tests.commands.conftest import Command
from workers.bank import Bank

PASSWORD = "blåbär och lingon"


def test_a_person_is_added_with_the_password_from_standard_input(command: Command, bank: Bank) -> None:
    result = command("user", "add", "Eva", "--role", "administratör", given=f"{PASSWORD}\n")
    assert result.exit_code == 0
    assert result.output == "1 person added: Eva, administratör. The bank has 1.\n"
    with bank.database.transaction() as session:
        found = users.check_password(session, "Eva", PASSWORD)
    assert found
    assert found.role == "administrator"


def test_a_role_can_be_said_by_its_key_and_in_any_case(command: Command) -> None:
    assert command("user", "add", "A", "--role", "lasare", given=PASSWORD).exit_code == 0
    assert command("user", "add", "B", "--role", "Redaktör", given=PASSWORD).exit_code == 0


def test_an_unknown_role_is_told_with_those_there_are(command: Command) -> None:
    result = command("user", "add", "Eva", "--role", "chef", given=PASSWORD)
    assert result.exit_code != 0
    assert "läsare, analytiker, redaktionsråd, redaktör, administratör" in " ".join(result.output.split())


def test_a_name_that_is_taken_is_one_clear_line(command: Command) -> None:
    command("user", "add", "Eva", "--role", "läsare", given=PASSWORD)
    result = command("user", "add", "eva", "--role", "läsare", given=PASSWORD)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1


def test_a_weak_password_is_refused(command: Command) -> None:
    result = command("user", "add", "Eva", "--role", "läsare", given="kort\n")
    assert result.exit_code == 1
    assert "characters" in result.output


def signs_in(bank: Bank, password: str = PASSWORD) -> str:
    """The role of Eva where she gets in with this password, else nothing."""
    with bank.database.transaction() as session:
        found = users.check_password(session, "Eva", password)
        return found.role if found else ""


def test_another_password_counts_from_then_on(command: Command, bank: Bank) -> None:
    command("user", "add", "Eva", "--role", "läsare", given=PASSWORD)
    result = command("user", "password", "eva", given="tranbär och hjortron\n")
    assert result.exit_code == 0
    assert not signs_in(bank)
    assert signs_in(bank, "tranbär och hjortron") == "lasare"


def test_another_role_is_given(command: Command, bank: Bank) -> None:
    command("user", "add", "Eva", "--role", "läsare", given=PASSWORD)
    assert command("user", "role", "Eva", "redaktör").output == "1 role changed: Eva is redaktör now.\n"
    assert signs_in(bank) == "redaktor"


def test_a_blocked_person_stays_out_until_unblocked(command: Command, bank: Bank) -> None:
    command("user", "add", "Eva", "--role", "läsare", given=PASSWORD)
    assert command("user", "block", "Eva").output == "1 person blocked: Eva.\n"
    assert not signs_in(bank)
    assert command("user", "unblock", "Eva").exit_code == 0
    assert signs_in(bank)


@pytest.mark.parametrize("words", [("password",), ("role", "läsare"), ("block",), ("unblock",)])
def test_a_name_that_nobody_has_is_one_clear_line(command: Command, words: tuple[str, ...]) -> None:
    result = command("user", words[0], "Ingen", *words[1:], given=PASSWORD)
    assert (result.exit_code, result.output) == (1, "Error: There is no user 'Ingen'.\n")


def test_a_name_in_another_encoding_is_refused_in_words(command: Command) -> None:
    """Python hands over bytes that are no UTF-8 as half signs."""
    result = command("user", "add", "\udcc5sa", "--role", "läsare", given=PASSWORD)
    assert result.exit_code == 2
    assert "not UTF-8" in result.output


def test_a_password_in_another_encoding_is_refused_in_words(settings: Settings) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "commands", "user", "add", "Eva", "--role", "läsare"],
        input="blåbär och lingon".encode("latin-1"),
        env={**os.environ, "KB_DATA": settings.data, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith(b"Error: The password is not UTF-8")
