"""What a benign check looks at: a finding, its messages, and where in each message the shared words stand."""

import re
from collections.abc import Sequence, Set

import msgspec

from alerts.shingles import Shingle, Token, common, covered, tokens
from alerts.wordlists import ATTRIBUTION, Run, holds
from analysis import Finding
from ingest import Message

SAMPLE = 200
"""Most texts read; a larger family is read on this many, taken by id, which is as good as by lot."""

_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{15,})[”“»\"]|(?<!\w)[‘‚]([^‘‚\n]{15,}?)’(?!\w)|(?<!\w)'([^\n]{15,}?)'(?!\w)")
_AFTER_COLON = re.compile(r":\s+(\S[^\n]{15,})")
_NEAR = 70
_SIGNED = re.compile(r"^[\s.]*(?:[–—-]\s*(?:\[name\]|\[account\]|@?\w)|\((?:[^\s()]+\s?){1,5}\))")
_SPEAKER = re.compile(r"(?:^|[.!?…\n]\s*)(?:[^\s.!?:]+\s+){0,4}[^\s.!?:]+:\s*$")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One message as read beside the others.

    `shared` counts its words that most members share, `quoted` those of them that stand in a quotation, `own` are its
    other words. `attributed` says that the quotation names whose words it holds.
    """

    shared: int
    quoted: int
    own: tuple[str, ...]
    attributed: bool


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with its messages and the texts that were consulted on.

    `readings` are of the messages in `sample`; `typical` are the words of a typical message,
    `shared_words` those of them that most share.
    """

    finding: Finding
    messages: tuple[Message, ...]
    sample: tuple[Message, ...]
    readings: tuple[Reading, ...]
    shared: frozenset[Shingle]
    shared_words: tuple[str, ...]
    typical: tuple[str, ...]
    language: str | None = None
    consulted: tuple[str, ...] = ()


def case(finding: Finding, messages: Sequence[Message], consulted: Sequence[str] = ()) -> Case:
    """The case for a finding; the order of the messages does not matter."""
    ordered = tuple(sorted(messages, key=lambda message: message.id))
    sample = ordered[:SAMPLE]
    read = [tokens(message.text) for message in sample]
    shared = common([[token.word for token in text] for text in read])
    ids = [message.id for message in sample]
    at = ids.index(finding.medoid_id) if finding.medoid_id in ids else 0
    typical = [token.word for token in read[at]] if read else []
    marks = covered(typical, shared)
    return Case(
        finding=finding,
        messages=ordered,
        sample=sample,
        readings=tuple(_reading(*both, shared) for both in zip(sample, read, strict=True)),
        shared=shared,
        shared_words=tuple(word for word, mark in zip(typical, marks, strict=True) if mark),
        typical=tuple(typical),
        language=sample[at].language if sample else None,
        consulted=tuple(consulted),
    )


def _reading(message: Message, read: Sequence[Token], shared: frozenset[Shingle]) -> Reading:
    said_by = ATTRIBUTION.of(message.language)
    marks = covered([token.word for token in read], shared)
    spans = _quotations(message.text, said_by)
    inside = [any(start <= token.start < end for start, end in spans) for token in read]
    return Reading(
        shared=sum(marks),
        quoted=sum(mark and within for mark, within in zip(marks, inside, strict=True)),
        own=tuple(token.word for token, mark in zip(read, marks, strict=True) if not mark),
        attributed=any(_attributed(message.text, start, end, said_by) for start, end in spans),
    )


def _quotations(text: str, said_by: Set[Run]) -> list[tuple[int, int]]:
    """Where quotations stand: between quotation marks, else after "so-and-so said:" to the end of the line."""
    marked = [match.span() for match in _QUOTED.finditer(text)]
    if marked:
        return marked
    spoken = (match.span(1) for match in _AFTER_COLON.finditer(text))
    return [span for span in spoken if _attributes(text[max(0, span[0] - _NEAR) : span[0]], said_by)]


def _attributed(text: str, start: int, end: int, said_by: Set[Run]) -> bool:
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return (
        _attributes(before, said_by)
        or _attributes(after, said_by)
        or _SIGNED.match(after) is not None
        or _SPEAKER.search(before) is not None
    )


def _attributes(text: str, said_by: Set[Run]) -> bool:
    return holds([token.word for token in tokens(text)], said_by)
