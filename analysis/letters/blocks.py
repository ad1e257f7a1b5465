"""Matching blocks of two word sequences, gathered so that words stand with their longer neighbour."""

from collections.abc import Sequence
from typing import NamedTuple


class Block(NamedTuple):
    """`length` words from `first` of the reference equal those from `at` of the letter."""

    first: int
    at: int
    length: int


def gather(reference: str, letter: str, blocks: Sequence[Block]) -> list[Block]:
    """The same number of matches with fewer broken runs.

    Where a word could as well be matched beside the longer of two neighbouring blocks it moves there: "the" of a
    paragraph left out goes to the "the" that opens the next one.
    """
    moved: list[Block] = []
    for block in blocks:
        moved.append(block)
        while len(moved) > 1 and moved[-2].length < moved[-1].length and _last_fits(reference, letter, moved):
            _move_last(moved)
        while len(moved) > 1 and moved[-1].length < moved[-2].length and _first_fits(reference, letter, moved):
            _move_first(moved)
    return moved


def _last_fits(reference: str, letter: str, blocks: Sequence[Block]) -> bool:
    """Whether the last word of the block before the last equals the words before the last block."""
    before, block = blocks[-2], blocks[-1]
    word = reference[before.first + before.length - 1]
    return reference[block.first - 1] == word == letter[block.at - 1]


def _move_last(blocks: list[Block]) -> None:
    before, block = blocks[-2], blocks[-1]
    blocks[-1] = Block(block.first - 1, block.at - 1, block.length + 1)
    if before.length == 1:
        del blocks[-2]
    else:
        blocks[-2] = Block(before.first, before.at, before.length - 1)


def _first_fits(reference: str, letter: str, blocks: Sequence[Block]) -> bool:
    """Whether the first word of the last block equals the words after the block before it."""
    before, block = blocks[-2], blocks[-1]
    word = reference[block.first]
    return reference[before.first + before.length] == word == letter[before.at + before.length]


def _move_first(blocks: list[Block]) -> None:
    before, block = blocks[-2], blocks[-1]
    blocks[-2] = Block(before.first, before.at, before.length + 1)
    if block.length == 1:
        del blocks[-1]
    else:
        blocks[-1] = Block(block.first + 1, block.at + 1, block.length - 1)
