"""From pairs of key and document to hits of the rows that asked for the keys."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from store.contract import KeyHits
from store.elasticsearch.identifiers import from_term
from store.elasticsearch.key_text import Keys

Places = NDArray[np.int64]


class Pairs:
    """Pairs of a key, by its place among those asked for, and a document, by its number here."""

    def __init__(self, keys: int, most: int | None) -> None:
        self.filed: list[tuple[int, str]] = []
        self.most = most
        self.found = np.zeros(keys, np.int64)
        self._keys: list[Places] = [np.empty(0, np.int64)]
        self._documents: list[Places] = [np.empty(0, np.int64)]

    def add(self, key: Places, document: Places) -> None:
        """More pairs, in the order of filing; beyond `most` of a key they are left out."""
        if self.most is not None:
            kept = _rank(key) + self.found[key] < self.most
            key, document = key[kept], document[kept]
        np.add.at(self.found, key, 1)
        self._keys.append(key)
        self._documents.append(document)

    def open(self, part: slice) -> Places:
        """The places in the part whose keys want more documents."""
        places = np.arange(*part.indices(len(self.found)))
        return places if self.most is None else places[self.found[places] < self.most]

    def all(self) -> tuple[Places, Places]:
        """Every pair."""
        return np.concatenate(self._keys), np.concatenate(self._documents)


def _rank(values: Places) -> Places:
    """Which one of its value each is, counted from 0 in order."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.searchsorted(ordered, ordered, side="left")
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.arange(len(values)) - starts
    return ranks


def joined(rows: Keys, asked: Keys, pairs: Pairs) -> KeyHits:
    """Which documents each row asked for gets, each once, by row and then in the order of filing."""
    key, document = pairs.all()
    order = np.argsort(rows.ravel(), kind="stable")
    ordered = rows.ravel()[order]
    starts = np.searchsorted(ordered, asked, side="left")
    lengths = np.searchsorted(ordered, asked, side="right") - starts
    many = lengths[key]
    query = order[_spans(starts[key], many)] // max(rows.shape[1], 1)
    rank = _by_filing(pairs.filed)
    both = np.unique((query << 32) | np.repeat(rank.number[document], many))
    names_there = rank.ids
    return KeyHits(both >> 32, [names_there[number] for number in (both & 0xFFFFFFFF).tolist()])


class _Filing(msgspec.Struct, frozen=True):
    """Documents in the order of filing, each once: the place of each that was met, and the ids in order."""

    number: Places
    ids: list[str]


def _by_filing(filed: list[tuple[int, str]]) -> _Filing:
    # One that was filed again while the pages were read was met twice; it counts where it was met first.
    first: dict[str, int] = {}
    for number, term in filed:
        first[term] = min(first.get(term, number), number)
    ordered = sorted(first, key=lambda term: (first[term], term))
    place = {term: at for at, term in enumerate(ordered)}
    return _Filing(
        np.fromiter((place[term] for _, term in filed), np.int64, len(filed)), [from_term(term) for term in ordered]
    )


def _spans(starts: Places, lengths: Places) -> Places:
    ends = np.cumsum(lengths)
    return np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths)
