"""The compact memory of what was seen behaves like a dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.seen import Seen

BYTES8 = st.integers(0, 60).map(lambda number: (number * 0x9E3779B97F4A7C15 % 2**64).to_bytes(8, "little"))


@given(st.lists(st.lists(st.tuples(BYTES8, BYTES8), max_size=12), max_size=12))
def test_seen_is_a_dictionary(batches: list[list[tuple[bytes, bytes]]]) -> None:
    seen, plain = Seen(recent=3), dict[bytes, bytes]()
    for batch in batches:
        seen.prefetch(key for key, _ in batch)
        for key, value in batch:
            assert seen.get(key) == plain.get(key) == seen.find(key)
            seen.put(key, value)
            plain[key] = value
        seen.settle()
