"""`kunskapsbanken judge`."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence

import click

from catalog import judgements, listing
from catalog.columns import one_line
from catalog.listing import ListedDocument
from commands.preparation import opened_bank
from commands.record import prepare_bank
from commands.utf8 import Utf8
from settings import Settings
from webapp.editors_hits import editors_hits
from workers.bank_vocabulary import read_vocabulary

GRADES = {"g": judgements.GOOD, "s": judgements.SO_SO, "b": judgements.BAD}
LETTERS = {grade: letter for letter, grade in GRADES.items()}
PASS, STOP = "", "q"


@click.command()
@click.argument("question", type=Utf8())
@click.option(
    "--by", type=Utf8(), default=getpass.getuser, help="Your name; otherwise that of your account on this machine."
)
@click.pass_obj
def judge(settings: Settings, question: str, by: str) -> None:
    """Shows the first hits of a question and asks of each: g good, s so-so, b bad; Enter passes, q ends."""
    question = one_line(question)
    if not question:
        raise click.BadParameter("Write the question to judge, as users ask it.", param_hint="QUESTION")
    prepare_bank(settings)
    with opened_bank(settings) as bank:
        bank.take_in_words()
        with bank.database.reading() as session:
            vocabulary = read_vocabulary(session)
        hits = editors_hits(bank.engine, vocabulary, bank.database, question)
        with bank.database.reading() as session:
            found = listing.listed_documents(session, hits)
            projects = listing.listed_projects(session, {one.project_id for one in found.values() if one.project_id})
            known = judgements.grades_of(session, question)
        titles = {number: project.title for number, project in projects.items()}
        grades = _asked([found[one] for one in hits if one in found], titles, known)
        with bank.database.transaction() as session:
            changed = judgements.judge(session, question, grades, by) if grades else 0
    click.echo(f"{len(hits)} hits shown, {changed} judgements kept.")


def _asked(hits: Sequence[ListedDocument], titles: Mapping[int, str], known: Mapping[int, int]) -> dict[int, int]:
    """Grades by document id; what is passed keeps the grade that it had. titles: of the projects."""
    grades: dict[int, int] = {}
    for place, hit in enumerate(hits, 1):
        project = f" ({titles.get(hit.project_id, '')})" if hit.project_id else ""
        click.echo(f"{place:2}. {hit.title or hit.file_name}{project}")
        default = LETTERS.get(known.get(hit.id, -1), PASS)
        said = click.prompt("    g/s/b", default=default, type=click.Choice([*GRADES, PASS, STOP]), show_choices=False)
        if said == STOP:
            break
        if said != PASS:
            grades[hit.id] = GRADES[said]
    return grades
