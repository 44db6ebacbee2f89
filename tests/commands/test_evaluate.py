"""Judging and measuring from the command line: figures worked out by hand, then the same by real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog import editors_words, judgements, terms
from settings import Settings
from tests.commands.conftest import Command
from tests.webapp.small_bank import SmallBank


@pytest.fixture
def filled(settings: Settings) -> Iterator[tuple[SmallBank, int, int, int]]:
    """Three reports that come in this order for "boendestöd", the last of them a draft."""
    bank = SmallBank(settings)
    ids = [
        bank.document(title, [text], published=place < 2)
        for place, (title, text) in enumerate(
            (
                ("Boendestöd i boendestöd", "Boendestöd, boendestöd."),
                ("Boendestöd prövat", "Ett boendestöd i en längre text om vardagen i staden."),
                ("Annat", "Sist nämns boendestöd i en ännu längre text om kostnader, personal, lokaler och resor."),
            )
        )
    ]
    bank.index()
    yield bank, ids[0], ids[1], ids[2]
    bank.close()


Filled = tuple[SmallBank, int, int, int]


def judged(bank: SmallBank, question: str, grades: dict[int, int | None]) -> None:
    with bank.workers.database.transaction() as session:
        judgements.judge(session, question, grades, by="Eva")


def test_no_question_is_refused(command: Command) -> None:
    result = command("judge", " ")
    assert result.exit_code == 2
    assert "Write the question to judge" in result.output


def test_hits_are_judged_one_by_one(command: Command, filled: Filled) -> None:
    bank, first, second, _ = filled
    result = command("judge", "boendestöd", "--by", "Eva", given="g\n\nq\n")
    assert result.exit_code == 0
    assert " 1. Boendestöd i boendestöd" in result.output
    assert result.output.endswith("3 hits shown, 1 judgements kept.\n")
    again = command("judge", " boendestöd ", "--by", "Bo", given="\ns\nb\n")
    assert again.output.endswith("3 hits shown, 2 judgements kept.\n")
    with bank.workers.database.reading() as session:
        kept = judgements.grades_of(session, "boendestöd")
    assert (kept[first], kept[second], len(kept)) == (2, 1, 3)


def test_a_question_is_asked_as_the_search_page_asks_it(command: Command, filled: Filled) -> None:
    bank, *ids = filled
    with bank.workers.database.transaction() as session:
        editors_words.add(session, editors_words.SYNONYM, "vardagshjälp", same_as="boendestöd", by="Eva")
    for question in ("boendestödd", "vardagshjälp"):
        assert "3 hits shown" in command("judge", question, "--by", "Eva", given="q\n").output
        judged(bank, question, dict.fromkeys(ids, 2))
    assert "2 questions: nDCG@10 1.000, recall@10 1.000" in command("evaluate").output


def test_a_value_is_asked_for_by_its_name_of_today(command: Command, settings: Settings) -> None:
    bank = SmallBank(settings)
    bank.document("Ett", ["Vräkning."], project_id=bank.project("Ett", chosen={"keyword": ["Avlastning"]}))
    bank.document("Två", ["Vräkning."], project_id=bank.project("Två", chosen={"keyword": ["Hembesök"]}))
    with bank.workers.database.transaction() as session:
        terms.rename(session, "keyword", "avlastning", label="Korttidsboende")
    bank.index()
    shown = command("judge", "vräkning nyckelord:korttidsboende", "--by", "Eva", given="q\n").output
    assert " 1. Ett" in shown
    assert "1 hits shown" in shown
    bank.close()


def test_the_figures_are_those_worked_out_by_hand(command: Command, filled: Filled) -> None:
    bank, first, second, third = filled
    # 0 + 1 / 1.58496 + 2 / 2 = 1.63093, of 2 + 1 / 1.58496 = 2.63093
    judged(bank, "boendestöd", {first: 0, second: 1, third: 2})
    judged(bank, "vardagen", {second: 2})
    judged(bank, "kostnader", {first: 0})
    result = command("evaluate")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == (
        "2 questions: nDCG@10 0.810, recall@10 1.000; 0.0 of the first 10 hits unjudged, which count as bad."
    )
    assert lines[1] == "1 questions left out: none of their hits is judged good or so-so."
    assert lines[3] == "  0.620  recall 1.000  unjudged  0  boendestöd"


def test_a_saved_run_is_compared_with_the_next(command: Command, filled: Filled, tmp_path: Path) -> None:
    bank, first, second, third = filled
    judged(bank, "boendestöd", {first: 0, second: 1, third: 2})
    judged(bank, "vardagen", {second: 2})
    saved = tmp_path / "before.json"
    assert command("evaluate", "--save", saved).exit_code == 0
    assert set(json.loads(saved.read_text("utf-8"))["questions"]) == {"boendestöd", "vardagen"}
    judged(bank, "boendestöd", {first: 2, second: 1, third: 0})
    judged(bank, "personal", {third: 2})
    told = command("evaluate", "--against", saved).output.splitlines()
    assert told[-3:] == [
        "Against the saved figures, 2 questions in both: nDCG@10 +0.190, recall@10 +0.000; 1 new, 0 gone.",
        "1 better, 0 worse, 1 the same.",
        "  +0.380  0.620 to 1.000  boendestöd",
    ]


@pytest.mark.parametrize("content", ["", "[]", '{"questions": {"a": 1}}', '{"questions": {"a": {"ndcg": "x"}}}'])
def test_a_file_without_figures_is_told(command: Command, filled: Filled, tmp_path: Path, content: str) -> None:
    bank, first, _, _ = filled
    judged(bank, "boendestöd", {first: 2})
    (tmp_path / "odd.json").write_text(content)
    result = command("evaluate", "--against", tmp_path / "odd.json")
    assert result.exit_code == 1
    assert "holds no figures that --save wrote" in result.output


def test_nothing_judged_is_told_with_what_to_do(command: Command, filled: Filled) -> None:
    result = command("evaluate")
    assert result.exit_code == 1
    assert "judge some on /administration/provning" in result.output
    assert filled


def test_real_processes_judge_and_measure(filled: Filled, settings: Settings, tmp_path: Path) -> None:
    def run(*words: str, given: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "commands", *words],
            input=given,
            capture_output=True,
            text=True,
            env={**os.environ, "KB_DATA": settings.data},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("judge", "boendestöd", given="g\nb\nb\n").endswith("3 judgements kept.\n")
    assert "1 questions: nDCG@10 1.000" in run("evaluate", "--save", str(tmp_path / "now.json"))
    assert "0 better, 0 worse, 1 the same." in run("evaluate", "--against", str(tmp_path / "now.json"))
    assert filled
