"""Chance: the numbers that say how likely a family is among independent writers hold what they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import false_discovery_control

from analysis.detectors import families
from analysis.families.chance import benjamini_hochberg, tree_log_expected
from analysis.families.evidence import bits, sentence_evidence
from analysis.families.membership import Membership
from analysis.families.positions import letter_positions
from analysis.wordings import wordings
from tests.analysis.samples import chatter, letters, posts, read, unit

PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(PROBABILITIES)
def test_q_values_are_those_of_benjamini_and_hochberg(p: list[float]) -> None:
    assert np.allclose(benjamini_hochberg(np.array(p)), false_discovery_control(p))


@given(PROBABILITIES)
def test_a_q_is_never_below_its_p(p: list[float]) -> None:
    q = benjamini_hochberg(np.array(p))
    assert (q >= np.array(p) - 1e-12).all()
    assert (q <= 1).all()


@given(st.integers(2, 10**7), st.data())
def test_a_family_is_more_surprising_with_more_bits_and_less_among_more_wordings(n: int, data: st.DataObject) -> None:
    members = data.draw(st.integers(2, min(n, 10**4)))
    few, more = sorted(data.draw(st.tuples(st.floats(0, 10**5), st.floats(0, 10**5))))
    assert tree_log_expected(n, members, more) <= tree_log_expected(n, members, few)
    assert tree_log_expected(n + 1, members, few) >= tree_log_expected(n, members, few)


def test_the_expected_number_of_pairs_is_that_of_all_pairs() -> None:
    assert np.exp(tree_log_expected(100, 2, 10)) == pytest.approx(100 * 99 / 2 / 2**10)


def independent_letters(
    seed: int, letters: int, slots: int, pool: int, length: int
) -> tuple[list[str], dict[str, float]]:
    """Letters whose every sentence is drawn by Zipf's law from a pool of its own, and how likely each sentence is."""
    rng = np.random.default_rng(seed)
    weight = 1 / np.arange(1, pool + 1)
    likely = weight / weight.sum()
    chosen = rng.choice(pool, size=(letters, slots), p=likely)
    said = {
        (slot, pick): " ".join(f"w{slot}x{pick}x{word}" for word in range(length)) + "."
        for slot in range(slots)
        for pick in range(pool)
    }
    texts = [" ".join(said[slot, int(pick)] for slot, pick in enumerate(row)) for row in chosen]
    return texts, {text: float(likely[pick]) for (_, pick), text in said.items()}


def known_shares(hashes: NDArray[np.uint64], likely: dict[str, float]) -> NDArray[np.float64]:
    """The probability that an independent letter holds each shingle, known since its sentence's is."""
    table = {int(code) & ((1 << 40) - 1): p for text, p in likely.items() for code in wordings([text]).shingles}
    return np.array([table[int(code)] for code in hashes])


@pytest.mark.parametrize(("slots", "pool", "length"), [(4, 30, 3), (8, 30, 8), (12, 300, 5), (20, 10, 6)])
def test_independent_letters_reach_b_bits_no_more_often_than_two_to_the_minus_b(
    slots: int, pool: int, length: int
) -> None:
    """Only if a shingle that reaches into the next sentence is left out: it would count that sentence twice."""
    texts, likely = independent_letters(1, 800, slots, pool, length)
    found = wordings(texts)
    everyone = np.arange(len(texts))
    positions = letter_positions(found, everyone, np.zeros(0, np.uint64))
    evidence = sentence_evidence(positions, known_shares(positions.hashes, likely), everyone)
    left, right = np.random.default_rng(2).integers(0, len(texts), (2, 100_000))
    apart = left != right
    there = bits(Membership(found), evidence, left[apart], right[apart])
    for least in (1, 2, 4, 6, 8, 10, 12, 14):
        expected = len(there) * 2.0**-least
        assert (there >= least).sum() <= expected + 4 * np.sqrt(expected)
    assert there.max() > 4


@pytest.mark.parametrize("seed", range(20))
def test_unrelated_texts_make_no_family(seed: int) -> None:
    found = read(posts(chatter(200, seed)))
    rng = np.random.default_rng(seed)
    vectors = unit(rng.normal(size=(1, 64)) + rng.normal(size=(len(found.texts), 64)))
    assert families.detect(found, None) == []
    assert families.detect(found, vectors) == []


@pytest.mark.parametrize("seed", [11, 12])
def test_independent_letters_to_one_consultation_make_no_family(seed: int) -> None:
    messages, _ = letters(seed, 400)
    assert families.detect(read(messages), None) == []
