"""The network without a null follows CooRTweet's rules, shown on tables small enough to count by hand."""

from collections.abc import Sequence

import hypothesis.strategies as st
from hypothesis import given, settings

from analysis.sharing import cooccurrence_edges, shares
from tests.analysis.sharing.worlds import share

Row = tuple[str, str, float]


def edges(rows: Sequence[Row], window: float = 60.0) -> dict[tuple[str, str], int]:
    """Weight by pair of accounts of these (account, thing, second)."""
    made = shares([share(n, account, second, objects=(thing,)) for n, (account, thing, second) in enumerate(rows)], [])
    found = cooccurrence_edges(made, window_seconds=window)
    names = [name.removeprefix("p_") for name in made.accounts]
    columns = zip(found.left.tolist(), found.right.tolist(), found.weight.tolist(), strict=True)
    return {(names[left], names[right]): weight for left, right, weight in columns}


def test_accounts_of_one_share_are_dropped_first() -> None:
    assert edges([("a", "x", 0), ("b", "x", 1), ("a", "y", 9_000)]) == {}
    assert edges([("a", "x", 0), ("b", "x", 1), ("a", "x", 5), ("b", "y", 9_000)]) == {("a", "b"): 2}


def test_the_window_is_inclusive_and_repeats_count() -> None:
    rows: list[Row] = [("a", "x", 0), ("b", "x", 60), ("a", "y", 1_000), ("b", "y", 1_061)]
    assert edges(rows) == {}
    assert edges([*rows, ("a", "x", 60)]) == {("a", "b"): 2}


def test_an_account_is_not_paired_with_itself() -> None:
    assert edges([("a", "x", 0), ("a", "x", 1), ("a", "x", 2)]) == {}


def test_a_pair_stays_if_either_takes_part_twice() -> None:
    """`a` takes part twice, with `b` once and with `c` once; `d` and `e` once each."""
    rows: list[Row] = [("a", "x", 0), ("b", "x", 10), ("a", "y", 5_000), ("c", "y", 5_010)]
    rows += [("d", "z", 9_000), ("e", "z", 9_001)]
    rows += [(account, f"own {account}", 50_000) for account in "bcde"]
    assert edges(rows) == {("a", "b"): 1, ("a", "c"): 1}


def test_weight_counts_pairs_of_shares_not_things() -> None:
    rows: list[Row] = [("a", "x", float(second)) for second in (0, 10, 20)] + [
        ("b", "x", float(second)) for second in (5, 15)
    ]
    assert edges(rows) == {("a", "b"): 6}


rows_of_few = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.integers(0, 300).map(float)), max_size=30
)


@given(rows_of_few)
@settings(max_examples=100, deadline=None)
def test_the_rules_hold_on_any_table(rows: list[Row]) -> None:
    assert edges(rows) == by_the_rules(rows)


def by_the_rules(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """The rules word for word, over all pairs of rows."""
    often = [row for row in rows if sum(other[0] == row[0] for other in rows) >= 2]
    pairs = [
        (n, m)
        for n, one in enumerate(often)
        for m, other in enumerate(often[:n])
        if one[1] == other[1] and one[0] != other[0] and abs(one[2] - other[2]) <= 60
    ]
    taking_part = {n for pair in pairs for n in pair}
    times = {account: sum(often[n][0] == account for n in taking_part) for account in "abcd"}
    weight: dict[tuple[str, str], int] = {}
    for n, m in pairs:
        one, other = sorted((often[n][0], often[m][0]))
        if times[one] >= 2 or times[other] >= 2:
            weight[one, other] = weight.get((one, other), 0) + 1
    return weight
