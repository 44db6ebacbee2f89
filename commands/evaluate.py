"""`kunskapsbanken evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

import click

from catalog import judgements
from commands.preparation import opened_bank
from commands.record import prepare_bank
from indexer import Score, score
from indexer.evaluation import DEPTH
from settings import Settings
from webapp.editors_hits import editors_hits
from workers.bank import Bank
from workers.bank_vocabulary import read_vocabulary

WORST = 10
NO_CHANGE = 0.0005  # figures are told with three decimals
LONGEST_SHOWN = 60

Scores = Mapping[str, Score]


@click.command()
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Writes the figures to this file.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tells the difference to figures that --save wrote: before and after a change of words or weights.",
)
@click.pass_obj
def evaluate(settings: Settings, save: Path | None, against: Path | None) -> None:
    """Asks every judged question and tells how well the search answers them."""
    before = _saved(against) if against else None
    prepare_bank(settings)
    with opened_bank(settings) as bank:
        scores, left_out = _scores(bank)
    if not scores:
        raise click.ClickException(
            "No question has a hit judged good or so-so; judge some on /administration/provning or with: "
            'kunskapsbanken judge "question"'
        )
    click.echo("\n".join(_told(scores, left_out)))
    if before is not None:
        click.echo("\n".join(_compared(before, scores)))
    if save:
        _save(save, scores, settings.engine)
        click.echo(f"Written to {save}.")


def _scores(bank: Bank) -> tuple[dict[str, Score], int]:
    """Scores by question, and how many questions have none because nothing is judged good or so-so."""
    bank.take_in_words()
    with bank.database.reading() as session:
        collection, known = judgements.collection(session), read_vocabulary(session)
    scores = {
        asked: score(editors_hits(bank.engine, known, bank.database, asked), grades)
        for asked, grades in collection.items()
    }
    found = {question: one for question, one in scores.items() if one}
    return found, len(scores) - len(found)


def _told(scores: Scores, left_out: int) -> Iterator[str]:
    ndcg, recall = fmean(one.ndcg for one in scores.values()), fmean(one.recall for one in scores.values())
    unjudged = fmean(one.unjudged for one in scores.values())
    told = f"{len(scores)} questions: nDCG@{DEPTH} {ndcg:.3f}, recall@{DEPTH} {recall:.3f}"
    yield f"{told}; {unjudged:.1f} of the first {DEPTH} hits unjudged, which count as bad."
    if left_out:
        yield f"{left_out} questions left out: none of their hits is judged good or so-so."
    yield "Worst:"
    for question, one in sorted(scores.items(), key=lambda pair: (pair[1].ndcg, pair[0]))[:WORST]:
        yield f"  {one.ndcg:.3f}  recall {one.recall:.3f}  unjudged {one.unjudged:2}  {_short(question)}"


def _compared(before: Scores, now: Scores) -> Iterator[str]:
    both = [question for question in now if question in before]
    if not both:
        yield "No question stands in both; there is nothing to compare."
        return
    changes = {question: now[question].ndcg - before[question].ndcg for question in both}
    ndcg, recall = fmean(changes.values()), fmean(now[one].recall - before[one].recall for one in both)
    told = f"{len(both)} questions in both: nDCG@{DEPTH} {ndcg:+.3f}, recall@{DEPTH} {recall:+.3f}"
    yield f"Against the saved figures, {told}; {len(now) - len(both)} new, {len(before) - len(both)} gone."
    better = sum(change > NO_CHANGE for change in changes.values())
    worse = sum(change < -NO_CHANGE for change in changes.values())
    yield f"{better} better, {worse} worse, {len(both) - better - worse} the same."
    changed = sorted((change, question) for question, change in changes.items() if abs(change) > NO_CHANGE)
    for change, question in changed[:WORST]:
        yield f"  {change:+.3f}  {before[question].ndcg:.3f} to {now[question].ndcg:.3f}  {_short(question)}"


def _short(question: str) -> str:
    return question if len(question) <= LONGEST_SHOWN else f"{question[:LONGEST_SHOWN]}…"


def _save(path: Path, scores: Scores, engine: str) -> None:
    made: dict[str, Any] = {"made_at": datetime.now(UTC).isoformat(), "engine": engine}
    made["questions"] = {question: asdict(one) for question, one in scores.items()}
    path.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")


def _saved(path: Path) -> Scores:
    """Raises ClickException for a file that --save did not write."""
    try:
        questions = json.loads(path.read_text(encoding="utf-8"))["questions"]
        return {
            str(question): Score(float(one["ndcg"]), float(one["recall"]), int(one["unjudged"]))
            for question, one in questions.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise click.ClickException(f"{path} holds no figures that --save wrote: {error!r}.") from error
