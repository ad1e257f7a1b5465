"""Do two near-identical texts say opposite things? "Ik ben voor het plan" beside "Ik ben tegen het plan"."""

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Opcode
from rapidfuzz.distance.Indel import opcodes

from alerts.wordlists import NEGATION, OPPOSITE

SMALL_EDIT = 4


def contradicts(text: Sequence[str], other: Sequence[str], *, language: str | None = None) -> bool:
    """Whether a small edit between the two word sequences adds or drops a negation or swaps a word for its opposite.

    Only edits of at most four words with matching text on both sides count (or at the very start or end): whole
    sentences of one's own may hold any "not" without turning the shared text around.
    """
    denying = {run[0] for run in NEGATION.of(language)}
    pairs = OPPOSITE.of(language)
    for dropped, added in _small_edits(text, other):
        denials = sum(word in denying for word in added) - sum(word in denying for word in dropped)
        if denials % 2:
            return True
        if any((one, two) in pairs for one in dropped for two in added):
            return True
    return False


def _small_edits(text: Sequence[str], other: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """What was dropped and added at each place where the texts part briefly."""
    for start, end, other_start, other_end in _edits(opcodes(list(text), list(other))):
        dropped, added = text[start:end], other[other_start:other_end]
        at_edge = start == 0 or end == len(text)
        if len(dropped) <= SMALL_EDIT and len(added) <= SMALL_EDIT and not (at_edge and not dropped and len(added) > 1):
            yield dropped, added


def _edits(codes: Iterable[Opcode]) -> Iterator[tuple[int, int, int, int]]:
    """Neighbouring insertions and deletions as one edit each."""
    edit: list[int] | None = None
    for code in codes:
        if code.tag == "equal":
            if edit:
                yield edit[0], edit[1], edit[2], edit[3]
            edit = None
        elif edit is None:
            edit = [code.src_start, code.src_end, code.dest_start, code.dest_end]
        else:
            edit[1], edit[3] = code.src_end, code.dest_end
    if edit:
        yield edit[0], edit[1], edit[2], edit[3]
