"""coordination-network-toolkit on the same shares, where it is installed: the edges of its network of shared links."""

import io
import shutil
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.apart import apart
from bench.coordination_world import Ints, World

PEER = "coordination-network-toolkit"
_MODULE = "coordination_network_toolkit"
_PROCESSES = 2
Row = tuple[int, int, str, str, str, str, float, list[str]]


class Network(NamedTuple):
    """Pairs of accounts (left < right) with how many messages of the one lie close to the other's, and seconds taken.

    The peer counts from either side; the larger count stands here.
    """

    left: Ints
    right: Ints
    weight: Ints
    seconds: float


def peer_version() -> str | None:
    """The version that is installed, None where it is not."""
    return version(PEER) if find_spec(_MODULE) else None


def co_link_network(made: World, work: Path, *, window_seconds: int, least: int) -> Network:
    """Its edges of `least` and more, from reading the shares to the network, in a process of its own."""
    folder = work / "coordination_peer"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        return apart(_network, made, folder / "shares.db", window_seconds, least)
    finally:
        shutil.rmtree(folder)


def _network(made: World, path: Path, window_seconds: int, least: int) -> Network:
    began = time.perf_counter()
    with redirect_stdout(io.StringIO()):
        import_module(f"{_MODULE}.preprocess").preprocess_data(str(path), _rows(made))
        compute = import_module(f"{_MODULE}.compute_networks").compute_co_link_network
        compute(str(path), window_seconds, n_threads=_PROCESSES, min_edge_weight=least)
        found = import_module(f"{_MODULE}.graph").get_edge_rows(str(path), "co_link")
        weights: dict[tuple[int, int], int] = {}
        for one, other, weight in ((int(row[0]), int(row[1]), int(row[2])) for row in found):
            pair = (min(one, other), max(one, other))
            weights[pair] = max(weight, weights.get(pair, 0))
    pairs = np.array(list(weights), np.int64).reshape(-1, 2)
    taken = time.perf_counter() - began
    return Network(pairs[:, 0], pairs[:, 1], np.array(list(weights.values()), np.int64), taken)


def _rows(made: World) -> Iterator[Row]:
    columns = zip(made.account.tolist(), made.thing.tolist(), made.seconds.tolist(), strict=True)
    for number, (account, thing, seconds) in enumerate(columns):
        yield number, account, "", "", "", "", seconds, [f"https://example.org/{thing}"]
