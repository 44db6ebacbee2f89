"""Figures worked out by hand: gains of ranks 1 to 4 are divided by 1, log2(3) = 1.58496, 2 and log2(5) = 2.32193."""

from __future__ import annotations

import pytest

from indexer import Score, score
from indexer.evaluation import gain

GOOD, ALSO_GOOD, SO_SO, BAD, UNKNOWN = 1, 2, 3, 4, 9
GRADES = {GOOD: 2, ALSO_GOOD: 2, SO_SO: 1, BAD: 0}


def test_the_gain_of_a_list_is_discounted_by_rank() -> None:
    assert gain([2, 2, 1]) == pytest.approx(2 + 1.26186 + 0.5, abs=1e-5)


def test_the_best_order_scores_one() -> None:
    assert score([GOOD, ALSO_GOOD, SO_SO, BAD], GRADES) == Score(1.0, 1.0, 0)


def test_a_worse_order_scores_less() -> None:
    # 0 + 1 / 1.58496 + 2 / 2 + 2 / 2.32193 = 2.49228, of 3.76186
    found = score([BAD, SO_SO, GOOD, ALSO_GOOD], GRADES)
    assert found
    assert found.ndcg == pytest.approx(2.49228 / 3.76186, abs=1e-5)
    assert found.recall == 1.0


def test_an_unjudged_hit_counts_as_bad_and_is_told() -> None:
    # 0 + 2 / 1.58496 = 1.26186, of 3.76186; one of three relevant ones found
    found = score([UNKNOWN, GOOD], GRADES)
    assert found
    assert found.ndcg == pytest.approx(0.33543, abs=1e-5)
    assert found.recall == pytest.approx(1 / 3)
    assert found.unjudged == 1


def test_what_stands_after_the_tenth_hit_counts_no_more() -> None:
    found = score([*range(100, 110), GOOD], {GOOD: 2})
    assert found == Score(0.0, 0.0, 10)


def test_more_good_documents_than_places_can_still_score_one() -> None:
    grades = dict.fromkeys(range(20), 2)
    found = score(list(range(10)), grades)
    assert found == Score(1.0, 0.5, 0)


def test_nothing_found_scores_nothing() -> None:
    assert score([], GRADES) == Score(0.0, 0.0, 0)


def test_a_question_without_a_relevant_document_has_no_score() -> None:
    assert score([BAD], {BAD: 0}) is None
