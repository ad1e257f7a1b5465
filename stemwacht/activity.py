"""What accounts do: who shares the same things at the same moments, and what switched on."""

from collections.abc import Sequence

import msgspec

from analysis import Finding
from analysis.detectors import Bursts, Sharing, bursts, sharing
from ingest import Message
from stemwacht.config import Settings


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """What was found about accounts in a window."""

    sharing: Sharing
    bursts: Bursts

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Networks and bursts."""
        return (*self.sharing.findings, *self.bursts.findings)

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be judged, or was bounded."""
        return tuple(dict.fromkeys((*self.sharing.notes, *self.bursts.notes)))


def observe(
    messages: Sequence[Message],
    families: Sequence[Finding],
    settings: Settings,
) -> Activity:
    """Networks and bursts among the messages; `families` are those found in them, which are shared things as well."""
    return Activity(
        sharing=sharing.detect(
            messages, families, window_seconds=settings.sharing.window_seconds, q_max=settings.sharing.q_max
        ),
        bursts=bursts.detect(messages, families, q_max=settings.bursts.q_max, gap_days=settings.bursts.silent_days),
    )
