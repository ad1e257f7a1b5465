"""letters.json: the letter behind each family of letters, with its blanks and what fills them."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from alerts.export.replacing import replacing
from alerts.shown import shown
from analysis import Finding, Template

SCHEMA = "stemwacht.letters/1"


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One family's template; `own_words` counts the members that added words of their own."""

    family_id: str
    umbrella: str | None
    messages: int
    senders: int | None
    own_words: int
    template: Template


class Letters(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    schema: str
    letters: tuple[Letter, ...]


def write(path: Path, findings: Iterable[Finding]) -> int:
    """Writes the families that have a template, largest first; returns how many. OSError when it cannot be written."""
    letters = [
        Letter(
            family_id=finding.id,
            umbrella=finding.umbrella,
            messages=finding.messages,
            senders=finding.senders,
            own_words=sum(bool(member.own_words) for member in finding.members),
            template=template,
        )
        for finding in findings
        if (template := shown(finding.template)) is not None
    ]
    letters.sort(key=lambda letter: (-letter.messages, letter.family_id))
    with replacing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(Letters(schema=SCHEMA, letters=tuple(letters))), indent=2))
    return len(letters)
