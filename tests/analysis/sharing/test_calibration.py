"""On permuted data p is uniform and no tie stands; on planted data the permutation takes the group out."""

import numpy as np
import pytest

from analysis import sharing
from analysis.sharing import calibrate
from bench.coordination_planting import Plan
from tests.analysis.sharing.worlds import in_step, messages_of, organic, small_world


@pytest.fixture(scope="module")
def outcome() -> sharing.Calibration:
    made = small_world(2, groups=(Plan(accounts=8, things=8, seconds=40.0),))
    return calibrate(messages_of(made), [], permutations=3)


def test_p_is_uniform_where_accounts_are_permuted(outcome: sharing.Calibration) -> None:
    assert {one.null.partition(",")[0] for one in outcome.uniformity} == {"rhythm", "common source"}
    for one in outcome.uniformity:
        assert one.pairs > 10_000
        assert one.ks < 0.02
        for nominal, observed in one.tails:
            assert observed <= 1.3 * nominal + 3 * np.sqrt(nominal / one.pairs)
            assert nominal < 0.1 or observed >= 0.6 * nominal


def test_no_false_ties(outcome: sharing.Calibration) -> None:
    assert outcome.false_ties == (0,) * 6


def test_the_outcome_is_told_in_sentences(outcome: sharing.Calibration) -> None:
    words = outcome.words()
    assert words[0] == "In 6 runs on permuted data 0 gave any tie at q <= 0.01, 0 ties in all."
    assert len([line for line in words if "KS distance" in line]) == 2


def test_the_same_seed_gives_the_same_answer_whatever_the_order() -> None:
    messages = organic(6, accounts=80) + in_step()
    once = calibrate(messages, [], permutations=2, seed=5)
    assert calibrate(messages[::-1], [], permutations=2, seed=5) == once
    assert calibrate(messages, [], permutations=2, seed=6) != once


def test_what_cannot_be_calibrated_is_said() -> None:
    assert calibrate([], [], permutations=2).words() == (
        "The moments of these shares say nothing: there is nothing to permute.",
    )
    few = calibrate(organic(7, shares=20), [], permutations=2)
    assert not few.uniformity
    assert any("expects enough co-shares" in note for note in few.notes)
